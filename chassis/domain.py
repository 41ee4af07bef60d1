"""The vocabulary of every domain: errors with stable reasons, events, life-cycle tables. Pure Python."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

S = TypeVar("S", bound=StrEnum)


class Status(StrEnum):
    """How a caller may react to an error; each entry point maps it to its own codes."""

    INVALID_ARGUMENT = "INVALID_ARGUMENT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    NOT_FOUND = "NOT_FOUND"
    FAILED_PRECONDITION = "FAILED_PRECONDITION"
    ABORTED = "ABORTED"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    RESOURCE_EXHAUSTED = "RESOURCE_EXHAUSTED"
    UNAVAILABLE = "UNAVAILABLE"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    INTERNAL = "INTERNAL"


def snake(name: str) -> str:
    """`AssignmentNotSigned` -> `assignment_not_signed`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class DomainError(Exception):
    """An anticipated failure with a stable reason, its values, and words for people."""

    status: ClassVar[Status] = Status.FAILED_PRECONDITION
    zh: ClassVar[str] = "操作失败"
    en: ClassVar[str] = "the step failed"

    def __init__(self, *, field: str = "", **values: object) -> None:
        self.field = field
        self.values = values
        super().__init__(self.message_en)

    @property
    def reason(self) -> str:
        return snake(type(self).__name__).upper()

    @property
    def message_zh(self) -> str:
        return self.zh.format_map(_Blank(self.values | {"field": self.field}))

    @property
    def message_en(self) -> str:
        return self.en.format_map(_Blank(self.values | {"field": self.field}))


def listed(known: Collection[str]) -> str:
    """What there is, for an error that names what there is not; of many the first and the last."""
    codes = sorted(known)
    return ", ".join(codes) if len(codes) <= _MANY else f"{codes[0]} … {codes[-1]} ({len(codes)})"


_MANY = 40


class NotYet(Exception):
    """A reaction ends: it needs a fact that has not arrived. It is tried again shortly, for up to 24 h."""


class UnknownPack(DomainError, NotYet):
    """No such rule pack or version is loaded: news of its cases waits, for another process may have it before us."""

    status = Status.NOT_FOUND
    zh = "没有规则包 {pack}"
    en = "there is no rule pack {pack}"


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Violation:
    """One bad field of a request."""

    field: str
    zh: str
    en: str


class BadFields(DomainError):
    """A request whose fields cannot be used."""

    status = Status.INVALID_ARGUMENT
    zh = "请求有误：{summary}"
    en = "bad request: {summary_en}"

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__(
            summary="；".join(f"{v.field} {v.zh}" for v in self.violations),
            summary_en="; ".join(f"{v.field} {v.en}" for v in self.violations),
        )


class NotFound(DomainError):
    """Missing, or not for this caller: both look alike."""

    status = Status.NOT_FOUND
    zh = "对象不存在，或您无权访问"
    en = "it does not exist, or it is not yours to see"


class StepNotAllowed(DomainError):
    """The life-cycle table refuses the step."""

    zh = "当前状态为 {state}，不能转为 {step}"
    en = "the state is {state}, it cannot become {step}"


class VersionMovedOn(DomainError):
    """Somebody else changed the object since the caller saw it."""

    status = Status.ABORTED
    zh = "数据已被他人更新，请刷新后再试"
    en = "the object has changed since you saw it; read it again"


class Transitions(Generic[S]):
    """A life-cycle in one table: each state with the states that may follow."""

    def __init__(self, table: Mapping[S, Iterable[S]], *, final: Iterable[S]) -> None:
        self.table = {state: frozenset(after) for state, after in table.items()}
        self.final = frozenset(final)

    def check(self, old: S, new: S) -> None:
        """Raises StepNotAllowed unless `new` may follow `old`."""
        if new not in self.table.get(old, frozenset()):
            raise StepNotAllowed(state=str(old), step=str(new))

    def dead_ends(self) -> frozenset[S]:
        """States without an exit that are not marked final; a test wants none."""
        states = set(self.table) | {s for after in self.table.values() for s in after}
        return frozenset(s for s in states if not self.table.get(s) and s not in self.final)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened; its fields are those of the proto message of the same name."""

    city: str

    @property
    def subject(self) -> str:
        """What its order is kept by: the case, unless a subclass says otherwise."""
        return str(getattr(self, "case_id"))  # noqa: B009

    @classmethod
    def wire_type(cls, service: str) -> str:
        return f"{service}.{snake(cls.__name__)}.v1"


@dataclass(frozen=True, slots=True)
class Sealed:
    """Personal data encrypted to one citizen's key; only intake opens it."""

    citizen_id: str
    field: str
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation."""

    zh: str
    en: str


def latest(*instants: datetime | None) -> datetime | None:
    """The latest of those that are known."""
    return max((i for i in instants if i is not None), default=None)
