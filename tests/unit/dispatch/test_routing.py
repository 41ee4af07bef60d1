"""Routing: ordered, explained, never silent."""

from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.settings import ROOT
from services.dispatch.application.desk import Desk
from services.dispatch.bootstrap import load_desk
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.routing import (
    Area,
    CaseFacts,
    Conditions,
    Decision,
    Directory,
    Outcome,
    Router,
    Rule,
    Scoring,
    Step,
    Unit,
)
from services.dispatch.domain.work_order import WorkOrder

USUAL = [Step.EMERGENCY, Step.ITEM, Step.CATALOGUE, Step.TERRITORY, Step.FALLBACK]


@cache
def desk() -> Desk:
    return load_desk(ROOT / "policies")


def route(city: str = "350100", **facts: object) -> Decision:
    return desk().route_here(city, CaseFacts(**facts))  # type: ignore[arg-type]


def test_the_item_list_names_the_unit() -> None:
    decision = route(item="27", text="水管漏水")
    assert (decision.lead, decision.step, decision.rule) == ("350100-water", "item", "I-tap-water")


@pytest.mark.parametrize(
    ("attributes", "unit"),
    [({}, "350100-municipal"), ({"handed_over": "yes"}, "350100-municipal"), ({"handed_over": "no"}, "350100-housing")],
)
def test_an_attribute_splits_the_ownership_of_an_item(attributes: dict[str, str], unit: str) -> None:
    decision = route(item="15", attributes=attributes)
    assert decision.lead == unit
    assert decision.attributes_that_matter == ("handed_over",)


@pytest.mark.parametrize(("area", "unit"), [("350102", "350100-greenery"), ("350125", "350100-planning")])
def test_the_area_says_whether_it_is_built_up(area: str, unit: str) -> None:
    assert route(item="48", area=area).lead == unit


def test_an_emergency_comes_before_the_item() -> None:
    decision = route(item="27", emergency_class="urgent", text="燃气泄漏，气味很重")
    assert (decision.lead, decision.step, decision.co_units) == ("350100-gas", "emergency", ("350100-emergency",))


EMERGENCIES = {
    "E-gas": ("小区门口燃气泄漏", "gas"),
    "E-power": ("高压线断了掉在路上", "power"),
    "E-water": ("自来水爆管，水冲上马路", "water"),
    "E-fire": ("楼上着火了", "fire"),
    "E-road": ("路面塌陷，车掉进去了", "municipal"),
    "E-disaster": ("山体滑坡堵了路", "emergency"),
    "E-flood": ("水库险情，坝脚有管涌", "water-affairs"),
    "E-pollution": ("工厂化学品泄漏", "ecology"),
    "E-health": ("工地集体中毒", "health"),
    "E-building": ("隔壁脚手架倒塌", "housing"),
    "E-person": ("有人持刀", "police"),
    "E-other": ("情况紧急，请快来人", "emergency"),
}


@pytest.mark.parametrize("rule", EMERGENCIES)
def test_the_words_of_an_emergency_decide_without_an_item(rule: str) -> None:
    text, unit = EMERGENCIES[rule]
    decision = route(emergency_class="urgent", text=text)
    assert (decision.lead, decision.step, decision.rule) == (f"350100-{unit}", "emergency", rule)


def test_every_rule_for_emergencies_is_tried() -> None:
    assert EMERGENCIES.keys() == {r.id for r in desk().routers["350100"].rules if r.step is Step.EMERGENCY}


def test_words_of_an_emergency_mean_nothing_without_its_class() -> None:
    assert route(text="小区燃气泄漏").step == "catalogue"


def test_pingli_puts_territory_before_the_catalogue() -> None:
    facts = {"area": "610926106", "text": "村委会多年不公布账目，村干部私分款项"}
    assert route("610926", **facts).step == "territory"
    assert route("610926", **facts).lead == "610926106-government"
    assert route("350100", area="350121", text="村委会不公布账目").step == "catalogue"


def test_an_area_named_in_the_text_counts() -> None:
    assert route(text="永泰县的事情想请政府过问一下").lead == "350125-government"


def test_what_no_rule_matches_has_no_route() -> None:
    decision = route(text="您好")
    assert (decision.outcome, decision.lead, decision.matches) == (Outcome.NO_ROUTE, "", ())


def test_every_rule_that_matched_is_kept_best_first() -> None:
    decision = route(subject="医保报销", text="医保卡在医院刷不了，医生说要去医保局")
    assert [m.rule for m in decision.matches][:2] == ["C-medical-insurance", "C-health"]
    assert decision.matches[0].rank >= decision.matches[1].rank
    assert "医保" in decision.zh
    assert "C-medical-insurance" in decision.en


def test_a_case_about_a_unit_goes_to_the_one_above_it() -> None:
    decision = route(respondent_unit="350100-transport", text="公交公司司机态度差，出租车拒载")
    assert decision.lead == "350100-government"


def test_a_case_about_a_unit_never_goes_below_it() -> None:
    decision = route(respondent_unit="350100-market", item="77")
    assert decision.lead == "350100-government"


def test_a_case_about_the_highest_unit_waits_for_the_dispatchers() -> None:
    decision = route(respondent_unit="350100-government", item="27")
    assert (decision.outcome, decision.lead) == (Outcome.CONFLICT_OF_INTEREST, "")


