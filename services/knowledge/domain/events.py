"""What knowledge tells the others. The subject of each is the article's or policy's resource name."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _ArticleEvent(Event):
    article_id: str
    unit: str

    @property
    def subject(self) -> str:
        return f"cities/{self.city}/articles/{self.article_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleApproved(_ArticleEvent):
    """The unit's leader approved the text; ends the upload duty of its policy and of open questions."""

    policy_id: str
    version: int
    effective_at: datetime
    approved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEffective(_ArticleEvent):
    """It can be found from now on; a new revision takes the place of the one before."""

    version: int
    effective_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleExpired(_ArticleEvent):
    """It can no longer be found: `how` is "expired" or "retired"."""

    how: str
    expired_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleQuestioned(_ArticleEvent):
    """A seat says that it is wrong; the unit corrects it."""

    question_id: str
    questioned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRegistered(Event):
    """A new rule that the unit leads in implementing; the upload clock runs from `effective_at` (S24-36 art. 25)."""

    policy_id: str
    unit: str
    title: str
    effective_at: datetime
    registered_at: datetime

    @property
    def subject(self) -> str:
        return f"cities/{self.city}/policies/{self.policy_id}"
