"""The codes that a pack's intake.yaml defines and other files name: a misspelt one would make a rule silent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from chassis.packs import PackFile, PackFolder
from chassis.policy import Problem


class Coded(BaseModel):
    """Anything with a code; what else it says is the business of the service whose file it is."""

    code: str


class _IntakeFile(BaseModel):
    categories: tuple[Coded, ...]
    emergency_classes: tuple[Coded, ...]


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


def codes_of(coded: Iterable[Coded]) -> frozenset[str]:
    return frozenset(one.code for one in coded)


def unknown(source: PackFile, words: Iterable[str], known: Iterable[str], zh: str, en: str) -> Iterator[Problem]:
    """A problem for each word that is none of the known ones."""
    for word in words:
        if word not in known:
            yield source.fault(word, f"没有{zh} {word}", f"there is no {en} {word}")