def test_a_compound_item_has_a_lead_and_co_units() -> None:
    decision = route(item="70")
    assert (decision.lead, decision.co_units, decision.led) == (
        "350100-housing",
        ("350100-ecology", "350100-urban-management"),
        True,
    )


@pytest.mark.parametrize(
    ("city", "item", "area", "unit"),
    [
        ("350100", "08", "", "350100-urban-management"),
        ("350100", "23", "350104", "350100-urban-management"),
        ("350200", "08", "350203", "350200-urban-management"),
        ("610926", "08", "610926106", "610926106-government"),
        ("230500", "23", "230502", "230502-government"),
        ("230500", "08", "", "230500-urban-management"),
    ],
)
def test_an_item_of_unknown_owner_goes_to_the_fallback_unit_whatever_its_words_and_area(
    city: str, item: str, area: str, unit: str
) -> None:
    decision = route(city, item=item, area=area, subject="路上有个井盖和一根电线杆", text="不知道是谁的，像是路灯的")
    assert (decision.lead, decision.is_fallback) == (unit, True)


def test_an_emergency_comes_before_the_fallback_unit_of_an_unclear_item() -> None:
    assert route(item="08", emergency_class="urgent", text="路面塌陷").step == "emergency"


def test_a_city_may_name_an_owner_of_an_unclear_item() -> None:
    own = Rule("own", Step.ITEM, "F16-07", "9", unit="a", when=Conditions(items=frozenset({"08"})))
    back = Rule("back", Step.FALLBACK, "F16-15", "16", unit="b", when=Conditions(items=frozenset({"08", "23"})))
    router = Router(Directory("350100", UNITS, AREAS), [own, back], Scoring(3, 3), ["08", "23"])
    assert [router.decide(CaseFacts(item=item), USUAL).lead for item in ("08", "23")] == ["a", "b"]


@pytest.mark.parametrize(("area", "unit"), [("610926105", "610926105-government"), ("", "610926-government")])
def test_a_returned_order_falls_back_to_the_area_first_then_to_the_city(area: str, unit: str) -> None:
    case = CaseCopy("case-1", "610926-20260924-000001-7", "complaint", area=area, masked_text="便桥护栏没了")
    order = WorkOrder("order-1", "610926", "pingli-2018@1.0.0", case, 1, datetime(2026, 9, 24, tzinfo=UTC))
    assert desk().fallback(order).lead == unit


# -- a small router of our own -----------------------------------------------------------------------------------------

UNITS = [Unit("top", "市政府", "department"), Unit("a", "甲局", "department", supervised_by="top")]
UNITS += [Unit("b", "乙局", "department", supervised_by="top"), Unit("c", "丙所", "department", supervised_by="b")]
AREAS = [Area("350102", "鼓楼区", True, "top")]


def rule(id: str, unit: str, words: dict[str, int] | None = None, **when: object) -> Rule:
    conditions = Conditions(**when)  # type: ignore[arg-type]
    return Rule(id, Step.CATALOGUE, "F16-04", "5", unit=unit, when=conditions, weights=words or {})


def small(*rules: Rule) -> Router:
    return Router(Directory("350100", UNITS, AREAS), rules, Scoring(3, 3))


def test_two_rules_of_equal_rank_with_different_units_wait_with_both() -> None:
    router = small(rule("r1", "a", {"路灯": 3}), rule("r2", "b", {"井盖": 3}))
    decision = router.decide(CaseFacts(text="路灯和井盖"), USUAL)
    assert (decision.outcome, decision.candidates) == (Outcome.EQUAL_ROUTES, ("a", "b"))


def test_two_rules_of_equal_rank_with_one_unit_are_no_dispute() -> None:
    router = small(rule("r1", "a", {"路灯": 3}), rule("r2", "a", {"井盖": 3}))
    assert router.decide(CaseFacts(text="路灯和井盖"), USUAL).lead == "a"


def test_a_rule_that_asks_for_more_facts_goes_first() -> None:
    router = small(rule("r1", "a", {"路灯": 9}), rule("r2", "b", {"路灯": 3}, categories=frozenset({"help"})))
    assert router.decide(CaseFacts(text="路灯", category="help"), USUAL).lead == "b"
    assert router.decide(CaseFacts(text="路灯", category="complaint"), USUAL).lead == "a"


def test_the_longest_term_counts_alone() -> None:
    router = small(rule("r1", "a", {"保险": 6}), rule("r2", "b", {"工伤保险": 6}))
    assert router.decide(CaseFacts(text="工伤保险怎么办"), USUAL).lead == "b"


def test_a_term_of_the_subject_weighs_more() -> None:
    router = small(rule("r1", "a", {"路灯": 3}), rule("r2", "b", {"井盖": 6}))
    assert router.decide(CaseFacts(subject="路灯", text="井盖"), USUAL).lead == "a"


_texts = st.text("路灯井盖医保工伤保险学校公交 鼓楼区", max_size=30)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(subject=_texts, text=_texts, respondent=st.sampled_from(["", *sorted(desk().directory("350100").units)]))
def test_routing_is_deterministic_and_never_sends_a_case_to_its_respondent(
    subject: str, text: str, respondent: str
) -> None:
    facts = {"subject": subject, "text": text, "respondent_unit": respondent}
    decision = route(**facts)
    assert decision == route(**facts)
    directory = desk().directory("350100")
    for unit in (decision.lead, *decision.co_units):
        assert not (unit and respondent and directory.is_or_below(unit, respondent))
