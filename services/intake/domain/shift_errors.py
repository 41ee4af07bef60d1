"""What intake refuses about shifts, hand-overs and promises, and why."""

from chassis.domain import DomainError, Status


class UnknownShift(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "本市排班中没有班次 {shift}"
    en = "the city's roster has no shift {shift}"


class ShiftRunsAlready(DomainError):
    zh = "本市尚有未结束的班次，请通过接班开始下一班"
    en = "a shift of this city has not ended: the next one begins by taking over from it"


class ShiftHasEnded(DomainError):
    zh = "该班次已结束"
    en = "this shift has ended"


class SeatTaken(DomainError):
    zh = "座席 {seat} 正由他人使用"
    en = "somebody else sits at {seat}"


class NothingOffered(DomainError):
    zh = "上一班尚未交班"
    en = "the shift before has offered no list yet"


class TwoPeopleNeeded(DomainError):
    zh = "交班人与接班人不能是同一人"
    en = "whoever hands over cannot take over as well"


class NeverWithoutShift(DomainError):
    zh = "热线须全天有人值守（{basis}），只能交班，不能直接结束班次"
    en = "the telephone is answered day and night ({basis}): a shift ends by being taken over"


class StillOpen(DomainError):
    zh = "尚有 {count} 项未办结事项，须交班后方可结束班次"
    en = "{count} things are still open: they are handed over before the shift ends"


class NoHandOver(DomainError):
    zh = "该班次没有交班记录"
    en = "nothing was handed over from this shift"


class PromiseInThePast(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "承诺的时间须晚于现在"
    en = "what is promised is still to come"


class PromiseNotOwed(DomainError):
    zh = "该承诺已了结（{state}）"
    en = "this promise is owed no more ({state})"
