"""`huying policy publish`: the page says what the packs say, with every article, and nothing of any person."""

import html
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from chassis.policy import Basis
from chassis.settings import ROOT
from cli.markup import FORBIDDEN
from cli.publishing.city_rules import CityRules, NotToBePublished, read_rules
from cli.publishing.page import render
from cli.publishing.told import limit
from tests.unit.cli.test_policy import huying, replace_once

POLICIES = ROOT / "policies"
CITIES = ("230500", "350100", "350200", "610926")
DAY = date(2026, 11, 23)


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return Path(shutil.copytree(POLICIES, tmp_path / "policies"))


@pytest.fixture(scope="module")
def pages() -> dict[str, tuple[CityRules, str]]:
    rules = {city: read_rules(POLICIES, city, DAY) for city in CITIES}
    return {city: (found, render(found)) for city, found in rules.items()}


def page_of(policies: Path, city: str = "350100", on: date = DAY) -> str:
    return render(read_rules(policies, city, on))


def rows(page: str, section: str = "") -> list[str]:
    """The text of each line of the tables, from that section on to the next."""
    told = page.partition(f'id="{section}"')[2].partition("<section")[0] if section else page
    return [_text(row) for row in re.findall(r"<tr>(.*?)</tr>", told)]


def _text(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup))


@pytest.mark.parametrize("city", CITIES)
def test_every_limit_of_a_citys_packs_stands_there_beside_its_article(
    pages: dict[str, tuple[CityRules, str]], city: str
) -> None:
    rules, page = pages[city]
    for rule in rules.sla.rules.clocks:
        told = rows(page, f"limits-{rule.judges}")
        of_the_clock = [line for line in told if rule.name.zh in line]
        floors = rule.corrected.never_before if rule.corrected else ()
        limits = [(one.limit, one.basis) for one in rule.limits] + [(one.limit, one.basis) for one in floors]
        for found, basis in limits:
            told_so = [line for line in of_the_clock if limit(found) in line and _article(basis) in line]
            assert told_so, (rule.kind, found, basis)
        if rule.extension is not None:
            assert any("申请延期" in line and _article(rule.extension.basis) in line for line in of_the_clock)


def _article(basis: Basis) -> str:
    """As it stands beside the name of the regulation."""
    return basis.article if basis.rule == "platform-default" else str(basis)


@pytest.mark.parametrize("city", CITIES)
def test_every_ground_category_and_line_stands_there_with_its_guidance(
    pages: dict[str, tuple[CityRules, str]], city: str
) -> None:
    rules, page = pages[city]
    grounds, accepted = rows(page, "refused"), rows(page, "accepted")
    for ground in rules.intake.grounds:
        told = (ground.text.zh, ground.next_authority, ground.script.zh, str(ground.basis))
        assert any(all(part in line for part in told) for line in grounds), ground.code
    for category in rules.intake.categories:
        assert any(category.name.zh in line and _article(category.basis) in line for line in accepted)
    for line in rules.intake.lines:
        assert any(line.name.zh in row and _article(line.basis) in row for row in rows(page, "channels"))


# As the worked examples of `huying policy explain --kind citizen` count it, from Monday 23 November 2026, 9:00.
PROMISES = [
    ("350100", "投诉", "派单 1 个工作日，再办理 10 个工作日", "2026年12月8日（周二）17:30", "F16-22b 20(2)"),
    (
        "350100",
        "投诉（便民服务事项清单内）",
        "再办理 3 个工作日",
        "2026年11月27日（周五）17:30",
        "F16-22c 20(2), annex 2",
    ),
    ("350100", "紧急事项", "派单 15 分钟", "2026年11月23日（周一）24:00", "F16-22f 20(5)"),
    ("610926", "咨询", "再办理 2 个工作日", "2026年11月25日（周三）17:30", "P18-15 12(1)"),
    ("610926", "突发事件", "再办理 2 个工作日", "2026年11月25日（周三）17:30", "P18-25 22"),
    ("610926", "重复反映、只作解释说明", "再办理 2 个工作日", "2026年11月25日（周三）17:30", "P18 art. 8(5)"),
    ("230500", "表扬", "再办理 5 个工作日", "2026年11月30日（周一）17:30", "S24-21b 16(2)"),
    ("230500", "特殊紧急事项", "派单 15 分钟，再按类别办理", "—", "S24 art. 17"),
]


@pytest.mark.parametrize("told", PROMISES)
def test_the_citys_promise_stands_first_with_a_deadline(
    pages: dict[str, tuple[CityRules, str]], told: tuple[str, ...]
) -> None:
    city, name, *parts = told
    _, page = pages[city]
    (line,) = [row for row in rows(page, "promises") if row.split("  ")[0].strip() == name]
    assert all(part in line for part in parts), line
    assert page.index('id="promises"') < page.index('id="limits"')


