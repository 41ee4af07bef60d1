"""Attention marks (重点标注): why a case is watched, seen by right, each change of them kept on the case."""

from datetime import datetime

from chassis.domain import Event
from services.intake.domain import correcting, errors, events
from services.intake.domain.case import Case
from services.intake.domain.pack import IntakePack
from services.intake.domain.parts import CaseLimit, Mark, MarkChange
from services.intake.domain.states import OPEN, State

MARKABLE = OPEN | {State.REPLIED}
# The ground of the limit that somebody above the hotline sets.
LEADER = "leader"


def mark(
    case: Case, kind: str, pack: IntakePack, *, document: str, due_at: datetime | None, by: str, now: datetime
) -> list[Event]:
    """标注. Raises UnknownMark, CaseNotMarkable, MarkedAlready, DocumentMissing, MarkSetsNoLimit.

    Of its own limit, what `correcting` raises.
    """
    rule = pack.attention_mark(kind)
    if case.state not in MARKABLE:
        raise errors.CaseNotMarkable(state=case.state)
    if case.attention.of_kind(kind):
        raise errors.MarkedAlready(kind=kind)
    if rule.document == "required" and not document:
        raise errors.DocumentMissing(field="document", kind=kind)
    if due_at and not rule.own_limit:
        raise errors.MarkSetsNoLimit(field="due_time", kind=kind)
    limited = _limited(case, due_at, pack, by=by, now=now) if due_at else []
    case.attention.marks.append(Mark(kind, now, document, by, limits=bool(due_at)))
    case.attention.changes.append(MarkChange(kind, "marked", document, by, now))
    return [*limited, events.CaseMarked(case_id=case.id, city=case.city, kind=kind, marked_by=by, marked_at=now)]


def _limited(case: Case, due_at: datetime, pack: IntakePack, *, by: str, now: datetime) -> list[Event]:
    correcting.check_in_hand(case)
    return correcting.set_limit(case, CaseLimit(LEADER, now, due_at=due_at), pack, by=by)


def unmark(case: Case, kind: str, *, by: str, now: datetime) -> list[Event]:
    """Raises NotMarked. The limit goes with it, unless another has taken its place or the case is replied."""
    found = case.attention.of_kind(kind)
    if found is None:
        raise errors.NotMarked(kind=kind)
    own = found.limits and case.state in OPEN
    theirs = any(one.ground == LEADER and one.set_at == found.set_at for one in case.own_limits)
    lifted = correcting.lift_limit(case, LEADER, by=by, now=now) if own and theirs else []
    case.attention.marks.remove(found)
    case.attention.changes.append(MarkChange(kind, "unmarked", found.document, by, now))
    told = events.CaseUnmarked(case_id=case.id, city=case.city, kind=kind, unmarked_by=by, unmarked_at=now)
    return [*lifted, told]
