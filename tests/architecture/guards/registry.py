"""What the services declare: found by importing every module of theirs."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any, TypeVar

from google.protobuf.descriptor import Descriptor, MethodDescriptor

from chassis.application import Answers, Commands, Handling, Queries, Reaction, Reactions
from chassis.domain import DomainError, Event, Transitions, snake
from cli.province import SERVICES, descriptor_of, event_types
from tests.architecture.guards.tree import ROOT

T = TypeVar("T")
# Those of chassis/rabbit import eventlet, which replaces the threads of whoever imports it.
_NOT_IMPORTED = ("__main__", "migrations", "entrypoint", "gathering", "nameko_app", "partition", "rpc")


def arrived() -> tuple[str, ...]:
    """Services that can be built."""
    return tuple(name for name in SERVICES if (ROOT / "services" / name / "bootstrap.py").exists())


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Every module of a package but its programs and migrations."""
    top = importlib.import_module(package)
    names = [package]
    for info in pkgutil.walk_packages(top.__path__, f"{package}."):
        if info.name != "chassis.process.bus" and not any(part in _NOT_IMPORTED for part in info.name.split(".")):
            names.append(info.name)
    return tuple(importlib.import_module(name) for name in names)


def classes(package: str, base: type[T]) -> list[type[T]]:
    """Subclasses that the package itself defines (bases of its own, named _so, left out), in order of their names."""
    found = {
        value
        for module in modules(package)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, base) and value is not base
        if not value.__name__.startswith("_")
        if value.__module__ == module.__name__
    }
    return sorted(found, key=lambda kind: (kind.__module__, kind.__qualname__))


def instances(package: str, kind: type[T]) -> list[T]:
    """Module-level objects of a kind, each once."""
    found = {id(v): v for module in modules(package) for v in vars(module).values() if isinstance(v, kind)}
    return list(found.values())


# -- what the guards ask for -------------------------------------------------------------------------------------------


def events(service: str) -> list[type[Event]]:
    """Without those that others are built on."""
    found = classes(f"services.{service}", Event)
    return [kind for kind in found if not any(kind in other.__mro__[1:] for other in found)]


def errors() -> list[type[DomainError]]:
    found: list[type[DomainError]] = []
    for package in ("chassis", "cli", *(f"services.{name}" for name in arrived())):
        found += classes(package, DomainError)
    return found


def handlings(service: str) -> dict[str, Handling]:
    """Commands and queries by name."""
    tables = [*instances(f"services.{service}", Commands), *instances(f"services.{service}", Queries)]
    return {name: handling for table in tables for name, handling in table.by_name.items()}


def reactions(service: str) -> dict[str, Reaction]:
    found = {t: r for table in instances(f"services.{service}", Reactions) for t, r in table.by_type.items()}
    return dict(sorted(found.items()))


def answers(service: str) -> set[str]:
    return {name for table in instances(f"services.{service}", Answers) for name in table.by_name}


def life_cycles(service: str) -> dict[str, Transitions[Any]]:
    """Tables by the name of their states."""
    found = {}
    for table in instances(f"services.{service}.domain", Transitions):
        found[type(next(iter(table.table))).__name__] = table
    return found


def foreign_shapes(service: str) -> list[type]:
    """Every dataclass of application/foreign.py."""
    name = f"services.{service}.application.foreign"
    return [
        value
        for module in modules(f"services.{service}")
        if module.__name__ == name or module.__name__.startswith(f"{name}.")
        for value in vars(module).values()
        if isinstance(value, type) and dataclasses.is_dataclass(value) and value.__module__ == module.__name__
    ]


def event_messages(service: str) -> dict[str, Descriptor]:
    """The messages of events.proto by wire type."""
    pool = importlib.import_module(f"huying.{service}.v1.events_pb2").DESCRIPTOR.message_types_by_name
    known = event_types(service)
    return {wire: message for name, message in pool.items() if (wire := f"{service}.{snake(name)}.v1") in known}


def all_event_messages() -> dict[str, Descriptor]:
    return {wire: message for service in SERVICES for wire, message in event_messages(service).items()}


def methods(service: str) -> Iterator[MethodDescriptor]:
    yield from descriptor_of(service).methods
