"""The tables in which a service declares what it does: commands, queries, reactions, answers, jobs."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, get_type_hints

import sqlalchemy as sa

from chassis.access import Role
from chassis.answering import Answers
from chassis.message import Command, Query
from chassis.work import By, Work

__all__ = [
    "Answers",
    "Commands",
    "Handling",
    "Ignored",
    "Job",
    "Queries",
    "Reaction",
    "Reactions",
    "Service",
    "always",
]
F = TypeVar("F", bound=Callable[..., Any])
Relation = Callable[[Any, Work], bool]


def always(_command: Any, _work: Work) -> bool:
    """The relation of commands for which role and city say everything."""
    return True


@dataclass(frozen=True)
class Handling:
    """One command or query with its handler and the right to call it."""

    message: type[Any]
    handler: Callable[..., Any]
    roles: frozenset[Role]
    relation: Relation = always
    ask: Callable[..., dict[str, Any]] | None = None
    needs_city: bool = True
    writes: bool = False
    then: Callable[..., Any] | None = None
    left: Callable[..., None] | None = None


class _Table:
    def __init__(self) -> None:
        self.by_name: dict[str, Handling] = {}

    def _add(self, handling: Handling) -> None:
        name = handling.message.__name__
        if name in self.by_name:
            raise ValueError(f"two handlers for {name}")
        self.by_name[name] = handling


class Commands(_Table):
    def on(
        self,
        message: type[Command],
        *,
        roles: Iterable[Role],
        relation: Relation = always,
        ask: Callable[..., dict[str, Any]] | None = None,
        needs_city: bool = True,
    ) -> Callable[[F], F]:
        """Handles a command for these roles; `ask` puts questions to other services before the transaction."""

        def register(handler: F) -> F:
            self._add(Handling(message, handler, frozenset(roles), relation, ask, needs_city))
            return handler

        return register


class Queries(_Table):
    def on(
        self,
        message: type[Query],
        *,
        roles: Iterable[Role],
        needs_city: bool = True,
        writes: bool = False,
        then: Callable[..., Any] | None = None,
        left: Callable[..., None] | None = None,
    ) -> Callable[[F], F]:
        """Answers a query for these roles; a relation to the object is checked by the handler.

        One that `writes` down who looked gets a Work in place of a Read: the log and the look are one transaction.
        `then` makes the view of what was read, by questions to other services, when no transaction is open any more.
        `left` is told who listens no more, where the answer is a stream.
        """

        def register(handler: F) -> F:
            right = frozenset(roles)
            self._add(Handling(message, handler, right, needs_city=needs_city, writes=writes, then=then, left=left))
            return handler

        return register


@dataclass(frozen=True)
class Reaction:
    """A foreign event and what we do about it."""

    event_type: str
    shape: type[Any]
    react: Callable[..., None]
    loads: Callable[[Any], Iterable[By]]


class Reactions:
    def __init__(self) -> None:
        self.by_type: dict[str, Reaction] = {}

    def on(self, event_type: str, *, loads: Callable[[Any], Iterable[By]] = lambda _: ()) -> Callable[[F], F]:
        """Reacts to one type of event; `loads` names the aggregates, so that a batch loads them all at once."""

        def register(react: F) -> F:
            first = next(iter(inspect.signature(react).parameters))
            if event_type in self.by_type:
                raise ValueError(f"two reactions to {event_type}")
            self.by_type[event_type] = Reaction(event_type, get_type_hints(react)[first], react, loads)
            return react

        return register


class Ignored(Exception):
    """A reaction ends: the event comes too late to matter. The reason is kept and counted."""


@dataclass(frozen=True)
class Job:
    """Periodic work, safe in every replica because it claims what it does. `run` returns how much it did.

    `next_due` tells when there will be something to do; without it, whenever something was committed. It is `steady`
    when nothing that is committed can bring it forward. A `punctual` one does not wait its seconds out when it is due
    before. So much at once is a `flood`, behind which the bulk lane waits.
    """

    name: str
    run: Callable[[Any], int]
    every_seconds: float = 1.0
    next_due: Callable[[sa.Connection], datetime | None] | None = None
    steady: bool = False
    punctual: bool = False
    flood: int | None = None


@dataclass(frozen=True)
class Service:
    """One service as its bootstrap builds it, ready for any entry point."""

    name: str
    metadata: sa.MetaData
    stores: Mapping[type, Any]
    commands: Commands
    queries: Queries
    reactions: Reactions
    answers: Answers
    hears: tuple[str, ...] = ()
    dependencies: Mapping[str, Any] = field(default_factory=dict)
    jobs: tuple[Job, ...] = ()

    def call(self, function: Callable[..., Any], *positional: Any, **named: Any) -> Any:
        """Calls a handler with the dependencies it names."""
        return function(*positional, **named, **self._injected(function))

    def _injected(self, function: Callable[..., Any]) -> Mapping[str, Any]:
        cached = _INJECTIONS.get(function)
        if cached is None:
            parameters = inspect.signature(function).parameters.values()
            cached = frozenset(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)
            _INJECTIONS[function] = cached
        return {name: self.dependencies[name] for name in cached if name in self.dependencies}


_INJECTIONS: dict[Callable[..., Any], frozenset[str]] = {}
