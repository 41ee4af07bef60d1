"""班次 through the pipeline and the real database: begun, handed over with its list; nothing is ownerless."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.pipeline import ServiceRuntime
from services.intake.application import call_messages, shift_messages
from services.intake.domain import shift_errors
from tests.integration.intake.conftest import (
    AGENT,
    FUZHOU,
    PHONE,
    PINGLI,
    PORTAL,
    SUPERVISOR,
    Desk,
    principal,
)
from tests.replicas import at_once, second

DISPATCHER = principal(Role.DISPATCHER)


def agent(name: str, city: str = FUZHOU) -> Principal:
    return Principal(f"agent:{name}", frozenset({Role.AGENT}), frozenset({city}))


LIN, HE = agent("lin"), agent("he")


def do(desk: Desk, who: Principal, command: str, /, **fields: Any) -> Any:
    given = {"request_id": f"shift-request-{next(desk.numbers):04}"} | fields
    return desk.runtime.execute(who, getattr(shift_messages, command).of(given))


def ask(desk: Desk, who: Principal, query: str, /, **fields: Any) -> Any:
    return desk.runtime.query(who, getattr(shift_messages, query).of(fields))


def begun(desk: Desk, who: Principal = LIN, city: str = FUZHOU, shift: str = "early") -> Any:
    return do(desk, who, "BeginShift", city=city, shift=shift)


def missed_call(desk: Desk) -> Any:
    now = desk.clock.now()
    told = {"city": FUZHOU, "call_id": "170.1", "line": "12345", "direction": "inbound", "outcome": "missed"}
    told |= {"phone": PHONE, "queue_time": now, "end_time": now, "request_id": "the-missed-call"}
    return desk.runtime.execute(PORTAL, call_messages.RecordCall.of(told))


def promised(desk: Desk, case: str, **changed: Any) -> Any:
    fields = {"case": case, "kind": "progress", "due_time": desk.clock.now() + timedelta(hours=20)}
    return do(desk, LIN, "MakePromise", **fields | changed)


def everything_open(desk: Desk) -> list[str]:
    """A draft, a case that no unit has, a call-back, a promise on a case that is with its unit."""
    draft, queued, handled = desk.register().case, desk.accept(), desk.accept()
    desk.dispatched(handled.name)
    return [draft.name, queued.name, missed_call(desk).name, promised(desk, handled.name).name]


def open_now(desk: Desk, **page: Any) -> Any:
    return ask(desk, AGENT, "ListOpenItems", city=FUZHOU, **page)


def names(items: list[Any]) -> list[str]:
    return [item.name for item in items]


# -- handed over -------------------------------------------------------------------------------------------------------


def test_what_is_open_goes_to_the_next_shift_with_a_list_that_both_leads_confirm(desk: Desk) -> None:
    shift = begun(desk)
    wanted = everything_open(desk)
    desk.pass_time(hours=2)
    offered = do(desk, LIN, "OfferShift", name=shift.name)
    assert (offered.state, offered.hand_over.offered_by, offered.hand_over.taken_by) == (
        "handing_over", LIN.id, "",
    )  # fmt: skip
    desk.pass_time(minutes=5)
    after = do(desk, HE, "TakeOverShift", name=shift.name, shift="late", version=offered.version)
    assert (after.state, after.lead, after.title, after.taken_from) == ("running", HE.id, "中班", shift.name)
    before = ask(desk, SUPERVISOR, "GetShift", name=shift.name)
    record = before.hand_over
    assert (before.state, before.taken_over_by, record.offered_by, record.taken_by) == (
        "ended", after.name, LIN.id, HE.id,
    )  # fmt: skip
    assert (record.drafts, record.queued, record.call_backs, record.promises) == (1, 1, 1, 1)
    assert record.take_time - record.offer_time == timedelta(minutes=5)
    listed = ask(desk, AGENT, "ListHandedOver", name=shift.name)
    assert sorted(names(listed.items)) == sorted(wanted)
    assert [item.kind for item in listed.items] == ["draft", "queued", "call_back", "promise"]


def test_everything_open_has_an_owner_at_every_moment_of_a_hand_over(desk: Desk) -> None:
    wanted = sorted(everything_open(desk))
    assert (open_now(desk).shift, sorted(names(open_now(desk).items))) == ("", wanted)
    shift = begun(desk)
    assert (open_now(desk).shift, open_now(desk).lead) == (shift.name, LIN.id)
    do(desk, LIN, "OfferShift", name=shift.name)
    assert (open_now(desk).shift, sorted(names(open_now(desk).items))) == (shift.name, wanted)
    after = do(desk, HE, "TakeOverShift", name=shift.name, shift="late")
    assert (open_now(desk).shift, open_now(desk).lead) == (after.name, HE.id)
    assert sorted(names(open_now(desk).items)) == wanted


def test_what_comes_and_what_is_done_between_offer_and_take_over_is_said(desk: Desk) -> None:
    shift = begun(desk)
    first, second = desk.register().case, desk.register().case
    do(desk, LIN, "OfferShift", name=shift.name)
    desk.do(AGENT, "RefuseCase", name=first.name, ground="litigation")
    third = desk.register().case
    do(desk, HE, "TakeOverShift", name=shift.name, shift="late")
    listed = ask(desk, AGENT, "ListHandedOver", name=shift.name).items
    assert [(i.name, i.settled, i.came_later) for i in listed] == [
        (first.name, True, False),
        (second.name, False, False),
        (third.name, False, True),
    ]


def test_the_list_that_the_taker_saw_is_the_one_that_is_taken(desk: Desk) -> None:
    shift = begun(desk)
    seen = do(desk, LIN, "OfferShift", name=shift.name)
    do(desk, LIN, "OfferShift", name=shift.name)
    with pytest.raises(VersionMovedOn):
        do(desk, HE, "TakeOverShift", name=shift.name, shift="late", version=seen.version)


def test_it_takes_two_people_and_an_offer(desk: Desk) -> None:
    shift = begun(desk)
    with pytest.raises(shift_errors.NothingOffered):
        do(desk, HE, "TakeOverShift", name=shift.name, shift="late")
    do(desk, LIN, "OfferShift", name=shift.name)
    with pytest.raises(shift_errors.TwoPeopleNeeded):
        do(desk, LIN, "TakeOverShift", name=shift.name, shift="late")
    with pytest.raises(shift_errors.UnknownShift):
        do(desk, HE, "TakeOverShift", name=shift.name, shift="weekend")
    do(desk, HE, "TakeOverShift", name=shift.name, shift="late")
    with pytest.raises(shift_errors.NothingOffered):
        do(desk, agent("wu"), "TakeOverShift", name=shift.name, shift="night")


def test_the_lists_are_paged(desk: Desk) -> None:
    shift = begun(desk)
    cases = [desk.register().case.name for _ in range(3)]
    do(desk, LIN, "OfferShift", name=shift.name)
    for read in (
        lambda **page: ask(desk, AGENT, "ListHandedOver", name=shift.name, **page),
        lambda **p: open_now(desk, **p),
    ):
        first = read(page_size=2)
        second = read(page_size=2, page_token=first.next_page_token)
        assert [*names(first.items), *names(second.items)] == cases
        assert second.next_page_token == ""


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_case_that_was_accepted_meanwhile_stands_twice_and_is_paged_once_each(desk: Desk, size: int) -> None:
    shift = begun(desk)
    first, second = desk.register().case, desk.register().case
    do(desk, LIN, "OfferShift", name=shift.name)
    desk.do(AGENT, "AcceptCase", name=first.name)
    do(desk, HE, "TakeOverShift", name=shift.name, shift="late")
    found, token = [], None
    while token != "":
        page = ask(desk, AGENT, "ListHandedOver", name=shift.name, page_size=size, page_token=token or "")
        found += [(item.name, str(item.kind)) for item in page.items]
        token = page.next_page_token
    assert found == [(first.name, "draft"), (first.name, "queued"), (second.name, "draft")]


# -- begun and ended ---------------------------------------------------------------------------------------------------


def test_one_shift_follows_the_other_in_a_city(desk: Desk) -> None:
    begun(desk)
    with pytest.raises(shift_errors.ShiftRunsAlready):
        begun(desk, HE)
    with pytest.raises(shift_errors.UnknownShift):
        begun(desk, principal(Role.AGENT, PINGLI), PINGLI, "early")
    assert begun(desk, principal(Role.AGENT, PINGLI), PINGLI, "day").title == "白班"


def test_where_no_rule_forbids_it_a_shift_ends_once_nothing_is_open(desk: Desk) -> None:
    who = principal(Role.AGENT, PINGLI)
    shift = begun(desk, who, PINGLI, "day")
    case = desk.register(who, city=PINGLI).case
    with pytest.raises(shift_errors.StillOpen):
        do(desk, who, "EndShift", name=shift.name)
    desk.do(who, "RefuseCase", name=case.name, ground="outside_area")
    assert do(desk, who, "EndShift", name=shift.name).state == "ended"
    assert begun(desk, who, PINGLI, "day").taken_from == ""


def test_a_telephone_that_is_answered_day_and_night_is_never_without_a_shift(desk: Desk) -> None:
    shift = begun(desk)
    with pytest.raises(shift_errors.NeverWithoutShift, match="F16-02"):
        do(desk, LIN, "EndShift", name=shift.name)


def test_shifts_are_listed_newest_first_with_their_hand_over(desk: Desk) -> None:
    shift = begun(desk)
    do(desk, LIN, "OfferShift", name=shift.name)
    after = do(desk, HE, "TakeOverShift", name=shift.name, shift="late")
    page = ask(desk, DISPATCHER, "ListShifts", city=FUZHOU)
    assert [(one.name, one.hand_over is not None) for one in page.shifts] == [(after.name, False), (shift.name, True)]
    first = ask(desk, DISPATCHER, "ListShifts", city=FUZHOU, page_size=1)
    second = ask(desk, DISPATCHER, "ListShifts", city=FUZHOU, page_size=1, page_token=first.next_page_token)
    assert [names(first.shifts), names(second.shifts), second.next_page_token] == [[after.name], [shift.name], ""]


# -- who may -----------------------------------------------------------------------------------------------------------


def test_a_shift_is_its_leads_to_hand_over_or_a_supervisors(desk: Desk) -> None:
    shift = begun(desk)
    for command in ("OfferShift", "EndShift"):
        with pytest.raises(NotFound):
            do(desk, HE, command, name=shift.name)
        for who in (DISPATCHER, PORTAL, principal(Role.AGENT, PINGLI)):
            with pytest.raises(PermissionDenied):
                do(desk, who, command, name=shift.name)
    assert do(desk, SUPERVISOR, "OfferShift", name=shift.name).hand_over.offered_by == SUPERVISOR.id
    with pytest.raises(NotFound):
        ask(desk, principal(Role.AGENT, PINGLI), "GetShift", name=shift.name.replace(FUZHOU, PINGLI))


def test_a_record_that_is_not_there_is_said_so(desk: Desk) -> None:
    with pytest.raises(shift_errors.NoHandOver):
        ask(desk, AGENT, "ListHandedOver", name=begun(desk).name)


# -- seats -------------------------------------------------------------------------------------------------------------


def test_seats_are_ready_take_a_break_wrap_up_and_leave_with_the_shift(desk: Desk) -> None:
    shift = begun(desk)
    for mode in ("ready", "break", "ready", "wrap_up"):
        shift = do(desk, HE, "SetSeat", name=shift.name, seat="A07", mode=mode)
        desk.pass_time(minutes=10)
    with pytest.raises(shift_errors.SeatTaken):
        do(desk, agent("wu"), "SetSeat", name=shift.name, seat="A07", mode="ready")
    do(desk, LIN, "OfferShift", name=shift.name)
    do(desk, HE, "TakeOverShift", name=shift.name, shift="late")
    (seat,) = ask(desk, AGENT, "GetShift", name=shift.name).seats
    assert (seat.agent, seat.mode) == (HE.id, "off")
    assert (seat.ready_seconds, seat.break_seconds, seat.wrap_up_seconds) == (1200, 600, 600)


def test_an_offer_that_is_sent_again_is_the_first_one(desk: Desk) -> None:
    first = begun(desk)
    again = do(desk, LIN, "OfferShift", name=first.name, request_id="offered-once")
    assert do(desk, LIN, "OfferShift", name=first.name, request_id="offered-once") == again


def test_of_two_who_begin_at_the_same_time_one_begins(desk: Desk) -> None:
    """Two processes; whoever comes second sees the shift of the first."""

    def begin(runtime: ServiceRuntime) -> int:
        cmd = shift_messages.BeginShift(city=FUZHOU, shift="early", request_id=f"begin-at-once-{next(desk.numbers)}")
        try:
            runtime.execute(LIN, cmd)
        except shift_errors.ShiftRunsAlready:
            return 0
        return 1

    other = second(desk.runtime)
    assert sorted(at_once(begin, [desk.runtime, other])) == [0, 1]
    other.engine.dispose()


def test_who_ends_a_shift_holds_nothing_that_the_one_whose_turn_it_is_needs(desk: Desk) -> None:
    """Else each waits for the other, when a shift is ended while it is taken over."""
    who = principal(Role.AGENT, PINGLI)
    shift = begun(desk, who, PINGLI, "day")
    turn = sa.text("select pg_advisory_xact_lock(hashtextextended(:what, 0))")
    row = sa.text("select 1 from shift for update nowait")
    waits = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    with ThreadPoolExecutor() as pool, desk.runtime.engine.begin() as first:
        first.execute(turn, {"what": f"shift/{PINGLI}"})
        ended = pool.submit(do, desk, who, "EndShift", name=shift.name)
        while not desk.rows(waits):
            assert not ended.done()
            time.sleep(0.02)
        assert first.execute(row).all() == [(1,)]
        first.rollback()
        assert ended.result(10).state == "ended"
