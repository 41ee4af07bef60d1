"""督办 by hand: opened and closed by the city, the province or a line's department; answered, kept in a ledger."""

from chassis.access import Principal, Role
from chassis.domain import NotFound
from chassis.lines import Lines
from chassis.message import city_of, id_of
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
from services.dispatch.application.queries import DEFAULT_PAGE, LINE, OVERSEERS, looking, queries
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
from services.dispatch.domain.supervision import BY_HAND, Supervision
from services.dispatch.domain.supervision_rules import Opener
from services.dispatch.domain.work_order import WorkOrder

SUPERVISOR, PROVINCE = frozenset({Role.SUPERVISOR}), frozenset({Role.PROVINCE})


def _named(cmd: Named, work: Work) -> Supervision | None:
    """The entry that the name is of, if it is of that order; the order is locked before it."""
    order = order_named(cmd, work)
    entry = work.find(Supervision, id_of(cmd.name, "supervisions")) if order else None
    return entry if order and entry and entry.work_order_id == order.id else None


def supervised_by_the_caller(cmd: Named, work: Work) -> bool:
    """What the province, or the department of that very line, has opened it closes itself, and nothing else."""
    entry = _named(cmd, work)
    return entry is not None and work.principal.has(Role(entry.opener)) and entry.line in {"", work.principal.line}


def asked_of_the_caller(cmd: Named, work: Work) -> bool:
    """The caller's own unit is the one that is pressed; what the province asks, the city's supervisors answer."""
    entry = _named(cmd, work)
    if entry is None or entry.by_province:
        return entry is not None and work.principal.has(Role.SUPERVISOR)
    return entry.unit != "" and entry.unit == work.principal.unit


@commands.on(OpenSupervision, roles=SUPERVISOR | PROVINCE | LINE, relation=in_the_city)
def open_supervision(
    cmd: OpenSupervision, work: Work, *, desk: Desk, sealing: Sealing, lines: Lines
) -> SupervisionView:
    """A line's department supervises the line's unit, on orders which that unit has or had (F21 2(2)2)."""
    order = load_order(cmd, work)
    overseen = lines.unit(work.principal, order.city, work.now)
    if work.principal.has(Role.LINE_DEPARTMENT):
        _check_overseen(order, overseen, cmd.unit)
    rules = desk.regime_of(order).supervision
    ground = rules.grounds.get(cmd.ground)
    # What a case waits for is opened by its last redo alone.
    if ground is None or ground.decides_case or not work.principal.has(Role(ground.by)):
        raise ValueNotAllowed(field="ground", value=cmd.ground)
    for method in cmd.methods:
        if method not in rules.methods:
            raise ValueNotAllowed(field="methods", value=method)
    by_province = ground.by is Opener.PROVINCE
    if order.state is State.ENDED and not by_province:
        raise OrderNotInHandling(state=str(order.state))
    entry, opened = supervision.open_on(
        order,
        ground,
        id=work.new_id(),
        part=None if by_province else _part(order, overseen or cmd.unit),
        methods=cmd.methods,
        by=BY_HAND[ground.by],
        line=work.principal.line if ground.by is Opener.LINE_DEPARTMENT else "",
        now=work.now,
    )
    reason = sealing.to_citizen(order, "supervision.order", cmd.reason)
    order.notes.append(Note("supervision_opened", "", work.now, reason, to=entry.unit))
    work.save(order)
    work.save(entry, opened)
    return saved_supervision(entry, ground)


def _check_overseen(order: WorkOrder, unit: str, named: str) -> None:
    """Before anything else is told of the order. Raises NotFound, NoPartInTheOrder for another unit than the line's."""
    if not order.involves(unit):
        raise NotFound()
    if named not in {"", unit}:
        raise NoPartInTheOrder(field="unit", unit=named)


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


@commands.on(CloseSupervision, roles=SUPERVISOR | PROVINCE | LINE, relation=supervised_by_the_caller)
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


@queries.on(GetSupervision, roles=OVERSEERS | UNIT | LINE)
def get_supervision(query: GetSupervision, read: Read, *, desk: Desk, lines: Lines) -> SupervisionView:
    entry = read.get(Supervision, id_of(query.name, "supervisions"))
    if entry.work_order_id != id_of(query.name, "workOrders") or not _may_see(
        looking(read, lines, city_of(query.name)), entry
    ):
        raise NotFound()
    return _shown(entry, desk)


@queries.on(ListSupervisions, roles=OVERSEERS | UNIT | LINE)
def list_supervisions(
    query: ListSupervisions, read: Read, *, desk: Desk, ledger: Ledger, lines: Lines
) -> SupervisionPage:
    """台账: the office's of the whole city, a unit's own; a line's department reads that of the line's unit."""
    who = looking(read, lines, query.city)
    own = "" if who.has(*OVERSEERS) else who.unit
    if not own and not who.has(*OVERSEERS):
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
