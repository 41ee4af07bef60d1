"""日报、周报、月报、通报: when a report is made and of what, and the life of a circular."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chassis.domain import StepNotAllowed
from chassis.policy import PolicyError
from services.sla.adapters.assessments import load_assessments
from services.sla.domain.assessing import Rate
from services.sla.domain.assessment_rules import UnknownNamingGround
from services.sla.domain.calendar import SHANGHAI
from services.sla.domain.circulars import Circular, CircularState, NamedUnit, RankedClass, RankedUnit, ranked
from services.sla.domain.reports import NothingToCover, ReportRule, check_period
from tests.unit.sla.conftest import POLICIES

S24, P18, F16 = "shuangyashan-2024@1.0.0", "pingli-2018@1.0.0", "fujian-2016@1.0.0"


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).astimezone(UTC)


def rule(code: str) -> ReportRule:
    found = load_assessments(POLICIES)[S24].report(code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "now", "made", "start", "end"),
    [
        ("daily", "2026-09-23 08:29", "2026-09-23 08:30", "2026-09-22 00:00", "2026-09-23 00:00"),
        ("daily", "2026-09-23 08:30", "2026-09-24 08:30", "2026-09-23 00:00", "2026-09-24 00:00"),
        ("weekly", "2026-09-23 12:00", "2026-09-28 08:30", "2026-09-21 00:00", "2026-09-28 00:00"),
        ("weekly", "2026-09-28 08:00", "2026-09-28 08:30", "2026-09-21 00:00", "2026-09-28 00:00"),
        ("monthly", "2026-12-01 08:31", "2027-01-01 08:30", "2026-12-01 00:00", "2027-01-01 00:00"),
        ("monthly", "2027-01-31 23:00", "2027-02-01 08:30", "2027-01-01 00:00", "2027-02-01 00:00"),
    ],
)
def test_a_report_is_made_after_its_period_and_covers_the_whole_of_it(
    code: str, now: str, made: str, start: str, end: str
) -> None:
    found = rule(code).next_after(at(now))
    assert found == at(made)
    assert rule(code).period_of(found) == (at(start), at(end))


@pytest.mark.parametrize(
    ("code", "made", "hour", "following"),
    [
        ("daily", "2026-09-23 06:00", "08:30", "2026-09-24 08:30"),
        ("daily", "2026-09-23 08:30", "00:00", "2026-09-24 00:00"),
        ("weekly", "2026-09-28 00:00", "23:59", "2026-10-05 23:59"),
        ("monthly", "2026-12-01 08:30", "08:31", "2027-01-01 08:31"),
    ],
)
def test_whatever_hour_it_had_it_is_made_next_for_the_period_after(
    code: str, made: str, hour: str, following: str
) -> None:
    found = rule(code).model_copy(update={"at": hour})
    assert found.following(at(made)) == at(following)
    assert found.period_of(at(following))[0] == found.period_of(at(made))[1]


def test_each_pack_has_its_own_reports() -> None:
    packs = load_assessments(POLICIES)
    assert {ref: [one.code for one in packs[ref].reports] for ref in (F16, P18, S24)} == {
        F16: ["monthly"],
        P18: ["monthly"],
        S24: ["daily", "weekly", "monthly"],
    }


@pytest.mark.parametrize(("start", "end"), [("09-02", "09-01"), ("09-02", "09-02"), ("09-02", "09-25")])
def test_a_period_ends_after_its_start_and_not_after_now(start: str, end: str) -> None:
    with pytest.raises(NothingToCover):
        check_period(at(f"2026-{start} 00:00"), at(f"2026-{end} 00:00"), at("2026-09-24 10:00"))


# -- what a pack may say -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("late: [finish]", "late: [finnish]"),
        ("findings: [not_rectified]", "findings: [unheard_of]"),
        ('at: "08:30"', 'at: "24:30"'),
        ("{code: daily", "{code: special"),
        ("low_satisfaction: # ", "lowest: # "),
    ],
)
def test_what_nobody_defines_stops_the_start(tmp_path: Path, was: str, becomes: str) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(POLICIES, policies)
    file = policies / "packs/shuangyashan-2024/assessment.yaml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), "utf-8")
    with pytest.raises(PolicyError):
        load_assessments(policies)


def test_the_grounds_of_the_article_are_there_each_with_its_number() -> None:
    rules = load_assessments(POLICIES)[S24]
    assert [ground.basis.article for ground in rules.circulars.grounds] == [f"34(2){n}" for n in range(1, 7)]
    assert [ground.counts for ground in rules.circulars.grounds] == [True, True, True, True, False, False]
    with pytest.raises(UnknownNamingGround):
        rules.ground("never_heard_of")


# -- the ranking and the life of a circular ----------------------------------------------------------------------------


def test_units_are_ranked_by_the_four_rates_of_the_pack_and_by_no_other() -> None:
    month = {
        "a": {"response": Rate(9, 10, {}), "on_time": Rate(1, 10, {})},
        "b": {"response": Rate(10, 10, {"data_wrong": 1})},
    }
    (found,) = ranked(month, {}, load_assessments(POLICIES)[S24])
    assert [each.unit for each in found.units] == ["a", "b"]
    assert [[(r.kpi, r.place) for r in each.rates] for each in found.units] == [
        [("response", 2), ("completion", 0), ("satisfaction", 0), ("on_time_sign", 0)],
        [("response", 1), ("completion", 0), ("satisfaction", 0), ("on_time_sign", 0)],
    ]
    assert (found.units[1].rates[0].excluded, found.units[1].rates[0].exclusions) == (1, {"data_wrong": 1})


def circular(state: CircularState = CircularState.DRAFTED) -> Circular:
    ranking = [RankedClass("all", "全部", "all", [RankedUnit("a", []), RankedUnit("b", [])])]
    named = [NamedUnit("c", "rota_missed", "轮值", "rota", "S24-49", "34(2)5", 0)]
    now = at("2026-10-08 10:00")
    return Circular("1", "230500", S24, "九月通报", "", now, now, now, b"", ranking, named, state)


def test_a_published_circular_tells_all_whom_it_speaks_of_and_whom_it_names() -> None:
    one = circular()
    told = one.publish(at("2026-10-09 10:00"))
    assert (one.state, told.units, told.named) == (CircularState.PUBLISHED, ["a", "b", "c"], ["c"])
    assert one.withdraw("数据有误", at("2026-10-10 10:00")).units == ["a", "b", "c"]
    assert (one.state, one.withdraw_reason) == (CircularState.WITHDRAWN, "数据有误")


def test_a_draft_that_is_withdrawn_tells_nobody() -> None:
    assert circular().withdraw("重拟", at("2026-10-09 10:00")).units == []


@pytest.mark.parametrize("state", [CircularState.PUBLISHED, CircularState.WITHDRAWN])
def test_a_circular_is_published_once(state: CircularState) -> None:
    with pytest.raises(StepNotAllowed):
        circular(state).publish(at("2026-10-09 10:00"))


def test_what_is_withdrawn_is_not_withdrawn_again() -> None:
    with pytest.raises(StepNotAllowed):
        circular(CircularState.WITHDRAWN).withdraw("再撤", at("2026-10-09 10:00"))
