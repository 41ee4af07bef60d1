"""What dispatch refuses about statements, proposals to end and closing forms, and why."""

from chassis.domain import DomainError


class StatementNotKnown(DomainError):
    """Only S24 art. 22 knows it; P18 art. 19 has the statement of performance in the form."""

    zh = "适用的办法没有不满意事项的情况说明"
    en = "the pack knows no statement against a dissatisfied rating"


class NothingToState(DomainError):
    zh = "没有正在核实的不满意评价"
    en = "no dissatisfied rating is being looked into"


class AlreadyStated(DomainError):
    zh = "本轮已提交情况说明"
    en = "the statement of this round is in already"


class EndNotKnown(DomainError):
    """Only S24 art. 23 knows it; elsewhere what cannot be done is replied, or returned as out of scope."""

    zh = "适用的办法没有由承办单位提出的不再办理"
    en = "under the pack no unit proposes to end an order"


class EndAwaitsDecision(DomainError):
    zh = "不再办理的申请正在审核"
    en = "a proposal to end the order already waits for the office"


class NoEndPending(DomainError):
    zh = "没有待审核的不再办理申请"
    en = "no proposal to end the order is waiting"


class NoReplyWaiting(DomainError):
    """Nothing was submitted, it was approved already, or the unit has the order no longer."""

    zh = "没有待本单位领导审核的办理结果"
    en = "no reply is waiting for the unit's leader"


class NoReplyYet(DomainError):
    zh = "本轮尚未提交办理结果，没有办结单"
    en = "no reply of this round is in, so there is no closing form"
