"""What is asked of intake.yaml: acceptance, refusal, transfer, rating, visits, other limits, marks, calls."""

from datetime import timedelta
from typing import Any

from chassis.domain import StepNotAllowed
from cli.worked.asking import Found, asks, refusal
from cli.worked.bench import NOW, Bench
from services.intake.application.gathering import meet
from services.intake.application.ports import Around
from services.intake.domain import calls, clue, correcting, handling, marking, repeats, revisiting, shifts
from services.intake.domain.case import Case
from services.intake.domain.errors import NotOnlyExplained
from services.intake.domain.likeness import likeness, pieces_of
from services.intake.domain.parts import CaseLimit, Rating
from services.intake.domain.states import Channel


def _case(bench: Bench, id: str = "case-1", **changed: Any) -> Case:
    known: dict[str, Any] = {
        "category": bench.intake.proposal.default, "citizen_id": "citizen-1", "citizen_key": b"", "reachable": True,
        "named": True, "masked_subject": "", "masked_text": "", "sealed_subject": None, "sealed_text": None,
    }  # fmt: skip
    told = {"registered_at": NOW, "said_at": NOW, "channel": Channel.PHONE}
    return Case(id=id, city=bench.city.code, pack=bench.ref, **(known | told | changed))


def _accepted(bench: Bench, id: str = "case-1", **changed: Any) -> Case:
    case = _case(bench, id, **changed)
    case.accept(bench.intake, number="1", now=NOW)
    return case


def _replied(bench: Bench) -> Case:
    case = _accepted(bench)
    handling.order_dispatched(case, "order-1", round=1, units=["a"], at=NOW)
    handling.order_completed(case, "order-1", round=1, reply=None, at=NOW)
    return case


@asks("intake.categories")
def category(bench: Bench, *, says: str, subject: str = "") -> Found:
    """By the caller's words alone; the seat may correct it."""
    found = bench.intake.category(bench.intake.propose_category(subject, says))
    return {
        "category": found.code,
        "called": found.name.zh,
        "confidentiality": str(found.confidentiality),
        "basis": [str(found.basis)],
    }


@asks("intake.grounds")
def ground(
    bench: Bench, *, ground: str, emergency_class: str = "", named: str = "", clue_to_police: bool = False
) -> Found:
    """Refused on that ground; `clue_to_police`: then a supervisor wants to hand over what is known."""
    case = _case(bench, emergency_class=emergency_class)
    (told,) = case.refuse(bench.intake, ground, next_authority=named, now=NOW)
    rule = bench.intake.ground(ground)
    if clue_to_police:
        handed, _ = clue.hand_over(case, bench.intake, id="clue-1", evidence=None, by="supervisor-1", now=NOW)
        return {"handed_to": handed.duty, "clue": str(handed.state), "basis": [handed.basis]}
    return {
        "state": str(case.state),
        "reason": rule.text.zh,
        "cited": bench.intake.cited(case.basis),
        "next_authority": case.next_authority,
        "guided": getattr(told, "guidance", ""),
        "basis": [case.basis],
    }


@asks("intake.lines")
def line(bench: Bench, *, line: str, emergency_class: str = "") -> Found:
    """One key; where the pack says so, it is dispatched as well."""
    rule = bench.intake.line(line)
    case = _case(bench, emergency_class=emergency_class)
    case.transfer(rule.code, now=NOW)
    found: Found = {
        "state": str(case.state), "called": rule.name.zh, "kind": str(rule.kind), "basis": [str(rule.basis)],
    }  # fmt: skip
    try:
        case.accept(bench.intake, number="1", now=NOW)
    except StepNotAllowed:
        return found | {"dispatched_too": False}
    return found | {"dispatched_too": True}


@asks("intake.rating")
def rating(bench: Bench, *, handling_score: str, days_after_closing: int = -1) -> Found:
    """On the pack's scale; dissatisfied within its days a closed case is opened again."""
    score = bench.intake.score(handling_score, "handling_score")
    case, now = _replied(bench), NOW
    if days_after_closing >= 0:
        handling.close(case, "not_rated", at=now)
        now += timedelta(days=days_after_closing)
    given = Rating(1, None, "", score.code, score.satisfied, now)
    handling.rate(case, bench.intake, given, now=now)
    return {
        "satisfied": score.satisfied,
        "scale": [one.name.zh for one in bench.intake.rating.scale],
        "state": str(case.state),
        "looked_into": any(order.under_verification for order in case.orders),
        "reopened": case.reopened,
    }


@asks("intake.revisits")
def visit(bench: Bench, *, over: str, calls_in_vain: int = 0) -> Found:
    """`over`: "limit", the unit's while it is not done, or "rating", the time in which the citizen might rate."""
    if over == "limit":
        case = _accepted(bench)
        handling.order_dispatched(case, "order-1", round=1, units=["a"], at=NOW)
        revisiting.limit_over(case, bench.intake, at=NOW)
    else:
        case = _replied(bench)
        revisiting.rating_over(case, bench.intake, at=NOW)
    for day in range(calls_in_vain):
        later = NOW + timedelta(days=day)
        revisiting.attempted(case, bench.intake, reached=False, wrong=False, now=later)
    return {"visit": revisiting.due(case), "state": str(case.state), "outcome": case.outcome}


@asks("intake.anonymity")
def anonymity(bench: Bench, *, own_rights_claim: bool, named: bool, reachable: bool) -> Found:
    case = _accepted(bench, own_rights_claim=own_rights_claim, named=named, reachable=reachable)
    return {"state": str(case.state)}


