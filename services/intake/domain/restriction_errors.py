"""Why a number is not kept from the telephone."""

from chassis.domain import DomainError, Status


class NoPowerToRestrict(DomainError):
    zh = "{pack} 未规定限制使用12345电话的措施；涉嫌违法的，依法移交公安机关"
    en = "{pack} gives no power to keep a number from the telephone; what breaks the law goes to the police"


class UnknownRestrictionGround(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "没有限制使用的情形 {ground}"
    en = "there is no ground of restriction {ground}"


class RestrictionEndOutOfRange(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "限制使用的截止时间须晚于现在，且最长 {hours} 小时"
    en = "a restriction ends after now and within {hours} hours"


class RestsOnNothing(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "须指明所依据的通话或诉求"
    en = "name the calls or cases that it rests on"


class NotOneCaller(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "所依据的通话和诉求不是同一诉求人的"
    en = "the calls and cases are not of one caller"


class NotByTelephone(DomainError):
    """Elsewhere anybody may have typed the number of somebody else."""

    status = Status.INVALID_ARGUMENT
    zh = "限制使用只能依据来电和电话登记的诉求"
    en = "only calls that came in and cases told by telephone can be rested on"


class RestsOnEmergency(DomainError):
    zh = "紧急事项不得作为限制使用的依据"
    en = "nobody is restricted for an emergency"


class RestedOnBefore(DomainError):
    zh = "所依据的通话或诉求已用于此前的限制使用，不得重复限制"
    en = "an earlier restriction rested on it: it carries no second one"


class NothingNewSince(DomainError):
    """Otherwise one hour's calls could carry short times that follow each other without an end."""

    zh = "前次限制使用结束后没有新的通话或诉求，不得再次限制"
    en = "since the last restriction was over, nothing has happened that another could rest on"


class NumberNotComparable(DomainError):
    zh = "诉求人没有可识别的电话号码，无法限制使用"
    en = "the caller has no number that could be recognised again"


class RestrictedAlready(DomainError):
    status = Status.ALREADY_EXISTS
    zh = "该号码正在限制使用期内"
    en = "the number is restricted already"
