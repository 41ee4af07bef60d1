"""What intake refuses about matters that are handled at a partner's, and why."""

from chassis.domain import DomainError, Status


class NoPartner(DomainError):
    status = Status.PERMISSION_DENIED
    zh = "{pack} 未规定与 {platform} 共享数据"
    en = "{pack} shares no data with {platform}"


class PersonMissing(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "须提供本人电话或证件号码"
    en = "give the person's telephone or identity number"


class MatterHasEnded(DomainError):
    zh = "事项 {number} 已在该平台办结"
    en = "the matter {number} has ended at that platform"


class MatterOfAnotherPerson(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "该事项不是此诉求人的"
    en = "the matter is not of the person who called"


class TooManyMatters(DomainError):
    status = Status.RESOURCE_EXHAUSTED
    zh = "同一人在该平台最多同时登记 {most} 件事项"
    en = "a platform tells at most {most} matters of one person at a time"


class ReasonToGoOnMissing(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "同一人的事项已在其他平台办理，继续受理须说明理由"
    en = "the person's matter may be handled elsewhere: say why the case goes on"
