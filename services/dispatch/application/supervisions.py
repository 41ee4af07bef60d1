"""督办 by hand: opened and closed by supervisors, answered by the unit, kept in a ledger."""

from chassis.access import Principal, Role
from chassis.domain import NotFound
from chassis.message import id_of
from chassis.work import Read, Work
from services.dispatch.application.commands import UNIT, commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.loading import Named, in_the_city, load_order, order_named
from services.dispatch.application.messages import (
    AnswerSupervision,
    CloseSupervision,
    GetSupervision,
    ListSupervisions,
    OpenSupervision,
)
from services.dispatch.application.ports import Ledger, LedgerPage, Sealing
from services.dispatch.application.queries import DEFAULT_PAGE, OVERSEERS, queries
from services.dispatch.application.supervision_views import (
    SupervisionPage,
    SupervisionView,
    saved_supervision,
    supervision_view,
)
from services.dispatch.domain import supervision
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import NoPartInTheOrder, OrderNotInHandling, ValueNotAllowed
from services.dispatch.domain.notes import Note
from services.dispatch.domain.states import State
from services.dispatch.domain.supervision import Supervision
from services.dispatch.domain.work_order import WorkOrder

SUPERVISOR, PROVINCE = frozenset({Role.SUPERVISOR}), frozenset({Role.PROVINCE})


def _named(cmd: Named, work: Work) -> Supervision | None:
    """The entry that the name is of, if it is of that order; the order is locked before it."""
    order = order_named(cmd, work)
    entry = work.find(Supervision, id_of(cmd.name, "supervisions")) if order else None
    return entry if order and entry and entry.work_order_id == order.id else None


def supervised_by_the_caller(cmd: Named, work: Work) -> bool:
    """What the province has opened it closes itself, and nothing else."""
    entry = _named(cmd, work)
    return entry is not None and work.principal.has(_opener(entry.by_province))


def asked_of_the_caller(cmd: Named, work: Work) -> bool:
    """The caller's own unit is the one that is pressed; what the province asks, the city's supervisors answer."""
    entry = _named(cmd, work)
    if entry is None or entry.by_province:
        return entry is not None and work.principal.has(Role.SUPERVISOR)
    return entry.unit != "" and entry.unit == work.principal.unit


def _opener(by_province: bool) -> Role:
    return Role.PROVINCE if by_province else Role.SUPERVISOR


@commands.on(OpenSupervision, roles=SUPERVISOR | PROVINCE, relation=in_the_city)
def open_supervision(cmd: OpenSupervision, work: Work, *, desk: Desk, sealing: Sealing) -> SupervisionView:
    order = load_order(cmd, work)
    rules = desk.regime_of(order).supervision
    ground = rules.grounds.get(cmd.ground)
    # What a case waits for is opened by its last redo alone.
    if ground is None or ground.decides_case or not work.principal.has(_opener(ground.by_province)):
        raise ValueNotAllowed(field="ground", value=cmd.ground)
    for method in cmd.methods:
        if method not in rules.methods:
            raise ValueNotAllowed(field="methods", value=method)
    if order.state is State.ENDED and not ground.by_province:
        raise OrderNotInHandling(state=str(order.state))
    part = None if ground.by_province else _part(order, cmd.unit)
    by = supervision.BY_PROVINCE if ground.by_province else "hand"
    entry, opened = supervision.open_on(
        order, ground, id=work.new_id(), part=part, methods=cmd.methods, by=by, now=work.now
    )
    reason = sealing.to_citizen(order, "supervision.order", cmd.reason)
    order.notes.append(Note("supervision_opened", "", work.now, reason, to=entry.unit))
    work.save(order)
    work.save(entry, opened)
    return saved_supervision(entry, ground)


def _part(order: WorkOrder, unit: str) -> Assignment | None:
    if not unit:
        return order.lead
    mine = next((a for a in order.active() if a.unit == unit), None)
    if mine is None:
        raise NoPartInTheOrder(field="unit", unit=unit)
    return mine


@commands.on(AnswerSupervision, roles=UNIT | SUPERVISOR, relation=asked_of_the_caller)
def answer_supervision(cmd: AnswerSupervision, work: Work, *, desk: Desk, sealing: Sealing) -> SupervisionView:
    order, entry = _load(cmd, work)
    text = sealing.to_citizen(order, "supervision.answer", cmd.answer)
    answered = supervision.answer(order, entry, text=text, now=work.now)
    work.save(order)
    work.save(entry, answered)
    return saved_supervision(entry, desk.regime_of(order).supervision.grounds[entry.ground])


@commands.on(CloseSupervision, roles=SUPERVISOR | PROVINCE, relation=supervised_by_the_caller)
def close_supervision(cmd: CloseSupervision, work: Work, *, desk: Desk, sealing: Sealing) -> SupervisionView:
    order, entry = _load(cmd, work)
    closed = supervision.close(order, entry, finding=cmd.finding, now=work.now)
    reason = sealing.to_citizen(order, "supervision.finding", cmd.reason)
    order.notes.append(Note("supervision_closed", "", work.now, reason, to=entry.unit))
    work.save(order)
    work.save(entry, closed)
    return saved_supervision(entry, desk.regime_of(order).supervision.grounds[entry.ground])


def _load(cmd: Named, work: Work) -> tuple[WorkOrder, Supervision]:
    order, entry = load_order(cmd, work), _named(cmd, work)
    if entry is None:
        raise NotFound()
    return order, entry


# -- the ledger --------------------------------------------------------------------------------------------------------


@queries.on(GetSupervision, roles=OVERSEERS | UNIT)
def get_supervision(query: GetSupervision, read: Read, *, desk: Desk) -> SupervisionView:
    entry = read.get(Supervision, id_of(query.name, "supervisions"))
    if entry.work_order_id != id_of(query.name, "workOrders") or not _may_see(read.principal, entry):
        raise NotFound()
    return _shown(entry, desk)


@queries.on(ListSupervisions, roles=OVERSEERS | UNIT)
def list_supervisions(query: ListSupervisions, read: Read, *, desk: Desk, ledger: Ledger) -> SupervisionPage:
    """台账: the office's of the whole city, a unit's own."""
    own = "" if read.principal.has(*OVERSEERS) else read.principal.unit
    if not own and not read.principal.has(*OVERSEERS):
        raise NotFound()
    if own and query.unit not in {"", own}:
        raise NotFound()
    size = query.page_size or DEFAULT_PAGE
    page = LedgerPage(
        city=query.city,
        state=str(query.state or ""),
        unit=own or query.unit,
        ground=query.ground,
        work_order_id=id_of(query.work_order, "workOrders") if query.work_order else "",
        overdue="true" if query.overdue else "",
        after=query.page_token,
        size=size + 1,
    )
    found = list(ledger.page(read, page))
    token = found[size - 1].id if len(found) > size else ""
    return SupervisionPage([_shown(entry, desk) for entry in found[:size]], token)


def _may_see(principal: Principal, entry: Supervision) -> bool:
    return principal.has(*OVERSEERS) or (entry.unit != "" and entry.unit == principal.unit)


def _shown(entry: Supervision, desk: Desk) -> SupervisionView:
    return supervision_view(entry, desk.regime(entry.pack, entry.city).supervision.grounds[entry.ground])
