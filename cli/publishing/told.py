"""Limits, conditions and articles in Chinese, as a citizen reads them."""

import re
from collections.abc import Iterator, Mapping

from chassis.policy import Basis
from chassis.regulations import CODE, DEFAULT
from cli.markup import tag, text
from cli.publishing.city_rules import CityRules
from services.sla.domain.explanation import limit_text
from services.sla.domain.limits import Limit
from services.sla.domain.rules import Entry, When

_CITED = re.compile(rf"(?:({CODE}) )?(?:arts?\. )?(\d+)((?:\(\d+\))*)(?:\.?(\d+))?")
_ANNEX = re.compile(r"annex (\d+)")
_BOTH: Mapping[str, tuple[str, str]] = {
    "on_list": ("便民服务事项清单内", "便民服务事项清单外"),
    "redo": ("重新办理", "首次办理"),
    "explain_only": ("重复反映、只作解释说明", "非只作解释说明"),
    "reachable": ("可以联系到诉求人", "无法联系到诉求人"),
    "written_reply": ("须书面回复", "不须书面回复"),
    "call_back": ("须回拨", "不须回拨"),
}
_WORDS: Mapping[tuple[str, str], str] = {
    ("emergency_class", "none"): "非紧急事项",
    ("return_kind", "not_ours"): "非本单位职责的退单",
    ("return_kind", "out_of_scope"): "不属受理范围的退单",
    ("return_kind", "department_duty"): "属部门职责的退单",
    ("return_kind", "none"): "撤回或移交退回",
    ("extension", "filing"): "报备的延期",
    ("extension", "approval"): "须审批的延期",
    ("extension", "none"): "无延期",
    ("role", "lead"): "牵头单位",
    ("role", "fallback_lead"): "兜底单位",
    ("role", "co"): "协办单位",
    ("role", "none"): "尚无单位",
    ("supervision", "none"): "无督办事由",
    ("category", "none"): "无类别",
}


def amount(entry: Entry) -> str:
    """10 个工作日; of two limits the earlier."""
    if entry.at_most is None or entry.at_most == entry.limit:
        return limit(entry.limit)
    return f"{limit(entry.limit)}与 {limit(entry.at_most)}中先到者"


def limit(found: Limit) -> str:
    return limit_text(found).zh


def narrowed(when: When, further: When) -> When:
    """Both together; where both speak of one fact, the further says it more closely."""
    return when.model_copy(update={field: getattr(further, field) for field in further.model_fields_set})


def conditions(when: When, names: Mapping[tuple[str, str], str]) -> str:
    """When it holds; empty: always."""
    return "；".join(_conditions(when, names))


def _conditions(when: When, names: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for field in When.model_fields:
        value = getattr(when, field)
        if isinstance(value, bool):
            yield _BOTH[field][0 if value else 1]
        elif value:
            yield "、".join(names.get((field, code)) or _WORDS.get((field, code), code) for code in value)


def basis(rules: CityRules, found: Basis) -> str:
    """The regulation and its article, with the id under which the table of coverage has it."""
    if found.rule == DEFAULT:
        return tag("span", "办法未作规定，平台默认规则", class_="ours") + tag("small", text(found.article))
    return tag("span", text(_cited(rules, found)), class_="law") + tag("small", text(found))


def _cited(rules: CityRules, found: Basis) -> str:
    """《…》第20条第（2）项; what is no article of the text is left to the id beside it."""
    told: dict[str, list[str]] = {}
    code = found.rule.partition("-")[0]
    for part in (part.strip() for part in re.split("[;,]", found.article)):
        if cited := _CITED.fullmatch(part):
            code = cited[1] or code
            told.setdefault(code, []).append(_article(rules, code, cited))
        elif annex := _ANNEX.fullmatch(part):
            told.setdefault(code, []).append(f"附件{annex[1]}")
    return "；".join(name_of(rules, code) + "、".join(articles) for code, articles in (told or {code: []}).items())


def _article(rules: CityRules, code: str, cited: re.Match[str]) -> str:
    part = next((one.part for one in rules.intake.regulations if one.code == code), "条")
    items = "".join(f"第（{number}）项" for number in re.findall(r"\d+", cited[3]))
    return f"第{cited[2]}{part}{items}" + (f"第{cited[4]}点" if cited[4] else "")


def name_of(rules: CityRules, code: str) -> str:
    """As the pack names it for citizens; else its full title."""
    named = next((one.name for one in rules.intake.regulations if one.code == code), "")
    return named or f"《{rules.regulations.regulations[code].title}》"
