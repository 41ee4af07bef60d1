"""Fills the knowledge base of new cities through the same commands that units use. Done again, it changes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chassis.access import Principal, Role
from chassis.message import Command
from chassis.pipeline import ServiceRuntime
from services.knowledge.adapters.offices import Offices
from services.knowledge.adapters.seeds import Seed, read_seeds
from services.knowledge.application.messages import ApproveArticle, DraftArticle, SubmitArticle
from services.knowledge.application.views import article_name
from services.knowledge.domain.article import Article, State

AUTHOR = "seed:author"
LEADER = "seed:leader"


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many articles were published now, and how many were there before."""

    published: int
    present: int


def seed_articles(
    runtime: ServiceRuntime, cities: Iterable[str] = (), stopping: Callable[[], bool] = lambda: False
) -> Seeded:
    """Publishes what a city lacks; an article that its unit has rewritten or retired stays as it is.

    Ends early when the process is stopping: the next start goes on.
    """
    offices = runtime.service.dependencies["office"]
    assert isinstance(offices, Offices)
    wanted = set(cities) or set(offices.cities)
    published = present = 0
    for seed in read_seeds(offices.policies, offices):
        if stopping():
            break
        if seed.city not in wanted:
            continue
        if _publish(runtime, seed):
            published += 1
        else:
            present += 1
    return Seeded(published, present)


def _publish(runtime: ServiceRuntime, seed: Seed) -> bool:
    """Takes the article from wherever an earlier, interrupted run left it. False: nothing was left to do."""
    article = _find(runtime, seed)
    name = article_name(seed.city, article.id) if article else _draft(runtime, seed)
    state = _state_of_ours(article)
    if state is State.DRAFT:
        _execute(runtime, Role.UNIT, seed, SubmitArticle(request_id=_request(seed, "submit"), name=name))
    if state in {State.DRAFT, State.IN_REVIEW}:
        _execute(runtime, Role.UNIT_LEADER, seed, ApproveArticle(request_id=_request(seed, "approve"), name=name))
        return True
    return False


def _state_of_ours(article: Article | None) -> State:
    """A revision that a person has begun since is that person's: nothing is left to do here."""
    if article is None:
        return State.DRAFT
    ours = len(article.revisions) == 1 and article.latest.drafted_by.startswith(AUTHOR)
    return article.latest.state if ours else State.EFFECTIVE


def _find(runtime: ServiceRuntime, seed: Seed) -> Article | None:
    """Known by the title that its first revision had."""
    with runtime.reading() as read:
        articles = read.find_by(Article, "unit", seed.unit)
    return next((a for a in articles if a.revisions[0].text.title == seed.title), None)


def _draft(runtime: ServiceRuntime, seed: Seed) -> str:
    command = DraftArticle(
        request_id=_request(seed, "draft"),
        city=seed.city,
        unit=seed.unit,
        title=seed.title,
        question=seed.question,
        answer=seed.answer,
        source=seed.source,
    )
    return _execute(runtime, Role.UNIT, seed, command)


def _execute(runtime: ServiceRuntime, role: Role, seed: Seed, command: Command) -> str:
    who = LEADER if role is Role.UNIT_LEADER else AUTHOR
    principal = Principal(f"{who}:{seed.unit}", frozenset({role}), frozenset({seed.city}), seed.unit)
    return str(runtime.execute(principal, command).name)


def _request(seed: Seed, step: str) -> str:
    return f"seed-{seed.city}-{seed.id}-{step}"
