"""What other limits of a case do to its clocks: other law, moments that were agreed or set from above."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.integration.sla.conftest import Office, at
from tests.integration.sla.publishing import LONGER, loaded, published, recount
from tests.integration.sla.test_corrections import CO, LEAD, corrected, explained, running

__all__ = ["running"]


def limited(office: Office, ground: str = "other_law", city: str = "350100", **more: Any) -> None:
    fields: dict[str, Any] = {"ground": ground, "set_at": office.clock.now()}
    if ground == "other_law":
        fields |= {"rank": "law", "title": "噪声污染防治法", "cited_article": "9"}
    office.hears("intake.case_limit_set", "c1", city, **fields | more)


def test_other_law_governs_either_way_where_the_pack_says_so(running: Office) -> None:
    limited(running, limit_amount=30, limit_unit="calendar_day")
    clocks = running.clocks()
    assert clocks["finish"].due_at == at("10-22 00:00")
    assert clocks["citizen"].due_at == at("10-23 00:00")
    assert "《噪声污染防治法》第9条（法律）" in explained(running, "finish")
    assert [e["why"] for e in running.said("clock_moved")] == ["other_law"] * 3


def test_other_law_that_is_not_stricter_changes_nothing_where_only_stricter_law_counts(office: Office) -> None:
    office.accepted(city="610926")
    office.dispatched(city="610926")
    limited(office, city="610926", limit_amount=30, limit_unit="calendar_day")
    assert office.clocks()["finish"].due_at == at("09-29 17:30")
    assert "不严于本办法" in explained(office, "finish")
    assert office.said("clock_moved") == []
    limited(office, city="610926", rank="normative_document", limit_amount=3, limit_unit="working_day")
    assert office.clocks()["finish"].due_at == at("09-24 17:30")


def test_a_law_cited_before_the_dispatch_limits_the_order_from_its_start(office: Office) -> None:
    office.accepted()
    limited(office, limit_amount=3, limit_unit="working_day")
    office.move_to(at("09-22 10:00"))
    office.dispatched()
    assert office.clocks()["finish"].due_at == at("09-28 17:30")
    assert office.said("clock_moved", "finish") == []


def test_a_dispatch_that_is_heard_after_the_law_it_came_before_leaves_a_working_day(office: Office) -> None:
    office.accepted()
    office.move_to(at("09-29 10:00"))
    limited(office, limit_amount=3, limit_unit="working_day")
    office.dispatched(dispatched_at=at("09-21 09:00"))
    assert office.clocks()["finish"].due_at == at("09-30 17:30")


def test_a_limit_that_was_lifted_counts_no_longer(running: Office) -> None:
    limited(running, limit_amount=3, limit_unit="working_day")
    running.hears("intake.case_limit_lifted", ground="other_law", lifted_at=running.clock.now())
    assert running.clocks()["finish"].due_at == at("10-12 17:30")
    assert running.clocks()["citizen"].due_at == at("10-13 17:30")


def test_a_law_and_a_corrected_category_count_together(running: Office) -> None:
    limited(running, limit_amount=3, limit_unit="working_day")
    running.move_to(at("09-22 10:00"))
    corrected(running, {"category": "complaint"}, {"category": "consultation"})
    assert running.clocks()["finish"].due_at == at("09-24 17:30")
    running.hears("intake.case_limit_lifted", ground="other_law", lifted_at=running.clock.now())
    assert running.clocks()["finish"].due_at == at("09-23 17:30")


@pytest.mark.parametrize("ground", ["agreement", "upstream", "leader"])
def test_an_earlier_moment_governs_and_a_later_one_does_not(running: Office, ground: str) -> None:
    limited(running, ground, due_at=at("12-01 12:00"))
    assert running.clocks()["finish"].due_at == at("10-12 17:30")
    limited(running, ground, due_at=at("09-28 12:00"))
    assert running.clocks()["finish"].due_at == running.clocks()["citizen"].due_at == at("09-28 12:00")


def test_an_extension_does_not_go_past_a_leaders_deadline(running: Office) -> None:
    limited(running, "leader", due_at=at("10-13 12:00"))
    running.unit("extension_granted", "granted_at", extension_id="e1", working_days=5)
    assert running.clocks()["finish"].due_at == at("10-13 12:00")
    running.hears("intake.case_limit_lifted", ground="leader", lifted_at=running.clock.now())
    assert running.clocks()["finish"].due_at == at("10-19 17:30")


def test_an_extension_does_not_go_past_an_upstream_platforms_deadline(office: Office) -> None:
    office.accepted(upstream_due_at=at("09-25 12:00"))
    office.dispatched()
    office.unit("extension_granted", "granted_at", extension_id="e1", working_days=5)
    assert office.clocks()["citizen"].due_at == at("09-25 12:00")


def test_a_law_cited_during_a_redo_limits_its_round_and_the_next(running: Office) -> None:
    for round in (2, 3):
        now = running.clock.now()
        running.unit("work_order_completed", "completed_at", round=round - 1, replied_at=now, answered_at=now)
        running.hears("intake.case_replied", round=round - 1, replied_at=now)
        running.unit("redo_ordered", "ordered_at", round=round, ground="unit_at_fault")
        lead = LEAD | {"assignment_id": f"c1-r{round}"}
        running.dispatched(round=round, occurrence=round, assignments=[lead])
        if round == 2:
            assert running.states()["citizen"] == "met"
            limited(running, limit_amount=3, limit_unit="working_day")
        assert running.clocks()["finish"].limit == "3 working_day"


def test_a_redo_keeps_the_limits_of_its_case(running: Office) -> None:
    limited(running, limit_amount=3, limit_unit="working_day")
    now = running.clock.now()
    running.unit("work_order_completed", "completed_at", round=1, replied_at=now, answered_at=now)
    running.hears("intake.case_replied", round=1, replied_at=now)
    running.unit("redo_ordered", "ordered_at", round=2, ground="unit_at_fault")
    running.dispatched(round=2, occurrence=2, assignments=[LEAD | {"assignment_id": "c1-r2"}])
    assert running.clocks()["finish"].limit == "3 working_day"


def test_a_published_calendar_moves_what_other_law_counts_in_working_days(office: Office, tmp_path: Path) -> None:
    office.clock.move_to(at("12-28 09:00"))
    office.accepted()
    office.dispatched()
    limited(office, limit_amount=9, limit_unit="working_day")
    before = office.clocks()["finish"].due_at
    recount(loaded(office.runtime, published(tmp_path, **LONGER)))
    assert office.clocks()["finish"].due_at == before + timedelta(days=2)


def test_a_published_calendar_moves_no_deadline_past_a_moment_that_was_set(office: Office, tmp_path: Path) -> None:
    office.clock.move_to(at("12-28 09:00"))
    office.accepted()
    office.dispatched()
    before = office.clocks()["finish"].due_at
    moment = before + timedelta(hours=1)
    limited(office, "leader", due_at=moment)
    recount(loaded(office.runtime, published(tmp_path, **LONGER)))
    found = office.clocks()["finish"]
    assert (found.due_at, found.counted) == (moment, before + timedelta(days=2))
    assert "领导批示期限" in found.steps[-1].zh
    office.hears("intake.case_limit_lifted", ground="leader", lifted_at=office.clock.now())
    assert office.clocks()["finish"].due_at == before + timedelta(days=2)


def test_a_corrected_deadline_past_the_published_calendar_moves_with_the_notice(office: Office, tmp_path: Path) -> None:
    office.clock.move_to(at("12-28 09:00"))
    office.accepted(category="consultation")
    office.dispatched(category="consultation", assignments=[LEAD, CO])
    corrected(office, {"category": "consultation"}, {"category": "complaint"})
    before = office.clocks()["finish"].due_at
    assert before == at("01-12 17:30") + timedelta(days=365)
    recount(loaded(office.runtime, published(tmp_path, **LONGER)))
    assert office.clocks()["finish"].due_at == before + timedelta(days=2)
