"""The demonstration's page: one self-contained HTML file from a `DemoResult`; the same input gives the same bytes."""

from collections.abc import Iterable
from pathlib import Path as File

from cli.demo.page import calendar, flow, ledger, telling
from cli.demo.page.html import percent
from cli.demo.page.names import KPIS, clock_name
from cli.demo.result import CityResult, ClockTally, DemoResult, MessageTally, UnitTally
from cli.markup import document, pair, require_no_leak, tag, text

STYLE = File(__file__).with_name("style.css")

_REASONS = "每个期限都说明理由：何时起算、时限多长、怎样计算、依据哪一条。"


def render(result: DemoResult) -> str:
    """The whole page; refuses to print ids, telephone and identity numbers."""
    body = "".join(
        (
            _header(result),
            _section(
                "各市指标", "The cities", _cities(result.cities), "分子与分母在百分比下方；公式见 docs/glossary.md。"
            ),
            _section("诉求去向", "Where the cases went", flow.picture(result.paths), "线的粗细是诉求件数。"),
            _section(
                "时限", "Deadlines met and missed", _clocks(result.clocks), "每种时限一行：按时、逾期、未到期、取消。"
            ),
            _section(
                "日历",
                "The calendar",
                calendar.strip(result.days) + _legend(),
                "柱为当日新增诉求；调休上班的周末照常计入工作日。",
            ),
            *_ledger(result),
            _section("一件诉求的全程", "One case, whole", telling.story(result.story, result.days), _REASONS),
            *(_section(told.zh, told.en, telling.chapter(told, result.days), _REASONS) for told in result.chapters),
            tag(
                "div",
                _section("最忙的单位", "Busiest units", _units(result.units), "深色为已到期中按时办结的部分。")
                + _section("消息", "Messages", _messages(result.messages), "浅色为短信，深色为电话。"),
                class_="two",
            ),
        )
    )
    require_no_leak(body)
    footer = tag(
        "footer", f"种子 seed {result.seed} · 案例、人名与号码均为虚构 · all cases, names and numbers are made up"
    )
    return document("呼应 Huying · 演示结果", STYLE.read_text(encoding="utf-8"), body + footer)


def _section(zh: str, en: str, inner: str, note: str) -> str:
    title = tag("h2", f'{text(zh)} <small lang="en">{text(en)}</small>')
    return tag("section", title + (tag("p", text(note), class_="note") if note else "") + inner)


def _header(result: DemoResult) -> str:
    first, last = result.days[0].on, result.days[-1].on
    cases = sum(city.cases for city in result.cities)
    watched = sum(clock.met + clock.late + clock.running + clock.cancelled for clock in result.clocks)
    judged, met = sum(clock.met + clock.late for clock in result.clocks), sum(clock.met for clock in result.clocks)
    sent = sum(message.sms + message.voice for message in result.messages)
    facts = (
        (f"{cases:,}", "件诉求", "cases"),
        (f"{watched:,}", "个时限", "deadlines watched"),
        (percent(met, judged), "按时", "of them met"),
        (f"{sent:,}", "条消息", "messages"),
    )
    numbers = "".join(tag("div", tag("b", text(value)) + pair(zh, en)) for value, zh, en in facts)
    span = f"{first.year}年{first.month}月{first.day}日 – {last.month}月{last.day}日"
    title = tag("h1", '呼应<small lang="en">Huying</small>')
    lead = tag(
        "p",
        f"{_count_zh(len(result.cities))}地的 12345 热线在虚拟时间里运行了 {len(result.days)} 天（{span}），"
        "跨越中秋、国庆与调休。以下每个数字都来自真实的命令与事件。",
        class_="lead",
    )
    english = tag(
        "p",
        "Hotlines of several cities under different regulations, run in virtual time through the real commands.",
        class_="en",
        lang="en",
    )
    return tag("header", title + lead + english + tag("div", numbers, class_="facts"))


def _count_zh(count: int) -> str:
    return "零一二三四五六七八九十"[count] if count <= 10 else str(count)


def _cities(cities: Iterable[CityResult]) -> str:
    cities = tuple(cities)
    shown = [key for key in KPIS if any(key in city.kpis for city in cities)]
    head = "".join(tag("th", pair(*KPIS[key])) for key in shown)
    rows = "".join(_city(city, shown) for city in cities)
    table = tag("thead", tag("tr", tag("th", pair("城市", "city")) + tag("th", pair("诉求", "cases")) + head))
    return tag("div", tag("table", table + tag("tbody", rows), class_="kpis"), class_="scroll")


