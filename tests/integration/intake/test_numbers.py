"""A telephone system asks where a number leads; a seat says which one the caller dialled."""

from datetime import UTC, datetime

import pytest

from chassis.access import PermissionDenied, Role
from chassis.domain import DomainError
from tests.integration.intake.conftest import AGENT, FUZHOU, PINGLI, Desk, principal

SYSTEM = principal(Role.PLATFORM)
IN_THE_NOTICE = datetime(2021, 12, 24, 6, 0, tzinfo=UTC)


def test_a_cancelled_number_leads_to_the_hotline_and_its_caller_is_told_while_the_notice_lasts(desk: Desk) -> None:
    then = desk.ask(SYSTEM, "LookUpNumber", city=FUZHOU, number="12333", time=IN_THE_NOTICE)
    assert (then.leads_to, str(then.status), then.seats_kept, then.notice_until) == (
        "12345", "cancelled", False, "2022-02-28"
    )  # fmt: skip
    assert "已并入12345" in then.notice
    now = desk.ask(SYSTEM, "LookUpNumber", city=FUZHOU, number="12333")
    assert (now.leads_to, now.notice, now.unit) == ("12345", "", "350100-human-resources")


@pytest.mark.parametrize(
    ("number", "mode", "leads_to", "how"),
    [("12329", "double_number", "12329", ["transfer", "order"]),
     ("12348", "double_number", "12345", ["transfer", "order"]),
     ("12366", "sub_centre", "12366", ["three_party", "order"])],
)  # fmt: skip
def test_kept_seats_answer_themselves(desk: Desk, number: str, mode: str, leads_to: str, how: list[str]) -> None:
    found = desk.ask(SYSTEM, "LookUpNumber", city=FUZHOU, number=number)
    assert (found.mode, found.leads_to, found.passes_on, found.data) == (mode, leads_to, how, "real_time")


def test_the_ledger_has_every_number_of_the_city_with_what_became_of_it(desk: Desk) -> None:
    numbers = desk.ask(principal(Role.PORTAL), "ListNumbers", city=FUZHOU).numbers
    assert [n.number for n in numbers][:3] == ["12345", "12305", "12318"]
    assert {n.number for n in numbers if str(n.status) == "cancelled"} == {"12318", "12319", "12333", "12350", "12393"}
    only = desk.ask(principal(Role.PORTAL, PINGLI), "ListNumbers", city=PINGLI).numbers
    assert [n.number for n in only] == ["12345"]


def test_a_number_that_the_ledger_does_not_have_is_an_error(desk: Desk) -> None:
    with pytest.raises(DomainError, match="12399"):
        desk.ask(SYSTEM, "LookUpNumber", city=FUZHOU, number="12399")
    with pytest.raises(PermissionDenied):
        desk.ask(principal(Role.UNIT), "LookUpNumber", city=FUZHOU, number="12333")
    assert desk.ask(SYSTEM, "LookUpNumber", city=FUZHOU, number="12345").leads_to == "12345"


def test_a_case_keeps_the_number_that_was_dialled(desk: Desk) -> None:
    registered = desk.register(AGENT, dialled_number="12333").case
    assert registered.dialled_number == "12333"
    assert desk.ask(AGENT, "GetCase", name=registered.name).dialled_number == "12333"
    assert desk.register(AGENT, dialled_number="12345").case.dialled_number == ""
    with pytest.raises(DomainError, match="12399"):
        desk.register(AGENT, dialled_number="12399")
