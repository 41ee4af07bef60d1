"""What can go wrong in intake, each with its own name."""

from chassis.domain import DomainError, Status


class _BadValue(DomainError):
    status = Status.INVALID_ARGUMENT


class UnknownCity(_BadValue):
    zh = "未知的城市代码 {city}"
    en = "there is no city {city} here"


class UnknownCategory(_BadValue):
    zh = "{pack} 没有诉求类型 {category}"
    en = "{pack} knows no category {category}"


class UnknownItem(_BadValue):
    zh = "便民服务事项清单没有编号 {item}"
    en = "the convenience-service list has no item {item}"


class UnknownArea(_BadValue):
    zh = "{city} 没有区域 {area}"
    en = "{city} has no area {area}"


class UnknownUnit(_BadValue):
    zh = "{city} 没有单位 {unit}"
    en = "{city} has no unit {unit}"


class UnknownEmergencyClass(_BadValue):
    zh = "{pack} 没有紧急类别 {emergency_class}"
    en = "{pack} knows no emergency class {emergency_class}"


class UnknownGround(_BadValue):
    zh = "{pack} 没有不予受理情形 {ground}"
    en = "{pack} knows no ground of refusal {ground}"


class GroundNotForEmergencies(DomainError):
    zh = "紧急事项不得以 {ground} 为由不予受理，请转接并派单"
    en = "an emergency is not refused as {ground}: transfer it and dispatch it"


class UnknownNumber(DomainError):
    """Of the ledger of the city's telephone numbers."""

    status = Status.INVALID_ARGUMENT
    zh = "电话号码清单中没有 {number}"
    en = "the ledger of telephone numbers has no {number}"


class UnknownLine(_BadValue):
    zh = "{pack} 没有一键转接线路 {line}"
    en = "{pack} knows no line {line} for one-key transfer"


class UnknownScore(_BadValue):
    zh = "{pack} 的评价等级没有 {score}"
    en = "the rating scale of {pack} has no step {score}"


class RatingEmpty(_BadValue):
    zh = "请给出办理结果的评价"
    en = "a rating needs a score of the handling, or says that it is solved"


class BadPhone(_BadValue):
    zh = "电话号码不正确"
    en = "this is no telephone number in China"


class BadIdentityNumber(_BadValue):
    zh = "身份证号码不正确"
    en = "this is no valid identity number"


class SaidInTheFuture(_BadValue):
    zh = "诉求时间不能晚于当前时间"
    en = "the case cannot have been said in the future"


class ChannelNotYours(DomainError):
    status = Status.PERMISSION_DENIED
    zh = "您不能登记 {channel} 渠道的诉求"
    en = "you may not register cases of the channel {channel}"


class UpstreamMissing(_BadValue):
    zh = "上级平台转来的诉求须有平台名称和编号"
    en = "a case from another platform needs its name and number"


class AnonymousOwnRightsClaim(DomainError):
    zh = "维护自身权益的诉求须提供实名和联系方式（{basis}），请以 {ground} 不予受理或补充信息"
    en = "a claim for own rights needs name and contact ({basis}); refuse it as {ground} or ask for them"


class CannotJoinItself(_BadValue):
    zh = "诉求不能并入自身"
    en = "a case cannot join itself"


class MainCaseNotOpen(DomainError):
    zh = "被并入的诉求不在办理中，不能并单"
    en = "the main case is not open: it cannot be joined"


class NotOnlyExplained(DomainError):
    zh = "仅作说明限于非紧急、原诉求已答复的重复事项，且规则包有此规定（{basis}）"
    en = "only explained is what is no emergency and was answered before, where the pack says so ({basis})"


class HasJoinedCases(DomainError):
    zh = "该诉求已有其他诉求并入，不能再并入别的诉求"
    en = "other cases have joined this one; it cannot join another"


class HazardIsHandledOn(DomainError):
    zh = "紧急事项不因撤回而停止办理"
    en = "a hazard is handled on although it is withdrawn"


class CaseNotInHand(DomainError):
    zh = "诉求不在受理、办理中（{state}），不能更正或另定期限"
    en = "the case is not in hand ({state}): nothing of it is corrected, and no limit is set"


class DispatchedAlready(DomainError):
    zh = "诉求已派单，由派单员更正"
    en = "the case is dispatched: a dispatcher corrects it"


class NothingToCorrect(_BadValue):
    zh = "没有需要更正的内容"
    en = "nothing would be corrected"


class UnknownLimitGround(_BadValue):
    zh = "{pack} 不设 {ground} 类的其他期限"
    en = "{pack} knows no other limit by {ground}"


