"""What is asked of dispatch.yaml about one order in the hands of its units: return, extension, reply, redo, end."""

from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench, ids
from cli.worked.orders import LEAD, OTHER, clock, completed, in_handling, lead_of, sent
from services.dispatch.domain import (
    allowances,
    closing_form,
    endings,
    events,
    extensions,
    force_majeure,
    handling,
    leader_review,
    raising,
    redo,
    returns,
    statements,
)
from services.dispatch.domain.assignment import ReturnRequest
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.errors import day_in_china
from services.dispatch.domain.notes import Extension, Reply
from services.dispatch.domain.states import Bar, ExtensionState, Finding, ReturnKind, Route, State
from services.dispatch.domain.work_order import WorkOrder


@asks("dispatch.returns")
def a_return(
    bench: Bench,
    *,
    kind: str = "not_ours",
    signed: bool = False,
    late: bool = False,
    agreed_before: int = 0,
    fixed_by: str = "",
    decision: str = "",
) -> Found:
    """Asked by the lead, then agreed, or refused on the ground that `decision` names."""
    rules, ladder = bench.regime.returns, bench.regime.disputes
    order = sent(bench, fixed_by=fixed_by)
    part, order.agreed_returns = lead_of(order), agreed_before
    if signed:
        handling.sign(order, part, now=NOW)
    clock(order, "return", passed=late)
    clock(order, "finish", passed=late)
    asked = ReturnRequest(ReturnKind(kind), OTHER, NOW, returns.is_late(order, part, rules, NOW))
    disputed = returns.opens_dispute(order, part, asked, rules, ladder)
    returns.request(order, part, asked, rules=rules, now=NOW, ladder=ladder)
    found: Found = {
        "must_state": sorted(returns.required_fields(part, rules)), "late": asked.late, "disputed": disputed,
    }  # fmt: skip
    if decision == "agreed":
        returns.agree(order, part, now=NOW)
        ended = asked.kind is ReturnKind.OUT_OF_SCOPE
        basis = rules.out_of_scope_basis if ended else rules.basis
        if ended:
            order.end(ground=kind, basis=str(basis), next_authority=OTHER, now=NOW)
        return found | {"outcome": asked.outcome, "order": str(order.state), "basis": [str(basis)]}
    if decision:
        returns.refuse(order, part, ground=decision, rules=rules, now=NOW)
        ground = rules.refusal_grounds[decision]
        return found | {"outcome": asked.outcome, "because": ground.zh, "basis": [str(ground.basis)]}
    return found


@asks("dispatch.extensions")
def an_extension(
    bench: Bench,
    *,
    days: int,
    limit: int = 5,
    category: str = "complaint",
    emergency_class: str = "",
    late: bool = False,
    granted_before: int = 0,
    refused_before: int = 0,
    allowed: str = "",
    route: str = "ordinary",
) -> Found:
    """Filed or applied for by the lead; what waits for the office is granted."""
    rules = bench.regime.extensions
    order = in_handling(sent(bench, category=category, emergency_class=emergency_class))
    part = lead_of(order)
    clock(order, "finish", passed=late, limit=limit)
    before = [ExtensionState.GRANTED] * granted_before + [ExtensionState.REFUSED] * refused_before
    for number, state in enumerate(before):
        order.extensions.append(Extension(f"before-{number}", part.id, 1, limit, NOW, state))
    if allowed:
        allowances.allow(order, part, Bar(allowed), by=b"", rules=rules, now=NOW)
    asked = Extension("extension-1", part.id, 1, days, NOW, route=Route(route))
    extensions.request(order, part, asked, rules=rules, now=NOW)
    at_once = asked.state is ExtensionState.GRANTED
    if not at_once:
        extensions.grant(order, asked, rules=rules, now=NOW)
    own = extensions.long_cycle(rules) if asked.route is Route.LONG_CYCLE else rules
    return {
        "at_once": at_once, "must_state": sorted(own.required), "told_by": rules.told_by, "state": str(asked.state),
    }  # fmt: skip


@asks("dispatch.force_majeure")
def an_act_of_god(bench: Bench, *, clocks: list[str]) -> Found:
    order = in_handling(sent(bench))
    force_majeure.record(order, clocks, by=b"", rules=bench.regime.force_majeure, now=NOW)
    return {"excused": force_majeure.excused(order)}


