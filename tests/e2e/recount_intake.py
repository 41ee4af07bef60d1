"""The rates of the counter by hand: what was decided during the contact, and the calls that came in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

Key = tuple[str, str, str, str]  # city, unit, category, kpi
Falls = Callable[[datetime], bool]


class Told(Protocol):
    """One event of the log."""

    @property
    def name(self) -> str: ...
    @property
    def said(self) -> dict[str, Any]: ...
    @property
    def at(self) -> datetime: ...


def counter_of(cases: Iterable[Sequence[Told]], falls: Falls) -> Iterator[tuple[Key, bool]]:
    """What was answered at once or refused."""
    for acts in cases:
        decided = [a for a in acts if a.name in ("case_accepted", "case_answered", "case_refused")][-1:]
        for act in decided:
            if not falls(act.at):
                continue
            corrected = [a for a in acts if a.name == "case_corrected"][-1:]
            place = (act.said["city"], "", [act, *corrected][-1].said["category"])
            if act.name != "case_refused":
                yield (*place, "instant_answer"), act.name == "case_answered"
            yield (*place, "refused"), act.name == "case_refused"


def calls_of(calls: Iterable[dict[str, Any]], falls: Falls) -> Iterator[tuple[Key, bool]]:
    """Of those that came in from numbers that were not restricted: answered by a seat, and within 15 seconds."""
    for call in calls:
        queued = datetime.fromisoformat(call["queued_at"])
        if call["direction"] != "inbound" or call.get("restricted_until") or not falls(queued):
            continue
        answered = datetime.fromisoformat(call["answered_at"]) if call["answered_at"] else None
        yield (call["city"], "", "", "call_answer"), answered is not None
        prompt = answered is not None and (answered - queued).total_seconds() <= 15
        yield (call["city"], "", "", "prompt_answer"), prompt
