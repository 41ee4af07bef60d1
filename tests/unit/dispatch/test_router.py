"""Routing rule by rule, in a small city: ranks, facts, conflicts, words, and what is told of them."""

import pytest

from services.dispatch.domain.routing import (
    Area,
    CaseFacts,
    Conditions,
    Decision,
    Directory,
    Match,
    Outcome,
    Router,
    Rule,
    Scoring,
    Step,
    Unit,
    repeated,
)
from services.dispatch.domain.routing.terms import Terms

USUAL = [Step.EMERGENCY, Step.ITEM, Step.CATALOGUE, Step.TERRITORY, Step.FALLBACK]
UNITS = [
    Unit("top", "市政府", "government"),
    Unit("a", "甲局", "department", supervised_by="top"),
    Unit("b", "乙局", "department", supervised_by="top"),
    Unit("c", "丙所", "section", supervised_by="b"),
]
AREAS = [Area("01", "鼓楼区", True, "top"), Area("02", "永泰县", False, "c")]
DIRECTORY = Directory("350100", UNITS, AREAS)


def rule(
    id: str, unit: str, step: Step = Step.CATALOGUE, *, led: bool = True, otherwise: str = "", **more: object
) -> Rule:
    conditions = {name: value for name, value in more.items() if name not in {"weights", "co_units"}}
    others = {name: value for name, value in more.items() if name in {"weights", "co_units"}}
    when = Conditions(**conditions)  # type: ignore[arg-type]
    return Rule(id, step, "F16-04", "5", unit=unit, otherwise=otherwise, led=led, when=when, **others)  # type: ignore[arg-type]


def decided(*rules: Rule, unclear: tuple[str, ...] = (), steps: list[Step] = USUAL, **facts: object) -> Decision:
    router = Router(DIRECTORY, rules, Scoring(subject_factor=3, least=3), unclear)
    return router.decide(CaseFacts(**facts), steps)  # type: ignore[arg-type]


FACTS = {
    "categories": ("category", "help"),
    "items": ("item", "08"),
    "areas": ("area", "01"),
    "emergency_classes": ("emergency_class", "urgent"),
}


@pytest.mark.parametrize("asked", FACTS)
def test_a_rule_holds_exactly_where_the_fact_is_as_it_asks(asked: str) -> None:
    name, value = FACTS[asked]
    when = Conditions(**{asked: frozenset({value})})  # type: ignore[arg-type]
    assert when.hold_for(CaseFacts(**{name: value}))  # type: ignore[arg-type]
    assert not when.hold_for(CaseFacts(**{name: "other"}))  # type: ignore[arg-type]
    assert not when.hold_for(CaseFacts())
    assert when.count == 1
    assert Conditions().hold_for(CaseFacts(**{name: value}))  # type: ignore[arg-type]


def test_a_rule_may_ask_for_no_item_and_for_an_order_that_was_returned() -> None:
    assert Conditions(without_item=True).hold_for(CaseFacts())
    assert not Conditions(without_item=True).hold_for(CaseFacts(item="08"))
    assert Conditions(after_return=True).hold_for(CaseFacts(after_return=True))
    assert not Conditions(after_return=True).hold_for(CaseFacts())


def test_every_fact_that_a_rule_asks_for_makes_it_more_specific_but_a_missing_item_does_not() -> None:
    when = Conditions(
        categories=frozenset({"help"}), areas=frozenset({"01"}), attributes=(("a", "1"), ("b", "2")), without_item=True
    )
    assert when.count == 4
    assert when.missing(CaseFacts(attributes={"a": "1", "b": "1"})) == ("b",)


def test_what_nobody_answers_for_goes_nowhere_and_says_so() -> None:
    assert decided() == Decision(
        Outcome.NO_ROUTE,
        steps=("emergency", "item", "catalogue", "territory", "fallback"),
        zh="没有规则适用，转派单员处理",
        en="no rule applies; the dispatchers decide",
    )
    nothing = Decision(Outcome.NO_ROUTE)
    assert (nothing.lead, nothing.step, nothing.rule, nothing.basis, nothing.zh, nothing.en) == ("",) * 6


def test_a_decision_tells_rule_unit_words_and_the_next_best() -> None:
    found = decided(rule("r1", "a", weights={"路灯": 9}), rule("r2", "b", weights={"路灯": 3}), text="路灯坏了")
    assert (found.lead, found.step, found.rule, found.basis) == ("a", "catalogue", "r1", "F16-04, 5")
    assert found.zh == "按派单目录规则 r1（F16-04, 5）派往甲局；依据词语：路灯；其次为乙局"
    assert found.en == "sent to 甲局 by rule r1 (F16-04, 5) of the step catalogue; words: 路灯; next best: 乙局"
    assert found.matches[0] == Match("catalogue", "r1", "a", "F16-04, 5", "路灯 = 9", (0, 9))
    alone = decided(rule("r1", "a", weights={"路灯": 9}), text="路灯坏了")
    assert "其次" not in alone.zh


