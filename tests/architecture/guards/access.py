"""Who is refused: calls built from the declared commands and queries, put by callers who may not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from itertools import count
from typing import Any, get_args, get_origin

import sqlalchemy as sa
from pydantic import AwareDatetime, BaseModel, ValidationError

from chassis.access import PermissionDenied, Principal, Role
from chassis.application import Answers, Commands, Handling, Queries, Reactions, Service
from chassis.clock import CountingIds, SimulatedClock
from chassis.domain import DomainError
from chassis.message import Command, Message, city_of
from chassis.pipeline import ServiceRuntime
from chassis.questions import CannedQuestions
from tests.architecture.guards.shapes import without_none

CITY, OTHER_CITY = "350100", "350200"
START = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
_ID = "0199a1b2-0000-7000-8000-000000000001"
_CANDIDATES = (
    f"cities/{CITY}/things/{_ID}", CITY, "request-0001", "phone", "not_ours", "13800000000", "1", "甲", _ID, "0" * 64,
    "F16-01 1",
)  # fmt: skip


def sample(kind: type[BaseModel], values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Fields that the message accepts; names of resources lie in CITY."""
    chosen = dict(values or {})
    for name, info in kind.model_fields.items():
        if name not in chosen and (info.is_required() or name in ("city", *NAMING)):
            chosen[name] = next(v for v in _values(info.annotation) if _accepts(kind, name, v))
    return chosen


def _values(hint: Any) -> Iterator[Any]:
    hint = without_none(hint)
    origin = get_origin(hint) or hint
    if origin in (list, tuple, dict):
        yield origin()
        if origin is list:
            yield from ([value] for value in _CANDIDATES)
    elif hint in (datetime, AwareDatetime):
        yield START
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        yield sample(hint)
    elif isinstance(hint, type) and issubclass(hint, Enum):
        yield from hint
    elif hint in (int, float):
        yield from (1, 0)
    elif hint is bool:
        yield False
    elif hint is bytes:
        yield b"x"
    else:
        yield from get_args(hint) or _CANDIDATES


def _accepts(kind: type[BaseModel], name: str, value: Any) -> bool:
    try:
        kind.model_validate({name: value})
    except ValidationError as error:
        return not any(e["loc"][:1] == (name,) for e in error.errors())
    return True


# -- roles and cities, before anything is looked up --------------------------------------------------------------------


def let_in(handling: Handling) -> list[str]:
    """Callers of a wrong role or a wrong city who are not refused; there is no database that could be asked."""
    message = handling.message.of(sample(handling.message))
    found = []
    for who, principal in strangers(handling):
        try:
            _call(handling, principal, message)
        except PermissionDenied:
            continue
        except Exception as error:
            found.append(f"{handling.message.__name__} let in {who} ({type(error).__name__})")
        else:
            found.append(f"{handling.message.__name__} let in {who}")
    return found


def without_city(handlings: Iterable[Handling], reasons: Mapping[str, str]) -> list[str]:
    """Calls that the city scope does not protect and that do not say what does."""
    names = [handling.message.__name__ for handling in handlings if not handling.needs_city]
    return [f"{name} names no city" for name in names if not reasons.get(name, "").strip()]


def strangers(handling: Handling) -> Iterator[tuple[str, Principal]]:
    yield "nobody in particular", Principal(id="nobody", roles=frozenset(), cities=frozenset({"*"}))
    for role in sorted(frozenset(Role) - handling.roles):
        yield f"a {role}", person(role, CITY)
    if handling.needs_city:
        for role in sorted(handling.roles - {Role.SYSTEM}):
            yield f"a {role} of another city", person(role, OTHER_CITY)
            yield f"a {role} of no city", Principal(id=f"{role}:nowhere", roles=frozenset({role}))


def person(role: Role, *cities: str, unit: str = "U-STRANGER", citizen_id: str = _ID) -> Principal:
    """Somebody who has nothing to do with the object; a unit has its unit, a citizen is a citizen."""
    return Principal(
        id=f"{role}:stranger",
        roles=frozenset({role}),
        cities=frozenset(cities),
        unit=unit if role in (Role.UNIT, Role.UNIT_LEADER) else "",
        citizen_id=citizen_id if role is Role.CITIZEN else "",
        # Merged in both cities, and no unit of it has anything to do with what the guards look at.
        line="12393" if role is Role.LINE_DEPARTMENT else "",
    )


def _call(handling: Handling, principal: Principal, message: Message) -> Any:
    commands, queries = Commands(), Queries()
    table = commands if isinstance(message, Command) else queries
    table.by_name[type(message).__name__] = handling
    service = Service("example", sa.MetaData(), {}, commands, queries, Reactions(), Answers())
    nothing: Any = None
    runtime = ServiceRuntime(service, nothing, SimulatedClock(START), CountingIds(), CannedQuestions(), nothing)
    return runtime.execute(principal, message) if isinstance(message, Command) else runtime.query(principal, message)


# -- relations ---------------------------------------------------------------------------------------------------------

NAMING = ("name", "parent", "case")


@dataclass(frozen=True)
class Callers:
    """A runtime and the request ids that are used up."""

    runtime: ServiceRuntime
    numbers: Iterator[int] = field(default_factory=count)

    def tells_apart(self, handling: Handling, existing: str) -> list[str]:
        """Strangers who are let in, or who learn from the answer whether the object exists."""
        found = []
        for who, principal, known in outsiders(handling, existing):
            there = self.answer(principal, handling.message, known)
            for unknown in missing(known):
                if there != self.answer(principal, handling.message, unknown):
                    found.append(f"{handling.message.__name__} tells {who} what exists: {there}")
            if there.startswith("let in"):
                found.append(f"{handling.message.__name__} lets in {who}")
        return sorted(set(found))

    def answer(self, principal: Principal, kind: type[Message], name: str) -> str:
        """What a caller sees: the refusal in every word, or what it got."""
        named = {next(f for f in NAMING if f in kind.model_fields): name}
        if "request_id" in kind.model_fields:
            named["request_id"] = f"matrix-{next(self.numbers):06d}"
        if "city" in kind.model_fields:
            named["city"] = city_of(name)
        message = kind.of(sample(kind, named))
        run: Any = self.runtime.execute if isinstance(message, Command) else self.runtime.query
        try:
            return f"let in: {run(principal, message)}"
        except DomainError as error:
            return f"{error.status} {error.reason} {error.message_zh} {error.message_en}"


def outsiders(handling: Handling, existing: str) -> Iterator[tuple[str, Principal, str]]:
    """People of the right role without the right to this object, and the name by which they ask for it."""
    for role in (Role.UNIT, Role.UNIT_LEADER, Role.CITIZEN, Role.LINE_DEPARTMENT, Role.CIVILISATION_OFFICE):
        if role in handling.roles:
            yield f"another {role}", person(role, CITY), existing
    for role in sorted(handling.roles - {Role.SYSTEM}):
        # Under its own city's name, so that the city scope alone does not stop it.
        yield f"a {role} of another city", person(role, OTHER_CITY), existing.replace(CITY, OTHER_CITY, 1)


def missing(name: str) -> Iterator[str]:
    """The same name with an id that nothing has, at every level."""
    parts = name.split("/")
    for place in range(1, len(parts), 2):
        if parts[place - 1] != "cities":
            yield "/".join([*parts[:place], _ID, *parts[place + 1 :]])
