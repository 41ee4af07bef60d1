"""What a bootstrap promises to its handlers and to the bus."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from chassis.application import Service
from chassis.clock import CountingIds, SimulatedClock
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from tests.architecture.guards.access import START


def build(service: str, data: Path, policies: Path) -> Service:
    """A service without a database. Raises PolicyError when its policies cannot be used."""
    settings = Settings(data_dir=data, policies_dir=policies)
    runtime = Runtime(settings, KeyRing.load(data), CannedQuestions(), SimulatedClock(START), CountingIds())
    built: Service = importlib.import_module(f"services.{service}.bootstrap").build(runtime)
    return built


def faults(service: Service) -> list[str]:
    """Reactions to publishers that are not heard, publishers heard for nothing, and dependencies that nobody gives."""
    wanted = {event_type.partition(".")[0] for event_type in service.reactions.by_type}
    found = [f"does not hear {publisher}" for publisher in sorted(wanted - set(service.hears))]
    found += [f"hears {publisher} and reacts to nothing of it" for publisher in sorted(set(service.hears) - wanted)]
    for what, function in _functions(service):
        for name in _dependencies(function) - set(service.dependencies):
            found.append(f"{what} wants {name}, which bootstrap does not give")
    return found


def _functions(service: Service) -> Iterator[tuple[str, Callable[..., Any]]]:
    for table in (service.commands, service.queries):
        for name, handling in table.by_name.items():
            yield name, handling.handler
            if handling.ask:
                yield f"{name} (ask)", handling.ask
            if handling.then:
                yield f"{name} (then)", handling.then
    for name, reaction in service.reactions.by_type.items():
        yield name, reaction.react


def _dependencies(function: Callable[..., Any]) -> set[str]:
    """Keyword-only parameters without a default."""
    parameters = inspect.signature(function).parameters.values()
    return {p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.default is p.empty}