@asks("intake.emergency_classes")
def emergency(bench: Bench, *, says: str) -> Found:
    """As it is proposed to the seat."""
    code = bench.intake.propose_emergency_class("", says)
    if not code:
        return {"emergency_class": ""}
    found = bench.intake.emergency_class(code)
    return {
        "emergency_class": code,
        "called": found.name.zh,
        "also_transfer": found.also_transfer,
        "basis": [str(found.basis)],
    }


@asks("intake.repeat")
def repeat(bench: Bench, *, emergency_class: str = "") -> Found:
    """A matter that was lawfully finished comes again."""
    pack, case = bench.intake, _case(bench, "case-2", emergency_class=emergency_class)
    try:
        repeats.explain_again(case, _replied(bench), pack.repeat)
    except NotOnlyExplained as refused:
        if pack.repeat.how == "explain_only":
            return refusal(refused)
        case.refuse(pack, pack.repeat.ground, next_authority="", now=NOW)
        return {"state": str(case.state), "ground": case.outcome, "only_explained": False}
    (accepted,) = case.accept(pack, number="2", now=NOW)
    return {"state": str(case.state), "only_explained": getattr(accepted, "explain_only", False)}


@asks("intake.duplicates")
def duplicate(bench: Bench, *, first: str, second: str) -> Found:
    """Two citizens, one matter: alike enough to be shown to the seat, it joins the first."""
    rule = bench.intake.duplicates
    if likeness(pieces_of(first), pieces_of(second)) < rule.likeness:
        return {"shown": False}
    main, other = _accepted(bench), _case(bench, "case-2")
    other.join(main, number="2", now=NOW)
    return {"shown": True, "state": str(other.state), "main_case": other.main_case_id == main.id}


@asks("intake.withdrawal")
def withdrawal(bench: Bench, *, emergency_class: str = "") -> Found:
    case = _accepted(bench, emergency_class=emergency_class)
    case.withdraw(bench.intake, reason=None, now=NOW)
    return {"state": str(case.state)}


@asks("intake.calls")
def call(bench: Bench, *, outcome: str, number_known: bool = True, tried_in_vain: int = 0) -> Found:
    answered = NOW if outcome == "answered" else None
    one = calls.Call(
        id="call-1", city=bench.city.code, pack=bench.ref, source="1", line="12345",
        direction=calls.Direction.INBOUND, outcome=calls.Outcome(outcome), seat="", citizen_id="", citizen_key=b"",
        number_known=number_known, queued_at=NOW, answered_at=answered, ended_at=NOW, recorded_at=NOW,
    )  # fmt: skip
    calls.record(one, bench.intake.calls)
    for _ in range(tried_in_vain):
        calls.try_back(one, reached=False, by="seat-1", now=NOW)
    return {"called_back": one.call_back is not None, "state": str(one.call_back.state) if one.call_back else ""}


class _Crowd:
    """So many alike cases of the area were registered within the pack's minutes; nobody knows an event of them yet."""

    now = NOW

    def __init__(self, alike: int) -> None:
        self.alike = [f"case-{number}" for number in range(alike)]
        self.proposed: list[object] = []

    def around(self, *_: object, **__: object) -> Around:
        return Around(self.alike, [])

    def take(self, *_: object) -> None:
        """Nobody else is at it."""

    def new_id(self) -> str:
        return "mass-event-1"

    def save(self, proposed: object, *_: object) -> None:
        self.proposed.append(proposed)


@asks("intake.mass_events")
def mass_event(bench: Bench, *, alike_before: int) -> Found:
    """One more case after so many alike ones of its area."""
    crowd: Any = _Crowd(alike_before)
    regime = bench.shop.regimes.of(bench.city.code, bench.ref)
    meet(_case(bench, "case-new"), crowd, regime, crowd, crowd)
    return {"proposed": bool(crowd.proposed)}


@asks("intake.own_limits")
def own_limit(
    bench: Bench, *, ground: str, rank: str = "", title: str = "", article: str = "", days: int = 0, due_in: int = 0
) -> Found:
    """Of another law its document and limit; of the other grounds a moment, here in days from now."""
    due = NOW + timedelta(days=due_in) if due_in else None
    unit = "working_day" if days else ""
    limit = CaseLimit(ground, NOW, rank=rank, title=title, article=article, amount=days, unit=unit, due_at=due)
    case = _accepted(bench)
    (told,) = correcting.set_limit(case, limit, bench.intake, by="seat-1")
    return {"limits": [one.ground for one in case.own_limits], "cited": getattr(told, "cited", "")}


@asks("intake.attention_marks")
def mark(bench: Bench, *, kind: str, document: str = "", due_in: int = 0) -> Found:
    case, due = _accepted(bench), NOW + timedelta(days=due_in) if due_in else None
    marking.mark(case, kind, bench.intake, document=document, due_at=due, by="supervisor-1", now=NOW)
    rule = bench.intake.attention_mark(kind)
    return {
        "marks": [one.kind for one in case.attention.marks],
        "limits": [one.ground for one in case.own_limits],
        "seen_by": list(rule.seen_by),
        "basis": [str(rule.basis)],
    }


@asks("intake.telephone")
def end_of_a_shift(bench: Bench, *, next_begins: bool, still_open: int = 0) -> Found:
    """One of the city's shifts ends: by the next one that takes over, or without it."""
    regime = bench.shop.regimes.of(bench.city.code, bench.ref)
    of = next(iter(regime.roster.shifts.values()))
    one, clock = shifts.begin("shift-1", regime.city, of, lead="agent-1", now=NOW), regime.rules.around_the_clock
    if next_begins:
        shifts.offer(one)
        shifts.end_taken_over(one, next_shift="shift-2", now=NOW)
    else:
        shifts.end_empty(one, still_open=still_open, around_the_clock=clock, now=NOW)
    return {"state": str(one.state)}
