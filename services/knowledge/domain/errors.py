"""What can be wrong with an article, in words for people."""

from chassis.domain import DomainError, Status


class TextBarred(DomainError):
    """The text holds what may not stand in a knowledge base (S24-37)."""

    status = Status.INVALID_ARGUMENT
    zh = "{field} 含有不得进入知识库的内容“{word}”：{why_zh}（{rule} 第{article}条）"
    en = "{field} holds “{word}”, barred from the knowledge base: {why_en} ({rule} art. {article})"


class ValidityReversed(DomainError):
    """It would expire before it takes effect."""

    status = Status.INVALID_ARGUMENT
    zh = "失效时间须晚于生效时间"
    en = "it must expire after it takes effect"


class AlreadyOutdated(DomainError):
    """Its validity has ended before it was approved."""

    zh = "有效期已过，不能再通过审核"
    en = "its validity is over, it can no longer be approved"


class RevisionUnderReview(DomainError):
    """A revision waits for the leader or for its day; it must be sent back or take effect before a new one begins."""

    zh = "第 {revision} 版处于 {state} 状态，不能改写"
    en = "revision {revision} is {state} and cannot be rewritten"


class ArticleNotPublished(DomainError):
    """There is nothing in force, or about to be, that could be taken out or questioned."""

    zh = "该条目没有已发布或待生效的版本"
    en = "no revision of the article is in force or about to be"


class PolicyUnknown(DomainError):
    """The article names a policy that this unit of this city has not registered."""

    status = Status.INVALID_ARGUMENT
    zh = "{field}：该单位未登记政策 {policy}"
    en = "{field}: the unit has no registered policy {policy}"


class EffectiveTimeTooFar(DomainError):
    """No working calendar is kept that far, so that its upload duty could not be reckoned: rather a slip of the pen."""

    status = Status.INVALID_ARGUMENT
    zh = "生效时间 {effective} 与登记时间相差超过 {years} 年，请核对"
    en = "the effective time {effective} lies more than {years} years from the registration; check it"


class CityUnknown(DomainError):
    """No hotline office of that code."""

    status = Status.INVALID_ARGUMENT
    zh = "未知城市 {city}"
    en = "unknown city {city}"


class UnitUnknown(DomainError):
    """The city's directory has no such unit."""

    status = Status.INVALID_ARGUMENT
    zh = "{city} 没有单位 {unit}"
    en = "{city} has no unit {unit}"


class PageTokenInvalid(DomainError):
    """The token of another search, or none of ours."""

    status = Status.INVALID_ARGUMENT
    zh = "翻页标记无效，请重新查询"
    en = "the page token does not belong to this search; start it again"


class NotOpenToPublic(DomainError):
    """The city's rules do not open the knowledge base to society."""

    status = Status.PERMISSION_DENIED
    zh = "该地区知识库未向社会开放"
    en = "the city's knowledge base is not open to the public"


class SearchUnavailable(DomainError):
    """The search index is away; cases flow on, and what is saved meanwhile is found once it is back."""

    status = Status.UNAVAILABLE
    zh = "知识库检索暂不可用（{why}），其他业务不受影响，请稍后重试"
    en = "the knowledge search is away ({why}); everything else goes on, try again shortly"


class SearchIndexMismatched(SearchUnavailable):
    """The index was made by another version of the platform, or by somebody else."""

    zh = "检索索引 {index} 的结构与本版本不符，请运行 huying knowledge reindex"
    en = "the search index {index} is mapped otherwise than this version needs; run: huying knowledge reindex"


class SearchWriteRefused(SearchUnavailable):
    """The index takes no writes (its disk is full, say); they are tried again until it does."""

    zh = "检索索引拒绝写入（{why}），稍后自动重试"
    en = "the search index refuses writes ({why}); they will be tried again"

    @property
    def articles(self) -> frozenset[str]:
        """Those that were refused; the others of the same batch are kept."""
        refused: frozenset[str] = self.values.get("articles", frozenset())  # type: ignore[assignment]
        return refused


class ReindexRunning(DomainError):
    """One rebuild at a time."""

    zh = "另一个索引重建正在进行"
    en = "another rebuild of the index is running"
