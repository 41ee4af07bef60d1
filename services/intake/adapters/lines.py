"""``lines.yaml`` of the platform (the modes) and of a city (its numbers), read and checked."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from chassis.policy import Basis, Policy, PolicyError, Problem, Words, fault, load
from services.intake.domain.lines import HOTLINE, MergedLine, Mode, Notice, Numbers, Seats, months_later

Number = Annotated[str, Field(pattern=r"^[0-9]{3,12}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]


class ModeEntry(Policy):
    code: Code
    name: Words
    number: Literal["kept", "cancelled"]
    seats: Annotated[tuple[Seats, ...], Field(min_length=1)]
    final: bool = False
    notice_months: Annotated[int, Field(ge=0, le=24)] = 0
    data: Literal["real_time", "taken_over"]
    supervised: bool
    passes_on: tuple[Literal["transfer", "three_party", "order"], ...]
    # By which the line's department goes on overseeing it in all cities (chassis/lines.py); without it, it does not.
    oversight: Basis | None = None
    basis: Basis


class ModesFile(Policy):
    """``policies/lines.yaml``."""

    modes: Annotated[tuple[ModeEntry, ...], Field(min_length=1)]


class NoticeEntry(Policy):
    since: Annotated[date, Field(alias="from")]
    until: date
    text: Words


class LineEntry(Policy):
    number: Number
    name: Words
    unit: str
    mode: Code
    seats: Seats
    since: date
    notices: tuple[NoticeEntry, ...] = ()
    basis: Basis


class LinesFile(Policy):
    """``policies/cities/<code>/lines.yaml``; a city without merged numbers has none."""

    city: str
    lines: tuple[LineEntry, ...]


def load_numbers(policies: Path, city: str, units: frozenset[str]) -> Numbers:
    """Raises PolicyError."""
    path = policies / "cities" / city / "lines.yaml"
    if not path.is_file():
        return Numbers({})
    modes = load_modes(policies)
    file = load(path, LinesFile)
    problems = [] if file.city == city else [fault(path, "city", f"应为 {city}", f"should be {city}")]
    problems += [problem for entry in file.lines for problem in _faults(path, entry, modes, units)]
    problems += list(_in_order(path, file.lines, modes))
    if problems:
        raise PolicyError(problems)
    lines: dict[str, list[MergedLine]] = defaultdict(list)
    for entry in file.lines:
        lines[entry.number].append(_line(entry, modes))
    return Numbers({number: tuple(history) for number, history in lines.items()})


def load_modes(policies: Path) -> Mapping[str, Mode]:
    """Raises PolicyError."""
    path = policies / "lines.yaml"
    modes: dict[str, Mode] = {}
    for entry in load(path, ModesFile).modes:
        if entry.code in modes:
            raise PolicyError([fault(path, entry.code, f"{entry.code} 重复", f"{entry.code} stands twice")])
        if entry.number == "cancelled" and Seats.KEPT in entry.seats:
            zh, en = "号码取消的，座席不能保留", "the seats of a cancelled number cannot be kept"
            raise PolicyError([fault(path, entry.code, zh, en)])
        modes[entry.code] = _mode(entry)
    return modes


def _mode(entry: ModeEntry) -> Mode:
    return Mode(
        code=entry.code,
        name=entry.name,
        number_kept=entry.number == "kept",
        seats=frozenset(entry.seats),
        final=entry.final,
        notice_months=entry.notice_months,
        data=entry.data,
        supervised=entry.supervised,
        passes_on=entry.passes_on,
        basis=str(entry.basis),
    )


def _line(entry: LineEntry, modes: Mapping[str, Mode]) -> MergedLine:
    notices = tuple(Notice(one.since, one.until, one.text) for one in entry.notices)
    return MergedLine(entry.number, entry.name, entry.unit, modes[entry.mode], entry.seats, entry.since, notices)


def _faults(path: Path, entry: LineEntry, modes: Mapping[str, Mode], units: frozenset[str]) -> Iterator[Problem]:
    """Every fault of one line, placed at its number."""
    mode = modes.get(entry.mode)
    for wrong, zh, en in (
        (entry.number == HOTLINE, "12345 本身不归并", "12345 itself is not merged"),
        (entry.unit not in units, f"没有单位 {entry.unit}", f"no unit {entry.unit}"),
        (mode is None, f"没有归并方式 {entry.mode}", f"no mode {entry.mode}"),
        (
            mode and entry.seats not in mode.seats,
            f"{entry.mode} 不能 {entry.seats}",
            f"{entry.mode}: not {entry.seats}",
        ),
        (any(one.until < one.since for one in entry.notices), "提示的止日早于起日", "a notice ends before it begins"),
        (_overlap(entry), "提示的日期重叠", "two notices at once"),
        (mode and _too_short(entry, mode), "语音提示期不足", "the voice notice is too short"),
    ):
        if wrong:
            yield fault(path, entry.number, f"{entry.number}：{zh}", f"{entry.number}: {en}")


def _overlap(entry: LineEntry) -> bool:
    days = sorted((one.since, one.until) for one in entry.notices)
    return any(later[0] <= earlier[1] for earlier, later in pairwise(days))


def _too_short(entry: LineEntry, mode: Mode) -> bool:
    """From the day of the merging on, without a gap, as many months as the mode wants."""
    if not mode.notice_months:
        return False
    until = entry.since
    for one in sorted(entry.notices, key=lambda one: one.since):
        if one.since <= until or (one.since - until).days == 1:
            until = max(until, one.until)
    heard = any(one.since <= entry.since <= one.until for one in entry.notices)
    return not heard or (months_later(entry.since, mode.notice_months) - until).days > 1


def _in_order(path: Path, entries: tuple[LineEntry, ...], modes: Mapping[str, Mode]) -> Iterator[Problem]:
    """Of one number the entries stand in the order of their days, and nothing comes after a cancelled one."""
    last: dict[str, LineEntry] = {}
    for entry in entries:
        before = last.get(entry.number)
        last[entry.number] = entry
        if before is None:
            continue
        if before.mode in modes and modes[before.mode].final:
            zh, en = f"{entry.number}：已取消的号码不再恢复", f"{entry.number}: a cancelled number is not restored"
            yield fault(path, entry.number, zh, en)
        if entry.since <= before.since:
            zh, en = f"{entry.number}：应按日期先后排列", f"{entry.number}: not in the order of its days"
            yield fault(path, entry.number, zh, en)
