"""A matter that was answered and comes again: where the pack says so, it is only explained."""

from services.intake.domain.case import Case
from services.intake.domain.errors import NotOnlyExplained
from services.intake.domain.pack import Repeat
from services.intake.domain.states import State


def explain_again(case: Case, former: Case, rule: Repeat) -> None:
    """P18 art. 8(5): it goes to the unit that answered it before. Raises NotOnlyExplained."""
    # One that had joined a case which was not handled further is closed as well, and has no reply.
    answered = former.state in {State.REPLIED, State.CLOSED} and former.replied_at is not None
    if rule.how != "explain_only" or case.emergency_class or not answered:
        raise NotOnlyExplained(field="repeated_case", basis=str(rule.basis))
    case.repeated_case_id = former.id
