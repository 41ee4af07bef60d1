"""How long it takes: what the city promises the citizen, then every limit of units and of the office."""

from collections.abc import Iterator
from datetime import datetime, time

from cli.publishing.city_rules import CityRules
from cli.publishing.tables import row, section, table
from cli.publishing.told import amount, conditions, limit, narrowed
from services.sla.domain.calendar import SHANGHAI
from services.sla.domain.explanation import zh_time
from services.sla.domain.facts import Facts
from services.sla.domain.rules import ClockRule, Judges

NINE = time(9)
_OWED_BY = {
    Judges.CITY: "城市对诉求人的承诺",
    Judges.UNIT: "承办单位的时限",
    Judges.OFFICE: "热线机构的时限",
    Judges.CITIZEN: "诉求人可用的时间",
}
_RANKS = {"law": "法律", "regulation": "法规", "rule": "规章", "normative_document": "规范性文件"}
# A limit of this ground comes from an attention mark, which neither units nor citizens ever see.
_INWARD = frozenset({"leader"})


# -- the promise -------------------------------------------------------------------------------------------------------


def promises(rules: CityRules) -> str:
    """By category, with the deadline of a case that is accepted on the day of the page."""
    heads = ("诉求", "多长时间", f"例：{rules.on.month}月{rules.on.day}日 9:00 受理，最迟")
    found = [line for rule in _judged(rules, Judges.CITY) for line in _promised(rules, rule)]
    note = "自受理起算。紧急事项、清单内事项各按其行；依规定延期的，按延期后的时限。"
    return section("promises", "多久办好", table(heads, found), note)


def _promised(rules: CityRules, rule: ClockRule) -> Iterator[str]:
    listed = rules.items.items[0].code
    categories = [one.code for one in rules.intake.categories]
    for category in categories:
        plain, of_list = Facts(category=category), Facts(category=category, item=listed)
        name = rules.names["category", category]
        yield _promise(rules, rule, name, plain)
        if rules.sla.entry(rule.kind, of_list) != rules.sla.entry(rule.kind, plain):
            yield _promise(rules, rule, f"{name}（便民服务事项清单内）", of_list)
    for one in rules.intake.emergency_classes:
        yield from _special(rules, rule, one.name.zh, [Facts(category=c, emergency_class=one.code) for c in categories])
    if rules.intake.repeat.how == "explain_only":
        yield from _special(
            rules, rule, "重复反映、只作解释说明", [Facts(category=c, explain_only=True) for c in categories]
        )


def _special(rules: CityRules, rule: ClockRule, name: str, facts: list[Facts]) -> Iterator[str]:
    """One line where it is the same for all categories, or the limit is that of each category."""
    own = [rules.sla.entry(rule.kind, one) for one in facts]
    if all(entry == own[0] for entry in own):
        yield _promise(rules, rule, name, facts[0])
        return
    plain = [rules.sla.entry(rule.kind, Facts(category=one.category)) for one in facts]
    if own == plain:
        before = [(rules.sla.rule(kind).name.zh, rules.sla.entry(kind, facts[0])) for kind in rule.after]
        told = "，再".join([*(f"{clock} {amount(entry)}" for clock, entry in before), "按类别办理"])
        yield row(rules, (name, told, "—"), [entry.basis for _, entry in before] or own[0].basis)
        return
    for one in facts:
        yield _promise(rules, rule, f"{name}（{rules.names['category', one.category]}）", one)


def _promise(rules: CityRules, rule: ClockRule, name: str, facts: Facts) -> str:
    start = datetime.combine(rules.on, NINE, SHANGHAI)
    timing = rules.rulebook.preview(rules.sla, rules.city.code, rule, facts, start)
    before = [(kind, rules.sla.entry(kind, facts)) for kind in rule.after]
    steps = [f"{rules.sla.rule(kind).name.zh} {amount(entry)}" for kind, entry in before]
    told = "，再".join([*steps, f"办理 {amount(timing.entry)}" if steps else amount(timing.entry)])
    due = zh_time(timing.deadline.due) + ("（暂定）" if timing.deadline.provisional else "")
    return row(rules, (name, told, due), [timing.entry.basis, *(entry.basis for _, entry in before)])


# -- every limit -------------------------------------------------------------------------------------------------------


def steps(rules: CityRules) -> str:
    """All clocks of the pack, by whom they judge; of several lines the first that fits holds."""
    heads = ("环节", "适用情形", "时限")
    parts = []
    for judges, title in _OWED_BY.items():
        if lines := [line for rule in _judged(rules, judges) for line in _lines(rules, rule)]:
            parts.append(section(f"limits-{judges}", title, table(heads, lines)))
    note = "同一环节有多行的，自上而下适用第一条相符的。"
    return section("limits", "每个环节的时限", "".join(parts), note)


def _judged(rules: CityRules, judges: Judges) -> list[ClockRule]:
    return [rule for rule in rules.sla.rules.clocks if rule.judges is judges]


def _lines(rules: CityRules, rule: ClockRule) -> Iterator[str]:
    name = rule.name.zh
    before = "".join(f"先计{rules.sla.rule(kind).name.zh}时限，再计" for kind in rule.after)
    for entry in rule.limits:
        when = conditions(narrowed(rule.when, entry.when), rules.names)
        told = before + amount(entry) if rule.before is None else _ahead(rules, rule)
        yield row(rules, (name, when or "各类", told), entry.basis)
    yield from _extension(rules, rule)
    for floor in rule.corrected.never_before if rule.corrected else ():
        when = "；".join(part for part in ("类别、紧急程度等更正后", conditions(floor.when, rules.names)) if part)
        yield row(rules, (name, when, f"自更正起至少 {limit(floor.limit)}"), floor.basis)


def _ahead(rules: CityRules, rule: ClockRule) -> str:
    assert rule.before is not None
    other, share = rules.sla.rule(rule.before.kind).name.zh, rule.before.not_before_percent
    return f"{other}期限前 {limit(rule.before.by)}，但至少有其 {share}% 的时间"


def _extension(rules: CityRules, rule: ClockRule) -> Iterator[str]:
    extension = rule.extension
    if extension is None:
        return
    lead = f"届满前 {limit(extension.lead)}提出" if extension.lead else "届满前提出"
    often = f"，最多 {extension.count} 次" if extension.count else ""
    barred = f"；{conditions(extension.barred, rules.names)}不得延期" if extension.barred else ""
    yield row(rules, (rule.name.zh, "申请延期", f"{lead}{often}{barred}"), extension.basis)


def other_limits(rules: CityRules) -> str:
    """Limits that one case has for itself."""
    ranks = {own.ground: "、".join(_RANKS[rank] for rank in own.ranks) for own in rules.intake.own_limits}
    lines = []
    for own in rules.sla.rules.own_limits:
        if own.ground in _INWARD or own.ground not in ranks:
            continue
        which = f"{own.name.zh}（{ranks[own.ground]}）" if ranks[own.ground] else own.name.zh
        governs = "早于上述时限的，从其期限" if own.only_if_earlier else "从其期限"
        least = "".join(f"；自设定起至少 {limit(floor.limit)}" for floor in own.never_before)
        bases = [own.basis, *(floor.basis for floor in own.never_before)]
        lines.append(row(rules, (which, governs + least), bases))
    return section("other-limits", "一件诉求另有期限的", table(("情形", "怎样计算"), lines)) if lines else ""
