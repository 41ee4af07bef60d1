"""The written cases: typed, spread, and safe to show."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.demo.cases import CITIES, DemoCase, DemoCasesError, Move, Told, load_cases

CASES = load_cases()
GOOD = """\
city: "350100"
cases:
- key: one-case
  at: 2026-09-14 08:12
  category: complaint
  subject: 井盖松动
  text: 路口井盖松了
"""


POLICIES = Path(__file__).parents[3] / "policies"


def policy(*path: str) -> Any:
    return yaml.safe_load(POLICIES.joinpath(*path).read_text(encoding="utf-8"))


def written(folder: Path, text: str) -> Path:
    (folder / "cases.yaml").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> DemoCasesError:
    with pytest.raises(DemoCasesError) as caught:
        load_cases(folder)
    return caught.value


def test_there_are_enough_cases_in_every_city() -> None:
    by_city = Counter(case.city for case in CASES)
    assert len(CASES) >= 160
    assert set(by_city) == set(CITIES)
    assert min(by_city.values()) >= 35


def test_every_move_and_hint_and_emergency_class_occurs() -> None:
    assert {case.then.move for case in CASES} == set(Move)
    hints = {hint for case in CASES for hint in case.story.model_fields_set}
    assert hints >= {"return_not_ours", "extend", "redo", "breach", "withdraw", "send_back", "co_units", "no_rating"}
    assert {case.emergency_class for case in CASES} == {"", "urgent", "sudden", "special", "special_urgent"}
    assert {case.channel for case in CASES} == {"phone", "web", "sms", "app", "platform"}


def test_the_cases_span_the_holidays_and_both_make_up_workdays() -> None:
    days = {(case.at.month, case.at.day) for case in CASES}
    assert {(9, 14), (9, 20), (9, 25), (10, 1), (10, 8), (10, 10), (10, 13)} <= days


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_mobile_numbers_are_made_up(case: DemoCase) -> None:
    digits = re.sub(r"[ -]", "", case.caller.phone + case.text).translate(
        str.maketrans("０１２３４５６７８９", "0123456789")
    )
    assert all(number.startswith("1990000") for number in re.findall(r"1[3-9]\d{9}", digits))


@pytest.mark.parametrize("city", CITIES)
def test_what_the_cases_name_exists_in_the_policies(city: str) -> None:
    pack = policy("packs", policy("cities", city, "city.yaml")["pack"], "intake.yaml")
    areas = {area["code"] for area in policy("cities", city, "areas.yaml")["areas"]}
    units = {unit["id"] for unit in policy("cities", city, "units.yaml")["units"]}
    known = policy("items.yaml")
    cases = [case for case in CASES if case.city == city]
    assert {case.category for case in cases} <= {entry["code"] for entry in pack["categories"]}
    assert {case.then.refuse for case in cases} <= {"", *(entry["code"] for entry in pack["grounds"])}
    assert {case.then.transfer for case in cases} <= {"", *(entry["code"] for entry in pack["lines"])}
    assert {case.emergency_class for case in cases} <= {"", *(entry["code"] for entry in pack["emergency_classes"])}
    assert {case.area for case in cases} <= {"", *areas}
    assert {case.item for case in cases} <= {"", *(entry["code"] for entry in known["items"])}
    assert {case.respondent_unit for case in cases} | {u for case in cases for u in case.story.co_units} <= {"", *units}
    for name, value in (pair for case in cases for pair in case.attributes.items()):
        assert value in known["attributes"][name]["values"]


@pytest.mark.parametrize("case", [c for c in CASES if c.story.dispute], ids=lambda case: case.key)
def test_a_dispute_goes_down_the_ladder_of_its_pack(case: DemoCase) -> None:
    disputes = policy("packs", policy("cities", case.city, "city.yaml")["pack"], "dispatch.yaml")["disputes"]
    units = {unit["id"] for unit in policy("cities", case.city, "units.yaml")["units"]}
    ladder = [step["code"] for step in disputes["steps"]]
    told = case.story.dispute
    assert told is not None
    assert told.ground in {ground["code"] for ground in disputes["grounds"]}
    places = [ladder.index(step) for step in told.steps]
    assert places == sorted(places)
    assert min(places) > 0
    assert {told.lead, *told.units} <= units


def test_each_hard_matter_is_told_of_one_case_that_has_it() -> None:
    told = {case.tells: case for case in CASES if case.tells}
    assert set(told) == set(Told)
    assert len([case for case in CASES if case.tells]) == len(Told)
    assert told[Told.SUPERVISION].story.breach
    assert told[Told.DISPUTE].story.dispute
    assert told[Told.EXTENSIONS].story.extend == 3
    assert told[Told.EXTENSIONS].story.extension_refused == 2
    assert told[Told.CORRECTION].story.correct_to not in {"", told[Told.CORRECTION].category}
    assert told[Told.OTHER_LAW].story.other_law


def test_a_good_file_loads(tmp_path: Path) -> None:
    (case,) = load_cases(written(tmp_path, GOOD))
    assert case.instant.isoformat() == "2026-09-14T00:12:00+00:00"
    assert case.then.move is Move.ACCEPT


def test_an_unknown_key_is_told_with_file_and_line(tmp_path: Path) -> None:
    error = told(written(tmp_path, GOOD + "  urgency: high\n"))
    assert (error.path.name, error.line) == ("cases.yaml", 8)
    assert "urgency" in str(error)
    assert "未知的键" in str(error)


def test_an_unknown_key_inside_a_case_is_told_with_its_own_line(tmp_path: Path) -> None:
    error = told(written(tmp_path, GOOD + "  story:\n    breach: true\n    explode: true\n"))
    assert error.line == 10


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("  then: {accept: true, transfer: '110'}", "exactly one"),
        ("  then: {join: nobody}", "unknown case"),
        ("  item: '91'", "item"),
        ("  emergency_class: mild", "emergency_class"),
        ("  story: {redo: true}", "dissatisfied"),
        ("  story: {extend: 1, extension_refused: 2}", "extension_refused"),
        ("  tells: everything", "tells"),
        ("  channel: fax", "channel"),
    ],
)
def test_a_value_that_means_nothing_is_refused(tmp_path: Path, line: str, reason: str) -> None:
    assert reason in told(written(tmp_path, GOOD + line + "\n")).en


def test_a_key_used_twice_is_refused(tmp_path: Path) -> None:
    assert "used twice" in told(written(tmp_path, GOOD + GOOD.split("cases:\n")[1])).en


def test_what_is_not_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    assert told(written(tmp_path, "city: '350100'\ncases: [\n")).line >= 2
