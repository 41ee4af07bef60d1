"""The life of an article, in memory."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chassis.domain import DomainError, StepNotAllowed
from services.knowledge.application.indexing import entry_of
from services.knowledge.domain.article import LIFE, Article, State, Text
from services.knowledge.domain.events import ArticleApproved, ArticleEffective, ArticleExpired

START = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def _article(**text: datetime | None) -> Article:
    article = Article(id="a", city="350100", unit="u", created_at=START)
    article.draft(Text(title="t", question="q", answer="a", **text), by="author", now=START)
    return article


def _approved(**text: datetime | None) -> Article:
    article = _article(**text)
    article.submit(by="author")
    article.approve(by="leader", now=START)
    return article


def test_every_state_has_an_exit_or_is_final() -> None:
    assert LIFE.dead_ends() == frozenset()
    assert set(LIFE.table) == set(State)


def test_a_day_that_is_past_at_approval_counts_from_approval() -> None:
    article = _approved(effective_at=START - 30 * DAY)
    assert article.in_force is not None
    assert article.in_force.effective_at == START


def test_an_expiry_during_the_wait_for_the_next_revision_is_told() -> None:
    article = _approved(expire_at=START + DAY)
    article.draft(Text(title="t2", question="q", answer="a", effective_at=START + 2 * DAY), by="author", now=START)
    article.submit(by="author")
    article.approve(by="leader", now=START)
    events = article.advance(START + 3 * DAY)
    assert [type(e) for e in events] == [ArticleExpired, ArticleEffective]
    assert [r.state for r in article.revisions] == [State.EXPIRED, State.EFFECTIVE]


def test_nothing_happens_before_its_day() -> None:
    article = _approved(effective_at=START + DAY, expire_at=START + 2 * DAY)
    assert article.advance(START + DAY - timedelta(microseconds=1)) == []
    assert article.found_at(START + DAY) is article.waiting
    assert article.found_at(START + 2 * DAY) is None


@pytest.mark.parametrize("step", ["approve", "send_back"])
def test_what_is_not_under_review_cannot_be_decided(step: str) -> None:
    article = _article()
    with pytest.raises(StepNotAllowed):
        article.approve(by="leader", now=START) if step == "approve" else article.send_back("why")
    assert article.latest.state is State.DRAFT


class Life(RuleBasedStateMachine):
    """Any steps at any times: what is found is always what the leader approved, within its validity."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.article = _article()
        self.told: list[object] = []

    @rule(starts=st.none() | st.integers(-2, 5), lasts=st.none() | st.integers(1, 5))
    def draft(self, starts: int | None, lasts: int | None) -> None:
        since = None if starts is None else self.now + starts * DAY
        until = None if lasts is None else (since or self.now) + lasts * DAY
        text = Text(title="t", question="q", answer="a", effective_at=since, expire_at=until)
        self._try(lambda: self.article.draft(text, by="author", now=self.now))

    @rule()
    def submit(self) -> None:
        self._try(lambda: self.article.submit(by="author"))

    @rule()
    def send_back(self) -> None:
        self._try(lambda: self.article.send_back("why"))

    @rule()
    def approve(self) -> None:
        self._try(lambda: self.told.extend(self.article.approve(by="leader", now=self.now)))

    @precondition(lambda self: self.article.in_force or self.article.waiting)
    @rule()
    def retire(self) -> None:
        self.told.append(self.article.retire("why", now=self.now))

    @rule(days=st.integers(0, 4), worker_runs=st.booleans())
    def pass_time(self, days: int, worker_runs: bool) -> None:
        self.now += days * DAY
        if worker_runs:
            self.told.extend(self.article.advance(self.now))
            due = self.article.change_due_at
            assert due is None or due > self.now

    def _try(self, step: object) -> None:
        with contextlib.suppress(DomainError):
            step()  # type: ignore[operator]

    @invariant()
    def at_most_one_revision_is_in_force_and_one_waits(self) -> None:
        states = [r.state for r in self.article.revisions]
        assert states.count(State.EFFECTIVE) <= 1
        assert states.count(State.APPROVED) <= 1
        assert all(s in LIFE.final for s in states[:-2])

    @invariant()
    def only_what_was_approved_is_found_and_only_while_it_is_valid(self) -> None:
        found = self.article.found_at(self.now)
        if found:
            assert found.approved_by == "leader"
            assert found.state in {State.APPROVED, State.EFFECTIVE}
            assert found.effective_at is not None
            assert found.effective_at <= self.now
            assert found.text.expire_at is None or self.now < found.text.expire_at

    @invariant()
    def the_index_shows_nothing_that_the_article_does_not(self) -> None:
        entry = entry_of(self.article)
        shown = entry.since is not None and entry.since <= self.now and (entry.until is None or self.now < entry.until)
        assert not shown or self.article.found_at(self.now)

    @invariant()
    def what_is_told_adds_up(self) -> None:
        approvals = sum(isinstance(e, ArticleApproved) for e in self.told)
        effective = sum(isinstance(e, ArticleEffective) for e in self.told)
        assert effective <= approvals
        assert approvals == sum(r.approved_at is not None for r in self.article.revisions)
        assert effective + (self.article.waiting is not None) <= approvals


TestLife = Life.TestCase


@given(st.lists(st.integers(0, 10), min_size=1, max_size=5))
def test_the_time_at_which_the_worker_comes_does_not_change_what_is_told(visits: list[int]) -> None:
    once = _approved(effective_at=START + 2 * DAY, expire_at=START + 5 * DAY)
    often = _approved(effective_at=START + 2 * DAY, expire_at=START + 5 * DAY)
    told = [e for day in sorted(visits) for e in often.advance(START + day * DAY)]
    assert told == once.advance(START + max(visits) * DAY)
