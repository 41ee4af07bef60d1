"""权责争议: opened and led by the office; opened by the pack's rule where a return has nowhere left to go."""

from collections.abc import Iterable
from dataclasses import replace

from chassis.access import Role
from chassis.domain import Event, NotFound
from chassis.message import id_of
from chassis.work import Work
from services.dispatch.application import supervising
from services.dispatch.application.commands import commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.dispute_views import DisputeView, saved_dispute
from services.dispatch.application.loading import Named, ids, in_the_city, load_order
from services.dispatch.application.messages import AdvanceDispute, OpenDispute, RecordDisputeStep, SettleDispute
from services.dispatch.application.ports import Sealing
from services.dispatch.domain import disputes
from services.dispatch.domain.dispute import Dispute
from services.dispatch.domain.dispute_errors import NoDisputeLadder
from services.dispatch.domain.errors import UnitNotInDirectory
from services.dispatch.domain.notes import Note
from services.dispatch.domain.regime import DisputeRules
from services.dispatch.domain.states import DisputeState
from services.dispatch.domain.work_order import WorkOrder

# P18 art. 9, S24 art. 15: the body that runs the platform coordinates, and its supervisors with it (art. 32(2)).
OFFICE = frozenset({Role.DISPATCHER, Role.SUPERVISOR})


@commands.on(OpenDispute, roles=OFFICE, relation=in_the_city)
def open_dispute(cmd: OpenDispute, work: Work, *, desk: Desk, sealing: Sealing) -> DisputeView:
    order = load_order(cmd, work)
    rules = ladder_of(order, desk)
    _check_known(order, "participants", cmd.participants, desk)
    opening = disputes.Opening(cmd.ground, cmd.step, tuple(cmd.participants), hazard=cmd.hazard)
    dispute, happened = begin(order, opening, work, desk)
    _write(order, "reason", cmd.reason, work, sealing)
    work.save(order, *happened)
    return saved_dispute(order, dispute, rules)


@commands.on(AdvanceDispute, roles=OFFICE, relation=in_the_city)
def advance_dispute(cmd: AdvanceDispute, work: Work, *, desk: Desk, sealing: Sealing) -> DisputeView:
    order, dispute = _load(cmd, work)
    rules = ladder_of(order, desk)
    _check_known(order, "participants", cmd.participants, desk)
    units = [*desk.invited(order.city, rules.step(cmd.step)), *cmd.participants]
    begun = disputes.advance(order, dispute, cmd.step, participants=units, rules=rules, now=work.now)
    _write(order, "reason", cmd.reason, work, sealing)
    return _saved(order, dispute, [begun], rules, work)


@commands.on(RecordDisputeStep, roles=OFFICE, relation=in_the_city)
def record_dispute_step(cmd: RecordDisputeStep, work: Work, *, desk: Desk, sealing: Sealing) -> DisputeView:
    order, dispute = _load(cmd, work)
    _check_known(order, "present", cmd.present, desk)
    recorded = disputes.record(order, dispute, present=cmd.present, now=work.now)
    _write(order, "record", cmd.record, work, sealing)
    return _saved(order, dispute, [recorded], ladder_of(order, desk), work)


@commands.on(SettleDispute, roles=OFFICE, relation=in_the_city)
def settle_dispute(cmd: SettleDispute, work: Work, *, desk: Desk, sealing: Sealing) -> DisputeView:
    order, dispute = _load(cmd, work)
    rules = ladder_of(order, desk)
    step = disputes.deciding_step(dispute, cmd.decided_by, rules)
    desk.check_units(order.city, order.case, cmd.lead, cmd.co_units)
    desk.check_named_by(order, step, cmd.lead)
    happened = disputes.settle(order, dispute, step, lead=cmd.lead, co_units=cmd.co_units, ids=ids(work), now=work.now)
    _write(order, "record", cmd.record, work, sealing)
    return _saved(order, dispute, happened, rules, work)


def begin(order: WorkOrder, opening: disputes.Opening, work: Work, desk: Desk) -> tuple[Dispute, list[Event]]:
    """The dispute is saved; the order and what happened are the caller's to save. Raises NoDisputeLadder."""
    rules = ladder_of(order, desk)
    first = rules.step(opening.step) if opening.step else rules.steps[0]
    opening = replace(opening, participants=(*opening.participants, *desk.invited(order.city, first)))
    dispute, happened = disputes.open_dispute(order, opening, id=work.new_id(), rules=rules, now=work.now)
    work.save(dispute)
    supervising.let_go(order, work)
    return dispute, happened


def drop_with(order: WorkOrder, work: Work) -> None:
    """Before an order ends: whose it would have been, nobody needs to know any more."""
    dispute = work.find(Dispute, order.dispute_id) if order.dispute_id else None
    if dispute is not None:
        dispute.close(DisputeState.DROPPED, work.now)
        work.save(dispute)


def ladder_of(order: WorkOrder, desk: Desk) -> DisputeRules:
    """Raises NoDisputeLadder."""
    rules = desk.regime_of(order).disputes
    if rules is None:
        raise NoDisputeLadder(pack=order.pack)
    return rules


def _load(cmd: Named, work: Work) -> tuple[WorkOrder, Dispute]:
    """Raises NotFound."""
    order = load_order(cmd, work)
    dispute = work.find(Dispute, id_of(cmd.name, "disputes"))
    if dispute is None or dispute.work_order_id != order.id:
        raise NotFound()
    return order, dispute


def _check_known(order: WorkOrder, field: str, units: Iterable[str], desk: Desk) -> None:
    for unit in units:
        if unit not in desk.directory(order.city).units:
            raise UnitNotInDirectory(field=field, unit=unit)


def _write(order: WorkOrder, what: str, text: str, work: Work, sealing: Sealing) -> None:
    """Among the notes of the order: they are sealed, read by RevealPassages, and deleted with the citizen's data."""
    if text:
        sealed = sealing.to_citizen(order, f"work_order.dispute_{what}", text)
        order.notes.append(Note(f"dispute_{what}", "", work.now, sealed))


def _saved(order: WorkOrder, dispute: Dispute, happened: list[Event], rules: DisputeRules, work: Work) -> DisputeView:
    work.save(order, *happened)
    work.save(dispute)
    return saved_dispute(order, dispute, rules)
