"""What can go wrong in a dispute, each with its own name."""

from chassis.domain import DomainError, Status


class NoDisputeLadder(DomainError):
    zh = "规则包 {pack} 未规定权责争议的处理步骤"
    en = "pack {pack} has no steps for a dispute about ownership"


class DisputeStepNotNext(DomainError):
    zh = "争议处理已到“{current_zh}”，不能再启动“{step_zh}”"
    en = "the dispute has come to {current_en}; {step_en} does not come after it"


class DisputeStepTooEarly(DomainError):
    """S24 art. 15: a special report where coordination or consultation has not helped."""

    zh = "“{step_zh}”须在其他步骤未能解决之后启动（{basis}）"
    en = "{step_en} comes only after another step has not helped ({basis})"


class DisputeStepNotTaken(DomainError):
    zh = "本争议未经过“{step_zh}”，不能以其确定承办单位"
    en = "the dispute has not been through {step_en}, so that cannot have named the unit"


class NotNamedByThisStep(DomainError):
    zh = "“{step_zh}”不能指定 {unit} 承办（{basis}）"
    en = "{step_en} cannot name {unit} ({basis})"


class MakeSafeFirst(DomainError):
    """F16 art. 19: while ownership is open the first unit makes safe what is dangerous."""

    zh = "紧急事项尚无接办单位，首接单位应先行简易处置，不能同意退单；请指定接办单位，或启动权责争议处理（{basis}）"
    en = "no unit follows: the first unit makes the emergency safe, so name the next unit or open a dispute ({basis})"


class TooManyRecords(DomainError):
    status = Status.RESOURCE_EXHAUSTED
    zh = "本争议的记录已达 {most} 条上限"
    en = "the dispute holds {most} records already, and no more"
