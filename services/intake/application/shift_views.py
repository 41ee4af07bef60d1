"""What callers get to see of shifts, hand-overs and promises; the fields are those of the proto messages."""

from dataclasses import dataclass, field
from datetime import datetime

from services.intake.application.call_views import call_name
from services.intake.application.views import case_name
from services.intake.domain.hand_over import Handed, OpenItem, OpenKind, ShiftHandOver
from services.intake.domain.promises import Promise, PromiseKind, PromiseState
from services.intake.domain.shifts import Seat, SeatMode, Shift, ShiftState


@dataclass(frozen=True, kw_only=True)
class SeatView:
    seat: str
    agent: str
    mode: SeatMode
    since_time: datetime
    ready_seconds: int
    break_seconds: int
    wrap_up_seconds: int


@dataclass(frozen=True, kw_only=True)
class ShiftHandOverView:
    offered_by: str
    offer_time: datetime | None
    taken_by: str
    take_time: datetime | None
    drafts: int
    queued: int
    call_backs: int
    promises: int


@dataclass(frozen=True, kw_only=True)
class ShiftView:
    name: str
    shift: str
    title: str
    lead: str
    state: ShiftState
    begin_time: datetime
    planned_end_time: datetime
    end_time: datetime | None
    seats: list[SeatView]
    taken_from: str
    taken_over_by: str
    hand_over: ShiftHandOverView | None
    version: int


@dataclass(frozen=True, kw_only=True)
class ShiftsView:
    shifts: list[ShiftView]
    next_page_token: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenItemView:
    name: str
    kind: OpenKind
    since_time: datetime
    due_time: datetime | None
    case: str
    promise: PromiseKind | None
    settled: bool = False
    came_later: bool = False


@dataclass(frozen=True, kw_only=True)
class HandedOverView:
    hand_over: ShiftHandOverView
    items: list[OpenItemView] = field(default_factory=list)
    next_page_token: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenItemsView:
    items: list[OpenItemView]
    shift: str
    lead: str
    next_page_token: str = ""


@dataclass(frozen=True, kw_only=True)
class PromiseView:
    name: str
    case: str
    kind: PromiseKind
    state: PromiseState
    due_time: datetime
    make_time: datetime
    made_by: str
    end_time: datetime | None
    version: int


def shift_name(city: str, id: str) -> str:
    return f"cities/{city}/shifts/{id}"


def shift_view(shift: Shift, title: str, record: ShiftHandOver | None, *, version: int | None = None) -> ShiftView:
    return ShiftView(
        name=shift_name(shift.city, shift.id),
        shift=shift.code,
        title=title,
        lead=shift.lead,
        state=shift.state,
        begin_time=shift.began_at,
        planned_end_time=shift.planned_until,
        end_time=shift.ended_at,
        seats=[_seat_view(seat) for seat in shift.seats],
        taken_from=shift_name(shift.city, shift.taken_from) if shift.taken_from else "",
        taken_over_by=shift_name(shift.city, shift.taken_by) if shift.taken_by else "",
        hand_over=hand_over_view(record) if record else None,
        version=shift.version if version is None else version,
    )


def saved_shift(shift: Shift, title: str, record: ShiftHandOver | None = None) -> ShiftView:
    """With the version that the save at the end of the transaction will give."""
    return shift_view(shift, title, record, version=shift.version + 1)


def _seat_view(seat: Seat) -> SeatView:
    return SeatView(
        seat=seat.code,
        agent=seat.agent,
        mode=seat.mode,
        since_time=seat.since,
        ready_seconds=seat.seconds.get(SeatMode.READY, 0),
        break_seconds=seat.seconds.get(SeatMode.BREAK, 0),
        wrap_up_seconds=seat.seconds.get(SeatMode.WRAP_UP, 0),
    )


def hand_over_view(record: ShiftHandOver) -> ShiftHandOverView:
    kinds = [handed.item.kind for handed in record.items]
    return ShiftHandOverView(
        offered_by=record.offered_by,
        offer_time=record.offered_at,
        taken_by=record.taken_by,
        take_time=record.taken_at,
        drafts=kinds.count(OpenKind.DRAFT),
        queued=kinds.count(OpenKind.QUEUED),
        call_backs=kinds.count(OpenKind.CALL_BACK),
        promises=kinds.count(OpenKind.PROMISE),
    )


def handed_view(city: str, handed: Handed) -> OpenItemView:
    return item_view(city, handed.item, settled=handed.settled, came_later=handed.came_later)


def item_view(city: str, item: OpenItem, *, settled: bool = False, came_later: bool = False) -> OpenItemView:
    names = {OpenKind.CALL_BACK: call_name, OpenKind.PROMISE: promise_name}
    return OpenItemView(
        name=names.get(item.kind, case_name)(city, item.id),
        kind=item.kind,
        since_time=item.since,
        due_time=item.due_at,
        case=case_name(city, item.case_id) if item.case_id else "",
        promise=item.promise,
        settled=settled,
        came_later=came_later,
    )


def promise_name(city: str, id: str) -> str:
    return f"cities/{city}/promises/{id}"


def saved_promise(promise: Promise) -> PromiseView:
    return PromiseView(
        name=promise_name(promise.city, promise.id),
        case=case_name(promise.city, promise.case_id),
        kind=promise.kind,
        state=promise.state,
        due_time=promise.due_at,
        make_time=promise.made_at,
        made_by=promise.made_by,
        end_time=promise.ended_at,
        version=promise.version + 1,
    )