def _city(city: CityResult, shown: list[str]) -> str:
    name = f'<b>{text(city.zh)}</b> <span class="en" lang="en">{text(city.en)}</span>'
    rule = tag("span", text(city.regulation_zh), class_="rule", title=city.regulation_en)
    cells = ""
    for key in shown:
        ratio = city.kpis.get(key)
        left_out = tag("small", f"剔除 excluded {ratio.excluded}") if ratio and ratio.excluded else ""
        if ratio is None or not ratio.denominator:
            cells += tag("td", f"–{left_out}", class_="none")
            continue
        share = 100 * ratio.numerator / ratio.denominator
        tone = "good" if share >= 90 else "warn" if share >= 75 else "bad"
        bar = tag("i", tag("i", style=f"width:{share:.1f}%", class_=tone), class_="bar")
        cells += tag("td", f"<b>{share:.1f}%</b>{bar}<small>{ratio.numerator} / {ratio.denominator}</small>{left_out}")
    return tag("tr", tag("th", name + rule, scope="row") + tag("td", f"<b>{city.cases}</b>") + cells)


def _clocks(clocks: tuple[ClockTally, ...]) -> str:
    most = max((c.met + c.late + c.running + c.cancelled for c in clocks), default=1) or 1
    return tag("div", "".join(_clock(clock, most) for clock in clocks), class_="bars")


def _clock(clock: ClockTally, most: int) -> str:
    parts = (
        ("good", clock.met, "按时"),
        ("bad", clock.late, "逾期"),
        ("calm", clock.running, "未到期"),
        ("none", clock.cancelled, "取消"),
    )
    cells = "".join(
        tag("i", style=f"width:{100 * count / most:.2f}%", class_=tone, title=f"{zh} {count}")
        for tone, count, zh in parts
        if count
    )
    late = f'<em class="bad">{clock.late} 逾期</em>' if clock.late else "<em>0 逾期</em>"
    figures = tag("span", f"<b>{percent(clock.met, clock.met + clock.late)}</b> {late}", class_="figures")
    return tag(
        "div",
        tag("span", pair(*clock_name(clock.kind)), class_="label") + tag("span", cells, class_="track") + figures,
        class_="row",
    )


def _ledger(result: DemoResult) -> Iterable[str]:
    """督办台账; without an entry there is no section."""
    if result.supervisions:
        note = "因何事由列入督办，多少已书面回复、已结办、逾期未回复。"
        yield _section("督办台账", "The supervision ledger", ledger.table(result.supervisions), note)


def _units(units: tuple[UnitTally, ...]) -> str:
    most = max((unit.orders for unit in units), default=1) or 1
    rows = ""
    for unit in units:
        good = tag("i", style=f"width:{100 * unit.on_time / most:.2f}%", class_="good")
        rest = tag("i", style=f"width:{100 * (unit.orders - unit.on_time) / most:.2f}%", class_="faint")
        label = tag(
            "span",
            f'<span class="zh">{text(unit.zh)}</span><span class="en">{text(unit.city_zh)}</span>',
            class_="label",
        )
        figures = tag("span", f"<b>{unit.orders}</b> <em>{percent(unit.on_time, unit.due)} 按时</em>", class_="figures")
        rows += tag("div", label + tag("span", good + rest, class_="track") + figures, class_="row")
    return tag("div", rows, class_="bars")


def _messages(messages: tuple[MessageTally, ...]) -> str:
    most = max((message.sms + message.voice for message in messages), default=1) or 1
    rows = ""
    for message in messages:
        sms = tag("i", style=f"width:{100 * message.sms / most:.2f}%", class_="sms")
        voice = tag("i", style=f"width:{100 * message.voice / most:.2f}%", class_="voice")
        spoken = f" <em>{message.voice} 电话</em>" if message.voice else ""
        figures = tag("span", f"<b>{message.sms + message.voice}</b>{spoken}", class_="figures")
        label = tag("span", pair(message.zh, message.en), class_="label")
        rows += tag("div", label + tag("span", sms + voice, class_="track") + figures, class_="row")
    return tag("div", rows, class_="bars")


def _legend() -> str:
    kinds = (
        ("workday", "工作日 workday"),
        ("weekend", "周末 weekend"),
        ("holiday", "节假日 holiday"),
        ("makeup", "调休上班 make-up workday"),
    )
    return tag("p", "".join(f'<span class="key {kind}"></span>{text(name)}' for kind, name in kinds), class_="legend")
