"""What callers get to see; the fields are those of the proto messages."""

from dataclasses import dataclass, field
from datetime import datetime

from services.knowledge.domain.article import Article, Revision, State
from services.knowledge.domain.policy import Policy


@dataclass(frozen=True, kw_only=True)
class ArticleView:
    name: str
    unit: str
    state: State
    title: str
    question: str
    answer: str
    source: str
    policy: str
    effective_time: datetime | None
    expire_time: datetime | None
    revision: int
    create_time: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class PolicyView:
    name: str
    unit: str
    title: str
    effective_time: datetime


@dataclass(frozen=True, kw_only=True)
class Hit:
    article: str
    title: str
    snippet: str
    unit: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Hits:
    hits: list[Hit] = field(default_factory=list)
    next_page_token: str = ""


def article_name(city: str, id: str) -> str:
    return f"cities/{city}/articles/{id}"


def policy_name(city: str, id: str) -> str:
    return f"cities/{city}/policies/{id}"


def saved(article: Article) -> ArticleView:
    """The newest revision, with the version that the save at the end of the transaction will give."""
    return shown(article, article.latest, version=article.version + 1)


def shown(article: Article, revision: Revision, *, version: int) -> ArticleView:
    text = revision.text
    return ArticleView(
        name=article_name(article.city, article.id),
        unit=article.unit,
        state=revision.state,
        title=text.title,
        question=text.question,
        answer=text.answer,
        source=text.source,
        policy=policy_name(article.city, article.policy_id) if article.policy_id else "",
        effective_time=revision.effective_at or text.effective_at,
        expire_time=text.expire_at,
        revision=revision.number,
        create_time=article.created_at,
        version=version,
    )


def policy_view(policy: Policy) -> PolicyView:
    return PolicyView(
        name=policy_name(policy.city, policy.id),
        unit=policy.unit,
        title=policy.title,
        effective_time=policy.effective_at,
    )
