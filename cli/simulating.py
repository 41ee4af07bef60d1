"""Kept cases counted again under another pack: which deadlines move, and what would be late."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from chassis.database import create_engine
from cli.environment import operating_settings
from cli.province import databases
from cli.speech import fail
from services.sla.adapters.past import database_now, past_cases
from services.sla.domain.clock import Clock
from services.sla.domain.recounting import Outcome, Recount, Recounted
from services.sla.domain.rulebook import Pack, Rulebook

_BEGINNING = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
Wanted = Callable[[Clock], bool]


@dataclass
class Simulation:
    """What came of it: counts by kind of clock, and every clock that fares otherwise."""

    cases: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    changed: list[Recounted] = field(default_factory=list)

    def add(self, found: Sequence[Recounted]) -> None:
        self.cases += 1
        for one in found:
            count = self.counts[one.clock.kind]
            count["clocks"] += 1
            count["moved"] += one.moved
            count["late"] += one.was is Outcome.LATE
            count["would_be_late"] += one.would_be is Outcome.LATE
            count["newly_late"] += one.would_be is Outcome.LATE is not one.was
            count["not_kept"] += one.would_be is Outcome.NOT_KEPT
            count["not_comparable"] += one.would_be is Outcome.NOT_COMPARABLE
            if one.changed and one.would_be is not Outcome.NOT_COMPARABLE:
                self.changed.append(one)

    def rows(self) -> list[dict[str, Any]]:
        names = ("clocks", "moved", "late", "would_be_late", "newly_late", "not_kept", "not_comparable")
        return [{"clock": kind, **{name: count[name] for name in names}} for kind, count in sorted(self.counts.items())]


def simulate(
    book: Rulebook,
    draft: Pack,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    city: str = "",
    wanted: Wanted = lambda _: True,
) -> Simulation:
    """Over the cases that began in the period; `wanted` chooses among their clocks. Raises the exit without tables."""
    result = Simulation()
    with _sla() as connection:
        now = until or database_now(connection)
        for clocks in past_cases(connection, since or _BEGINNING, now, city):
            known = [clock for clock in clocks if clock.pack in book.packs]
            found = [one for one in Recount(known, book, now).under(draft) if wanted(one.clock)]
            if found:
                result.add(found)
    return result


def told(one: Recounted) -> dict[str, Any]:
    """One clock for a table or a script."""
    clock = one.clock
    return {
        "case": f"cities/{clock.city}/cases/{clock.case_id}",
        "clock": clock.kind,
        "unit": clock.unit,
        "category": clock.category,
        "due_time": clock.due_at,
        "would_be_due_time": one.due_at,
        "was": str(one.was),
        "would_be": str(one.would_be),
    }


@contextmanager
def _sla() -> Iterator[sa.Connection]:
    with databases(operating_settings()) as urls:
        engine = create_engine(urls["sla"], pool_size=2)
        try:
            with engine.connect() as connection:
                if not sa.inspect(connection).has_table("clock"):
                    raise fail("数据库尚未建立，请先运行 huying migrate", "no tables yet; run: huying migrate")
                yield connection
        finally:
            engine.dispose()