def test_an_article_is_told_in_the_words_of_its_regulation(pages: dict[str, tuple[CityRules, str]]) -> None:
    _, fuzhou = pages["350100"]
    assert "《福建省12345便民服务平台监督管理办法》第20条第（2）项、附件2" in fuzhou
    assert "《福建省进一步优化政务服务便民热线工作方案》第2部分第（1）项第3点" in fuzhou
    hours = next(row for row in rows(fuzhou, "channels") if "接听时间" in row)
    assert "监督管理办法》第3条；《福建省进一步优化政务服务便民热线工作方案》第1部分第（1）项" in hours
    assert "《国务院办公厅关于12345热线的意见》（国办函〔2025〕66号）第2部分" in pages["230500"][1]


def test_the_packs_the_calendar_and_a_lapsed_text_are_named(pages: dict[str, tuple[CityRules, str]]) -> None:
    for rules, page in pages.values():
        assert f"规则版本 {rules.folder.ref}；日历 {rules.calendar.version}" in page
    assert "至 2020-07-27，按其本文已失效" in pages["610926"][1]
    assert "按其本文已失效" not in pages["350100"][1]


def test_no_word_stays_a_code(pages: dict[str, tuple[CityRules, str]]) -> None:
    """Every condition of every limit has a name: what has none would be told by its English code."""
    for _, page in pages.values():
        for judges in ("city", "unit", "office", "citizen"):
            for row in re.findall(
                r"<tr>(.*?)</tr>", page.partition(f'id="limits-{judges}"')[2].partition("<section")[0]
            ):
                told = _text(row.partition('class="basis"')[0])
                assert not re.search(r"[a-z]{3}", told), told


def test_a_number_is_told_as_it_stands_on_the_day() -> None:
    def told(on: date) -> str:
        return next(row for row in rows(page_of(POLICIES, on=on), "channels") if "12333" in row)

    assert "此前照常拨打" in told(date(2021, 11, 29))
    assert "拨打时提示：您拨打的12333已并入12345" in told(date(2022, 2, 28))
    assert "号码已取消" in told(date(2022, 3, 1))
    assert "提示" not in told(date(2022, 3, 1))


def test_who_may_be_kept_from_the_telephone_is_told_where_the_rules_give_the_power(
    pages: dict[str, tuple[CityRules, str]],
) -> None:
    rules, page = pages["230500"]
    power = rules.intake.restrictions
    assert power is not None
    grounds, longest, end, meanwhile, appeal = rows(page, "restrictions")[1:]
    assert all(ground.name.zh in grounds for ground in power.grounds)
    assert "运行管理办法》第35条" in grounds
    assert "最长 24 小时" in longest
    assert "到时自行解除" in end
    assert "110、119、120、122" in meanwhile
    assert power.appeal.zh in appeal
    assert all(_article(power.length_basis) in line for line in (longest, end, meanwhile, appeal))
    assert not [city for city in ("350100", "350200", "610926") if 'id="restrictions"' in pages[city][1]]


def test_other_channels_of_the_city_are_told_where_its_file_names_them(policies: Path) -> None:
    with (policies / "cities" / "610926" / "city.yaml").open("a", encoding="utf-8") as city:
        city.write("channels:\n  - {kind: web, name: {zh: 网上受理, en: web}, address: 12345.example, ")
        city.write('basis: {rule: P18-03, article: "6"}}\n')
    (line,) = [row for row in rows(page_of(policies, "610926"), "channels") if "12345.example" in row]
    assert "网上受理" in line
    assert "P18-03 6" in line


def test_a_layer_that_begins_later_is_left_out() -> None:
    assert "国务院办公厅关于12345热线的意见" not in page_of(POLICIES, "230500", date(2025, 6, 25))
    assert "国务院办公厅关于12345热线的意见" in page_of(POLICIES, "230500", date(2025, 6, 26))
    with pytest.raises(NotToBePublished, match="in force from 2024-06-13 on"):
        read_rules(POLICIES, "230500", date(2024, 6, 12))


def test_a_changed_limit_changes_the_page(policies: Path) -> None:
    sla = policies / "packs" / "fujian-2016" / "sla.yaml"
    text = sla.read_text("utf-8").replace(
        "limit: 10 working_day, basis: {rule: F16-22b", "limit: 8 working_day, basis: {rule: F16-22b"
    )
    sla.write_text(text, "utf-8")
    line = next(row for row in rows(page_of(policies), "promises") if row.split()[0] == "投诉")
    assert "8 个工作日" in line
    assert "2026年12月4日" in line


