"""备案 of a unit's people: what each pack asks, what is missing, and files that cannot be used."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from services.dispatch.adapters.staff_packs import StaffEntry
from services.dispatch.domain import staff
from services.dispatch.domain.errors import FieldRequired
from services.dispatch.domain.staff import FIELDS, Part, Person, StaffRules, UnitStaff
from services.dispatch.domain.staff_errors import TooFewStaff
from tests.unit.dispatch.test_closing_form import PACKS


def rules(pack: str) -> StaffRules:
    found = PACKS[pack].staff
    assert found is not None
    return found


def somebody(part: str, **changed: str) -> dict[str, str]:
    return dict.fromkeys(FIELDS, "x") | {"part": part} | changed


def test_fujian_wants_leader_and_responsible_person_with_five_fields_each() -> None:
    """F21 3(3): 分管领导和责任人的姓名、职务、编制性质、办公电话、手机号码."""
    of = rules("fujian-2016")
    assert (of.wanted, of.fields, of.section) == ({Part.LEADER: 1, Part.RESPONSIBLE: 1}, frozenset(FIELDS), False)
    assert str(of.basis) == "F21-10, 3(3)"


def test_shuangyashan_wants_leader_section_and_two_fixed_staff() -> None:
    """S24 art. 8(2): 分管领导和具体承办机构，两名以上相对固定工作人员."""
    of = rules("shuangyashan-2024")
    assert (of.wanted, of.section) == ({Part.LEADER: 1, Part.FIXED: 2}, True)
    assert str(of.basis) == "S24-06, 8(2)"


def test_pingli_names_nobody() -> None:
    assert PACKS["pingli-2018"].staff is None
    assert list(staff.missing(None, None)) == []


@pytest.mark.parametrize(
    ("parts", "section", "missing"),
    [
        ((), "", ["leader", "fixed", "section"]),
        (("leader", "fixed"), "热线科", ["fixed"]),
        (("fixed", "fixed"), "热线科", ["leader"]),
        (("leader", "fixed", "fixed"), "", ["section"]),
        (("leader", "fixed", "fixed", "fixed"), "热线科", []),
    ],
)
def test_what_is_missing_is_named(parts: tuple[str, ...], section: str, missing: list[str]) -> None:
    of = UnitStaff("230500:a", "230500", "a", section.encode(), [Person(Part(part), b"x") for part in parts])
    assert list(staff.missing(of, rules("shuangyashan-2024"))) == missing
    if not parts:
        assert list(staff.missing(None, rules("shuangyashan-2024"))) == missing


def test_one_too_few_is_refused_with_the_article() -> None:
    with pytest.raises(TooFewStaff, match=r"at least 2 as fixed, there are 1 \(S24-06, 8\(2\)\)"):
        staff.check([somebody("leader"), somebody("fixed")], "热线科", rules("shuangyashan-2024"))


def test_a_section_and_every_field_that_the_pack_names_must_be_there() -> None:
    three = [somebody("leader"), somebody("fixed"), somebody("fixed", mobile="")]
    staff.check(three, "热线科", rules("shuangyashan-2024"))
    with pytest.raises(FieldRequired, match="section"):
        staff.check(three, "", rules("shuangyashan-2024"))
    for field in FIELDS:
        with pytest.raises(FieldRequired) as refused:
            staff.check([somebody("leader"), somebody("responsible", **{field: ""})], "", rules("fujian-2016"))
        assert refused.value.field == f"persons.1.{field}"


@pytest.mark.parametrize(
    "changed",
    [{"wanted": {}}, {"wanted": {"leader": 0}}, {"wanted": {"cook": 1}}, {"fields": []}, {"fields": ["mobile"]}],
)
def test_a_rule_that_asks_for_nobody_is_refused(changed: dict[str, Any]) -> None:
    entry = {"wanted": {"leader": 1}, "fields": ["name"], "section": False}
    entry["basis"] = {"rule": "S24-06", "article": "8(2)"}
    StaffEntry.model_validate_json(json.dumps(entry))
    with pytest.raises(ValidationError):
        StaffEntry.model_validate_json(json.dumps(entry | changed))
