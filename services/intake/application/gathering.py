"""Whether a new case is one of many: the active mass events that it seems to belong to, and proposals of new ones."""

from datetime import timedelta

from chassis.work import Work
from services.intake.application.ports import Around, MassEvents, Regime, Turns
from services.intake.domain import mass_event
from services.intake.domain.case import Case
from services.intake.domain.mass_event import MassEvent, MassState
from services.intake.domain.pack import MassEvents as Rule


def meet(case: Case, work: Work, regime: Regime, masses: MassEvents, turns: Turns) -> list[MassEvent]:
    """The active ones that it may join; where many alike cases of one area come at once, an event is proposed."""
    rule = regime.rules.mass_events
    if rule is None:
        return []
    found = _around(case, work, rule, masses)
    if len(found.alike) + 1 >= rule.cases:
        _propose_or_count(case, found, work, rule, masses, turns)
    return [n.event for n in found.events if n.event.state is MassState.ACTIVE and n.likeness >= rule.likeness]


def _around(case: Case, work: Work, rule: Rule, masses: MassEvents) -> Around:
    since = work.now - timedelta(minutes=rule.minutes)
    # Three times as many as it takes: of a crowd some are known from before.
    return masses.around(work, case, since=since, least=rule.likeness, most=3 * rule.cases)


def _propose_or_count(case: Case, found: Around, work: Work, rule: Rule, masses: MassEvents, turns: Turns) -> None:
    known = _known(found, rule)
    if known is None:
        # Two cases that come at the same moment are one crowd.
        turns.take(work, f"mass_event/{case.city}/{case.area}")
        found = _around(case, work, rule, masses)
        known = _known(found, rule)
    if known is None:
        proposed, told = mass_event.propose(work.new_id(), case, found.alike, minutes=rule.minutes, now=work.now)
        work.save(proposed, *told)
    elif known.state is MassState.PROPOSED:
        event = work.get(MassEvent, known.id)
        if event.state is MassState.PROPOSED:
            event.note(case.id)
            work.save(event)


def _known(found: Around, rule: Rule) -> MassEvent | None:
    """The event that the crowd is known by already, also one that was just turned down."""
    crowd = set(found.alike)
    return next(
        (n.event for n in found.events if n.likeness >= rule.likeness or crowd.intersection(n.event.cases)), None
    )