SAID = [
    ("packs/fujian-2016/pack.yaml", "zh: 福建省12345便民服务平台监督管理办法(2016),附优化工作方案(2021)"),
    ("packs/fujian-2016/intake.yaml", "zh: 求助"),
    ("packs/fujian-2016/intake.yaml", "name: 《福建省12345便民服务平台监督管理办法》"),
    ("packs/fujian-2016/intake.yaml", "zh: 涉及国家秘密、商业秘密"),
    ("packs/fujian-2016/intake.yaml", "next_authority: 保密行政管理部门"),
    ("packs/fujian-2016/intake.yaml", "zh: 反映党员干部违纪违法的，请拨打12388或登录纪检监察机关举报网站。"),
    ("packs/fujian-2016/intake.yaml", 'article: "3; F21 1(1)"'),
    ("packs/fujian-2016/sla.yaml", "zh: 首次联系"),
    ("packs/fujian-2016/dispatch.yaml", "zh: 清单兜底单位"),
    ("cities/350100/city.yaml", "zh: 福州市"),
    ("cities/350100/units.yaml", "name: 福州市税务局"),
    ("cities/350100/lines.yaml", "zh: 医疗保障"),
    ("items.yaml", "name: 雨水井盖"),
    ("regulations.yaml", "title: 福建省进一步优化政务服务便民热线工作方案（2021）"),
]


def test_what_a_file_says_is_escaped(policies: Path) -> None:
    for number, (file, said) in enumerate(SAID):
        key = said.partition(":")[0]
        replace_once(policies / file, said, f"{key}: '<script>{number}</script>&\"'")
    page = page_of(policies)
    assert "<script" not in page
    for number, told in enumerate(SAID):
        assert f"&lt;script&gt;{number}&lt;/script&gt;&amp;&quot;" in page, told


@pytest.mark.parametrize("city", CITIES)
def test_the_page_holds_nothing_of_any_person(pages: dict[str, tuple[CityRules, str]], city: str) -> None:
    _, page = pages[city]
    assert not [name for name, pattern in FORBIDDEN.items() if pattern.search(page)]
    roster = yaml.safe_load((POLICIES / "notify" / "rosters" / f"{city}.yaml").read_text("utf-8"))
    desks = [*roster["dispatchers"], *roster["supervisors"], *(n for unit in roster["units"].values() for n in unit)]
    assert desks
    assert not [number for number in desks if number in page]


def test_attention_marks_are_not_told(pages: dict[str, tuple[CityRules, str]]) -> None:
    for rules, page in pages.values():
        assert not [mark.code for mark in rules.intake.attention_marks if mark.name.zh in page]


def test_the_page_stands_alone_and_is_the_same_every_time(pages: dict[str, tuple[CityRules, str]]) -> None:
    rules, page = pages["350100"]
    assert render(rules) == page
    assert not re.search(r"(src|href)=|url\(|@import|<script", page)


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    output = tmp_path / "rules.html"
    done = huying("policy", "publish", "--city", "610926", "--on", "2026-11-23", "--output", output)
    assert done.exit_code == 0, done.output
    assert "Pingli 2026-11-23 (pingli-2018@1.0.0)" in done.stdout
    assert output.read_text("utf-8") == page_of(POLICIES, "610926")
    assert [path.name for path in tmp_path.iterdir()] == ["rules.html"]
    told = huying("policy", "publish", "--city", "610926", "--on", "2026-11-23")
    assert told.stdout == output.read_text("utf-8")


def test_the_command_tells_programs_what_it_made(tmp_path: Path) -> None:
    arguments = ("policy", "publish", "--city", "610926", "--on", "2026-11-23", "--json")
    output = tmp_path / "rules.html"
    told = json.loads(huying(*arguments, "--output", output).stdout)
    assert (told["city"], told["on"], told["pack"]) == ("610926", "2026-11-23", "pingli-2018@1.0.0")
    assert told["calendar"].startswith("china@")
    assert told["output"] == str(output)
    assert json.loads(huying(*arguments).stdout)["page"] == output.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--city", "999999"), 1, "there is no city 999999; there are: 230500 Shuangyashan, 350100 Fuzhou,"),
        (("--city", "350100", "--on", "yesterday"), 2, "'yesterday' is no day"),
        (("--city", "350100", "--on", "2016-11-07"), 1, "is in force from 2016-11-08 on"),
        (("--city", "350100", "--on", "2090-01-01"), 1, "the working calendar does not reach 2090-01-01"),
        (("--city", "350100", "--output", "/nowhere/rules.html"), 1, "/nowhere/"),
    ],
)
def test_what_cannot_be_published_is_named(arguments: tuple[str, ...], code: int, says: str) -> None:
    refused = huying("policy", "publish", *arguments)
    assert refused.exit_code == code
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_unknown_city_is_named_in_chinese() -> None:
    refused = huying("policy", "publish", "--city", "999999", HUYING_LANG="zh")
    assert "没有城市 999999，现有：230500 双鸭山市、350100 福州市" in refused.stderr