def test_of_several_next_bests_the_best_is_told() -> None:
    rules = [
        rule(id, unit, weights={"路灯": weight}) for id, unit, weight in (("x", "c", 3), ("y", "b", 6), ("z", "a", 9))
    ]
    found = decided(*rules, text="路灯坏了")
    assert "其次为乙局" in found.zh
    assert [match.rule for match in found.matches] == ["z", "y", "x"]


def test_equal_rules_name_their_units_to_the_dispatchers() -> None:
    found = decided(rule("r2", "b", items=frozenset({"08"})), rule("r1", "a", items=frozenset({"08"})), item="08")
    assert (found.outcome, found.lead, found.candidates) == (Outcome.EQUAL_ROUTES, "", ("a", "b"))
    assert (found.step, found.rule) == ("catalogue", "r1")
    assert (found.zh, found.en) == (
        "同级规则指向不同单位：甲局、乙局，转派单员处理",
        "rules of equal rank name different units: 甲局, 乙局; the dispatchers decide",
    )


def test_a_fallback_is_one_only_where_it_was_dispatched_by_that_step() -> None:
    back = rule("back", "a", Step.FALLBACK)
    assert decided(back).is_fallback
    assert not decided(rule("r", "a")).is_fallback
    assert not decided(back, respondent_unit="top").is_fallback


def test_a_repeat_goes_back_to_the_unit_that_answered() -> None:
    found = repeated("a", "甲局", "R", "F16-11, 11")
    assert (found.outcome, found.lead, found.step, found.rule) == (Outcome.DISPATCHED, "a", "repeat", "R")
    assert (found.zh, found.en) == (
        "重复事项，派往原答复单位甲局，仅作说明（F16-11, 11）",
        "a repeat: sent to 甲局, which answered it before, for explanation only (F16-11, 11)",
    )


# -- the directory -----------------------------------------------------------------------------------------------------


def test_the_directory_knows_names_superiors_and_areas() -> None:
    assert DIRECTORY.city == "350100"
    assert (DIRECTORY.name_of("a"), DIRECTORY.name_of("unknown")) == ("甲局", "unknown")
    assert list(DIRECTORY.superiors("c")) == ["b", "top"]
    assert list(DIRECTORY.superiors("unknown")) == []
    assert DIRECTORY.is_or_below("c", "top")
    assert DIRECTORY.is_or_below("c", "c")
    assert not DIRECTORY.is_or_below("a", "b")
    assert (UNITS[0].area, UNITS[0].supervised_by, UNITS[0].domain) == ("", "", "")


def test_the_area_of_a_text_is_the_only_one_that_it_names() -> None:
    assert DIRECTORY.area_named_in("在永泰县城") == "02"
    assert DIRECTORY.area_named_in("从鼓楼区到永泰县") == ""
    assert DIRECTORY.area_named_in("路上") == ""


# -- area and unit -----------------------------------------------------------------------------------------------------


def test_a_rule_without_a_unit_names_that_of_the_area_or_its_other_one() -> None:
    territory = rule("t", "", Step.TERRITORY, otherwise="b")
    assert decided(territory, area="02").lead == "c"
    assert decided(territory, text="永泰县的事").lead == "c"
    assert decided(territory, subject="永泰县", text="的事").lead == "c"
    assert decided(territory).lead == "b"
    assert decided(rule("t", "", Step.TERRITORY)).outcome is Outcome.NO_ROUTE


def test_the_areas_own_unit_goes_before_a_rule_for_the_whole_city() -> None:
    found = decided(rule("a-city", "a", Step.TERRITORY), rule("area", "", Step.TERRITORY), area="02")
    assert (found.lead, found.rule) == ("c", "area")
    assert [match.rank for match in found.matches] == [(1, 0), (0, 0)]


def test_whether_an_area_is_built_up_is_known_unless_the_case_says_it() -> None:
    built = rule("built", "a", attributes=(("built_up", "yes"),))
    rural = rule("rural", "b", attributes=(("built_up", "no"),))
    assert decided(built, rural, area="01").lead == "a"
    assert decided(built, rural, area="02").lead == "b"
    assert decided(built, rural, area="02", attributes={"built_up": "yes"}).lead == "a"
    assert decided(built, rural, area="unknown").outcome is Outcome.NO_ROUTE


def test_a_unit_that_had_the_order_does_not_get_it_again() -> None:
    rules = rule("r1", "a", items=frozenset({"08"})), rule("r2", "b")
    assert decided(*rules, item="08").lead == "a"
    assert decided(*rules, item="08", had_by=frozenset({"a"})).lead == "b"


# -- attributes that matter --------------------------------------------------------------------------------------------


def test_an_attribute_matters_where_it_would_send_the_case_elsewhere() -> None:
    asked = rule("asked", "a", attributes=(("owner", "city"),))
    assert decided(asked, rule("plain", "b")).attributes_that_matter == ("owner",)
    assert decided(asked, rule("plain", "a")).attributes_that_matter == ()
    met = decided(asked, rule("plain", "b"), attributes={"owner": "city"})
    assert (met.lead, met.attributes_that_matter) == ("a", ("owner",))
    assert "可能改变结果的属性：owner" in met.zh


