"""What can go wrong where an order goes to another tenant, each with its own name."""

from chassis.domain import DomainError, Status


class NoSuchTenant(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "{city} 不是可移交的平台"
    en = "{city} is no tenant that an order can be handed over to"


class HandOverNotKnown(DomainError):
    zh = "规则包 {pack} 未规定此种移交（{mode}）"
    en = "pack {pack} knows no hand-over of this kind ({mode})"


class LinkedOrderStays(DomainError):
    """Whoever cannot handle what was handed over refuses it, and the first tenant decides anew."""

    zh = "移交来的工单不得再移交，可退回移交方"
    en = "an order that was handed over goes no further; refuse it and it goes back"


class NotHandedOver(DomainError):
    zh = "该工单不是移交来的"
    en = "the order was not handed over by another tenant"


class SignedAlready(DomainError):
    zh = "已有单位签收，不能再退回移交方"
    en = "a unit has signed; the order cannot be refused any more"
