"""What is asked of intake.yaml about experts whom units name."""

from typing import Any

from chassis.policy import Basis
from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench
from services.intake.domain.case import Case
from services.intake.domain.expert import Expert, Hours, Sought, Term, put_through
from services.intake.domain.parts import ExpertOutcome, ExpertReached
from services.intake.domain.states import Channel
from services.intake.domain.telephone import expert_rules

EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


def a_case(bench: Bench, says: str) -> Case:
    """Of these words, registered and not decided."""
    known: dict[str, Any] = {
        "category": bench.intake.proposal.default, "citizen_id": "citizen-1", "citizen_key": b"", "reachable": True,
        "named": True, "masked_subject": "", "masked_text": says, "sealed_subject": None, "sealed_text": None,
        "registered_at": NOW, "said_at": NOW, "channel": Channel.PHONE,
    }  # fmt: skip
    return Case(id="case-1", city=bench.city.code, pack=bench.ref, **known)


@asks("intake.experts")
def experts(bench: Bench, *, reached: str, says: str, keywords: list[str], hours: str = "", outcome: str = "") -> Found:
    """One expert is named ("09:00-12:00", every day); whether a seat finds them at ten for what is said."""
    start, _, end = hours.partition("-")
    term = Term(ExpertReached(reached), [], keywords, [Hours(EVERY_DAY, start, end)] if hours else [], NOW)
    term.check(bench.intake, bench.ref, NOW)
    basis: Basis = expert_rules(bench.intake.experts, bench.ref).basis
    one = Expert("expert-1", bench.city.code, "unit-1", bench.ref, str(basis), term, b"", "leader-1", NOW)
    case = a_case(bench, says)
    if outcome:
        put_through(case, one, ExpertOutcome(outcome), answer=None, by="agent-1", now=NOW)
    found = Sought(text=says).among([one], NOW)
    return {"found": bool(found), "state": str(case.state), "basis": [one.basis]}
