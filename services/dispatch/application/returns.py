"""退单: asked by the unit, decided by the office; an agreed one finds the next unit, the fallback unit or the queue."""

from chassis.domain import Event
from chassis.work import Work
from services.dispatch.application import supervising
from services.dispatch.application.commands import OFFICE, UNIT, commands
from services.dispatch.application.desk import Desk, choice_of
from services.dispatch.application.disputes import begin
from services.dispatch.application.loading import assigned_unit, ids, in_the_city, load_assignment
from services.dispatch.application.messages import AgreeReturn, RefuseReturn, RequestReturn
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import returns
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.disputes import Opening, check_made_safe, ground_after
from services.dispatch.domain.errors import FieldRequired, NoNextUnit, UnitNotInDirectory, ValueNotAllowed
from services.dispatch.domain.notes import Note
from services.dispatch.domain.passing_errors import BackToTheGrassRoots, NoDepartmentsDuty
from services.dispatch.domain.regime import RETURNS_USED_UP
from services.dispatch.domain.routing import Outcome
from services.dispatch.domain.routing_record import RoutingRecord
from services.dispatch.domain.states import ReturnKind, Role, State
from services.dispatch.domain.work_order import WorkOrder


@commands.on(RequestReturn, roles=UNIT, relation=assigned_unit)
def request_return(cmd: RequestReturn, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    rules = desk.regime_of(order).returns
    for field in sorted(returns.required_fields(assignment, rules)):
        if not getattr(cmd, field):
            raise FieldRequired(field=field, basis=str(rules.basis))
    if cmd.suggested_unit and cmd.suggested_unit not in desk.directory(order.city).units:
        raise UnitNotInDirectory(field="suggested_unit", unit=cmd.suggested_unit)
    if cmd.kind is ReturnKind.DEPARTMENT_DUTY:
        _check_departments_duty(order, assignment, cmd.suggested_unit, desk)
    asked = ReturnRequest(
        kind=cmd.kind,
        suggested_unit=cmd.suggested_unit,
        requested_at=work.now,
        late=returns.is_late(order, assignment, rules, work.now),
        reason=sealing.to_citizen(order, "return.reason", cmd.reason),
        basis=sealing.to_citizen(order, "return.basis", cmd.basis),
    )
    work.save(order, *_asked(order, assignment, asked, work, desk))
    return saved(order)


def _check_departments_duty(order: WorkOrder, assignment: Assignment, suggested: str, desk: Desk) -> None:
    """N25: what a functional department must do is not dispatched to the grass roots."""
    rules, units = desk.regime_of(order).grass_roots, desk.directory(order.city).units
    if rules is None:
        raise ValueNotAllowed(field="kind", value=str(ReturnKind.DEPARTMENT_DUTY))
    of_a_town = units[assignment.unit].level in rules.levels
    if not of_a_town or not suggested or units[suggested].level not in rules.departments:
        raise NoDepartmentsDuty(field="suggested_unit", basis=str(rules.basis))


def _check_not_down_again(order: WorkOrder, assignment: Assignment, lead: str, desk: Desk) -> None:
    rules, unit = desk.regime_of(order).grass_roots, desk.directory(order.city).units[lead]
    if assignment.returns[-1].kind is ReturnKind.DEPARTMENT_DUTY and rules and unit.level in rules.levels:
        raise BackToTheGrassRoots(field="lead", unit=unit.name, basis=str(rules.basis))


def _asked(order: WorkOrder, assignment: Assignment, asked: ReturnRequest, work: Work, desk: Desk) -> list[Event]:
    """A return, or what comes in place of a third one: a dispute about whose the order is."""
    regime = desk.regime_of(order)
    rules, ladder = regime.returns, regime.disputes
    if not returns.opens_dispute(order, assignment, asked, rules, ladder):
        return [returns.request(order, assignment, asked, rules=rules, now=work.now, ladder=ladder)]
    returns.ask(order, assignment, asked, rules=rules, ladder=ladder)
    suggested = (asked.suggested_unit,) if asked.suggested_unit else ()
    opening = Opening(RETURNS_USED_UP, participants=suggested, by_rule=True, asked_by=assignment)
    return begin(order, opening, work, desk)[1]


@commands.on(RefuseReturn, roles=OFFICE, relation=in_the_city)
def refuse_return(cmd: RefuseReturn, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    rules = desk.regime_of(order).returns
    refused = returns.refuse(order, assignment, ground=cmd.ground, rules=rules, now=work.now)
    reason = sealing.to_citizen(order, "return.refused", cmd.reason)
    order.notes.append(Note("return_refused", "", work.now, reason, to=assignment.unit))
    work.save(order, refused)
    return saved(order)


@commands.on(AgreeReturn, roles=OFFICE, relation=in_the_city)
def agree_return(cmd: AgreeReturn, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    happened = [returns.agree(order, assignment, now=work.now)]
    if cmd.lead and not _finds_next_unit(assignment):
        raise NoNextUnit(field="lead", unit=cmd.lead)
    if cmd.reason:
        reason = sealing.to_citizen(order, "return.agreed", cmd.reason)
        order.notes.append(Note("return_agreed", "", work.now, reason, to=assignment.unit))
    if assignment.is_lead:
        happened += _after_lead(order, assignment, cmd.lead, work, desk)
    work.save(order, *happened)
    supervising.after_return(order, work, desk)
    return saved(order)


def _finds_next_unit(assignment: Assignment) -> bool:
    return assignment.is_lead and assignment.returns[-1].kind is not ReturnKind.OUT_OF_SCOPE


def _after_lead(order: WorkOrder, assignment: Assignment, lead: str, work: Work, desk: Desk) -> list[Event]:
    asked = assignment.returns[-1]
    if not _finds_next_unit(assignment):
        basis = str(desk.regime_of(order).returns.out_of_scope_basis)
        authority = desk.directory(order.city).name_of(asked.suggested_unit)
        return order.end(ground=str(asked.kind), basis=basis, next_authority=authority, now=work.now)
    order.move(State.TO_DISPATCH, work.now)
    choice = _named(order, assignment, lead, desk) if lead else _follows(order, assignment, work, desk)
    if choice is None:
        return _nobody(order, assignment, work, desk)
    return order.dispatch(choice, ids=ids(work), now=work.now, after_return=True)


def _nobody(order: WorkOrder, assignment: Assignment, work: Work, desk: Desk) -> list[Event]:
    """Neither a named unit nor a fallback unit takes it: a dispute where the pack says so, else the queue."""
    regime, suggested = desk.regime_of(order), assignment.returns[-1].suggested_unit
    candidates = [suggested] if suggested else []
    check_made_safe(order, regime.disputes)
    if ground := ground_after(order, assignment, regime.returns, regime.disputes):
        return begin(order, Opening(ground, participants=tuple(candidates), by_rule=True), work, desk)[1]
    return [order.queue(why="return_agreed", candidates=candidates, now=work.now)]


def _follows(order: WorkOrder, assignment: Assignment, work: Work, desk: Desk) -> Choice | None:
    """The fallback unit; of a department's duty, the department that the town has named."""
    asked = assignment.returns[-1]
    if asked.kind is ReturnKind.DEPARTMENT_DUTY:
        return _named(order, assignment, asked.suggested_unit, desk)
    return _fallback(order, work, desk)


def _named(order: WorkOrder, assignment: Assignment, lead: str, desk: Desk) -> Choice:
    desk.check_named(order, lead)
    _check_not_down_again(order, assignment, lead, desk)
    return Choice(lead, _co_units(order, lead), step="dispatcher", rule="return_agreed")


def _fallback(order: WorkOrder, work: Work, desk: Desk) -> Choice | None:
    """The fallback unit, unless a conflict of interest moves the order to one that had it before."""
    decision = desk.fallback(order)
    if decision.outcome is not Outcome.DISPATCHED or order.involves(decision.lead):
        return None
    work.save(RoutingRecord(work.new_id(), order.id, order.city, work.now, decision))
    found = choice_of(decision)
    return Choice(found.lead, _co_units(order, found.lead), fallback=True, step=found.step, rule=found.rule)


def _co_units(order: WorkOrder, lead: str) -> tuple[str, ...]:
    """Co-units stay when the lead changes."""
    return tuple(a.unit for a in order.active() if a.role is Role.CO and a.unit != lead)
