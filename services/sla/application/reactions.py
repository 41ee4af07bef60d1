"""What sla does when something happens elsewhere."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chassis.application import Ignored, Reactions
from chassis.domain import NotYet, latest
from chassis.work import By, Work
from services.sla.application.correcting import take_facts_everywhere
from services.sla.application.foreign import (
    INSTANT,
    CallRecorded,
    CaseDecided,
    CaseRated,
    Happening,
    RatingVerified,
    RevisitRecorded,
    subjects_of,
)
from services.sla.application.ports import (
    CallCount,
    CallLedger,
    CaseCount,
    CaseLedger,
    FindingCount,
    FindingLedger,
    Outcome,
)
from services.sla.application.timekeeping import Timekeeping
from services.sla.domain.clock import Clock
from services.sla.domain.counting import promptly
from services.sla.domain.opinion import Answer, Opinion, Rating, Visit
from services.sla.domain.rulebook import Rulebook
from services.sla.domain.rules import Kpi

HEARS = ("intake", "dispatch", "knowledge")
reactions = Reactions()


def clocks_of(event: Happening) -> Iterable[By]:
    """All clocks of the case, or of the policy, call or article."""
    return [By(Clock, *key) for key in subjects_of(event)]


def _keeps_time(type: str) -> None:
    """An event that packs may name: it starts, stops, holds, moves or cancels clocks."""

    @reactions.on(f"{type}.v1", loads=clocks_of)
    def keep_time(event: Happening, work: Work, *, rulebook: Rulebook) -> None:
        Timekeeping(type, event, work, rulebook).observe()


_ALSO_COUNTED = {
    "intake.case_corrected",
    "dispatch.work_order_corrected",
    "intake.case_accepted",
    "intake.case_joined",
    "intake.case_rated",
    "dispatch.work_order_completed",
    "dispatch.rating_verified",
    "intake.call_recorded",
    "dispatch.supervision_closed",
}
for _type in INSTANT.keys() - _ALSO_COUNTED:
    _keeps_time(_type)


@reactions.on("intake.case_accepted.v1", loads=clocks_of)
def accept_case(event: Happening, work: Work, *, rulebook: Rulebook, ledger: CaseLedger) -> None:
    """The citizen's clock and the dispatch clock run; the case is counted."""
    keeping = Timekeeping("intake.case_accepted", event, work, rulebook)
    keeping.observe()
    _count_matter(event, Outcome.ACCEPTED, keeping.at, work, ledger)


@reactions.on(
    "intake.case_corrected.v1",
    loads=lambda e: [By(Clock, "case_id", e.case_id), By(Opinion, "case_id", e.case_id)],
)
def correct_case(event: Happening, work: Work, *, rulebook: Rulebook, ledger: CaseLedger) -> None:
    """The case's own clocks are counted anew; all of them, and the case, count for the corrected category."""
    keeping = Timekeeping("intake.case_corrected", event, work, rulebook)
    keeping.observe()
    take_facts_everywhere(keeping)
    for opinion in work.find_by(Opinion, "case_id", event.case_id):
        opinion.category = event.category
        work.save(opinion)
    ledger.correct(work, event.case_id, category=event.category, item=event.item, area=event.area)


@reactions.on("dispatch.work_order_corrected.v1", loads=clocks_of)
def correct_order(event: Happening, work: Work, *, rulebook: Rulebook) -> None:
    """The clocks of one order are counted anew: they started in the stream that tells it."""
    keeping = Timekeeping("dispatch.work_order_corrected", event, work, rulebook)
    keeping.observe()
    take_facts_everywhere(keeping)


@reactions.on("intake.case_joined.v1", loads=clocks_of)
def join_case(event: Happening, work: Work, *, rulebook: Rulebook, ledger: CaseLedger) -> None:
    """A case that had been accepted loses its clocks and stays counted as accepted, for what the other is about."""
    if work.find_by(Clock, "case_id", event.case_id):
        Timekeeping("intake.case_joined", event, work, rulebook).observe()
        ledger.follow(work, event.case_id, event.main_case_id)
    elif event.joined_at:
        _count_matter(event, Outcome.JOINED, event.joined_at, work, ledger)


@reactions.on("intake.case_answered.v1")
def count_answered(event: CaseDecided, work: Work, *, ledger: CaseLedger) -> None:
    if event.answered_at:
        _count(event, Outcome.ANSWERED, event.answered_at, work, ledger)


@reactions.on("intake.case_refused.v1")
def count_refused(event: CaseDecided, work: Work, *, ledger: CaseLedger) -> None:
    if event.refused_at:
        _count(event, Outcome.REFUSED, event.refused_at, work, ledger)


@reactions.on("intake.case_transferred.v1")
def count_transferred(event: CaseDecided, work: Work, *, ledger: CaseLedger) -> None:
    if event.transferred_at:
        _count(event, Outcome.TRANSFERRED, event.transferred_at, work, ledger)


def _count(event: CaseDecided, outcome: Outcome, at: datetime, work: Work, ledger: CaseLedger) -> None:
    ledger.note(work, CaseCount(event.case_id, event.city, event.category, outcome, at))


def _count_matter(event: Happening, outcome: Outcome, at: datetime, work: Work, ledger: CaseLedger) -> None:
    """Such a case counts for what it is about, too: one that joined another, for what that one is about."""
    counted = CaseCount(event.case_id, event.city, event.category, outcome, at)
    ledger.note(work, replace(counted, item=event.item, area=event.area, main_case_id=event.main_case_id))


