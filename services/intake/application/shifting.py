"""班次: shifts begin, are handed over and end; nothing that is open is without an owner meanwhile."""

from chassis.access import Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.message import city_of, id_of
from chassis.work import Read, Work
from services.intake.application.ports import OpenItems, Regimes, Shifts, Turns
from services.intake.application.shift_messages import (
    BeginShift,
    EndShift,
    GetShift,
    ListHandedOver,
    ListOpenItems,
    ListShifts,
    OfferShift,
    SetSeat,
    TakeOverShift,
)
from services.intake.application.shift_views import (
    HandedOverView,
    OpenItemsView,
    ShiftsView,
    ShiftView,
    hand_over_view,
    handed_view,
    item_view,
    saved_shift,
    shift_name,
    shift_view,
)
from services.intake.application.tables import STAFF, commands, queries
from services.intake.domain import hand_over, shift_errors, shifts
from services.intake.domain.hand_over import Handed, ShiftHandOver
from services.intake.domain.roster import Roster
from services.intake.domain.shifts import Shift

SEATED = {Role.AGENT, Role.SUPERVISOR}
PAGE = 50


def shift_of(source: Work | Read, name: str, *, version: int = 0) -> Shift:
    """Raises NotFound, also when it lies in another city; VersionMovedOn."""
    shift = source.get(Shift, id_of(name, "shifts"))
    if shift.city != city_of(name):
        raise NotFound()
    if version and version != shift.version:
        raise VersionMovedOn(field="version")
    return shift


def leads(cmd: OfferShift | EndShift, work: Work) -> bool:
    """Its lead, which never changes, or a supervisor in their place; a lock taken here would go before the turn."""
    id = id_of(cmd.name, "shifts")
    shift = work.as_it_stands.get_all(Shift, [id]).get(id)
    return shift is not None and (work.principal.id == shift.lead or work.principal.has(Role.SUPERVISOR))


def _title(roster: Roster, shift: Shift) -> str:
    known = roster.shifts.get(shift.code)
    return known.name.zh if known else shift.code


@commands.on(BeginShift, roles=SEATED)
def begin_shift(cmd: BeginShift, work: Work, *, regimes: Regimes, shift_rows: Shifts, turns: Turns) -> ShiftView:
    """The first one, or after one that ended with nothing open; whoever begins it leads it."""
    roster = regimes.of(cmd.city).roster
    of = roster.shift(cmd.shift)
    turns.take(work, f"shift/{cmd.city}")
    if shift_rows.running(work.as_it_stands, cmd.city):
        raise shift_errors.ShiftRunsAlready()
    shift = shifts.begin(work.new_id(), cmd.city, of, lead=work.principal.id, now=work.now)
    work.save(shift)
    return saved_shift(shift, _title(roster, shift))


@commands.on(SetSeat, roles=SEATED)
def set_seat(cmd: SetSeat, work: Work, *, regimes: Regimes) -> ShiftView:
    shift, who = shift_of(work, cmd.name), work.principal
    may_end = who.has(Role.SUPERVISOR) or who.id == shift.lead
    shifts.set_seat(shift, cmd.seat, cmd.mode, by=who.id, may_end=may_end, now=work.now)
    work.save(shift)
    return saved_shift(shift, _title(regimes.of(shift.city).roster, shift))


@commands.on(OfferShift, roles=SEATED, relation=leads)
def offer_shift(cmd: OfferShift, work: Work, *, regimes: Regimes, open_items: OpenItems) -> ShiftView:
    """交班: the list of what is open now, confirmed by who offers it."""
    shift = shift_of(work, cmd.name, version=cmd.version)
    shifts.offer(shift)
    record = work.find(ShiftHandOver, shift.id) or ShiftHandOver(shift.id, shift.city)
    hand_over.offer(record, open_items.of(work.as_it_stands, shift.city), by=work.principal.id, now=work.now)
    work.save(shift)
    work.save(record)
    return saved_shift(shift, _title(regimes.of(shift.city).roster, shift), record)


