"""What intake does when dispatch and sla tell it something."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from chassis.application import Ignored
from chassis.domain import NotYet, Sealed
from chassis.privacy import CannotOpen, mask
from chassis.work import By, Work
from services.intake.application import foreign
from services.intake.application.call_lights import show_call_due, show_call_red, the_call
from services.intake.application.masking import known_of
from services.intake.application.ports import Regimes
from services.intake.application.tables import reactions
from services.intake.domain import handling, revisiting
from services.intake.domain.case import REPLY, Case
from services.intake.domain.citizen import Citizen, Vault
from services.intake.domain.errors import CitizenErased
from services.intake.domain.parts import Ending
from services.intake.domain.states import State


class _OfCase(Protocol):
    @property
    def case_id(self) -> str: ...


def the_case(event: _OfCase) -> Iterable[By]:
    return [By(Case, "id", event.case_id)]


def the_case_and_followers(event: _OfCase) -> Iterable[By]:
    return [By(Case, "id", event.case_id), By(Case, "main_case_id", event.case_id)]


def case_of_kinds(*kinds: str) -> Callable[[foreign.ClockDue | foreign.ClockBreached], Iterable[By]]:
    """Most clocks are none of intake's business; their cases need not be loaded."""
    return lambda event: the_case(event) if event.kind in kinds else the_call(event)


def _case(event: _OfCase, work: Work) -> Case:
    case = work.find(Case, event.case_id)
    if case is None:
        raise NotYet(f"case {event.case_id} is not known here")
    return case


@reactions.on("dispatch.work_order_queued.v1", loads=the_case)
def wait_for_dispatcher(event: foreign.WorkOrderQueued, work: Work) -> None:
    case = _case(event, work)
    handling.order_queued(case, event.work_order_id, at=event.queued_at)
    work.save(case)


@reactions.on("dispatch.work_order_dispatched.v1", loads=the_case)
def handle(event: foreign.WorkOrderDispatched, work: Work) -> None:
    case = _case(event, work)
    units = [assignment.unit for assignment in event.assignments]
    handling.order_dispatched(case, event.work_order_id, round=event.round, units=units, at=event.dispatched_at)
    work.save(case)


@reactions.on("dispatch.assignment_released.v1", loads=the_case)
def end_right_to_look(event: foreign.UnitReleased, work: Work) -> None:
    case = _case(event, work)
    handling.assignment_ended(case, event.work_order_id, event.unit)
    work.save(case)


@reactions.on("dispatch.return_agreed.v1", loads=the_case)
def end_right_to_look_after_return(event: foreign.UnitReleased, work: Work) -> None:
    end_right_to_look(event, work)


@reactions.on("dispatch.assignment_signed.v1", loads=the_case)
def show_signed(event: foreign.AssignmentSigned, work: Work) -> None:
    case = _case(event, work)
    case.note("signed", event.signed_at)
    work.save(case)


@reactions.on("dispatch.citizen_contacted.v1", loads=the_case)
def show_contacted(event: foreign.CitizenContacted, work: Work) -> None:
    case = _case(event, work)
    case.note("contacted", event.contacted_at)
    work.save(case)


@reactions.on("dispatch.progress_reported.v1", loads=the_case)
def show_progress(event: foreign.ProgressReported, work: Work) -> None:
    case = _case(event, work)
    case.note("progressed", event.reported_at)
    work.save(case)


@reactions.on("dispatch.extension_granted.v1", loads=the_case)
def show_extension(event: foreign.ExtensionGranted, work: Work) -> None:
    case = _case(event, work)
    case.note("extended", event.granted_at)
    work.save(case)


@reactions.on("dispatch.dispute_opened.v1", loads=the_case)
def show_dispute(event: foreign.DisputeOpened, work: Work) -> None:
    """Its units lose the right to look by events of their own; the citizen's clock goes on."""
    case = _case(event, work)
    case.note("disputed", event.opened_at)
    work.save(case)


@reactions.on("dispatch.dispute_settled.v1", loads=the_case)
def show_determined(event: foreign.DisputeSettled, work: Work) -> None:
    case = _case(event, work)
    case.note("determined", event.settled_at)
    work.save(case)


@reactions.on("dispatch.work_order_completed.v1", loads=the_case_and_followers)
def reply_to_citizen(event: foreign.WorkOrderCompleted, work: Work, *, vault: Vault, regimes: Regimes) -> None:
    case = _case(event, work)
    reply = None if case.erased else event.reply
    at = event.completed_at
    told = handling.order_completed(case, event.work_order_id, round=event.round, reply=reply, at=at)
    revisiting.draw(case, regimes.of(case.city, case.pack).rules)
    work.save(case, *told)
    _reply_to_followers(case, work, vault, at=at)


def _reply_to_followers(case: Case, work: Work, vault: Vault, *, at: datetime) -> None:
    if case.state is not State.REPLIED:
        return
    for follower in work.find_by(Case, "main_case_id", case.id):
        if follower.state is State.JOINED:
            answer = _resealed(case, follower, work, vault)
            work.save(follower, *handling.reply_like_main(follower, case, answer, at=at))


