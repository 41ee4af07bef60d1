"""An article of the knowledge base: its unit writes, its leader approves, and it is found while it is valid.

Who provides it reviews, updates and answers for it (S24-35 art. 25, F21-26). The life-cycle is that of a revision: the
revision in force stays found while the next one is written and reviewed, and gives way when that takes effect.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.domain import Event, Transitions
from services.knowledge.domain.errors import (
    AlreadyOutdated,
    ArticleNotPublished,
    RevisionUnderReview,
    ValidityReversed,
)
from services.knowledge.domain.events import ArticleApproved, ArticleEffective, ArticleExpired, ArticleQuestioned


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    EFFECTIVE = "effective"
    EXPIRED = "expired"
    RETIRED = "retired"


# approved -> retired: a text found wrong before its day must not become effective first.
LIFE = Transitions(
    {
        State.DRAFT: {State.IN_REVIEW},
        State.IN_REVIEW: {State.APPROVED, State.DRAFT},
        State.APPROVED: {State.EFFECTIVE, State.RETIRED},
        State.EFFECTIVE: {State.EXPIRED, State.RETIRED},
        State.EXPIRED: set(),
        State.RETIRED: set(),
    },
    final={State.EXPIRED, State.RETIRED},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a revision says, and from when until when it holds; no instant: from approval, and without end."""

    title: str
    question: str
    answer: str
    source: str = ""
    effective_at: datetime | None = None
    expire_at: datetime | None = None


@dataclass(kw_only=True)
class Revision:
    number: int
    text: Text
    drafted_by: str
    drafted_at: datetime
    state: State = State.DRAFT
    submitted_by: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    effective_at: datetime | None = None
    ended_at: datetime | None = None
    remark: str = ""

    def move_to(self, state: State) -> None:
        LIFE.check(self.state, state)
        self.state = state


@dataclass(kw_only=True)
class Question:
    """A seat's doubt about the text in force."""

    id: str
    revision: int
    words: str
    asked_by: str
    asked_at: datetime


@dataclass(kw_only=True)
class Article:
    id: str
    city: str
    unit: str
    created_at: datetime
    policy_id: str = ""
    revisions: list[Revision] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    version: int = 0

    # -- what there is -----------------------------------------------------------------------------------------------

    @property
    def latest(self) -> Revision:
        return self.revisions[-1]

    @property
    def in_force(self) -> Revision | None:
        return self._only(State.EFFECTIVE)

    @property
    def waiting(self) -> Revision | None:
        """Approved, its day has not come."""
        return self._only(State.APPROVED)

    def found_at(self, instant: datetime) -> Revision | None:
        """The revision that a search may show at that instant."""
        for revision in (self.in_force, self.waiting):
            if revision and _holds(revision, instant):
                return revision
        return None

    @property
    def change_due_at(self) -> datetime | None:
        """When the next revision takes effect or the one in force expires."""
        starts = self.waiting.effective_at if self.waiting else None
        ends = self.in_force.text.expire_at if self.in_force else None
        return min((instant for instant in (starts, ends) if instant), default=None)

    def _only(self, state: State) -> Revision | None:
        return next((r for r in reversed(self.revisions) if r.state is state), None)

    # -- writing -----------------------------------------------------------------------------------------------------

    def draft(self, text: Text, *, by: str, now: datetime, policy_id: str = "") -> None:
        """Begins a revision or rewrites the latest draft. Raises RevisionUnderReview, ValidityReversed."""
        if text.effective_at and text.expire_at and text.expire_at <= text.effective_at:
            raise ValidityReversed(field="expire_time")
        if self.revisions and self.latest.state in {State.IN_REVIEW, State.APPROVED}:
            raise RevisionUnderReview(revision=self.latest.number, state=str(self.latest.state))
        if self.revisions and self.latest.state is State.DRAFT:
            self.latest.text, self.latest.drafted_by, self.latest.drafted_at = text, by, now
        else:
            self.revisions.append(Revision(number=len(self.revisions) + 1, text=text, drafted_by=by, drafted_at=now))
        self.policy_id = policy_id or self.policy_id

    def submit(self, *, by: str) -> None:
        self.latest.move_to(State.IN_REVIEW)
        self.latest.submitted_by = by

    def send_back(self, reason: str) -> None:
        self.latest.move_to(State.DRAFT)
        self.latest.remark = reason

    def approve(self, *, by: str, now: datetime) -> list[Event]:
        """It takes effect on its day, or at once when that is past or not given. Raises AlreadyOutdated."""
        revision = self.latest
        LIFE.check(revision.state, State.APPROVED)
        if revision.text.expire_at and revision.text.expire_at <= now:
            raise AlreadyOutdated(field="expire_time")
        revision.move_to(State.APPROVED)
        revision.approved_by, revision.approved_at = by, now
        revision.effective_at = max(revision.text.effective_at or now, now)
        approved = ArticleApproved(
            city=self.city,
            article_id=self.id,
            unit=self.unit,
            policy_id=self.policy_id,
            version=revision.number,
            effective_at=revision.effective_at,
            approved_at=now,
        )
        return [approved, *self.advance(now)]

    # -- time --------------------------------------------------------------------------------------------------------

    def advance(self, now: datetime) -> list[Event]:
        """Does, in order, all that has fallen due: taking effect and expiring."""
        events: list[Event] = []
        while (due := self.change_due_at) is not None and due <= now:
            current, following = self.in_force, self.waiting
            if following and following.effective_at == due:
                events.append(self._take_effect(following, current))
            elif current:
                self._end(current, State.EXPIRED, due)
                events.append(self._gone(State.EXPIRED, due))
        return events

    def _take_effect(self, revision: Revision, previous: Revision | None) -> Event:
        assert revision.effective_at is not None
        if previous:  # told by the same event: the article goes on being found
            self._end(previous, State.EXPIRED, revision.effective_at)
        revision.move_to(State.EFFECTIVE)
        return ArticleEffective(
            city=self.city,
            article_id=self.id,
            unit=self.unit,
            version=revision.number,
            effective_at=revision.effective_at,
        )

    # -- doubt and withdrawal ----------------------------------------------------------------------------------------

    def retire(self, reason: str, *, now: datetime) -> Event:
        """Takes out what is found and what was about to be. Raises ArticleNotPublished."""
        published = [r for r in (self.in_force, self.waiting) if r]
        if not published:
            raise ArticleNotPublished()
        for revision in published:
            revision.remark = reason
            self._end(revision, State.RETIRED, now)
        return self._gone(State.RETIRED, now)

    def question(self, words: str, *, id: str, by: str, now: datetime) -> Event:
        """Raises ArticleNotPublished: what nobody can find, nobody needs to correct."""
        if self.in_force is None:
            raise ArticleNotPublished()
        self.questions.append(Question(id=id, revision=self.in_force.number, words=words, asked_by=by, asked_at=now))
        return ArticleQuestioned(city=self.city, article_id=self.id, unit=self.unit, question_id=id, questioned_at=now)

    def _end(self, revision: Revision, state: State, at: datetime) -> None:
        revision.move_to(state)
        revision.ended_at = at

    def _gone(self, how: State, at: datetime) -> Event:
        return ArticleExpired(city=self.city, article_id=self.id, unit=self.unit, how=str(how), expired_at=at)


def _holds(revision: Revision, instant: datetime) -> bool:
    starts, ends = revision.effective_at, revision.text.expire_at
    return starts is not None and starts <= instant and (ends is None or instant < ends)