@commands.on(TakeOverShift, roles=SEATED)
def take_over_shift(
    cmd: TakeOverShift, work: Work, *, regimes: Regimes, open_items: OpenItems, turns: Turns
) -> ShiftView:
    """接班: the caller leads the next shift, which owns from now on whatever is open; the one before ends."""
    city = city_of(cmd.name)
    roster = regimes.of(city).roster
    of = roster.shift(cmd.shift)
    turns.take(work, f"shift/{city}")
    before = shift_of(work, cmd.name, version=cmd.version)
    after = shifts.begin(work.new_id(), before.city, of, lead=work.principal.id, now=work.now, taken_from=before.id)
    shifts.end_taken_over(before, next_shift=after.id, now=work.now)
    record = work.get(ShiftHandOver, before.id)
    hand_over.take(record, open_items.of(work.as_it_stands, city), by=work.principal.id, now=work.now)
    for changed in (before, record, after):
        work.save(changed)
    return saved_shift(after, _title(roster, after))


@commands.on(EndShift, roles=SEATED, relation=leads)
def end_shift(cmd: EndShift, work: Work, *, regimes: Regimes, open_items: OpenItems, turns: Turns) -> ShiftView:
    """Without a next one: refused while anything is open, and where the telephone is answered day and night."""
    city = city_of(cmd.name)
    regime = regimes.of(city)
    turns.take(work, f"shift/{city}")
    shift = shift_of(work, cmd.name, version=cmd.version)
    shifts.end_empty(
        shift,
        still_open=len(open_items.of(work.as_it_stands, city)),
        around_the_clock=regime.rules.around_the_clock,
        now=work.now,
    )
    work.save(shift)
    return saved_shift(shift, _title(regime.roster, shift))


@queries.on(GetShift, roles=set(STAFF))
def get_shift(query: GetShift, read: Read, *, regimes: Regimes) -> ShiftView:
    shift = shift_of(read, query.name)
    record = read.get_all(ShiftHandOver, [shift.id]).get(shift.id)
    return shift_view(shift, _title(regimes.of(shift.city).roster, shift), record)


@queries.on(ListShifts, roles=set(STAFF))
def list_shifts(query: ListShifts, read: Read, *, regimes: Regimes, shift_rows: Shifts) -> ShiftsView:
    size = query.page_size or PAGE
    roster = regimes.of(query.city).roster
    found = shift_rows.page(read, city=query.city, size=size + 1, before=query.page_token)
    records = read.get_all(ShiftHandOver, [shift.id for shift in found[:size]])
    shown = [shift_view(shift, _title(roster, shift), records.get(shift.id)) for shift in found[:size]]
    return ShiftsView(shifts=shown, next_page_token=found[size - 1].id if len(found) > size else "")


def _place(handed: Handed) -> str:
    """In the list: a case that was accepted between offer and take-over stands there as both."""
    return f"{handed.item.id} {handed.item.kind}"


@queries.on(ListHandedOver, roles=set(STAFF))
def list_handed_over(query: ListHandedOver, read: Read) -> HandedOverView:
    """The list of one hand-over, oldest first."""
    shift = shift_of(read, query.name)
    record = read.get_all(ShiftHandOver, [shift.id]).get(shift.id)
    if record is None:
        raise shift_errors.NoHandOver()
    size = query.page_size or PAGE
    rest = [handed for handed in sorted(record.items, key=_place) if _place(handed) > query.page_token]
    token = _place(rest[size - 1]) if len(rest) > size else ""
    shown = [handed_view(shift.city, handed) for handed in rest[:size]]
    return HandedOverView(hand_over=hand_over_view(record), items=shown, next_page_token=token)


@queries.on(ListOpenItems, roles=set(STAFF))
def list_open_items(query: ListOpenItems, read: Read, *, open_items: OpenItems, shift_rows: Shifts) -> OpenItemsView:
    """What is open now, oldest first, and whose it is: the shift's that has not ended."""
    size = query.page_size or PAGE
    found = open_items.of(read, query.city, after=query.page_token, size=size + 1)
    owner = shift_rows.running(read, query.city)
    return OpenItemsView(
        items=[item_view(query.city, item) for item in found[:size]],
        shift=shift_name(owner.city, owner.id) if owner else "",
        lead=owner.lead if owner else "",
        next_page_token=found[size - 1].id if len(found) > size else "",
    )
