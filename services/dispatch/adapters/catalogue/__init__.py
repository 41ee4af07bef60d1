"""The routing files of policies/, read and checked."""

from services.dispatch.adapters.catalogue.load import Shared, load_directory, load_router, load_shared

__all__ = ["Shared", "load_directory", "load_router", "load_shared"]
