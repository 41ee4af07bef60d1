"""规则公开页: one self-contained page for citizens; the same rules and day give the same bytes."""

from pathlib import Path

from chassis.layers import InForce, Layer
from cli.markup import document, require_no_leak, tag, text
from cli.publishing import days, limits, sections
from cli.publishing.city_rules import CityRules

STYLE = Path(__file__).with_name("style.css")
_STATUS = {"in_force": "施行中", "lapsed": "按其本文已失效", "draft": "草案，尚未施行"}


def render(rules: CityRules) -> str:
    """The whole page. Raises PageLeaks, NoLimitFits, OutsideCalendar."""
    parts = (
        _header(rules),
        sections.channels(rules),
        limits.promises(rules),
        sections.accepted(rules),
        sections.refused(rules),
        sections.rights(rules),
        sections.restrictions(rules),
        limits.steps(rules),
        limits.other_limits(rules),
        days.calendar(rules),
        _sources(rules),
    )
    body = "".join(parts)
    require_no_leak(body)
    title = f"{rules.city.name.zh} 12345 热线：办理规则"
    return document(title, STYLE.read_text("utf-8"), body)


def _header(rules: CityRules) -> str:
    city = rules.city
    title = tag("h1", text(f"{city.name.zh} 12345 热线办理规则"))
    by = f"{city.province.zh}{city.name.zh}，{city.hotline_office.zh}。以下是 {_day(rules)}适用的规则，每条旁边是依据。"
    packs = tag("p", text(f"规则版本 {rules.folder.ref}；日历 {rules.calendar.version}"), class_="note")
    return tag("header", title + tag("p", text(by), class_="lead") + packs + "".join(map(_layer, rules.folder.layers)))


def _day(rules: CityRules) -> str:
    return f"{rules.on.year}年{rules.on.month}月{rules.on.day}日"


def _layer(layer: Layer) -> str:
    in_force = layer.head.in_force
    until = f"，至 {in_force.until}" if in_force.until else ""
    told = f"{layer.head.title.zh}：自 {in_force.since} 起{until}，{_STATUS[in_force.status]}"
    return tag("p", text(told) + _remark(in_force), class_="warning" if in_force.status != "in_force" else "pack")


def _remark(in_force: InForce) -> str:
    return tag("small", text(f"（{in_force.note.zh}）")) if in_force.note else ""


def _sources(rules: CityRules) -> str:
    """Short name and full title of what the packs rest on."""
    texts = rules.regulations.regulations
    lines = "".join(
        tag("li", tag("b", text(code)) + text(f" {texts[code].title}")) for code in rules.folder.regulations
    )
    note = "依据栏的小字是规则编号与条款。办法未作规定的，从平台默认规则，小字是其出处（docs/decisions.md）。"
    return tag("footer", tag("h2", "依据的文件") + tag("ul", lines) + tag("p", text(note), class_="note"))