@reactions.on("intake.call_recorded.v1", loads=lambda e: [By(Clock, "call_id", e.call_id)])
def count_call(event: CallRecorded, work: Work, *, rulebook: Rulebook, calls: CallLedger) -> None:
    """The call-back clock runs where one is owed; a call that came in is counted, unless its number was kept out."""
    happening = Happening(
        city=event.city, pack=event.pack, call_id=event.call_id, call_back=event.call_back, ended_at=event.ended_at
    )
    keeping = Timekeeping("intake.call_recorded", happening, work, rulebook)
    keeping.observe()
    if event.direction == "inbound" and event.restricted_until is None:
        prompt = promptly(event.queued_at, event.answered_at, keeping.pack.rules.calls)
        answered = event.answered_at is not None
        calls.note(work, CallCount(event.call_id, event.city, answered, prompt, event.queued_at))


def _opinion_loads(event: CaseRated | RevisitRecorded | RatingVerified | Happening) -> Iterable[By]:
    return (By(Clock, "case_id", event.case_id), By(Opinion, "id", event.work_order_id))


@reactions.on("dispatch.work_order_completed.v1", loads=_opinion_loads)
def complete_order(event: Happening, work: Work, *, rulebook: Rulebook) -> None:
    """The finish clock is judged; a case of mediation or enforcement is shown apart, whenever it is rated."""
    Timekeeping("dispatch.work_order_completed", event, work, rulebook).observe()
    opinion = work.find(Opinion, event.work_order_id)
    if event.handled_as and opinion is None:
        opinion, _ = _opinion(event, work)
    if opinion is not None and opinion.handled_as != event.handled_as:
        opinion.handled_as = event.handled_as
        work.save(opinion)


@reactions.on("intake.case_rated.v1", loads=_opinion_loads)
def count_rating(event: CaseRated, work: Work, *, rulebook: Rulebook) -> None:
    """The rating clock stops; the score and the answer "solved?" are counted for the unit."""
    happening = Happening(
        city=event.city,
        case_id=event.case_id,
        work_order_id=event.work_order_id,
        round=event.round,
        rated_at=event.rated_at,
    )
    Timekeeping("intake.case_rated", happening, work, rulebook).observe()
    opinion, explained = _opinion(event, work)
    # P18 art. 8(5): a repeat that the unit only explains stays outside satisfaction.
    scored = bool(event.handling_score) and not explained
    opinion.rate(Rating(event.round, event.rated_at, event.handling_satisfied, scored))
    if event.solved is not None:
        opinion.answer(Answer(event.round, solved=event.solved, in_visit=False, at=event.rated_at))
    work.save(opinion)


@reactions.on("intake.revisit_recorded.v1", loads=_opinion_loads)
def count_revisit(event: RevisitRecorded, work: Work) -> None:
    """The citizen's "no, nobody called" overrules the unit's record; what was not asked counts nowhere."""
    if not event.reached:
        raise Ignored("nobody was reached")
    opinion, _ = _opinion(event, work)
    if event.solved is not None:
        opinion.answer(Answer(event.round, solved=event.solved, in_visit=True, at=event.recorded_at))
    if event.satisfied is not None:
        opinion.hear(Visit(event.round, event.satisfied, event.recorded_at))
    if event.solved is not None or event.satisfied is not None or opinion.version == 0:
        work.save(opinion)
    for clock in work.find_by(Clock, "case_id", event.case_id):
        same = clock.work_order_id == event.work_order_id and clock.round == event.round
        if same and clock.kpi is Kpi.RESPONSE and event.contacted is False:
            clock.denied_at = latest(clock.denied_at, event.recorded_at)
            work.save(clock)


@reactions.on("dispatch.rating_verified.v1", loads=_opinion_loads)
def count_finding(event: RatingVerified, work: Work, *, rulebook: Rulebook) -> None:
    """The verification clock stops; a rating found unreasonable is shown apart."""
    happening = Happening(
        city=event.city,
        case_id=event.case_id,
        work_order_id=event.work_order_id,
        round=event.round,
        verified_at=event.verified_at,
    )
    Timekeeping("dispatch.rating_verified", happening, work, rulebook).observe()
    opinion = work.find(Opinion, event.work_order_id)
    if event.finding == "unreasonable":
        if opinion is None:
            raise NotYet("the rating is not known yet")
        if opinion.set_apart(event.round):
            work.save(opinion)


@reactions.on("dispatch.supervision_closed.v1", loads=clocks_of)
def count_closing(event: Happening, work: Work, *, rulebook: Rulebook, findings: FindingLedger) -> None:
    """The clock of the reply ends; how the unit was found is counted."""
    keeping = Timekeeping("dispatch.supervision_closed", event, work, rulebook)
    keeping.observe()
    if event.unit:
        findings.note(work, FindingCount(event.supervision_id, event.city, event.unit, event.finding, keeping.at))


def _opinion(event: CaseRated | RevisitRecorded | Happening, work: Work) -> tuple[Opinion, bool]:
    """The order's opinion, for the unit and the deadline of the round that it speaks of; whether it only explains."""
    finish = next(
        (
            clock
            for clock in reversed(work.find_by(Clock, "case_id", event.case_id))
            if clock.work_order_id == event.work_order_id and clock.round == event.round and clock.kpi is Kpi.ON_TIME
        ),
        None,
    )
    if finish is None:
        raise NotYet("the order is not known yet")
    opinion = work.find(Opinion, event.work_order_id)
    if opinion is None:
        opinion = Opinion(event.work_order_id, event.case_id, event.city, finish.unit, finish.category, finish.due_at)
    opinion.unit, opinion.due_at, opinion.category = finish.unit, finish.due_at, finish.category
    return opinion, finish.explain_only
