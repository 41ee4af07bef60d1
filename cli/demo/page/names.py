"""The names that the page gives to KPIs, clocks and states: Chinese, English, and their tone."""

from cli.demo.result import Tone

KPIS = {
    "response": ("响应率", "response"),
    "on_time_sign": ("按时签收率", "on-time sign"),
    "on_time": ("按时办结率", "on-time"),
    "case_on_time": ("诉求按时率", "case on-time"),
    "solution": ("解决率", "solution"),
    "satisfaction": ("满意率", "satisfaction"),
    "completion": ("办结率", "completion"),
    "instant_answer": ("即时解答率", "instant answer"),
}
CLOCKS = {
    "dispatch": ("派单", "dispatch"),
    "redispatch": ("退单后改派", "dispatch after a return"),
    "sign": ("签收", "sign"),
    "contact": ("首次联系", "first contact"),
    "first_response": ("应急首次响应", "first response"),
    "progress": ("处置进展", "progress"),
    "return": ("退单", "return"),
    "return_review": ("退单审核", "return review"),
    "extension_decision": ("延期审批", "extension decision"),
    "co_reply": ("协办答复", "co-unit reply"),
    "finish": ("办结", "finish"),
    "review": ("答复审核", "reply review"),
    "verification": ("不满意核实", "verification"),
    "knowledge_upload": ("知识库更新", "knowledge upload"),
    "citizen": ("诉求人时限", "citizen's clock"),
    "rating": ("评价", "rating"),
    "supervision_reply": ("督办书面回复", "reply to a supervision"),
}
# State of a case's path: column, Chinese, English, tone.
NODES: dict[str, tuple[int, str, str, Tone]] = {
    "phone": (0, "电话", "phone", Tone.CALM),
    "web": (0, "网站", "web", Tone.CALM),
    "app": (0, "手机应用", "app", Tone.CALM),
    "sms": (0, "短信", "SMS", Tone.CALM),
    "platform": (0, "上级平台", "other platform", Tone.CALM),
    "accepted": (1, "受理", "accepted", Tone.GOOD),
    "answered": (1, "即时解答", "answered", Tone.GOOD),
    "refused": (1, "不予受理", "refused", Tone.BAD),
    "transferred": (1, "一键转接", "transferred", Tone.WARN),
    "joined": (1, "并单", "joined", Tone.CALM),
    "single": (2, "单一承办", "one unit", Tone.GOOD),
    "compound": (2, "牵头与协办", "lead and co-units", Tone.GOOD),
    "fallback": (2, "兜底单位", "fallback unit", Tone.WARN),
    "withdrawn": (2, "诉求人撤回", "withdrawn", Tone.CALM),
    "ended": (2, "终止办理", "ended", Tone.CALM),
    "completed": (3, "一次办结", "completed", Tone.GOOD),
    "redone": (3, "重办后办结", "completed after redo", Tone.WARN),
    "open": (3, "办理中", "still open", Tone.CALM),
    "satisfied": (4, "满意", "satisfied", Tone.GOOD),
    "dissatisfied": (4, "不满意", "dissatisfied", Tone.BAD),
    "not_rated": (4, "未评价", "not rated", Tone.CALM),
}
OUTCOMES = {
    "met": ("按时", "met", Tone.GOOD),
    "late": ("逾期", "late", Tone.BAD),
    "breached": ("逾期未办", "breached", Tone.BAD),
    "running": ("计时中", "running", Tone.CALM),
    "warned": ("黄灯", "warned", Tone.WARN),
    "held": ("暂停", "held", Tone.WARN),
    "voided": ("免责", "voided", Tone.CALM),
    "cancelled": ("取消", "cancelled", Tone.CALM),
}
WEEKDAYS = "一二三四五六日"


def clock_name(kind: str) -> tuple[str, str]:
    """A pack may name a clock that the page does not know; its own word serves then."""
    return CLOCKS.get(kind, (kind, kind.replace("_", " ")))


TEMPLATES = {
    "case_accepted": ("受理告知", "accepted"),
    "case_refused": ("不予受理告知", "refused"),
    "case_joined": ("并单告知", "joined"),
    "case_replied": ("答复与评价邀请", "replied, please rate"),
    "case_ended": ("终止办理告知", "ended"),
    "extension_granted_citizen": ("延期告知诉求人", "extension, to the citizen"),
    "order_queued": ("待派提醒", "waits in the queue"),
    "order_dispatched": ("派单提醒", "dispatched"),
    "emergency_dispatched": ("紧急派单", "emergency dispatched"),
    "emergency_call": ("紧急电话", "emergency call"),
    "emergency_call_supervisors": ("紧急电话（督办）", "emergency call to supervisors"),
    "emergency_unanswered": ("紧急电话无人接听", "emergency unanswered"),
    "return_requested": ("退单申请", "return asked"),
    "return_agreed": ("同意退单", "return agreed"),
    "return_refused": ("不同意退单", "return refused"),
    "extension_filed": ("延期申请", "extension asked"),
    "extension_granted": ("同意延期", "extension granted"),
    "extension_refused": ("不同意延期", "extension refused"),
    "extension_allowed": ("破例准予延期申请", "extension allowed"),
    "long_cycle_filed": ("较长周期报备", "long cycle filed"),
    "co_unit_pressed": ("催办协办单位", "co-unit pressed"),
    "force_majeure_recorded": ("不可抗力认定", "force majeure"),
    "reply_sent_back": ("答复退回", "reply sent back"),
    "order_corrected": ("诉求更正告知", "facts corrected"),
    "case_limit_set": ("另定期限告知", "another limit set"),
    "case_limit_lifted": ("撤销另定期限", "other limit lifted"),
    "redo_ordered": ("重办通知", "redo"),
    "order_taken_back": ("工单撤回", "recalled"),
    "return_closing": ("退单期限提醒", "last moment to return"),
    "extension_closing": ("延期期限提醒", "last moment for an extension"),
    "supervision_call": ("电话督办", "supervised by phone"),
    "supervision_reminder": ("催办通知", "reminder"),
    "supervision_notice": ("督办通知", "supervision notice"),
    "supervision_notice_supervisors": ("督办列账", "entered in the ledger"),
    "supervision_without_unit": ("督办待定单位", "supervised without a unit"),
    "supervision_answered": ("督办已回复", "supervision answered"),
    "supervision_closed": ("督办结办", "supervision closed"),
    "clock_warned": ("黄灯提醒", "yellow light"),
    "clock_breached": ("红灯提醒", "red light"),
    "clock_breached_supervisors": ("红灯报督办", "red light, to supervisors"),
}


def template_name(template: str) -> tuple[str, str]:
    return TEMPLATES.get(template, (template, template.replace("_", " ")))