class RankDoesNotCount(_BadValue):
    zh = "{rank} 位阶的文件不改变办理期限（{basis}）"
    en = "a document of the rank {rank} does not change the limit ({basis})"


class LimitIncomplete(_BadValue):
    zh = "{ground} 类的其他期限须写明 {what}"
    en = "another limit by {ground} needs its {what}"


class LimitFieldNotWanted(_BadValue):
    zh = "{ground} 类的其他期限不填 {what}"
    en = "another limit by {ground} has no {what}"


class DueOutOfRange(_BadValue):
    zh = "期限须晚于现在，且在 {days} 天之内"
    en = "the moment must lie ahead, within {days} days"


class LimitNotSet(DomainError):
    zh = "该诉求没有 {ground} 类的其他期限"
    en = "the case has no other limit by {ground}"


class UnknownMark(_BadValue):
    zh = "{pack} 没有重点标注 {kind}"
    en = "{pack} knows no attention mark {kind}"


class CaseNotMarkable(DomainError):
    zh = "诉求不在受理、办理中，也未答复（{state}），不能标注"
    en = "the case is neither in hand nor replied ({state}): it is not marked"


class MarkedAlready(DomainError):
    zh = "该诉求已有 {kind} 标注"
    en = "the case has the mark {kind} already"


class NotMarked(DomainError):
    zh = "该诉求没有 {kind} 标注"
    en = "the case has no mark {kind}"


class DocumentMissing(_BadValue):
    zh = "{kind} 标注须写明来源文号"
    en = "the mark {kind} needs the number of its source document"


class MarkSetsNoLimit(_BadValue):
    zh = "{kind} 标注不另定期限"
    en = "the mark {kind} sets no limit of its own"


class LeadsMassEvent(DomainError):
    zh = "该诉求是集中诉求的主诉求，不能并入别的诉求"
    en = "the case leads a mass event; it cannot join another"


class NotJoined(DomainError):
    zh = "诉求未处于并单状态（{state}），不能拆单"
    en = "the case follows no other ({state}): it cannot be split off"


class MassEventDeclaredAlready(DomainError):
    zh = "该诉求已是集中诉求的主诉求"
    en = "the case leads a mass event already"


class MassEventNotActive(DomainError):
    zh = "集中诉求不在进行中（{state}）"
    en = "the mass event is not active ({state})"


class NotRateable(DomainError):
    zh = "诉求尚未答复，或评价期已过，不能评价"
    en = "the case is not answered yet, or its time for rating is over"


class AlreadyRated(DomainError):
    zh = "本轮办理已评价，正在核实"
    en = "this round is rated already and being verified"


class NotRevisitable(DomainError):
    zh = "诉求尚未派单，不能回访"
    en = "the case has no work order yet to ask about"


class TooOften(DomainError):
    status = Status.RESOURCE_EXHAUSTED
    zh = "同一诉求最多 {most} 次"
    en = "at most {most} times for one case"


class NoMoreAttachments(DomainError):
    zh = "诉求已办结，不能再添加附件"
    en = "the case is over; nothing can be attached"


class CitizenErased(DomainError):
    status = Status.FAILED_PRECONDITION
    zh = "该诉求人的信息已按要求删除，无法查看"
    en = "this citizen was erased; nothing can be opened"


class TooManyLookUps(DomainError):
    status = Status.RESOURCE_EXHAUSTED
    zh = "查询过于频繁，请稍后再试"
    en = "too many look-ups; try again later"


class BadReplyKey(_BadValue):
    zh = "答复加密公钥无效"
    en = "the key for the answer is no public key"


class CallOutOfOrder(_BadValue):
    zh = "通话的排队、接听、结束时间顺序不对，或晚于当前时间"
    en = "a call is queued, answered and over in this order, and not in the future"


class OutcomeDoesNotFit(_BadValue):
    zh = "通话结果 {outcome} 与接听时间不符"
    en = "the outcome {outcome} does not fit the answer time"


class CallRecordedOtherwise(DomainError):
    status = Status.ALREADY_EXISTS
    zh = "该通话已登记，内容与此次不同"
    en = "this call is on record already, and otherwise"


class TooManyCases(DomainError):
    status = Status.RESOURCE_EXHAUSTED
    zh = "一次通话最多关联 {most} 件诉求"
    en = "one call belongs to at most {most} cases"


class CallBackNotOwed(DomainError):
    zh = "该通话没有待回拨的任务（{state}）"
    en = "no call-back is owed for this call ({state})"
