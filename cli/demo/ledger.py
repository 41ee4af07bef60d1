"""The supervision ledger in the demonstration: units reply in writing, the office finds, the page counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from chassis.policy import City
from cli.demo import words
from cli.demo.office import Desk
from cli.demo.result import SupervisionTally
from cli.demo.scenery import enum_of, time_of
from cli.demo.views import Action, Party, SupervisionView

_HOUR = timedelta(hours=1)


def supervision_view(entry: Any, now: datetime) -> SupervisionView:
    return SupervisionView(
        name=entry.name,
        unit=entry.unit,
        state=enum_of(entry, "state"),
        written_reply=entry.written_reply,
        open_time=time_of(entry, "open_time") or now,
        answer_time=time_of(entry, "answer_time"),
    )


def next_step(
    entry: SupervisionView, order_state: str, now: datetime, draw: Callable[..., Random], office: Desk
) -> Action | None:
    """The unit replies within a day or two; the office finds it rectified once the order is done as well."""
    rng = draw(entry.unit, "supervision", f"{entry.open_time:%m%d%H%M}", entry.state)
    if entry.state == "open" and entry.written_reply:
        at = office.settled(max(now, entry.open_time + rng.uniform(4, 40) * _HOUR), rng.random())
        fields = {"name": entry.name, "answer": words.SUPERVISED}
        return Action(at, "AnswerSupervision", Party.UNIT, fields, entry.unit)
    # What only pressed the unit by phone or reminder ends with its limit.
    if entry.state == "answered" and order_state == "completed":
        since = entry.answer_time or entry.open_time
        at = office.settled(max(now, since + rng.uniform(2, 20) * _HOUR), rng.random())
        fields = {"name": entry.name, "finding": "rectified", "reason": words.RECTIFIED}
        return Action(at, "CloseSupervision", Party.DISPATCHER, fields)
    return None


def tallies(cities: Sequence[City], entries_of: Callable[[str], Iterable[Any]]) -> tuple[SupervisionTally, ...]:
    """By city and ground, sorted."""
    found = []
    for city in cities:
        counts: Counter[tuple[str, str, str]] = Counter()
        for entry in entries_of(city.code):
            overdue = enum_of(entry, "light") == "red"
            for what in ("opened", enum_of(entry, "state"), *(["overdue"] if overdue else [])):
                counts[entry.ground_zh, entry.ground_en, what] += 1
        for zh, en in sorted({(zh, en) for zh, en, _ in counts}):
            of = {what: counts[zh, en, what] for what in ("opened", "answered", "closed", "overdue")}
            found.append(SupervisionTally(city.name.zh, city.name.en, zh, en, **of))
    return tuple(found)
