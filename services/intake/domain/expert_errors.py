"""What intake refuses about experts, and why."""

from chassis.domain import DomainError, Status


class NoExperts(DomainError):
    zh = "{pack} 未规定专家座席和专家转接"
    en = "{pack} knows no experts, neither at a seat nor by a transfer"


class NotReachedSo(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "专家不以此方式联系：{reached}（{basis}）"
    en = "experts are not reached so: {reached} ({basis})"


class FieldOfExpertMissing(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "须写明专家的领域：诉求类别或关键词"
    en = "name the expert's field: categories or keywords"


class SeatHoursMissing(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "驻席专家须写明在席时间"
    en = "an expert at a seat has hours at it"


class HoursOutOfOrder(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "在席时间的结束须晚于开始，且在同一日"
    en = "hours end after they start, and on the same day"


class ExpertPeriodOutOfOrder(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "选派期限的结束须晚于开始和现在"
    en = "the time of an expert ends after its start and after now"


class TooManyExperts(DomainError):
    status = Status.RESOURCE_EXHAUSTED
    zh = "一个单位同时最多选派 {most} 名专家"
    en = "a unit has at most {most} experts at a time"


class ExpertNotInOffice(DomainError):
    zh = "该专家的选派尚未开始或已经结束"
    en = "this expert's time has not begun, or is over"


class ExpertAnswerMissing(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "专家已解答的，须记录答复内容"
    en = "what the expert answered is written down"


class AnswerWithoutAnswering(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "专家未解答的，不填写答复内容"
    en = "only an expert who answered has an answer"


class FigurePeriodOutOfRange(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "统计期的结束须晚于开始，且最长 {days} 日"
    en = "the period ends after its start and within {days} days"
