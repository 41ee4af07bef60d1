"""The table of coverage has no hole, names nothing that does not exist, and its page is the committed one."""

import json
import shutil
from pathlib import Path

import pytest

from chassis.policy import PolicyError
from chassis.settings import ROOT
from cli import coverage
from tests.unit.cli.test_policy import huying, replace_once

POLICIES = ROOT / "policies"


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return Path(shutil.copytree(POLICIES, tmp_path / "policies"))


def faults(policies: Path) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        coverage.read(policies, ROOT)
    return [f"{problem.line}: {problem.en}" for problem in caught.value.problems]


def test_every_rule_of_every_regulation_stands_in_it_and_all_that_it_names_exists() -> None:
    table = coverage.read(POLICIES, ROOT)
    counted = {"F16": 49, "F21": 29, "P18": 38, "S24": 56, "N25": 18}
    assert {code: sum(id.startswith(code) for id in table.rules) for code in counted} == counted


def test_the_committed_page_is_that_of_the_table() -> None:
    made = coverage.page(POLICIES, coverage.read(POLICIES, ROOT))
    assert (ROOT / coverage.PAGE).read_text("utf-8") == made, "make coverage"


def test_a_rule_that_is_missing_is_found(policies: Path) -> None:
    path = policies / coverage.FILE
    text = path.read_text("utf-8")
    begin, end = text.index("  F21-02:"), text.index("  F21-03:")
    path.write_text(text[:begin] + text[end:], "utf-8")
    assert faults(policies) == ["1: F21-02 is missing"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code: [services/", "code: [servises/", "there is no servises/"),
        ("test_each_unit_is_reminded_to_sign", "test_each_unit_is_forgotten", "there is no tests/"),
        ("tests/integration/notify/test_telling.py", "tests/integration/notify/test_tolling.py", "there is no tests/"),
        ("  F16-01:", "  F16-37:", "F16-37: there is no such rule"),
        ('how: not_software\n    says: "Dates', 'how: built\n    says: "Dates', "F21-06: no test is named"),
        ('    note: "Past dates of an organisation\'s work."\n', "", "F21-06: the note must say why"),
    ],
)
def test_what_is_not_true_of_a_row_is_found_at_its_line(policies: Path, old: str, new: str, said: str) -> None:
    replace_once(policies / coverage.FILE, old, new)
    found = faults(policies)
    assert any(said in one for one in found)
    assert all(not one.startswith("1: ") for one in found if "missing" not in one)


def test_a_page_that_lags_behind_is_found(policies: Path) -> None:
    replace_once(policies / "packs" / "fujian-2016" / "sla.yaml", "# The clocks of", "\n# The clocks of")
    made = coverage.page(policies, coverage.read(policies, ROOT))
    assert made != (ROOT / coverage.PAGE).read_text("utf-8")


def test_it_is_told_for_people_and_for_scripts() -> None:
    assert "rules: built" in huying("policy", "coverage").stdout
    told = json.loads(huying("policy", "coverage", "--json").stdout)
    assert "packs/fujian-2016/sla.yaml" in told["F16-22b"]["packs"][0]
