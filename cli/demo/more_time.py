"""延期 in the demonstration: a unit asks in time, the office grants it or says why not."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from cli.demo import words
from cli.demo.office import Desk
from cli.demo.views import Action, AssignmentView, ExtensionView, Party, Scene, SlaFacts, WorkOrderView


def request(
    scene: Scene, order: WorkOrderView, mine: AssignmentView, facts: SlaFacts, draw: Callable[..., Random], office: Desk
) -> Action | None:
    """As often as the case says, late in what is left of the limit."""
    wanted = scene.case.story.extend if order.round == 1 and mine.role != "co" else 0
    if len(order.extensions) >= wanted or facts.last_extension_time is None:
        return None
    rng = draw(scene.case.key, mine.unit, "extend", len(order.extensions))
    start = max((e.file_time for e in order.extensions), default=mine.assign_time)
    fields = {
        "name": mine.name,
        "working_days": facts.finish_working_days,
        "reason": words.EXTENSION_REASON,
        "agreed_by": words.LEADER,
    }
    at = office.before(scene.now, start, facts.last_extension_time, rng.uniform(0.6, 0.9))
    return Action(at, "RequestExtension", Party.UNIT, fields, mine.unit)


def decision(scene: Scene, order: WorkOrderView, pending: ExtensionView, at: datetime) -> Action:
    if order.extensions.index(pending) + 1 == scene.case.story.extension_refused:
        fields = {"name": pending.name, "reason": words.EXTENSION_REFUSED}
        return Action(at, "RefuseExtension", Party.DISPATCHER, fields)
    return Action(at, "GrantExtension", Party.DISPATCHER, {"name": pending.name})
