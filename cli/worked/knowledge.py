"""What is asked of knowledge.yaml: what may stand there, who approves it, who may read it."""

from dataclasses import dataclass
from typing import cast

from chassis.access import Principal, Role
from chassis.work import Read
from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench
from services.knowledge.application.commands import commands
from services.knowledge.application.messages import ApproveArticle
from services.knowledge.application.ports import Office
from services.knowledge.application.queries import check_open
from services.knowledge.domain.article import Article, Text
from services.knowledge.domain.errors import TextBarred


@asks("knowledge.barred")
def barred(bench: Bench, *, text: str) -> Found:
    rules = bench.knowledge
    try:
        rules.check({"answer": text})
    except TextBarred as refused:
        told = refused.values
        return {
            "refused": refused.reason,
            "word": told["word"],
            "why": told["why_zh"],
            "basis": [f"{told['rule']} {told['article']}"],
        }
    return {"accepted": True}


@asks("knowledge.review")
def review(bench: Bench, *, by: str) -> Found:
    """Who puts an article into the base: of the pack, and by the right to the command."""
    article = Article(id="a-1", city=bench.city.code, unit="unit-a", created_at=NOW)
    article.draft(Text(title="t", question="q", answer="a"), by="clerk-1", now=NOW)
    article.submit(by="clerk-1")
    role = Role(by)
    if role not in commands.by_name[ApproveArticle.__name__].roles:
        return {"approved": False, "found_by_search": article.found_at(NOW) is not None}
    article.approve(by="somebody", now=NOW)
    approver = bench.knowledge.review.by
    return {"approved": approver == by, "found_by_search": article.found_at(NOW) is not None}


@dataclass(frozen=True)
class _Reader:
    principal: Principal


@dataclass(frozen=True)
class _Office:
    bench: Bench

    def rules(self, city: str) -> object:
        return self.bench.knowledge


@asks("knowledge.open_to_public")
def reading(bench: Bench, *, role: str) -> Found:
    who = Principal("p-1", frozenset({Role(role)}), frozenset({bench.city.code}))
    check_open(bench.city.code, cast(Read, _Reader(who)), cast(Office, _Office(bench)))
    return {"may_read": True}
