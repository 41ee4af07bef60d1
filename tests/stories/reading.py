"""A story is a text file: a title, facts of the case as a list, and one table of what happened and what stood then."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from tests.e2e.conftest import SHANGHAI

HEAD = ("when", "who", "what happens", "what stands then")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WHEN = re.compile(r"(?:(?P<weekday>[A-Z][a-z]{2}) )?(?:(?P<day>\d{4}-\d\d-\d\d) )?(?P<time>\d\d:\d\d(?::\d\d)?)")
_FACT = re.compile(r"- (?P<key>[a-z_]+): (?P<value>.+)")


class Unreadable(Exception):
    """A story that cannot be run; says where and why."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    place: str
    at: datetime
    who: str
    what: str
    then: Sequence[str]


@dataclass(frozen=True)
class Story:
    place: str
    title: str
    facts: Mapping[str, str]
    rows: Sequence[Row] = field(repr=False)


def read(path: Path, root: Path) -> Story:
    """Raises Unreadable."""
    return parse(path.read_text(encoding="utf-8"), str(path.relative_to(root)))


def parse(text: str, name: str) -> Story:
    """Raises Unreadable with the line that is wrong."""
    lines = list(enumerate(text.splitlines(), start=1))
    titles = [line[2:].strip() for _, line in lines if line.startswith("# ")]
    if len(titles) != 1:
        raise Unreadable(f"{name}:1", "a story has one title, a line that begins with '# '")
    facts = {m["key"]: m["value"].strip() for _, line in lines if (m := _FACT.fullmatch(line))}
    rows = list(_rows([(n, line) for n, line in lines if line.startswith("|")], name))
    if not rows:
        raise Unreadable(f"{name}:1", f"a story has a table with the head | {' | '.join(HEAD)} |")
    return Story(name, titles[0], facts, rows)


def _rows(lines: Sequence[tuple[int, str]], name: str) -> Iterator[Row]:
    before: datetime | None = None
    for number, line in lines:
        place = f"{name}:{number}"
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        if len(cells) != len(HEAD):
            raise Unreadable(place, f"a row has {len(HEAD)} cells, this one {len(cells)}")
        if cells == HEAD or set(line) <= set("|-: "):
            continue
        when, who, what, then = cells
        at = instant(when, place, before) if when else before
        if at is None or (before and at < before):
            raise Unreadable(
                place, f"{when or 'no time'}: the first row has a day and a time, and time never goes back"
            )
        yield Row(place, at, who, what, [stated for part in then.split(";") if (stated := part.strip())])
        before = at


def instant(text: str, place: str, same_day: datetime | None = None) -> datetime:
    """ "Thu 2026-09-24 14:05", or only "14:05" on the day that was named last; local time. Raises Unreadable."""
    found = _WHEN.fullmatch(text)
    if found is None or (same_day is None and not found["day"]):
        raise Unreadable(place, f"{text!r} is no time; one reads like 'Thu 2026-09-24 14:05' or '14:05:59'")
    day = date.fromisoformat(found["day"] or f"{same_day:%Y-%m-%d}")
    at = datetime.combine(day, time.fromisoformat(found["time"]), SHANGHAI)
    if found["weekday"] and found["weekday"] != WEEKDAYS[at.weekday()]:
        raise Unreadable(place, f"{day} is a {WEEKDAYS[at.weekday()]}, not a {found['weekday']}")
    return at