def test_an_attribute_of_an_earlier_step_matters_one_of_a_later_does_not() -> None:
    asked = rule("asked", "a", Step.ITEM, attributes=(("owner", "city"),))
    specific = rule("specific", "b", categories=frozenset({"help"}), areas=frozenset({"01"}))
    facts = {"category": "help", "area": "01"}
    assert decided(asked, specific, **facts).attributes_that_matter == ("owner",)
    later = rule("later", "a", Step.FALLBACK, attributes=(("owner", "city"),))
    assert decided(later, specific, **facts).attributes_that_matter == ()
    weaker = rule("weaker", "a", attributes=(("owner", "city"),))
    assert decided(weaker, specific, **facts).attributes_that_matter == (), "it would have come after the other"
    equal = rule("equal", "a", attributes=(("owner", "city"), ("kind", "x")))
    assert decided(equal, specific, **facts).attributes_that_matter == ("kind", "owner")


# -- conflicts ---------------------------------------------------------------------------------------------------------


def test_a_case_about_a_unit_goes_above_it_and_says_from_where() -> None:
    found = decided(rule("r", "c"), respondent_unit="b")
    assert (found.outcome, found.lead) == (Outcome.DISPATCHED, "top")
    assert "丙所为被反映单位或其下级，改由其上级办理" in found.zh
    assert "被反映" not in decided(rule("r", "c")).zh
    nobody = decided(rule("r", "c"), respondent_unit="top")
    assert (nobody.outcome, nobody.lead) == (Outcome.CONFLICT_OF_INTEREST, "")
    assert "市政府" in nobody.zh
    assert "市政府" in nobody.en


def test_co_units_are_others_than_the_lead_each_once_and_not_the_respondent() -> None:
    shared = rule("r", "a", co_units=("b", "a", "b", "c"))
    assert decided(shared).co_units == ("b", "c")
    assert decided(shared, respondent_unit="b").co_units == ()
    assert decided(shared, respondent_unit="c").co_units == ("b",)
    assert decided(shared).led
    assert not decided(rule("r", "a", led=False, co_units=("b",))).led


# -- steps -------------------------------------------------------------------------------------------------------------


def test_the_rules_of_an_emergency_and_their_words_count_only_with_its_class() -> None:
    plain = rule("e", "a", Step.EMERGENCY)
    words = rule("w", "b", Step.EMERGENCY, weights={"燃气": 3})
    assert decided(plain).outcome is Outcome.NO_ROUTE
    assert decided(plain, emergency_class="urgent").lead == "a"
    assert decided(words, emergency_class="urgent", text="燃气").lead == "b"
    assert decided(words, rule("w", "c", weights={"燃气": 6}), text="燃气").lead == "c"


def test_the_fallback_of_an_unclear_item_follows_the_item_list_where_there_are_both() -> None:
    rules = rule("back", "b", Step.FALLBACK), rule("cat", "c"), rule("item", "a", Step.ITEM, items=frozenset({"23"}))
    found = decided(*rules, unclear=("08",), item="08")
    assert (found.lead, found.steps) == ("b", ("emergency", "item", "fallback", "catalogue", "territory"))
    assert decided(*rules, unclear=("08",), item="99").lead == "c"
    assert decided(*rules, unclear=("08",), item="08", steps=[Step.CATALOGUE, Step.FALLBACK]).lead == "c"
    assert decided(*rules, unclear=("08",), item="08", steps=[Step.ITEM, Step.CATALOGUE]).lead == "c"
    only = [Step.ITEM, Step.FALLBACK]
    assert decided(*rules, unclear=("08",), item="08", steps=only).lead == "b"


# -- words -------------------------------------------------------------------------------------------------------------


def test_words_below_the_least_score_say_nothing_and_in_the_subject_they_weigh_more() -> None:
    weak = rule("weak", "a", weights={"路灯": 2})
    assert decided(weak, text="路灯").outcome is Outcome.NO_ROUTE
    assert decided(weak, subject="路灯").matches[0].rank == (0, 6)
    assert decided(rule("enough", "a", weights={"路灯": 3}), text="路灯").matches[0].rank == (0, 3)
    two = rule("two", "a", weights={"路灯": 2, "井盖": 4})
    assert decided(two, text="路灯和井盖").matches[0].why == "井盖、路灯 = 6"
    assert decided(two, subject="路灯", text="井盖").matches[0].why == "路灯、井盖 = 10"


def test_of_overlapping_terms_the_leftmost_and_longest_counts() -> None:
    terms = Terms(["保险", "工伤保险", "工伤", "灯", "灯光"])
    assert terms.found_in("工伤保险") == {"工伤保险"}
    assert terms.found_in("工伤与保险") == {"工伤", "保险"}
    assert terms.found_in("灯") == {"灯"}
    assert terms.found_in("路灯灯光") == {"灯", "灯光"}
    assert terms.found_in("") == frozenset()
    assert terms.found_in("保") == frozenset()
