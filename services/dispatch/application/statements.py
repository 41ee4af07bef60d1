"""What a unit states and proposes beside its reply: a statement with evidence, and that nothing more is done."""

from chassis.work import Work
from services.dispatch.application.commands import OFFICE, UNIT, commands
from services.dispatch.application.desk import Desk
from services.dispatch.application.loading import assigned_unit, in_the_city, load_assignment, load_order
from services.dispatch.application.messages import ProposeEnd, RefuseEnd, SubmitStatement
from services.dispatch.application.ports import Sealing
from services.dispatch.application.views import WorkOrderView, saved
from services.dispatch.domain import endings, statements
from services.dispatch.domain.errors import FieldRequired
from services.dispatch.domain.notes import Note
from services.dispatch.domain.reply_rules import StatementRules


@commands.on(SubmitStatement, roles=UNIT, relation=assigned_unit)
def submit_statement(cmd: SubmitStatement, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    rules = desk.regime_of(order).statements
    submitted = statements.submit(order, assignment, cmd.claim, rules=rules, now=work.now)
    _check_required(cmd, rules)
    for kind, text in (("statement", cmd.statement), ("statement_evidence", cmd.evidence)):
        sealed = sealing.to_citizen(order, f"work_order.{kind}", text)
        order.notes.append(Note(kind, assignment.unit, work.now, sealed))
    work.save(order, submitted)
    return saved(order)


def _check_required(cmd: SubmitStatement, rules: StatementRules | None) -> None:
    for field in sorted(rules.required if rules else ()):
        if rules and not getattr(cmd, field):
            raise FieldRequired(field=field, basis=str(rules.basis))


@commands.on(ProposeEnd, roles=UNIT, relation=assigned_unit)
def propose_end(cmd: ProposeEnd, work: Work, *, desk: Desk, sealing: Sealing) -> WorkOrderView:
    order, assignment = load_assignment(cmd, work)
    if cmd.next_authority:
        desk.authority(order.city, cmd.next_authority)
    proposed = endings.propose(
        order,
        assignment,
        ground=cmd.ground,
        next_authority=cmd.next_authority,
        rules=desk.regime_of(order).endings,
        now=work.now,
    )
    reason = sealing.to_citizen(order, "work_order.end_proposed", cmd.reason)
    order.notes.append(Note("end_proposed", assignment.unit, work.now, reason))
    work.save(order, proposed)
    return saved(order)


@commands.on(RefuseEnd, roles=OFFICE, relation=in_the_city)
def refuse_end(cmd: RefuseEnd, work: Work, *, sealing: Sealing) -> WorkOrderView:
    order = load_order(cmd, work)
    asked = endings.pending(order)
    refused = endings.refuse(order, now=work.now)
    reason = sealing.to_citizen(order, "work_order.end_refused", cmd.reason)
    order.notes.append(Note("end_refused", "", work.now, reason, to=asked.unit if asked else ""))
    work.save(order, refused)
    return saved(order)
