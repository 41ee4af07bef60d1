"""What the office puts right of a case in hand: its category (更正), the limit of other law (另有规定)."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from cli.demo.office import Desk
from cli.demo.views import Action, CaseView, Party, Scene

_HOUR = timedelta(hours=1)


def next_step(scene: Scene, case: CaseView, draw: Callable[..., Random], office: Desk) -> Action | None:
    """Within hours of the acceptance: whoever reads the order first sees it."""
    changes = _changes(scene)
    if not changes or case.accept_time is None or case.state not in ("accepted", "in_handling"):
        return None
    command, fields = next(iter(changes.items()))
    rng = draw(scene.case.key, "amend", command)
    at = office.settled(max(scene.now, case.accept_time + rng.uniform(0.5, 3) * _HOUR), rng.random())
    return Action(at, command, Party.DISPATCHER, {"name": case.name, **fields})


def _changes(scene: Scene) -> dict[str, dict[str, object]]:
    """By command, what has not been done yet."""
    story, changes = scene.case.story, dict[str, dict[str, object]]()
    if story.correct_to and not scene.did("CorrectCase"):
        changes["CorrectCase"] = {"category": story.correct_to}
    if story.other_law is not None and not scene.did("SetCaseLimit"):
        changes["SetCaseLimit"] = {"ground": "other_law", **story.other_law.model_dump()}
    return changes
