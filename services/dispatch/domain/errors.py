"""What dispatch refuses, and why."""

from datetime import date, datetime, timedelta, timezone

from chassis.domain import DomainError, Status

_SHANGHAI = timezone(timedelta(hours=8))


def day_in_china(instant: datetime) -> date:
    return instant.astimezone(_SHANGHAI).date()


def same_day(one: datetime, other: datetime) -> bool:
    """On one day, as people in China count."""
    return day_in_china(one) == day_in_china(other)


def when(instant: datetime | None) -> str:
    """An instant as people in China read it."""
    return f"{instant.astimezone(_SHANGHAI):%Y-%m-%d %H:%M}" if instant else ""


class UnitNotInDirectory(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "单位 {unit} 不在本地目录中"
    en = "unit {unit} is not in the city's directory"


class UnitNamedTwice(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "单位 {unit} 重复"
    en = "unit {unit} is named twice"


class ConflictOfInterest(DomainError):
    """P18 art. 35(3)2: complaints about a unit go to the one above it."""

    zh = "{unit} 是被反映单位或其下级，不能承办"
    en = "{unit} is the unit complained about or below it and cannot handle the case"


class AssignmentNotSigned(DomainError):
    zh = "工单尚未签收"
    en = "the assignment is not signed yet"


class OrderNotInHandling(DomainError):
    zh = "工单不在办理中（{state}）"
    en = "the order is not in handling ({state})"


class AlreadySignedByAUnit(DomainError):
    zh = "已有单位签收，不能撤回"
    en = "a unit has signed; the order cannot be recalled"


class TooManyNotes(DomainError):
    status = Status.RESOURCE_EXHAUSTED
    zh = "本工单的进展已达 {most} 条上限"
    en = "the order holds {most} notes of progress already, and no more"


class CitizenHidden(DomainError):
    """F16 arts. 33, 34: the unit handles the matter and does not learn who told of it."""

    status = Status.PERMISSION_DENIED
    zh = "本工单对承办单位保密，不提供诉求人信息"
    en = "the case is confidential: its units are told nothing of the citizen"


class CannotBeOpenedNow(DomainError):
    """Intake alone opens what is sealed, and gives no answer at present."""

    status = Status.UNAVAILABLE
    zh = "受理服务暂未答复，密封内容现在无法打开，请稍后再试"
    en = "intake does not answer, so nothing that is sealed can be opened now; try again shortly"


class LeadOnly(DomainError):
    zh = "仅牵头单位可以执行此操作"
    en = "only the lead unit may do this"


class CoUnitOnly(DomainError):
    zh = "仅协办单位可以执行此操作"
    en = "only a co-unit may do this"


class LeadsAlready(DomainError):
    zh = "{unit} 已是本工单的牵头单位"
    en = "{unit} leads the order already"


class ReturnAwaitsDecision(DomainError):
    """A return is agreed or refused first: both count, and a change of units would hide it."""

    zh = "{unit} 的退单申请尚待审核，应先予审核"
    en = "the return of {unit} waits for its review, which comes first"


class OnlyCoUnitsArePressed(DomainError):
    zh = "{unit} 不是本工单的协办单位"
    en = "{unit} is no co-unit of the order"


class CoReplyIsIn(DomainError):
    zh = "协办单位 {unit} 已经答复"
    en = "the co-unit {unit} has replied already"


class PressedToday(DomainError):
    """One reminder a day reaches a unit (decisions: urging)."""

    zh = "今日已催办过协办单位 {unit}"
    en = "the co-unit {unit} has been pressed today already"


class CoRepliesMissing(DomainError):
    """S24 art. 14: co-units give their opinion in time, then the lead gives the final result."""

    zh = "协办单位 {units} 尚未答复且未逾期，牵头单位暂不能提交最终办理结果"
    en = "the co-units {units} have not replied and are not overdue; the final answer must wait for them"


class FieldRequired(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "{field} 必填（{basis}）"
    en = "{field} is required ({basis})"


class ValueNotAllowed(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "{field} 的取值 {value} 不在允许范围"
    en = "{value} is not an allowed value of {field}"


class ReturnTooLate(DomainError):
    zh = "已过退单期限 {due}（{basis}）"
    en = "the limit for a return was {due} ({basis})"


class NoFurtherReturn(DomainError):
    """After two agreed returns, or for the unit that the fallback names, the matter is coordinated."""

    zh = "承办单位已经确定，不得再退回（{basis}）"
    en = "the unit has been determined and may not return it again ({basis})"


class UnitFixedByLadder(DomainError):
    """P18 art. 9, S24 arts. 19(4), 32(2): whom a step of the ladder has named must handle it."""

    zh = "承办单位已由“{step_zh}”确定，必须办理，不得退回，也不再列为争议（{basis}）"
    en = "the unit was fixed by {step_en}: it handles the order, and neither returns nor disputes it ({basis})"


class ReturnedByThisUnit(DomainError):
    """Whose return was just agreed is not given the same order again."""

    zh = "{unit} 的退单刚获同意，不能再派给该单位"
    en = "the return of {unit} was just agreed, so the order does not go back to it"


class NoNextUnit(DomainError):
    """A co-unit's return only releases its own part, one out of scope ends the order."""

    status = Status.INVALID_ARGUMENT
    zh = "同意该退单后不再改派，不能指定 {unit} 接办"
    en = "after this return the order goes to nobody else, so {unit} cannot be named"


class NoReturnPending(DomainError):
    zh = "没有待审核的退单申请"
    en = "no return is waiting for review"


class ExtensionBarred(DomainError):
    zh = "此类事项不得延期（{basis}）"
    en = "no extension for this kind of case ({basis})"


class ExtensionsUsedUp(DomainError):
    zh = "延期次数已用完：{count} 次（{basis}）"
    en = "the extensions are used up: {count} ({basis})"


class ExtensionPending(DomainError):
    zh = "已有延期申请待审核"
    en = "an extension is already waiting for a decision"


class ExtensionTooLate(DomainError):
    zh = "延期应在 {last} 前提出（{basis}）"
    en = "an extension had to be asked for before {last} ({basis})"


class ExtensionLengthWrong(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "延期天数不符：办理期限为 {limit} 个工作日（{basis}）"
    en = "wrong length: the limit is {limit} working days ({basis})"


class OverrideNotAllowed(DomainError):
    """Only what the pack lets a supervisor lift; the rest is the law's word."""

    zh = "该限制不得由督导破例（{basis}）"
    en = "no supervisor may lift this bar ({basis})"


class AlreadyAllowed(DomainError):
    """An allowance serves one application, and one that nobody used yet serves the next."""

    zh = "已准予破例，承办单位尚未据此申请延期"
    en = "the bar has been lifted already and the unit has not applied yet"


class NoLongCycle(DomainError):
    """P18 art. 13 alone knows the route."""

    zh = "适用的办法没有较长办理周期的延期（{basis}）"
    en = "the pack knows no extension for a longer cycle ({basis})"


class LongCycleTooShort(DomainError):
    """What fits into the limit is asked for as any other extension."""

    status = Status.INVALID_ARGUMENT
    zh = "较长周期的延期应超过办理期限 {limit} 个工作日（{basis}）"
    en = "an extension for a longer cycle must be longer than the limit of {limit} working days ({basis})"


class ToldByThePlatform(DomainError):
    """P18 art. 14: the centre tells the citizen."""

    zh = "延期由平台告知诉求人，无须承办单位登记（{basis}）"
    en = "the platform tells the citizen of this extension, not the unit ({basis})"


class NoForceMajeure(DomainError):
    """The pack does not let this limit be excused, or knows no force majeure."""

    zh = "时限 {clock} 不适用不可抗力"
    en = "force majeure does not excuse the limit {clock}"


class ForceMajeureOnRecord(DomainError):
    zh = "时限 {clock} 本轮已认定不可抗力"
    en = "force majeure is on record already for the limit {clock} in this round"


class DeadlineNotKnownYet(DomainError):
    """sla has not told the deadline yet; the unit tries again in a moment."""

    status = Status.UNAVAILABLE
    zh = "办理期限尚在计算，请稍后再试"
    en = "the deadline is still being computed, try again shortly"


class CitizenNotAnswered(DomainError):
    """P18 art. 15, S24 art. 21: the unit answers the citizen first."""

    zh = "应先答复诉求人再提交办理结果（{basis}）"
    en = "the citizen must be answered before the reply ({basis})"


class NoWorkOrderToRedo(DomainError):
    zh = "没有可以重办的工单"
    en = "there is no order to redo"


class AlreadySupervised(DomainError):
    zh = "该工单已因同一事由（{ground}）列入督办"
    en = "the order is already supervised on this ground ({ground})"


class AnswerMissing(DomainError):
    zh = "被督办单位尚未书面回复，不能认定已整改"
    en = "the unit has not yet replied in writing, so it cannot be found rectified"


class NoPartInTheOrder(DomainError):
    """Whoever is supervised has a part in the order."""

    status = Status.INVALID_ARGUMENT
    zh = "{unit} 未承办该工单，不能督办"
    en = "{unit} has no part in the order and cannot be supervised"