@asks("dispatch.form")
def a_closing_form(
    bench: Bench,
    *,
    holds: list[str],
    category: str = "complaint",
    result_kind: str = "solved",
    filing: str = "",
    answered: bool = True,
    reachable: bool = True,
    leader: str = "",
) -> Found:
    """The closing form of a reply that the lead wants to send; `leader`: "approves" or "rejects" a handler's draft."""
    order = in_handling(sent(bench, category=category, reachable=reachable))
    part, rules = lead_of(order), bench.regime.form
    if answered:
        handling.answer_citizen(order, part, method="phone", proof="", now=NOW)
    today = day_in_china(NOW)
    form = dict.fromkeys(holds, "x") | {"result_kind": result_kind, "filing": filing}
    if "filing_date" in holds:
        form["filing_date"] = today.isoformat()
    handling.check_form(order, part, form, rules)
    closing_form.check_filing(order, form, rules, today=today)
    if leader:
        return _reviewed(order, leader, answered_first=rules.citizen_answered)
    handling.check_answered(order, part, rules)
    return {"accepted": True}


def _reviewed(order: WorkOrder, leader: str, *, answered_first: bool) -> Found:
    """A draft until the leader approves it; the citizen is answered before it goes out."""
    leader_review.offer(order, Reply(lead_of(order).id, None, None, b"", "solved", NOW))
    if leader == "approves":
        leader_review.approve(order, lead_of(order), now=NOW)
    else:
        leader_review.send_back(order, lead_of(order), reason=None, now=NOW)
    sent_on = leader_review.go_on(order, answered_first=answered_first, now=NOW)
    return {"replied": bool(sent_on), "draft": leader_review.stage(order) is not None, "order": str(order.state)}


@asks("dispatch.redo")
def a_redo(
    bench: Bench,
    *,
    round: int = 1,
    finding: str = "",
    explain_only: bool = False,
    redo_class: str = "",
    statement: bool = False,
    replies_again: bool = False,
) -> Found:
    """After a dissatisfied rating in that round; `replies_again`: the form of the reply that follows a redo."""
    rules = bench.regime.redo
    if replies_again:
        order = in_handling(sent(bench))
        order.round = 2
        form = {"redo_class": redo_class, "statement": "x" if statement else ""}
        closing_form.check_redo_class(order, form, rules)
        named = rules.classes[redo_class]
        return {"accepted": True, "called": named.zh, "basis": [str(named.basis)]}
    order = completed(bench, round=round, explain_only=explain_only)
    happened = redo.rated_dissatisfied(order, rules=rules, ids=ids(), now=NOW)
    looked_into = order.state is State.UNDER_VERIFICATION
    exhausted = False
    if looked_into and finding:
        found = Finding(finding)
        happened += redo.verify(order, finding=found, evidence=None, rules=rules, ids=ids(), now=NOW)
        exhausted = redo.is_exhausted(order, found, rules)
    declined = [event.ground for event in happened if isinstance(event, events.RedoDeclined)]
    return {
        "looked_into": looked_into,
        "redone": any(isinstance(event, events.RedoOrdered) for event in happened),
        "round": order.round,
        "unit": order.lead.unit == LEAD if order.lead else False,
        "declined": "".join(declined),
        "supervised": exhausted,
    }


@asks("dispatch.statements")
def a_statement(bench: Bench, *, claim: str, twice: bool = False) -> Found:
    """Against a dissatisfied rating, while it is looked into."""
    order, rules = completed(bench), bench.regime.statements
    redo.rated_dissatisfied(order, rules=bench.regime.redo, ids=ids(), now=NOW)
    for _ in range(2 if twice else 1):
        statements.submit(order, lead_of(order), Finding(claim), rules=rules, now=NOW)
    return {"must_send": sorted(rules.required if rules else ()), "order": str(order.state)}


@asks("dispatch.endings")
def an_end(bench: Bench, *, ground: str, answered: bool = True, reachable: bool = True) -> Found:
    """Proposed by the lead; the office decides."""
    order, rules = in_handling(sent(bench, reachable=reachable)), bench.regime.endings
    part = lead_of(order)
    if answered:
        handling.answer_citizen(order, part, method="phone", proof="", now=NOW)
    endings.propose(order, part, ground=ground, next_authority="", rules=rules, now=NOW)
    assert rules is not None
    named = rules.grounds[ground]
    bases: list[Basis] = [named.basis, rules.basis]
    return {"waits": endings.pending(order) is not None, "because": named.zh, "basis": [str(basis) for basis in bases]}


@asks("dispatch.raising")
def a_raising(bench: Bench, *, agreed_before: int = 0, overdue: bool = False) -> Found:
    """By a supervisor, to the unit above."""
    order, rules = in_handling(sent(bench)), bench.regime.raising
    assert rules is not None
    order.agreed_returns = agreed_before
    clock(order, "finish", passed=overdue)
    raising.check(order, rules)
    raising.raise_to(order, OTHER, ids=ids(), now=NOW)
    return {"leads": lead_of(order).unit == OTHER, "stays": [a.unit == LEAD for a in order.active() if not a.is_lead]}
