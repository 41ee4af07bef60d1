"""备案: whom a linked unit registers as answerable, and what the pack asks of it (F21 3(3), S24 art. 8(2)).

Names, posts and numbers are personal data: one sealed value for each person; what part they have is in clear.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.dispatch.domain.basis import Basis
from services.dispatch.domain.errors import FieldRequired
from services.dispatch.domain.staff_errors import TooFewStaff

SECTION = "section"
# 姓名, 职务, 编制性质, 办公电话, 手机号码.
FIELDS = ("name", "post", "staffing", "office_phone", "mobile")


class Part(StrEnum):
    """分管领导, 责任人, 相对固定工作人员."""

    LEADER = "leader"
    RESPONSIBLE = "responsible"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class StaffRules:
    """How many of which part, which fields of each person, and whether the unit names its section."""

    wanted: Mapping[Part, int]
    fields: frozenset[str]
    section: bool
    basis: Basis


@dataclass
class Person:
    part: Part
    sealed: bytes


@dataclass
class UnitStaff:
    id: str
    city: str
    unit: str
    # Sealed as well: people write names there.
    section: bytes = b""
    persons: list[Person] = field(default_factory=list)
    registered_at: datetime | None = None
    version: int = 0

    def count(self, part: Part) -> int:
        return sum(person.part is part for person in self.persons)


def id_of_unit(city: str, unit: str) -> str:
    """One unit may stand in the directories of two cities."""
    return f"{city}:{unit}"


def missing(staff: UnitStaff | None, rules: StaffRules | None) -> Iterator[str]:
    """What the pack asks for and the unit has not registered, by its code."""
    if rules is None:
        return
    for part, wanted in rules.wanted.items():
        if (staff.count(part) if staff else 0) < wanted:
            yield str(part)
    if rules.section and not (staff and staff.section):
        yield SECTION


def check(persons: Sequence[Mapping[str, str]], section: str, rules: StaffRules) -> None:
    """A registration is whole. Raises TooFewStaff, FieldRequired."""
    for part, wanted in rules.wanted.items():
        found = sum(person["part"] == part for person in persons)
        if found < wanted:
            raise TooFewStaff(field="persons", part=str(part), wanted=wanted, found=found, basis=str(rules.basis))
    if rules.section and not section:
        raise FieldRequired(field=SECTION, basis=str(rules.basis))
    for number, person in enumerate(persons):
        for name in sorted(rules.fields):
            if not person[name]:
                raise FieldRequired(field=f"persons.{number}.{name}", basis=str(rules.basis))
