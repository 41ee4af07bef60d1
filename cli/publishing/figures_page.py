"""数据公开页: the figures of a month for deputies, the media and the public; the same input, the same bytes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.policy import Words
from cli.markup import document, require_no_leak, tag, text
from cli.publishing.figures import Figure, LeftOut, Month, Publication
from cli.publishing.page import STYLE
from services.sla.domain.explanation import zh_time


@dataclass(frozen=True)
class CityFigures:
    """The figures of one city, with what its codes are called."""

    code: str
    name: str
    pack: str
    figures: Sequence[Figure]
    categories: Mapping[str, str]
    reasons: Mapping[str, str]


def render(cities: Sequence[CityFigures], month: Month, rules: Publication) -> str:
    """The whole page. Raises PageLeaks."""
    title = f"12345 热线 {month.first.year}年{month.first.month}月办理情况"
    body = _header(title, month, rules) + "".join(_city(city, rules) for city in cities) + _footer(rules)
    require_no_leak(body)
    return document(title, STYLE.read_text("utf-8"), body)


def facts(cities: Sequence[CityFigures], month: Month, rules: Publication) -> dict[str, Any]:
    """The same for programs."""
    return {
        "month": f"{month.first:%Y-%m}",
        "start_time": month.start,
        "end_time": month.end,
        "as_of_time": month.as_of,
        "complete": month.complete,
        "preliminary": month.preliminary,
        "hidden_below": rules.small_numbers.fewer_than,
        "cities": [
            {"city": city.code, "name": city.name, "pack": city.pack, "figures": list(_figures(city, rules))}
            for city in cities
        ],
    }


def _figures(city: CityFigures, rules: Publication) -> Iterator[dict[str, Any]]:
    names: dict[str, Words] = {rule.kpi: rule.name for rule in rules.figures}
    for one in city.figures:
        yield {
            "kpi": one.kpi,
            "zh": names[one.kpi].zh,
            "en": names[one.kpi].en,
            "category": one.category,
            "numerator": one.numerator,
            "denominator": one.denominator,
            "percent": one.percent,
            "hidden": one.hidden,
            "left_out": [
                {"reason": left.reason, "zh": _reason(city, left), "count": left.count, "hidden": left.hidden}
                for left in one.left_out
            ],
        }


def _header(title: str, month: Month, rules: Publication) -> str:
    least = rules.small_numbers.fewer_than
    so_far = "" if month.complete else "该月尚未结束，以下是截至统计时的数字。"
    warning = f"初步数字，不对外公布：该月数字统计截至 {zh_time(month.settled_at)}，届时公布。"
    marked = tag("p", text(warning), class_="warning") if month.preliminary else ""
    lead = f"统计截至 {zh_time(month.as_of)}。{so_far}工单按到期、受理按决定、来电按来电的时间计入该月；剔除的不计入。"
    small = f"不足 {least} 件的不公布，记为“不足 {least}”；为免由合计推算，相邻的一类一并隐去，记为“不公布”。"
    return tag(
        "header",
        tag("h1", text(title)) + marked + tag("p", text(lead), class_="lead") + tag("p", text(small), class_="note"),
    )


def _city(city: CityFigures, rules: Publication) -> str:
    lines = "".join(
        line for rule in rules.figures for line in _lines(city, rule.name.zh, rule.counts.zh, rule.kpi, rules)
    )
    heads = "".join(tag("th", text(one), scope="col") for one in ("指标", "范围", "比率", "件数", "剔除"))
    table = tag("div", tag("table", tag("thead", tag("tr", heads)) + tag("tbody", lines)), class_="scroll")
    title = tag("h2", text(city.name)) + tag("p", text(f"{city.code}，规则版本 {city.pack}"), class_="note")
    return tag("section", title + table, id=city.code)


def _lines(city: CityFigures, name: str, counts: str, kpi: str, rules: Publication) -> Iterator[str]:
    for one in (one for one in city.figures if one.kpi == kpi):
        scope = city.categories.get(one.category, one.category) if one.category else "全部"
        told = tag("th", text(name) + tag("small", text(f" {counts}")), scope="row") if not one.category else tag("td")
        yield tag(
            "tr",
            told
            + "".join(tag("td", text(cell)) for cell in (scope, *_numbers(one, rules), _left_out(city, one, rules))),
        )


def _numbers(one: Figure, rules: Publication) -> tuple[str, str]:
    if one.hidden:
        return "不公布", f"不足 {rules.small_numbers.fewer_than}" if not one.category else "不公布"
    return (f"{one.percent}%", f"{one.numerator} / {one.denominator}") if one.denominator else ("—", "本月无")


def _left_out(city: CityFigures, one: Figure, rules: Publication) -> str:
    few = f"不足 {rules.small_numbers.fewer_than}"
    return "；".join(f"{_reason(city, left)} {few if left.hidden else left.count}" for left in one.left_out)


def _reason(city: CityFigures, left: LeftOut) -> str:
    return city.reasons.get(left.reason, left.reason)


def _footer(rules: Publication) -> str:
    sources = f"依据：{rules.basis}；{rules.small_numbers.basis}。本页不含承办单位和任何个人的信息。"
    return tag("footer", tag("p", text(sources), class_="note"))
