"""Every rule of a regulation that stands in a pack has a worked example, run by the code that applies the rule."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chassis.policy import PolicyError
from chassis.settings import ROOT
from cli.worked.examples import failed, missing

POLICIES = ROOT / "policies"


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return Path(shutil.copytree(POLICIES, tmp_path / "policies"))


def test_every_worked_example_comes_out() -> None:
    assert [str(problem) for problem in failed(POLICIES)] == []


def test_every_rule_of_every_pack_has_a_worked_example() -> None:
    assert [str(problem) for problem in missing(POLICIES)] == []


# -- seeded violations -------------------------------------------------------------------------------------------------


def change(path: Path, old: str, new: str) -> int:
    """The line where it stood, from 1."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_rule_without_an_example_is_named_with_its_line(policies: Path) -> None:
    path = policies / "packs" / "fujian-2016" / "intake.yaml"
    line = change(path, 'rule: F16-11g, article: "13(7)"', 'rule: F16-11g, article: "13(9)"')
    (problem,) = missing(policies)
    assert (problem.file, problem.line) == (path, line)
    assert problem.en == "intake.grounds F16-11g 13(9) has no worked example"


def test_a_clock_without_an_example_is_named(policies: Path) -> None:
    path = policies / "packs" / "fujian-2016" / "sla.yaml"
    change(path, "facts: {category: suggestion}", "facts: {category: complaint}")
    assert [problem.en for problem in missing(policies)] == ["sla.clocks F16-22d 20(3) has no worked example"]


def one_extension_more(policies: Path) -> tuple[str, str]:
    change(policies / "packs" / "fujian-2016" / "dispatch.yaml", "length: at_most_limit", "length: equal_to_limit")
    return "dispatch.yaml", "extensions"


def another_ground(policies: Path) -> tuple[str, str]:
    path = policies / "packs" / "fujian-2016" / "intake.yaml"
    change(path, "next_authority: 纪检监察机关（12388）", "next_authority: 市政府")
    return "intake.yaml", "next_authority"


def somebody_else_is_told(policies: Path) -> tuple[str, str]:
    path = policies / "packs" / "fujian-2016" / "notify.yaml"
    change(path, "{moment: return_requested, audience: dispatchers", "{moment: return_requested, audience: supervisors")
    return "notify.yaml", "told"


def one_person_fewer(policies: Path) -> tuple[str, str]:
    change(policies / "packs" / "shuangyashan-2024" / "dispatch.yaml", "{leader: 1, fixed: 2}", "{leader: 1, fixed: 1}")
    return "dispatch.yaml", "refused"


def the_city_asks_for_the_province(policies: Path) -> tuple[str, str]:
    change(policies / "packs" / "fujian-2016" / "dispatch.yaml", "by: province", "by: supervisor")
    return "dispatch.yaml", "opened"


def nobody_is_named_for_it(policies: Path) -> tuple[str, str]:
    change(policies / "packs" / "fujian-2016" / "assessment.yaml", "late: [sign, finish]", "late: [sign]")
    return "assessment.yaml", "count"


def another_hour(policies: Path) -> tuple[str, str]:
    path = policies / "packs" / "shuangyashan-2024" / "assessment.yaml"
    change(path, 'covers: week, at: "08:30"', 'covers: week, at: "09:30"')
    return "assessment.yaml", "made_at"


@pytest.mark.parametrize(
    "spoil",
    [
        one_extension_more,
        another_ground,
        somebody_else_is_told,
        one_person_fewer,
        the_city_asks_for_the_province,
        nobody_is_named_for_it,
        another_hour,
    ],
)
def test_a_changed_rule_is_found_by_its_example(policies: Path, spoil: Callable[[Path], tuple[str, str]]) -> None:
    file, says = spoil(policies)
    found = [problem for problem in failed(policies) if problem.file.parent.name == "examples"]
    assert found
    assert all(problem.file.name == file and problem.line > 1 for problem in found)
    assert any(says in problem.en for problem in found), [problem.en for problem in found]


def test_an_example_of_a_rule_that_its_part_does_not_rest_on_is_named(policies: Path) -> None:
    path = policies / "packs" / "fujian-2016" / "examples" / "dispatch.yaml"
    change(path, "{rule: F16-13, article: ", "{rule: F16-14, article: ")
    assert "dispatch.routing does not rest on F16-14 14" in [problem.en for problem in failed(policies)]


def test_an_example_that_another_rule_decides_is_named(policies: Path) -> None:
    path = policies / "packs" / "fujian-2016" / "examples" / "intake.yaml"
    change(path, "given: {ground: outside_area}", "given: {ground: other_law}")
    assert any("it rests on F16-11h 13(8), not on F16-11g 13(7)" in problem.en for problem in failed(policies))


def test_what_cannot_be_given_is_named(policies: Path) -> None:
    path = policies / "packs" / "fujian-2016" / "examples" / "intake.yaml"
    change(path, "given: {ground: outside_area}", "given: {grund: outside_area}")
    told = " ".join(problem.en for problem in failed(policies))
    assert "given grund: Unexpected keyword argument" in told, told


def test_an_unknown_key_in_an_example_is_refused(policies: Path) -> None:
    path = policies / "packs" / "fujian-2016" / "examples" / "intake.yaml"
    change(path, "expect: {state", "expected: {state")
    with pytest.raises(PolicyError):
        list(failed(policies))
