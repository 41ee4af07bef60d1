"""Numbers and channels, what is accepted and what is not, what the citizen can do, and when a number is restricted."""

from collections.abc import Iterator

from chassis.policy import Basis
from cli.markup import tag, text
from cli.publishing.city_rules import CityRules, MergedNumber
from cli.publishing.tables import row, section, table
from cli.publishing.told import amount, basis
from services.intake.domain.lines import HOTLINE
from services.intake.domain.pack import Confidentiality, Line, LineKind
from services.sla.adapters.calendars import usual_sessions

_SHOWN_TO = {
    Confidentiality.NORMAL: "承办单位可见",
    Confidentiality.HIDDEN_FROM_UNIT: "不向承办单位透露",
    Confidentiality.PLATFORM_ONLY: "只限热线平台",
}
_KINDS = {"web": "网站", "app": "手机应用", "sms": "短信"}
_CALLED_BACK = {"missed": "未接通", "dropped": "中途掉线"}
_SUPPLEMENT = Basis(rule="platform-default", article="decisions: daily matters, supplement")


# -- numbers -----------------------------------------------------------------------------------------------------------


def channels(rules: CityRules) -> str:
    hotline = tag("p", tag("b", HOTLINE) + text(f" {rules.city.hotline_office.zh}"), class_="number")
    parts = [hotline, table(("事项", "怎样"), _telephone(rules))]
    if rules.city.channels:
        others = [row(rules, (one.name.zh, _KINDS[one.kind], one.address), one.basis) for one in rules.city.channels]
        parts.append(tag("h3", "其他渠道") + table(("名称", "渠道", "地址或号码"), others))
    lines = [row(rules, _line(line), line.basis) for line in rules.intake.lines]
    parts.append(tag("h3", "可由 12345 一键转接的号码") + table(("名称", "号码"), lines))
    if rules.numbers:
        merged = [row(rules, _merged(rules, one), one.basis) for one in rules.numbers]
        parts.append(tag("h3", "其他政务热线") + table(("号码", "事项", "现状", "归口单位"), merged))
    return section("channels", "怎样联系", "".join(parts))


def _telephone(rules: CityRules) -> Iterator[str]:
    intake = rules.intake
    if intake.telephone is not None:
        yield row(rules, ("接听时间", "每天 24 小时"), intake.telephone.basis)
    sessions = "、".join(
        f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in usual_sessions(rules.city.working_hours)(rules.on)
    )
    yield row(rules, ("办公时间", f"工作日 {sessions}"), rules.city.working_hours.basis)
    kinds = "、".join(_CALLED_BACK[kind] for kind in intake.calls.called_back)
    if kinds:
        yield row(rules, (f"{kinds}的来电", f"由热线回拨，最多 {intake.calls.attempts} 次"), intake.calls.basis)


def _line(line: Line) -> tuple[str, str]:
    """A line without a number of its own is known by its name."""
    name = f"{line.name.zh}（紧急）" if line.kind is LineKind.EMERGENCY else line.name.zh
    return name, line.code if line.code.isdigit() else "—"


def _merged(rules: CityRules, one: MergedNumber) -> tuple[str, str, str, str]:
    line = one.line
    if not one.merged:
        return line.number, line.name.zh, f"自 {line.since} 起{line.mode.name.zh}，此前照常拨打", one.unit
    where = "由本号码座席接听" if line.leads_to == line.number else f"由 {line.leads_to} 接听"
    kept = "号码保留" if line.mode.number_kept else "号码已取消，请拨打 12345"
    notice = line.notice_at(rules.on)
    heard = f"；拨打时提示：{notice.text.zh}" if notice else ""
    return line.number, line.name.zh, f"{line.mode.name.zh}（{line.since}）：{kept}，{where}{heard}", one.unit


# -- accepted, refused -------------------------------------------------------------------------------------------------


def accepted(rules: CityRules) -> str:
    intake = rules.intake
    lines = [row(rules, (one.name.zh, _SHOWN_TO[one.confidentiality]), one.basis) for one in intake.categories]
    parts = [table(("类别", "诉求人身份信息"), lines)]
    if intake.emergency_classes:
        classes = [
            row(rules, (one.name.zh, _transferred(one.also_transfer)), one.basis) for one in intake.emergency_classes
        ]
        parts.append(tag("h3", "紧急情形") + table(("情形", "怎样"), classes))
    own = "受理" if intake.anonymity.own_rights_claims == "accepted" else "不受理，请提供姓名和联系方式"
    anonymous = row(rules, ("匿名反映自身权益", own), intake.anonymity.basis)
    parts.append(tag("h3", "匿名") + table(("情形", "是否受理"), [anonymous]))
    if any(entry.when.on_list for rule in rules.sla.rules.clocks for entry in rule.limits):
        parts.append(_items(rules))
    return section("accepted", "受理什么", "".join(parts))


def _transferred(line: str) -> str:
    return f"按紧急时限办理，同时转 {line}" if line else "按紧急时限办理"


def _items(rules: CityRules) -> str:
    """Folded: ninety names."""
    by_project: dict[tuple[str, str], list[str]] = {}
    for item in rules.items.items:
        by_project.setdefault((item.category, item.project), []).append(item.name)
    told = "".join(
        tag("p", tag("b", text(f"{category}·{project}：")) + text("、".join(names)))
        for (category, project), names in by_project.items()
    )
    title = tag("summary", text(f"便民服务事项清单（{len(rules.items.items)} 项）"))
    return tag("details", title + told + tag("p", basis(rules, rules.items.basis), class_="basis"))


