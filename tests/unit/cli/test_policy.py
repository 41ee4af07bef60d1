"""`huying policy`: faults are named with file and line, deadlines are told with every step."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from chassis.settings import ROOT
from cli.main import app


def huying(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), env={"HUYING_LANG": "en", "COLUMNS": "80"} | environment)


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "policies", tmp_path / "policies"))


def replace_once(path: Path, old: str, new: str) -> int:
    """The line, from 1, in which the text was replaced."""
    text = path.read_text("utf-8")
    assert old in text, f"{path} has no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_packs_are_sound_and_a_lapsed_one_is_told() -> None:
    checked = huying("policy", "check")
    assert checked.exit_code == 0, checked.output
    assert "all packs are sound, every worked example comes out" in checked.stdout
    assert "by its own text it lapsed on" in checked.stdout
    assert json.loads(huying("policy", "check", "--json").stdout) == []


def unknown_key(policies: Path) -> tuple[Path, int, str]:
    path = policies / "packs" / "fujian-2016" / "sla.yaml"
    text = path.read_text("utf-8")
    path.write_text("surprise: 1\n" + text, "utf-8")
    return path, 1, "surprise: unknown key"


def missing_unit(policies: Path) -> tuple[Path, int, str]:
    path = policies / "cities" / "350100" / "catalogue.yaml"
    line = replace_once(path, "duty: urban-management", "unit: 350100-nowhere")
    return path, line - 1, "rule F-core-city: no unit 350100-nowhere"  # where the rule begins


def rule_without_an_article(policies: Path) -> tuple[Path, int, str]:
    path = policies / "packs" / "shuangyashan-2024" / "sla.yaml"
    line = replace_once(path, 'basis: {rule: S24-21c, article: "16(3)"}', "basis: {rule: S24-21c}")
    return path, line, "article"


def another_article(policies: Path) -> tuple[Path, int, str]:
    path = policies / "packs" / "shuangyashan-2024" / "sla.yaml"
    line = replace_once(path, 'basis: {rule: S24-21c, article: "16(3)"}', 'basis: {rule: S24-21c, article: "99(9)"}')
    return path, line, "S24-21c stands in article 16(3), not in 99(9)"


def another_paragraph(policies: Path) -> tuple[Path, int, str]:
    path = policies / "packs" / "fujian-2016" / "intake.yaml"
    line = replace_once(path, 'basis: {rule: F16-11a, article: "13(1)"}', 'basis: {rule: F16-11a, article: "13(11)"}')
    return path, line, "F16-11a stands in article 13(1), not in 13(11)"


def text_for_a_number(policies: Path) -> tuple[Path, int, str]:
    path = policies / "cities" / "230500" / "city.yaml"
    line = replace_once(path, 'code: "230500"', "code: 230500")
    return path, line, "code"


def no_yaml(policies: Path) -> tuple[Path, int, str]:
    path = policies / "packs" / "pingli-2018" / "notify.yaml"
    path.write_text("a: [1\nb: 2\n", "utf-8")
    return path, 2, "YAML syntax"


FAULTS = [
    *(unknown_key, missing_unit, rule_without_an_article, another_article, another_paragraph),
    *(text_for_a_number, no_yaml),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_file_and_line(
    policies: Path, fault: Callable[[Path], tuple[Path, int, str]]
) -> None:
    path, line, says = fault(policies)
    checked = huying("policy", "check", "--folder", policies)
    assert checked.exit_code == 1
    named = [told for told in checked.stderr.splitlines() if told.startswith(f"{path}:{line}: ")]
    assert named, checked.stderr
    assert says in named[0]
    problems = json.loads(huying("policy", "check", "--folder", policies, "--json").stdout)
    assert any(problem.startswith(f"{path}:{line}: ") for problem in problems)


def test_the_articles_of_a_citys_own_measures_are_not_judged(policies: Path) -> None:
    with (policies / "regulations.yaml").open("a", encoding="utf-8") as file:
        file.write("  G26:\n    title: 某市办法\n    last: 9\n")
    path = policies / "packs" / "shuangyashan-2024" / "sla.yaml"
    replace_once(path, 'basis: {rule: S24-21c, article: "16(3)"}', 'basis: {rule: G26-03, article: "3"}')
    assert "stands in article" not in huying("policy", "check", "--folder", policies).stderr


def test_a_worked_example_that_no_longer_comes_out_is_named(policies: Path) -> None:
    path = policies / "packs" / "shuangyashan-2024" / "sla.yaml"
    replace_once(path, "limit: 15 working_day, basis", "limit: 16 working_day, basis")
    lines = path.read_text("utf-8").splitlines()
    begins = lines.index("examples:") + 2
    assert lines[begins - 1] == "  - kind: finish"
    checked = huying("policy", "check", "--folder", policies)
    assert checked.exit_code == 1
    told = "example 230500 finish, category complaint, from 2026-09-24 14:05: "
    told += "due: expected 2026-10-22 17:30, comes out 2026-10-23 17:30"
    assert any(line.startswith(f"{path}:{begins}: ") and line.endswith(told) for line in checked.stderr.splitlines())


def test_an_example_says_whether_the_deadline_or_the_notice_before_it_comes_out_otherwise(policies: Path) -> None:
    path = policies / "packs" / "fujian-2016" / "sla.yaml"
    replace_once(path, 'remind: "', 'remind: "2025-01-01 00:00" # "')
    told = [line for line in huying("policy", "check", "--folder", policies).stderr.splitlines() if "例题" in line]
    assert len(told) == 2  # one for each city of the province
    assert all("remind: expected 2025-01-01 00:00, comes out 20" in line and "due:" not in line for line in told)


@pytest.mark.parametrize("written", ["0 working_day", "-7 working_day", "1500000 working_day", "15 workday"])
def test_a_limit_that_cannot_be_read_is_told_how_it_reads_in_both_languages(policies: Path, written: str) -> None:
    path = policies / "packs" / "shuangyashan-2024" / "sla.yaml"
    replace_once(path, "limit: 15 working_day, basis", f"limit: {written}, basis")
    zh, _, en = huying("policy", "check", "--folder", policies).stderr.splitlines()[0].partition(" / ")
    assert "1 至 9999 的整数" in zh
    assert "limit reads" not in zh
    assert "a whole number from 1 to 9999, a space, one of working_day" in en


@pytest.mark.parametrize("command", [["check"], ["release", "pingli-2018"]])
def test_a_folder_that_is_not_there_is_said_once(tmp_path: Path, command: list[str]) -> None:
    checked = huying("policy", *command, "--folder", tmp_path / "nowhere")
    assert checked.exit_code == 1
    assert checked.stderr == f"error: there is no folder {tmp_path / 'nowhere'}\n"


# Counted by hand: 1 to 7 October 2026 are off, Saturday 10 October is a make-up workday, Sunday 11 is off.
NATIONAL_DAY = [
    ("350100", "finish", "2026-10-20 17:30", "F16-22b 20(2)"),  # 10 working days
    ("350200", "finish", "2026-10-20 17:30", "F16-22b 20(2)"),
    ("610926", "finish", "2026-10-13 17:30", "P18-15 12(2)"),  # 5 working days
    ("230500", "finish", "2026-10-27 17:30", "S24-21c 16(3)"),  # 15 working days
    ("350100", "sign", "2026-10-08 17:30", "F16 art. 17"),  # 1 working day
    ("230500", "sign", "2026-10-08 17:30", "S24-20 16"),
    ("610926", "sign", "2026-10-01 15:00", "P18-12 10(1)"),  # 24 hours, by the clock
]


@pytest.mark.parametrize(("city", "kind", "due", "article"), NATIONAL_DAY)
def test_a_deadline_across_national_day_is_explained(city: str, kind: str, due: str, article: str) -> None:
    told = huying("policy", "explain", "--city", city, "--kind", kind, "--start", "2026-09-30 15:00")
    assert told.exit_code == 0, told.output
    first, *steps = told.stdout.splitlines()
    assert first.startswith(f"due {due}")
    assert first.endswith(article)
    if kind == "finish":
        assert any("make-up workday" in step and "10 October" in step for step in steps)
        assert any("国庆节10月1日至7日" in step for step in steps)


def test_the_reply_of_a_co_unit_is_due_a_working_day_ahead_of_the_leads() -> None:
    told = huying("policy", "explain", "--kind", "co_reply", "--start", "2026-09-24 14:05")
    assert told.stdout.splitlines()[0].startswith("due 2026-10-14 17:30")


def test_an_emergency_has_a_first_response_and_no_contact() -> None:
    urgent = ("--emergency-class", "urgent", "--start", "2026-09-24 14:05")
    assert huying("policy", "explain", "--kind", "first_response", *urgent).stdout.startswith("due 2026-09-24 14:35")
    assert huying("policy", "explain", "--kind", "contact", *urgent).exit_code == 1


def test_an_explanation_is_in_chinese_when_asked() -> None:
    told = huying("policy", "explain", "--start", "2026-09-30 15:00", HUYING_LANG="zh")
    assert told.stdout.splitlines()[0].startswith("期限 2026-10-20 17:30")


def test_an_explanation_for_scripts_carries_instants_in_utc() -> None:
    told = json.loads(huying("policy", "explain", "--start", "2026-09-30 15:00", "--json").stdout)
    assert told["due_time"] == "2026-10-20T09:30:00Z"
    assert {"zh", "en"} <= told["steps"][0].keys()


@pytest.mark.parametrize(
    ("city", "start", "zh", "en"),
    [
        ("350100", "2010-02-10 10:00", "自 2016-11-08 起方施行", "in force only from 2016-11-08"),
        ("350100", "2016-11-08 10:00", "", ""),
        ("610926", "2020-07-26 10:00", "", ""),
        ("610926", "2026-09-24 14:05", "按其本文已于 2020-07-27 失效", "by its own text it lapsed on 2020-07-27"),
        (
            "230500",
            "2025-03-03 10:00",
            "national-2025：自 2025-06-26 起",
            "national-2025: in force only from 2025-06-26",
        ),
    ],
)
def test_an_explanation_ends_with_what_is_not_in_force_then(city: str, start: str, zh: str, en: str) -> None:
    *_, last, last_en = huying(
        "policy", "explain", "--city", city, "--start", start, HUYING_LANG="zh"
    ).stdout.splitlines()
    assert (zh in last, en in last_en) == (True, True)
    assert last.strip().startswith("· 注意：" if zh else "· 到期：")
    steps = json.loads(huying("policy", "explain", "--city", city, "--start", start, "--json").stdout)["steps"]
    assert zh in steps[-1]["zh"]


@pytest.mark.parametrize(
    ("option", "value", "code", "says"),
    [
        ("--city", "999999", 1, "999999"),
        ("--kind", "nothing", 1, "no clock nothing; there are: call_back, citizen"),
        ("--kind", "first_response", 1, "keeps no clock first_response for such a case"),
        (
            "--category",
            "nothing",
            1,
            "no category nothing; there are: complaint, consultation, help, report, suggestion",
        ),
        ("--emergency-class", "nothing", 1, "no emergency class nothing; there are: urgent"),
        ("--item", "99", 1, "no item 99; there are: 01 … 90 (90)"),
        ("--start", "yesterday", 2, "'yesterday' is no time, such as 2026-09-24 14:05"),
    ],
)
def test_what_cannot_be_explained_is_named(option: str, value: str, code: int, says: str) -> None:
    refused = huying("policy", "explain", option, value)
    assert refused.exit_code == code
    assert says in refused.stderr


def test_a_release_freezes_the_present_version(policies: Path) -> None:
    kept = policies / "packs" / "pingli-2018" / "released" / "1.0.0"
    told = json.loads(huying("policy", "release", "pingli-2018", "--folder", policies, "--json").stdout)
    assert told == {"pack": "pingli-2018@1.0.0", "folder": str(kept), "unreleased_beside": []}
    replace_once(policies / "packs" / "pingli-2018" / "sla.yaml", "limit: 24 clock_hour", "limit: 25 clock_hour")
    for command in (["release", "pingli-2018"], ["check"]):
        refused = huying("policy", *command, "--folder", policies)
        assert refused.exit_code == 1
        assert "pingli-2018@1.0.0 is released" in refused.stderr


def test_a_pack_that_does_not_exist_cannot_be_released(policies: Path) -> None:
    refused = huying("policy", "release", "nowhere", "--folder", policies)
    assert refused.exit_code == 1
    assert "the file does not exist" in refused.stderr