def _resealed(main: Case, follower: Case, work: Work, vault: Vault) -> Sealed | None:
    """The main case's reply, opened and sealed again to the follower's citizen; none when either was erased."""
    citizen = work.find(Citizen, main.citizen_id)
    texts = []
    for sealed in (order.reply for order in main.orders):
        try:
            texts += [vault.open(citizen, sealed, case_id=main.id)] if citizen and sealed else []
        except (CitizenErased, CannotOpen):
            continue
    if not texts or follower.erased:
        return None
    return vault.seal(
        follower.citizen_key,
        citizen_id=follower.citizen_id,
        case_id=follower.id,
        field=REPLY,
        text="\n\n".join([*texts, *(o.told for o in main.orders if o.told)]),
    )


@reactions.on("dispatch.work_order_ended.v1", loads=the_case_and_followers)
def end_case(event: foreign.WorkOrderEnded, work: Work, *, regimes: Regimes, vault: Vault) -> None:
    case = _case(event, work)
    ending = _ending(event, case, work, regimes, vault)
    work.save(case, *handling.order_ended(case, event.work_order_id, ending, at=event.ended_at))
    _reply_to_followers(case, work, vault, at=event.ended_at)
    if case.state is not State.ENDED:
        return
    for follower in work.find_by(Case, "main_case_id", case.id):
        if follower.state is State.JOINED:
            work.save(follower, *handling.end_like_main(follower, ending, at=event.ended_at))


def _ending(event: foreign.WorkOrderEnded, case: Case, work: Work, regimes: Regimes, vault: Vault) -> Ending:
    """In orders that were ended before codes were asked for, words of people stand, who may have named the citizen."""
    known = known_of(case, work.as_it_stands, vault)
    ground, basis, authority = (mask(text, known) for text in (event.ground, event.basis, event.next_authority))
    return Ending(ground, basis, authority, cited=regimes.of(case.city, case.pack).rules.cited(basis))


@reactions.on("dispatch.verification_opened.v1", loads=the_case)
def wait_for_finding(event: foreign.VerificationOpened, work: Work) -> None:
    case = _case(event, work)
    opened = handling.verification_opened(case, event.work_order_id, round=event.round, at=event.opened_at)
    work.save(case, *opened)


@reactions.on("dispatch.redo_ordered.v1", loads=the_case)
def handle_again(event: foreign.RedoOrdered, work: Work) -> None:
    case = _case(event, work)
    handling.redo_ordered(case, event.work_order_id, round=event.round, at=event.ordered_at)
    work.save(case)


@reactions.on("dispatch.redo_declined.v1", loads=the_case)
def close_after_finding(event: foreign.RedoDeclined, work: Work) -> None:
    case = _case(event, work)
    work.save(case, *handling.redo_declined(case, event.work_order_id, at=event.declined_at))


@reactions.on("dispatch.supervision_closed.v1", loads=lambda e: the_case(e) if e.closes_case else [])
def close_after_supervision(event: foreign.SupervisionClosed, work: Work) -> None:
    """After the last redo the finding of a supervision closes the case; of other supervisions it knows nothing."""
    if event.closes_case:
        case = _case(event, work)
        work.save(case, *handling.supervised(case, event.work_order_id, at=event.closed_at))


@reactions.on("sla.clock_started.v1", loads=case_of_kinds("citizen", "finish"))
def show_deadline(event: foreign.ClockDue, work: Work) -> None:
    """The citizen sees the citizen's clock; a unit's finish clock only as long as there is no other."""
    if event.call_id:
        show_call_due(event, work)
        return
    if event.kind not in {"citizen", "finish"}:
        return
    case = _case(event, work)
    if event.kind == "citizen" or case.due_at is None:
        case.due_at = event.due_at
        work.save(case)


@reactions.on("sla.clock_moved.v1", loads=case_of_kinds("citizen"))
def show_moved_deadline(event: foreign.ClockDue, work: Work) -> None:
    if event.call_id:
        show_call_due(event, work)
        return
    if event.kind != "citizen":
        return
    case = _case(event, work)
    case.due_at = event.due_at
    work.save(case)


@reactions.on("sla.clock_breached.v1", loads=case_of_kinds("rating", "finish"))
def ask_the_citizen(event: foreign.ClockBreached, work: Work, *, regimes: Regimes) -> None:
    """Nobody rated in time, or the unit's limit is over: calls, and then the end, as the pack says."""
    if event.call_id:
        show_call_red(event, work)
        return
    if event.kind not in {"rating", "finish"}:
        return
    case = _case(event, work)
    rules, over = regimes.of(case.city, case.pack).rules, event.kind == "rating"
    if over and case.state is not State.REPLIED:
        raise Ignored(f"the case is {case.state}")
    step = revisiting.rating_over if over else revisiting.limit_over
    told = step(case, rules, at=event.breached_at)
    if told:
        work.save(case, *told)
