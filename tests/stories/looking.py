"""What a story says that stands at a moment, compared with what the platform shows."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cli.demo.scenery import enum_of
from tests.e2e.acts import at
from tests.e2e.conftest import citizen, office
from tests.stories.reading import Row, Unreadable, instant
from tests.stories.telling import Cast

_STATED = re.compile(r"(?:(?P<case>\d): )?(?P<what>[a-z_]+)(?:@(?P<unit>[0-9a-z-]+))?(?: (?P<rest>.+))?")
_INSTANT = r"(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?"
_CLOCK = re.compile(
    rf"(?P<state>[a-z]+)(?: until (?P<until>{_INSTANT}))?(?: from (?P<from>{_INSTANT}))?"
    rf"(?: yellow (?P<yellow>{_INSTANT}))?(?: first (?P<first>{_INSTANT}))?"
    rf"(?: stopped (?P<stopped>{_INSTANT}))?(?: last (?P<last>{_INSTANT}))?"
    r"(?P<provisional> provisional)?(?: under (?P<rule>[A-Z0-9a-z-]+))?"
)
_STAMPS = {
    "until": "due_time",
    "from": "start_time",
    "yellow": "warn_time",
    "first": "first_due_time",
    "stopped": "stop_time",
    "last": "last_extension_time",
}
_TOLD = re.compile(r"(?P<whom>[0-9a-z-]+) (?P<what>[a-z_]+)(?: by (?P<medium>sms|voice))?(?: ×(?P<times>\d))?")
Found = Iterator[str]


@dataclass
class Onlooker:
    """Remembers what had been said before, so that `told` speaks of one row only."""

    cast: Cast
    seen: set[str] = field(default_factory=set)

    def wrong(self, row: Row, refused: str) -> list[str]:
        """Everything in the row that is otherwise, each with its place."""
        stated = [part for part in row.then if not part.startswith("refused")]
        said = [part.removeprefix("refused").strip() for part in row.then if part.startswith("refused")]
        found: list[str] = []
        if refused != "".join(said):
            found.append(f"{row.place}: refused as {refused or 'nothing'}, the story says {''.join(said) or 'nothing'}")
        new = self._new_messages()
        for part in stated:
            found += [f"{row.place}: {part!r}: {why}" for why in self._differences(part, row, new)]
        return found

    def _new_messages(self) -> dict[str, list[Any]]:
        new: dict[str, list[Any]] = {}
        for case in self.cast.cases:
            messages = self.cast.stage.messages_of(case.name)
            # One that expired was taken back before anybody got it.
            said = [m for m in messages if enum_of(m, "state") != "expired"]
            new[case.name] = [m for m in said if m.name not in self.seen]
            self.seen |= {m.name for m in messages}
        return new

    def _differences(self, part: str, row: Row, new: dict[str, list[Any]]) -> Found:
        stated = _STATED.fullmatch(part)
        if stated is None:
            raise Unreadable(row.place, f"{part!r} is no statement")
        case = self.cast.case(stated["case"] or "", row.place)
        what, unit, rest = stated["what"], stated["unit"] or "", stated["rest"] or ""
        if what in {"told", "not"}:
            yield from self._told(rest, new[case.name], row, never=what == "not")
        elif what in _LOOKS:
            yield from _LOOKS[what](self.cast, case, unit, rest, row)
        else:
            yield from _clock(self.cast, case, what, unit, rest, row)

    def _told(self, rest: str, messages: list[Any], row: Row, *, never: bool) -> Found:
        """`told unit clock_breached ×2`; a unit by its id, or whoever stands for an audience."""
        wanted = _TOLD.fullmatch(rest.removeprefix("told ") if never else rest)
        if wanted is None:
            raise Unreadable(row.place, f"{rest!r} names no message; one reads like 'told unit order_dispatched'")
        of_whom = [m for m in messages if wanted["whom"] in (m.audience, m.recipient)]
        medium = wanted["medium"]
        found = [m for m in of_whom if m.template == wanted["what"] and (not medium or m.medium == medium)]
        times = 0 if never else int(wanted["times"] or 1)
        if (len(found) != times) if (never or wanted["times"]) else not found:
            heard = Counter(f"{m.recipient if m.audience == 'unit' else m.audience} {m.template}" for m in messages)
            yield f"it is {len(found)} times; new since the row before: {dict(heard)}"


def _same(found: str, stated: str) -> Found:
    if found != stated:
        yield f"it is {found}"


def _case(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    """`case closed (not_rated)`."""
    seen = _seen(cast, case)
    stated = re.fullmatch(r"(?P<state>[a-z_]+)(?: \((?P<outcome>[a-z0-9_]+)\))?", rest)
    if stated is None:
        raise Unreadable(row.place, f"{rest!r} is no state of a case")
    yield from _same(enum_of(seen, "state"), stated["state"])
    if stated["outcome"]:
        yield from _same(seen.outcome, stated["outcome"])


def _order(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    yield from _same(enum_of(cast.order(case, unit, row.place), "state"), rest)


def _orders(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    yield from _same(str(len(cast.orders(case))), rest)


def _round(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    yield from _same(str(cast.order(case, unit, row.place).round), rest)


def _light(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    yield from _same(enum_of(cast.order(case, unit, row.place), "light"), rest)


def _lead(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    """`lead 350100-government (fallback)`."""
    order = cast.order(case, unit, row.place)
    active = [a for a in order.assignments if enum_of(a, "state") != "released"]
    leads = [a for a in active if enum_of(a, "role") != "co"]
    shown = [a.unit + (" (fallback)" if enum_of(a, "role") == "fallback_lead" else "") for a in leads[-1:]]
    yield from _same(shown[0] if shown else "nobody", rest)


def _co(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    order = cast.order(case, unit, row.place)
    active = [a for a in order.assignments if enum_of(a, "state") != "released" and enum_of(a, "role") == "co"]
    yield from _same(", ".join(a.unit for a in active) or "nobody", rest)


def _returned(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    """`returned late`: what became known of the newest return that was asked for."""
    asked = [r for a in cast.order(case, unit, row.place).assignments for r in a.returns]
    if not asked:
        yield "nobody has asked to return it"
        return
    newest = asked[-1]
    yield from _same(f"{newest.outcome or 'asked'}{' late' if newest.late else ''}", rest)


def _text(name: str) -> "Look":
    def look(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
        yield from _same(str(getattr(_seen(cast, case), name)), rest)

    return look


def _basis(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    basis = _seen(cast, case).basis
    if rest not in basis:
        yield f"it is {basis}"


def _rate(cast: Cast, case: Any, unit: str, rest: str, row: Row) -> Found:
    """`rate on_time 0/1` of the whole city, `rate on_time@350100-gas 0/1` of a unit: of what is due by now."""
    kpi, _, stated = rest.partition(" ")
    kpi, _, unit = kpi.partition("@")
    rows = cast.stage.call(office(cast.city), "sla", "GetKpiReport", city=cast.city).rows
    found = [r for r in rows if r.kpi == kpi and r.unit == unit and not r.category]
    yield from _same("/".join(str(sum(getattr(r, n) for r in found)) for n in ("numerator", "denominator")), stated)


def _clock(cast: Cast, case: Any, kind: str, unit: str, rest: str, row: Row) -> Found:
    """`finish running until Thu 2026-10-15 17:30`; the newest clock of the kind, `@unit` of that unit."""
    stated = _CLOCK.fullmatch(rest)
    if stated is None:
        raise Unreadable(row.place, f"{kind!r} is no statement, nor is {rest!r} what can be said of a clock")
    clocks = [c for c in cast.stage.clocks_of(case.name) if c.kind == kind and (not unit or c.unit == unit)]
    if not clocks or stated["state"] == "none":
        yield from _same("none" if not clocks else enum_of(clocks[-1], "state"), stated["state"])
        return
    clock, state = clocks[-1], enum_of(clocks[-1], "state")
    if stated["state"] != "open" or state not in {"running", "warned"}:
        yield from _same(state, stated["state"])
    for word, stamp in _STAMPS.items():
        if stated[word]:
            yield from _instant(word, clock, stamp, instant(stated[word], row.place))
    if bool(stated["provisional"]) is not clock.provisional and stated["until"]:
        yield f"it is {'' if clock.provisional else 'not '}provisional"
    if stated["rule"]:
        yield from _same(clock.rule, stated["rule"])


def _instant(word: str, clock: Any, stamp: str, stated: datetime) -> Found:
    found = at(getattr(clock, stamp)) if clock.HasField(stamp) else None
    if found != stated:
        yield f"{word} is {found:%a %Y-%m-%d %H:%M:%S}" if found else f"{word} is not known"


def _seen(cast: Cast, case: Any) -> Any:
    return cast.stage.call(citizen(case.citizen, cast.city), "intake", "GetCase", name=case.name)


Look = Callable[[Cast, Any, str, str, Row], Found]
_LOOKS: dict[str, Look] = {
    "case": _case,
    "order": _order,
    "orders": _orders,
    "round": _round,
    "light": _light,
    "lead": _lead,
    "co": _co,
    "returned": _returned,
    "reply": _text("reply"),
    "authority": _text("next_authority"),
    "basis": _basis,
    "rate": _rate,
}
