"""What the actors say. All written for the demonstration; names are made up."""

from random import Random

QUEUE = "经研判，由该单位牵头办理"
RECALL = "诉求涉及多个单位，签收前收回，明确牵头和协办单位后重新派单"
WITHDRAW = "问题已经自行解决，撤回诉求"
RETURN_REASON = "经现场核实，该设施不属于我单位管养范围"
RETURN_BASIS = "单位职责清单及设施移交台账"
RETURN_AGREED = "情况属实，同意退单，由兜底单位承接"
RETURN_REFUSED = "诉求部分内容属于你单位职责，不予退单"
EXTENSION_REASON = "需委托第三方检测并协调多方，原期限内无法办结，已向诉求人说明"
EXTENSION_REFUSED = "申请未附检测安排和预计完成时间，理由不充分，请补充后再行申请"
LEADER = "程分管"
DISPUTE = "几个单位都称不归其管，无法确定承办单位，提请协调"
DISPUTE_RECORD = "各单位陈述职责依据，会议记录附后"
DISPUTE_UNSETTLED = "未达成一致，提请下一步研究"
DISPUTE_SETTLED = "依据职责规定明确承办单位，不得再行退单"
SENT_BACK = "答复未逐项回应诉求，请补充处理结果和完成时间"
CO_REPLY = "已到现场核查并完成本单位职责内的整改，意见报牵头单位"
SUPERVISED = "已对照督办要求逐项整改，责任到人，办理情况和完成时限书面报告如上"
RECTIFIED = "经核查，督办事项已办结，整改属实"
UNHAPPY = "来看过一次就没有下文，问题还在"
EVIDENCE = {
    "unit_at_fault": "回访录音与现场照片显示整改未完成，属承办单位责任",
    "reasonable": "经核实，诉求人不满意的理由成立，应继续办理",
    "objective_limits": "受客观条件限制暂不能彻底解决，单位已提交书面说明和佐证",
}
_PROGRESS = (
    "已到现场查看，正在制定处理方案",
    "已联系相关单位，约定三日内到场处理",
    "材料已备齐，施工队伍明日进场",
    "已约谈责任方并发出限期整改通知",
)
_RESULTS: dict[str, tuple[tuple[str, str], ...]] = {
    "consultation": (("explained", "已电话逐项答复政策依据、所需材料和办理地点，并短信发送了办事指南。"),),
    "suggestion": (
        ("adopted", "建议已采纳，列入本季度工作计划，完成后向您反馈。"),
        ("partly_adopted", "建议部分采纳：先行试点，效果评估后再扩大范围。"),
    ),
    "praise": (("explained", "已将表扬转达本人和所在单位，并在内部通报鼓励。"),),
}
_HANDLED = (
    ("solved", "已派员到现场处理完毕并拍照留存，后续纳入日常巡查。"),
    ("solved", "经核查情况属实，已责令整改到位，并已向您电话说明处理结果。"),
    ("solved", "已组织相关方协调，问题得到解决，处理情况已当面告知。"),
    ("explained", "经核实，已依据现行规定处理并向您解释了政策依据和后续渠道。"),
)


def progress(rng: Random) -> str:
    """A note on how far the unit is."""
    return rng.choice(_PROGRESS)


def proof(what: str, rng: Random) -> str:
    """Reference of a call record."""
    return f"{what}-record-{rng.randrange(10**6):06d}"


def reply(category: str, rng: Random) -> dict[str, str]:
    """The closing form: pointed answer, legal basis, handler."""
    kind, result = rng.choice(_RESULTS.get(category, _HANDLED))
    return {
        "result": result,
        "result_kind": kind,
        "legal_basis": "依据本单位法定职责及相关管理规定办理",
        "handler": "办理人甲",
        "section": "业务科",
        "reviewed_by": "分管负责人乙",
        "filing": "none" if category in ("complaint", "report") else "",
    }
