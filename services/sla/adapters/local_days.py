"""``cities/<code>/calendar.yaml``: what a city does otherwise than the country, each day with its basis."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from chassis.domain import Step
from chassis.policy import Basis, Policy, PolicyError, Problem, Session, Words, line_of, load, mismatch
from services.sla.domain.calendar import HolidayName, Sessions, WorkingDays
from services.sla.domain.explanation import source
from services.sla.domain.local_days import LocalDays

LONGEST_RUN = timedelta(days=60)


class Run(Policy):
    """One day, or several in a row."""

    since: date = Field(alias="from")
    until: date | None = None
    name: Words
    basis: Basis

    @property
    def last(self) -> date:
        return self.until or self.since

    @property
    def days(self) -> list[date]:
        return [self.since + timedelta(days=n) for n in range((self.last - self.since).days + 1)]


class HalfDay(Run):
    """A session is missing."""

    without: Literal["first", "last"]


class OtherHours(Run):
    """Sessions that hold on these days only."""

    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]


class LocalFile(Policy):
    """``cities/<code>/calendar.yaml``."""

    city: str
    days_off: tuple[Run, ...] = ()
    half_days: tuple[HalfDay, ...] = ()
    other_hours: tuple[OtherHours, ...] = ()
    make_up_workdays: tuple[Run, ...] = ()


class _Entry(NamedTuple):
    part: str
    number: int
    run: Run


def load_local_days(path: Path, code: str, days: WorkingDays, usual: Callable[[date], Sessions]) -> LocalDays:
    """Raises PolicyError, with the line of each fault."""
    file = load(path, LocalFile)
    if file.city != code:
        raise PolicyError([mismatch(path, code, file.city)])
    entries = list(_entries(file))
    problems = [Problem(path, line_of(path, e.part, e.number), *said) for e, said in _faults(entries, days, usual)]
    if problems:
        raise PolicyError(problems)
    return _local_days(file, usual)


def _entries(file: LocalFile) -> Iterator[_Entry]:
    parts: dict[str, Sequence[Run]] = {
        "days_off": file.days_off,
        "half_days": file.half_days,
        "other_hours": file.other_hours,
        "make_up_workdays": file.make_up_workdays,
    }
    for part, runs in parts.items():
        yield from (_Entry(part, number, run) for number, run in enumerate(runs))


def _faults(
    entries: Sequence[_Entry], days: WorkingDays, usual: Callable[[date], Sessions]
) -> Iterator[tuple[_Entry, tuple[str, str]]]:
    seen: set[date] = set()
    for entry in entries:
        run = entry.run
        if not timedelta(0) <= run.last - run.since <= LONGEST_RUN:
            yield entry, (f"{run.since} 至 {run.last} 起止有误", f"{run.since} to {run.last} is no run of days")
            continue
        for day in run.days:
            if day in seen:
                yield entry, (f"{day} 出现两次", f"{day} stands twice")
            seen.add(day)
        if not 0 <= (run.since - days.first).days <= (run.last - days.first).days < len(days.kinds):
            yield entry, (f"{run.since} 超出工作日历", f"the working calendar does not reach {run.since}")
        elif said := _without_effect(entry, days, usual):
            yield entry, said


def _without_effect(entry: _Entry, days: WorkingDays, usual: Callable[[date], Sessions]) -> tuple[str, str] | None:
    """A line that changes nothing is a slip of the pen, or a later notice has overtaken it."""
    run = entry.run
    worked = {day: days.kinds[(day - days.first).days].is_worked for day in run.days}
    if isinstance(run, OtherHours) and any(a.closes > b.opens for a, b in pairwise(run.sessions)):
        return "时段须依次排列、互不重叠", "sessions must not overlap and must stand in order"
    if entry.part == "days_off":
        return None if any(worked.values()) else (f"{run.since} 本已休息", f"{run.since} is off already")
    for day, is_worked in worked.items():
        if entry.part == "make_up_workdays" and is_worked:
            return f"{day} 本为工作日", f"{day} is a working day already"
        if entry.part != "make_up_workdays" and not is_worked:
            return f"{day} 并非工作日", f"{day} is no working day"
        if isinstance(run, HalfDay) and len(usual(day)) < 2:
            return f"{day} 只有一个办公时段", f"{day} has one session only"
    return None


def _local_days(file: LocalFile, usual: Callable[[date], Sessions]) -> LocalDays:
    sessions: dict[date, Sessions] = {}
    notes: dict[date, Step] = {}
    for half in file.half_days:
        for day in half.days:
            sessions[day] = usual(day)[1:] if half.without == "first" else usual(day)[:-1]
            notes[day] = _note(day, half, sessions[day])
    for other in file.other_hours:
        for day in other.days:
            sessions[day] = tuple((s.opens, s.closes) for s in other.sessions)
            notes[day] = _note(day, other, sessions[day])
    return LocalDays(
        off={day: _off(run) for run in file.days_off for day in run.days},
        made_up={day: _made_up(day, run) for run in file.make_up_workdays for day in run.days},
        sessions=sessions,
        notes=notes,
    )


def _off(run: Run) -> HolidayName:
    by = source(run.basis.rule, run.basis.article)
    return HolidayName(f"本市{run.name.zh}（{by.zh}）", f"{run.name.en} in this city ({by.en})")


def _made_up(day: date, run: Run) -> Step:
    by = source(run.basis.rule, run.basis.article)
    return Step(
        f"{day.month}月{day.day}日本市上班（{run.name.zh}；{by.zh}）",
        f"{day.day} {day:%B} is worked in this city: {run.name.en} ({by.en})",
    )


def _note(day: date, run: Run, sessions: Sessions) -> Step:
    by = source(run.basis.rule, run.basis.article)
    hours = [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in sessions]
    return Step(
        f"{day.month}月{day.day}日本市办公时间为 {'、'.join(hours)}（{run.name.zh}；{by.zh}）",
        f"on {day.day} {day:%B} this city's offices are open {', '.join(hours)}: {run.name.en} ({by.en})",
    )
