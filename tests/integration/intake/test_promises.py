"""承诺 through the pipeline and the real database: owed by whatever shift there is, and to nobody who is erased."""

import pytest

from chassis.access import PermissionDenied
from chassis.domain import NotFound
from services.intake.domain import errors, shift_errors
from tests.integration.intake.conftest import AGENT, CALLER, FUZHOU, SUPERVISOR, Desk
from tests.integration.intake.test_shifts import HE, LIN, begun, do, open_now, promised


def test_a_promise_is_owed_by_whatever_shift_there_is_until_somebody_keeps_it(desk: Desk) -> None:
    shift = begun(desk)
    case = desk.accept()
    desk.dispatched(case.name)
    promise = promised(desk, case.name)
    do(desk, LIN, "OfferShift", name=shift.name)
    do(desk, HE, "TakeOverShift", name=shift.name, shift="late")
    (item,) = open_now(desk).items
    assert (item.name, item.kind, item.due_time) == (promise.name, "promise", promise.due_time)
    assert (item.case, item.promise) == (case.name, "progress")
    kept = do(desk, HE, "EndPromise", name=promise.name)
    assert (kept.state, open_now(desk).items) == ("kept", [])
    with pytest.raises(shift_errors.PromiseNotOwed):
        do(desk, HE, "EndPromise", name=promise.name, needless=True)


def test_promises_are_made_of_what_is_to_come_and_in_ones_own_city(desk: Desk) -> None:
    case = desk.register().case
    with pytest.raises(shift_errors.PromiseInThePast):
        promised(desk, case.name, due_time=desk.clock.now())
    with pytest.raises(NotFound):
        do(desk, AGENT, "EndPromise", name=f"cities/{FUZHOU}/promises/nothing")
    with pytest.raises(PermissionDenied):
        do(desk, SUPERVISOR, "MakePromise", case=case.name, kind="call", due_time=desk.clock.now())


def test_nothing_is_owed_to_a_citizen_who_is_erased(desk: Desk) -> None:
    case = desk.accept(caller=CALLER)
    desk.dispatched(case.name)
    promise = promised(desk, case.name)
    desk.do(SUPERVISOR, "EraseCitizen", name=case.citizen, reason="本人申请删除")
    assert open_now(desk).items == []
    with pytest.raises(shift_errors.PromiseNotOwed, match="needless"):
        do(desk, AGENT, "EndPromise", name=promise.name)
    with pytest.raises(errors.CitizenErased):
        promised(desk, case.name)
