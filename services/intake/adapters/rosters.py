"""``shifts.yaml`` of a city: its shifts, and whether they leave the telephone alone."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated

from pydantic import Field

from chassis.policy import Basis, Policy, PolicyError, Problem, Words, fault, load
from services.intake.domain.roster import Roster, RosterShift

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
DAY = 24 * 60


class ShiftEntry(Policy):
    code: Code
    name: Words
    since: Annotated[time, Field(alias="from")]
    until: time


class ShiftsFile(Policy):
    """``policies/cities/<code>/shifts.yaml``; a city without shifts has none."""

    city: str
    basis: Basis
    shifts: Annotated[tuple[ShiftEntry, ...], Field(min_length=1)]


def load_roster(policies: Path, city: str, *, around_the_clock: str) -> Roster:
    """`around_the_clock`: the rule by which the shifts leave no gap, or empty. Raises PolicyError."""
    path = policies / "cities" / city / "shifts.yaml"
    if not path.is_file():
        return Roster({})
    file = load(path, ShiftsFile)
    problems = [] if file.city == city else [fault(path, "city", f"应为 {city}", f"should be {city}")]
    problems += list(_faults(path, file.shifts))
    if around_the_clock and not problems:
        problems += list(_gaps(path, file.shifts, around_the_clock))
    if problems:
        raise PolicyError(problems)
    return Roster({entry.code: RosterShift(entry.code, entry.name, entry.since, entry.until) for entry in file.shifts})


def _faults(path: Path, entries: tuple[ShiftEntry, ...]) -> Iterator[Problem]:
    seen = set()
    for entry in entries:
        if entry.code in seen:
            yield fault(path, entry.code, f"班次 {entry.code} 重复", f"the shift {entry.code} stands twice")
        seen.add(entry.code)


def _gaps(path: Path, entries: tuple[ShiftEntry, ...], rule: str) -> Iterator[Problem]:
    """Each minute of the day lies in a shift; the first minute of each gap is named, at the shift that ends there."""
    manned = {minute for entry in entries for minute in _minutes(entry)}
    for entry in sorted(entries, key=lambda entry: entry.until):
        if _minute(entry.until) not in manned:
            until = entry.until.strftime("%H:%M")
            zh, en = f"{until} 起无人值守（{rule}）", f"from {until} on nobody answers ({rule})"
            yield fault(path, entry.code, f"{entry.code}：{zh}", f"{entry.code}: {en}")


def _minutes(entry: ShiftEntry) -> Iterator[int]:
    """From its beginning to its end, over midnight where it must."""
    begin, end = _minute(entry.since), _minute(entry.until)
    return (minute % DAY for minute in range(begin, end if end > begin else end + DAY))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