def refused(rules: CityRules) -> str:
    grounds = rules.intake.grounds
    lines = [row(rules, (one.text.zh, one.next_authority or "—", one.script.zh), one.basis) for one in grounds]
    parts = [table(("情形", "由谁管", "怎么办"), lines)]
    if kept := [one.text.zh for one in grounds if one.never_in_emergency]:
        parts.append(tag("p", text(f"紧急事项不得以下列理由不予受理：{'；'.join(kept)}。"), class_="note"))
    repeat = rules.intake.repeat
    again = "不再受理" if repeat.how == "refuse" else "只作解释说明"
    repeated = row(rules, ("已依法办结、没有新的事实和理由，重复提出", again), repeat.basis)
    parts.append(tag("h3", "重复提出") + table(("情形", "怎样"), [repeated]))
    return section("refused", "不受理什么，该找谁", "".join(parts))


# -- what the citizen can do -------------------------------------------------------------------------------------------


def rights(rules: CityRules) -> str:
    lines = [*_urging(rules), *_meanwhile(rules), *_rating(rules), *_afterwards(rules)]
    return section("rights", "您可以做什么", table(("事项", "怎样"), lines))


def _urging(rules: CityRules) -> Iterator[str]:
    for notice in rules.notices.notices:
        if notice.moment == "case_urged" and notice.audience == "unit":
            yield row(rules, ("催单", "未办结的可以催，承办单位会收到提醒；时限不变"), notice.basis)
    for ground in rules.dispatch.supervision.grounds:
        if ground.opens is not None and ground.opens.on == "case_urged":
            late, months = ground.opens.times_when_overdue, ground.opens.months
            overdue = f"，逾期的自第 {late} 次起" if late else ""
            when = f"满 {months} 个月未办结的，" if months else ""
            yield row(rules, ("多次催单", f"{when}第 {ground.opens.times} 次起列入督办{overdue}"), ground.basis)


def _meanwhile(rules: CityRules) -> Iterator[str]:
    yield row(rules, ("补充", "办结前可以补充，转给所有承办单位，时限不变；办结后作为关联诉求"), _SUPPLEMENT)
    withdrawal = rules.intake.withdrawal
    kept = "、".join(rules.names["emergency_class", code] for code in withdrawal.handled_on)
    but = f"；属于{kept}的仍继续处理" if kept else ""
    yield row(rules, ("撤回", f"撤回后不再办理{but}"), withdrawal.basis)


def _rating(rules: CityRules) -> Iterator[str]:
    rating = rules.intake.rating
    yield row(rules, ("评价", "、".join(one.name.zh for one in rating.scale)), rating.basis)
    for rule in rules.sla.rules.clocks:
        if "intake.case_rated" in rule.stops_on:
            for entry in rule.limits:
                yield row(rules, ("评价的时间", f"办结后 {amount(entry)}内"), entry.basis)
    visits = rules.intake.revisits
    if visits is not None:
        yield row(rules, ("未评价的回访", f"最多 {visits.calls} 次，每天一次"), visits.basis)
        if visits.at_expiry is not None:
            yield row(rules, ("到期回访", "办理时限届满仍未办结的，予以回访"), visits.at_expiry.basis)
        if visits.sample is not None:
            share = f"{visits.sample.per_mille / 10:g}%"
            yield row(rules, ("随机回访", f"抽取办结诉求的 {share}"), visits.sample.basis)


def _afterwards(rules: CityRules) -> Iterator[str]:
    rating, redo = rules.intake.rating, rules.dispatch.redo
    if rating.reopen_days:
        told = f"结案后 {rating.reopen_days} 天内评价不满意的，可以重新打开一次"
        yield row(rules, ("结案后不满意", told), rating.reopen_basis)
    yield row(rules, ("重新办理", f"依规定退回重办的，最多 {redo.at_most} 次"), redo.basis)


# -- what the office may do --------------------------------------------------------------------------------------------


def restrictions(rules: CityRules) -> str:
    """限制使用; a city whose regulation gives no power for it has none to tell of."""
    power = rules.intake.restrictions
    if power is None:
        return ""
    grounds = "、".join(ground.name.zh for ground in power.grounds)
    emergency = "、".join(line.code for line in rules.intake.lines if line.kind is LineKind.EMERGENCY)
    again = "同一号码再次限制，须有上次结束后的来电或诉求；紧急事项不作为依据"
    lines = [
        row(rules, ("可以限制的情形", grounds), power.basis),
        row(rules, ("最长多久", f"每次最长 {power.most_hours} 小时；{again}"), power.length_basis),
        row(rules, ("怎样结束", "到时自行解除，也可以提前解除"), power.length_basis),
        row(
            rules,
            ("其间", f"其他渠道照常受理，已受理的诉求继续办理；{emergency} 照常接通；受限的来电不回拨"),
            power.length_basis,
        ),
        row(rules, ("不服的", power.appeal.zh), power.length_basis),
    ]
    return section("restrictions", "短期限制拨打 12345", table(("事项", "怎样"), lines))
