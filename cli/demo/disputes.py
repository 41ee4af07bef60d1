"""权责争议 in the demonstration: the office opens it, meets, goes on to the next step, and names who must take it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from cli.demo import words
from cli.demo.office import Desk
from cli.demo.scenery import enum_of, time_of
from cli.demo.views import Action, DisputeView, Party, Scene, WorkOrderView

_HOUR = timedelta(hours=1)


def dispute_view(dispute: Any, now: datetime) -> DisputeView:
    present = dispute.steps[-1]
    return DisputeView(
        name=dispute.name,
        state=enum_of(dispute, "state"),
        taken=tuple(step.step for step in dispute.steps),
        participants=tuple(dispute.participants),
        step_time=time_of(present, "begin_time") or now,
        record_time=time_of(present, "record_time"),
    )


def is_due(scene: Scene, order: WorkOrderView) -> bool:
    """The unit has signed, looked at it, and says that it is not its own."""
    doubted = scene.case.story.dispute is not None and order.round == 1
    return doubted and order.state == "in_handling" and not scene.did("OpenDispute")


def opening(scene: Scene, order: WorkOrderView, at: datetime) -> Action:
    wanted = scene.case.story.dispute
    assert wanted is not None
    fields = {
        "name": order.name,
        "ground": wanted.ground,
        "participants": list(wanted.units),
        "reason": words.DISPUTE,
    }
    return Action(at, "OpenDispute", Party.DISPATCHER, fields)


def next_step(scene: Scene, entry: DisputeView, draw: Callable[..., Random], office: Desk) -> Action | None:
    """A record of each step within two days, then the next step, and after the last the decision."""
    wanted = scene.case.story.dispute
    if wanted is None or entry.state != "open":
        return None
    rng = draw(scene.case.key, "dispute", entry.taken[-1], entry.record_time is None)
    if entry.record_time is None:
        at = office.settled(max(scene.now, entry.step_time + rng.uniform(6, 40) * _HOUR), rng.random())
        record = {"name": entry.name, "record": words.DISPUTE_RECORD, "present": list(entry.participants)}
        return Action(at, "RecordDisputeStep", Party.DISPATCHER, record)
    at = office.settled(max(scene.now, entry.record_time + rng.uniform(1, 6) * _HOUR), rng.random())
    onward = next((step for step in wanted.steps if step not in entry.taken), "")
    if onward:
        advance = {"name": entry.name, "step": onward, "reason": words.DISPUTE_UNSETTLED}
        return Action(at, "AdvanceDispute", Party.DISPATCHER, advance)
    settle = {"name": entry.name, "lead": wanted.lead, "record": words.DISPUTE_SETTLED}
    return Action(at, "SettleDispute", Party.DISPATCHER, settle)
