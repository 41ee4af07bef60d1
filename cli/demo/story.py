"""One case told whole: what people did, and every deadline with its explanation."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from chassis.policy import City
from cli.demo.driver import Play
from cli.demo.page.names import OUTCOMES
from cli.demo.result import DeadlineTold, Story, StoryLine, Tone
from cli.demo.scenery import enum_of, time_of
from cli.demo.views import Action, Party

CATEGORIES = {
    "consultation": ("咨询", "consultation"),
    "complaint": ("投诉", "complaint"),
    "help": ("求助", "help"),
    "suggestion": ("建议", "suggestion"),
    "report": ("举报", "report"),
    "praise": ("表扬", "praise"),
}
_ACTS = {
    "SignAssignment": ("签收工单", "signs the order", Tone.GOOD),
    "RecordContact": ("首次联系诉求人", "contacts the citizen", Tone.GOOD),
    "ReportProgress": ("报告办理进展", "reports progress", Tone.CALM),
    "RequestReturn": ("申请退单", "asks to return the order", Tone.WARN),
    "AgreeReturn": ("同意退单，改派", "agrees to the return", Tone.WARN),
    "RefuseReturn": ("不同意退单", "refuses the return", Tone.WARN),
    "RequestExtension": ("申请延期", "asks for an extension", Tone.WARN),
    "GrantExtension": ("批准延期", "grants the extension", Tone.CALM),
    "RefuseExtension": ("不同意延期", "refuses the extension", Tone.BAD),
    "OpenDispute": ("提交权责争议", "opens a dispute about whose it is", Tone.WARN),
    "RecordDisputeStep": ("形成会议记录", "records the step", Tone.CALM),
    "AdvanceDispute": ("转入下一步", "goes on to the next step", Tone.WARN),
    "SettleDispute": ("明确承办单位", "names who must take it", Tone.GOOD),
    "CorrectCase": ("更正诉求类别", "corrects the category", Tone.WARN),
    "SetCaseLimit": ("登记另有规定的期限", "records the limit of other law", Tone.WARN),
    "DispatchWorkOrder": ("人工派单", "dispatches by hand", Tone.CALM),
    "RecallWorkOrder": ("撤回工单", "recalls the order", Tone.WARN),
    "AnswerCitizen": ("答复诉求人", "answers the citizen", Tone.GOOD),
    "SubmitCoReply": ("协办单位提交意见", "co-unit replies", Tone.CALM),
    "SubmitReply": ("提交办理结果", "submits the result", Tone.GOOD),
    "SendBackReply": ("审核退回，要求补充", "review sends it back", Tone.BAD),
    "CompleteWorkOrder": ("审核通过，办结", "review accepts, completed", Tone.GOOD),
    "VerifyRating": ("核实不满意评价", "looks into the rating", Tone.WARN),
    "AnswerSupervision": ("书面回复督办", "replies to the supervision", Tone.CALM),
    "CloseSupervision": ("核查整改，督办结办", "finds it put right", Tone.GOOD),
    "RateCase": ("评价", "rates", Tone.CALM),
    "WithdrawCase": ("撤回诉求", "withdraws", Tone.CALM),
    "RecordRevisit": ("回访", "is called back", Tone.CALM),
}
# What an act says beside itself: the words that the platform keeps with it.
_SAYS = {
    "RequestExtension": "{working_days} 个工作日，{reason}",
    "RefuseExtension": "{reason}",
    "OpenDispute": "{reason}",
    "RecordDisputeStep": "{record}",
    "AdvanceDispute": "{reason}",
    "SettleDispute": "{record}",
    "CorrectCase": "{category}",
    "SetCaseLimit": "《{title}》第 {article} 条",
    "AnswerSupervision": "{answer}",
    "CloseSupervision": "{reason}",
}
_WHO = {Party.DISPATCHER: "热线办公室", Party.AGENT: "坐席", Party.CITIZEN: "诉求人"}


def tell(
    play: Play, clocks: Sequence[Any], city: City, units: Mapping[str, str], by_rule: Sequence[StoryLine] = ()
) -> Story:
    """The story of one play with what the platform did by rule; units by their names, the citizen not at all."""
    zh, en = CATEGORIES[play.case.category]
    return Story(
        city_zh=city.name.zh,
        city_en=city.name.en,
        category_zh=zh,
        category_en=en,
        subject=play.case.subject,
        lines=tuple(sorted((*_lines(play, units), *by_rule), key=lambda line: line.at)),
        deadlines=tuple(sorted(map(_deadline, clocks), key=_in_order)),
    )


def _lines(play: Play, units: Mapping[str, str]) -> Iterator[StoryLine]:
    yield StoryLine(play.case.instant, "诉求人", "来电反映，坐席登记受理", "calls; the seat registers and accepts")
    for at, action in play.acts:
        yield _line(at, action, units)


def _line(at: datetime, action: Action, units: Mapping[str, str]) -> StoryLine:
    zh, en, tone = _ACTS[action.command]
    if action.command == "RateCase":
        bad = "dissatisfied" in str(action.fields["handling_score"])
        return StoryLine(at, "诉求人", f"评价：{'不满意' if bad else '满意'}", "rates", Tone.BAD if bad else Tone.GOOD)
    category, _ = CATEGORIES.get(str(action.fields.get("category")), ("", ""))
    says = _SAYS.get(action.command, "").format_map({**action.fields, "category": category})
    who = _WHO.get(action.party) or units.get(action.unit, "承办单位")
    return StoryLine(at, who, f"{zh}：{says}" if says else zh, en, tone)


def _in_order(told: DeadlineTold) -> tuple[datetime, datetime, str, datetime]:
    """Of two units that have the same limit, the one that acts first stands first."""
    return told.start_at, told.due_at, told.kind, told.stopped_at or told.due_at


def _deadline(clock: Any) -> DeadlineTold:
    due, first = time_of(clock, "due_time"), time_of(clock, "first_due_time")
    start = time_of(clock, "start_time")
    assert due is not None
    assert start is not None
    state = enum_of(clock, "state")
    return DeadlineTold(
        kind=clock.kind,
        start_at=start,
        due_at=due,
        stopped_at=time_of(clock, "stop_time"),
        outcome=state if state in OUTCOMES else "running",
        rule=clock.rule,
        article=clock.article,
        steps=tuple((s.zh, s.en) for s in clock.steps),
        moved_from=first if first and first != due else None,
    )
