"""What units, their leaders and the hotline office do with articles."""

from chassis.access import Role
from chassis.application import Commands
from chassis.message import city_of, id_of
from chassis.work import Work
from services.knowledge.application.messages import (
    ApproveArticle,
    DraftArticle,
    QuestionArticle,
    RegisterPolicy,
    RetireArticle,
    SendBackArticle,
    SubmitArticle,
)
from services.knowledge.application.ports import Office
from services.knowledge.application.views import ArticleView, PolicyView, policy_view, saved
from services.knowledge.domain.article import Article, Text
from services.knowledge.domain.errors import PolicyUnknown
from services.knowledge.domain.policy import Policy

commands = Commands()
_Named = SubmitArticle | ApproveArticle | SendBackArticle | RetireArticle | QuestionArticle


def _article(name: str, work: Work) -> Article | None:
    article = work.find(Article, id_of(name, "articles"))
    return article if article and article.city == city_of(name) else None


def own_article(cmd: _Named, work: Work) -> bool:
    """The article exists and belongs to the caller's unit."""
    article = _article(cmd.name, work)
    return article is not None and article.unit == work.principal.unit


def own_or_supervised(cmd: _Named, work: Work) -> bool:
    """The caller's own unit's article, or any of the city for a supervisor."""
    article = _article(cmd.name, work)
    return article is not None and (work.principal.has(Role.SUPERVISOR) or article.unit == work.principal.unit)


def some_article(cmd: _Named, work: Work) -> bool:
    return _article(cmd.name, work) is not None


def drafts_for_own_unit(cmd: DraftArticle, work: Work) -> bool:
    """A unit writes for itself, a dispatcher for any; an existing article stays with its city and unit."""
    if not work.principal.has(Role.DISPATCHER) and cmd.unit != work.principal.unit:
        return False
    if not cmd.name:
        return True
    article = _article(cmd.name, work)
    return article is not None and (article.city, article.unit) == (cmd.city, cmd.unit)


@commands.on(DraftArticle, roles={Role.UNIT, Role.DISPATCHER}, relation=drafts_for_own_unit)
def draft_article(cmd: DraftArticle, work: Work, *, office: Office) -> ArticleView:
    office.check_unit(cmd.city, cmd.unit)
    texts = {"title": cmd.title, "question": cmd.question, "answer": cmd.answer, "source": cmd.source}
    office.rules(cmd.city).check(texts)
    article = _article(cmd.name, work) if cmd.name else None
    if article is None:
        article = Article(id=work.new_id(), city=cmd.city, unit=cmd.unit, created_at=work.now)
    text = Text(**texts, effective_at=cmd.effective_time, expire_at=cmd.expire_time)
    article.draft(text, by=work.principal.id, now=work.now, policy_id=_policy_id(cmd, work))
    work.save(article)
    return saved(article)


def _policy_id(cmd: DraftArticle, work: Work) -> str:
    """Raises PolicyUnknown."""
    if not cmd.policy:
        return ""
    policy = work.find(Policy, id_of(cmd.policy, "policies"))
    if policy is None or (policy.city, policy.unit) != (cmd.city, cmd.unit) or city_of(cmd.policy) != cmd.city:
        raise PolicyUnknown(field="policy", policy=cmd.policy)
    return policy.id


@commands.on(SubmitArticle, roles={Role.UNIT}, relation=own_article)
def submit_article(cmd: SubmitArticle, work: Work) -> ArticleView:
    article = _load(cmd, work)
    article.submit(by=work.principal.id)
    work.save(article)
    return saved(article)


@commands.on(ApproveArticle, roles={Role.UNIT_LEADER}, relation=own_article)
def approve_article(cmd: ApproveArticle, work: Work, *, office: Office) -> ArticleView:
    article = _load(cmd, work)
    text = article.latest.text
    # the list of barred words may have grown since the draft was written
    office.rules(article.city).check({"title": text.title, "question": text.question, "answer": text.answer})
    work.save(article, *article.approve(by=work.principal.id, now=work.now))
    return saved(article)


@commands.on(SendBackArticle, roles={Role.UNIT_LEADER}, relation=own_article)
def send_back_article(cmd: SendBackArticle, work: Work) -> ArticleView:
    article = _load(cmd, work)
    article.send_back(cmd.reason)
    work.save(article)
    return saved(article)


@commands.on(RetireArticle, roles={Role.UNIT_LEADER, Role.SUPERVISOR}, relation=own_or_supervised)
def retire_article(cmd: RetireArticle, work: Work) -> ArticleView:
    article = _load(cmd, work)
    work.save(article, article.retire(cmd.reason, now=work.now))
    return saved(article)


@commands.on(QuestionArticle, roles={Role.AGENT}, relation=some_article)
def question_article(cmd: QuestionArticle, work: Work, *, office: Office) -> ArticleView:
    article = _load(cmd, work)
    words = office.masked(cmd.question)
    work.save(article, article.question(words, id=work.new_id(), by=work.principal.id, now=work.now))
    return saved(article)


@commands.on(RegisterPolicy, roles={Role.SUPERVISOR})
def register_policy(cmd: RegisterPolicy, work: Work, *, office: Office) -> PolicyView:
    office.check_unit(cmd.city, cmd.unit)
    office.rules(cmd.city).check({"title": cmd.title})
    policy = Policy(
        id=work.new_id(),
        city=cmd.city,
        unit=cmd.unit,
        title=cmd.title,
        effective_at=cmd.effective_time,
        registered_at=work.now,
    )
    work.save(policy, policy.registered())
    return policy_view(policy)


def _load(cmd: _Named, work: Work) -> Article:
    return work.get(Article, id_of(cmd.name, "articles"))
