"""What a citizen reads of the progress; without names of people and without inner notes."""

from datetime import datetime

from services.intake.domain.parts import Ending, ProgressLine

_WORDS = {
    "accepted": ("诉求已受理", "your case was accepted"),
    "joined": ("您的诉求与已在办理的诉求相同，已合并办理", "your case was joined to the same matter in hand"),
    "queued": ("正在确定承办单位", "the responsible unit is being determined"),
    "dispatched": ("已派至承办单位", "it was sent to the responsible unit"),
    "signed": ("承办单位已签收", "the unit has signed for it"),
    "contacted": ("承办单位已与您联系", "the unit has contacted you"),
    "progressed": ("承办单位报告了办理进展", "the unit has reported progress"),
    "urged": ("已转达您的催办", "your urging was passed on"),
    "supplemented": ("您补充的内容已转承办单位", "what you added was passed on to the unit"),
    "corrected": ("诉求信息已更正，办理期限相应重新计算", "facts of it were corrected; its limits are counted anew"),
    "limit_set": ("办理期限已按规定或约定另行确定", "another limit was set for it, by law or agreement"),
    "limit_lifted": ("另行确定的办理期限已撤销", "the other limit was lifted"),
    "extended": ("办理期限已延长", "the deadline was extended"),
    "handed_over": ("已移交有管辖权的平台办理", "it was handed over to the platform that is in charge"),
    "disputed": (
        "承办单位存在争议，热线办正在协调确定",
        "units differ about whose it is; the office is settling that",
    ),
    "determined": ("已确定承办单位", "the responsible unit has been determined"),
    "replied": ("已答复，请您评价", "you were answered; please rate"),
    "split_off": ("已按您的要求拆单，单独办理", "it is handled by itself, as you wished"),
    "rated": ("您已评价", "you have rated"),
    "redo": ("已要求承办单位重新办理", "the unit has to handle it again"),
    "reopened": ("根据您的反映，本件已重新开启", "it was opened again after what you said"),
    "closed": ("诉求已办结归档", "the case is closed"),
    "ended": ("诉求已终止办理", "handling has ended"),
    "withdrawn": ("诉求已按您的要求撤回", "withdrawn at your wish"),
}
MOST = 60


def line(what: str, at: datetime) -> ProgressLine:
    zh, en = _WORDS[what]
    return ProgressLine(at, zh, en)


def part_ended(ending: Ending, at: datetime) -> ProgressLine:
    """One of several orders is not handled further: on what basis, and who is competent."""
    zh, en = f"部分事项不再继续办理，依据：{ending.cited}", f"a part is not handled further, basis: {ending.cited}"
    if ending.next_authority:
        zh, en = f"{zh}。请向{ending.next_authority}反映", f"{en}; please turn to {ending.next_authority}"
    return ProgressLine(at, zh, en)


def added(lines: list[ProgressLine], new: ProgressLine) -> list[ProgressLine]:
    """The lines with one more, in order of time; the same word at the same instant stands once."""
    if new in lines:
        return lines
    return sorted([*lines, new], key=lambda one: one.time)[-MOST:]
