"""Policy files are read strictly, and every fault is told with its line, in two languages."""

import shutil
from pathlib import Path
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from chassis.packs import Pack, load_pack
from chassis.policy import _ZH, Basis, Policy, PolicyError, fault, load, load_cities
from chassis.settings import ROOT

POLICIES = ROOT / "policies"


class Rule(Policy):
    name: str
    days: int
    basis: Basis
    flag: bool = False


GOOD = "name: a\ndays: 3\nbasis: {rule: S24-20, article: '16'}\n"


def read(tmp_path: Path, text: str) -> Rule:
    shutil.copy(POLICIES / "regulations.yaml", tmp_path)
    path = tmp_path / "rule.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path, Rule)


def faults(tmp_path: Path, text: str) -> PolicyError:
    with pytest.raises(PolicyError) as caught:
        read(tmp_path, text)
    return caught.value


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD).days == 3


@pytest.mark.parametrize(
    ("text", "line", "en"),
    [
        (GOOD + "colour: red\n", 4, "unknown key"),
        (GOOD.replace("days: 3", "days: three"), 2, "valid integer"),
        (GOOD.replace("days: 3", "days: '3'"), 2, "valid integer"),
        (GOOD.replace("name: a", "name: 12"), 1, "valid string"),
        (GOOD.replace("S24-20", "F16-99"), 3, "no regulation has a rule F16-99"),
        (GOOD.replace("S24-20", "F16-22g"), 3, "no regulation has a rule F16-22g"),
        (GOOD.replace("S24-20", "G26-01"), 3, "no regulation has a rule G26-01"),
        (GOOD.replace("S24-20", "X-1"), 3, "should match pattern"),
        ("name: a\ndays: 3\n", 1, "Field required"),
        (GOOD + "days: 4\n", 4, "stands twice"),
        (GOOD + "flag: yes\n", 4, "valid boolean"),
        ("- a\n", 1, "must be a mapping"),
        ("name: [a\n", 2, "YAML syntax"),
    ],
)
def test_a_fault_is_told_with_its_line_in_two_languages(tmp_path: Path, text: str, line: int, en: str) -> None:
    error = faults(tmp_path, text)
    assert error.line == line
    assert en in error.en
    assert any("一" <= c <= "鿿" for c in error.zh)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "name: 1\ndays: x\nbasis: {rule: S24-20}\n").problems) == 3


def test_a_text_that_is_added_to_the_regulations_may_be_cited(tmp_path: Path) -> None:
    cited = GOOD.replace("S24-20", "G26-04b")
    assert "no regulation has a rule G26-04b" in faults(tmp_path, cited).en
    with (tmp_path / "regulations.yaml").open("a", encoding="utf-8") as file:
        file.write('  G26: {title: 某市办法, last: 9, letters: {"04": ab}}\n')
    assert load(tmp_path / "rule.yaml", Rule).basis.rule == "G26-04b"


def test_a_rule_without_an_article_is_a_fault(tmp_path: Path) -> None:
    assert "basis.article" in faults(tmp_path, "name: a\ndays: 3\nbasis: {rule: S24-20}\n").en


def test_a_missing_or_unreadable_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="does not exist"):
        load(tmp_path / "none.yaml", Rule)
    (tmp_path / "bad.yaml").write_bytes(b"name: \xff\xfe")
    with pytest.raises(PolicyError, match="UTF-8"):
        load(tmp_path / "bad.yaml", Rule)


def test_codes_and_times_stay_text(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD.replace("name: a", "name: 10:30")).name == "10:30"


def test_the_shipped_cities_follow_shipped_packs() -> None:
    cities = load_cities(POLICIES)
    assert {"350100", "350200", "610926", "230500"} <= cities.keys()
    for city in cities.values():
        assert isinstance(load_pack(POLICIES, city.pack), Pack)


def test_a_city_that_names_a_missing_pack_is_a_fault(tmp_path: Path) -> None:
    source = POLICIES / "cities/350100/city.yaml"
    folder = tmp_path / "cities/350100"
    folder.mkdir(parents=True)
    (folder / "city.yaml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(PolicyError, match="no rule pack"):
        load_cities(tmp_path)


def test_a_later_fault_is_placed_at_the_line_of_its_value(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\nunit: u-7\n", encoding="utf-8")
    assert fault(path, "u-7", "无", "none").line == 2


def test_every_kind_of_fault_that_has_chinese_words_is_one_of_the_library() -> None:
    assert _ZH.keys() <= set(get_args(ErrorType))
