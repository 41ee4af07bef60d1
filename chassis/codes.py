"""The codes that a pack defines in one file and names in others: a misspelt one would make a rule silent."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from chassis.domain import listed
from chassis.packs import PackFile, PackFolder
from chassis.policy import Problem


class Coded(BaseModel):
    """Anything with a code; what else it says is the business of the service whose file it is."""

    code: str


class _IntakeFile(BaseModel):
    categories: tuple[Coded, ...]
    emergency_classes: tuple[Coded, ...]
    attention_marks: tuple[Coded, ...] = ()


class _Clock(BaseModel):
    kind: str


class _SlaFile(BaseModel):
    clocks: tuple[_Clock, ...]


class _Supervision(BaseModel):
    grounds: tuple[Coded, ...] = ()


class _DispatchFile(BaseModel):
    supervision: _Supervision = _Supervision()


@dataclass(frozen=True)
class CaseCodes:
    """What the cases of a pack can be."""

    categories: frozenset[str]
    emergency_classes: frozenset[str]


def case_codes(*packs: PackFolder) -> CaseCodes:
    """Of the pack in that folder, or of several together. Raises PolicyError."""
    files = [pack.file("intake.yaml").load(_IntakeFile) for pack in packs]
    return CaseCodes(
        frozenset().union(*(codes_of(file.categories) for file in files)),
        frozenset().union(*(codes_of(file.emergency_classes) for file in files)),
    )


def attention_marks(pack: PackFolder) -> frozenset[str]:
    """By which its cases are watched. Raises PolicyError."""
    return codes_of(pack.file("intake.yaml").load(_IntakeFile).attention_marks)


def clock_kinds(pack: PackFolder) -> frozenset[str]:
    """The clocks of the pack in that folder. Raises PolicyError."""
    return frozenset(clock.kind for clock in pack.file("sla.yaml").load(_SlaFile).clocks)


def supervision_grounds(pack: PackFolder) -> frozenset[str]:
    """On which its orders may be supervised. Raises PolicyError."""
    return codes_of(pack.file("dispatch.yaml").load(_DispatchFile).supervision.grounds)


def codes_of(coded: Iterable[Coded]) -> frozenset[str]:
    return frozenset(one.code for one in coded)


def unknown(source: PackFile, words: Iterable[str], known: Collection[str], zh: str, en: str) -> Iterator[Problem]:
    """A problem for each word that is none of the known ones."""
    for word in words:
        if word not in known:
            there = listed(known)
            yield source.fault(word, f"没有{zh} {word}；有：{there}", f"there is no {en} {word}; there are: {there}")
