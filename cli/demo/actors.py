"""Seeded actors: units, dispatchers and citizens decide what they do next, from what they see and a case's hints.

Pure: no I/O, no clock of its own. Every draw comes from a generator seeded by (seed, case, who, what), so that the plan
does not depend on the order in which the driver asks. None means: nothing to do until something changes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from cli.demo import amending, disputes, ledger, more_time, words
from cli.demo.office import home, office
from cli.demo.views import (
    Action,
    AssignmentView,
    CaseView,
    DisputeView,
    Party,
    Scale,
    Scene,
    SlaFacts,
    SupervisionView,
    WorkOrderView,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Who is refused this often does not try again.
PATIENCE = 4
# Calls on one day count once.
REVISIT_AFTER, REVISITS = 7 * DAY, 6
RETURN_REFUSED_GROUND = "own_duty"


@dataclass(frozen=True, slots=True)
class Draw:
    """Repeatable chance of one decision."""

    seed: int

    def __call__(self, *what: object) -> Random:
        return Random(":".join(str(part) for part in (self.seed, *what)))


class Actors:
    """Everybody of one city, in the temper that the seed gives them."""

    def __init__(
        self, *, seed: int, redo_finding: str, scale: Scale, is_workday: Callable[[date], bool], coordinator: str
    ) -> None:
        self._draw = Draw(seed)
        self._redo_finding, self._scale, self._coordinator = redo_finding, scale, coordinator
        self._office, self._home = office(is_workday), home()

    def unit_next(self, scene: Scene, order: WorkOrderView, mine: AssignmentView, facts: SlaFacts) -> Action | None:
        """What the unit of `mine` does next: sign or return, contact, extend, report, answer, reply."""
        if mine.state == "assigned":
            return _unless_tired(scene, self._sign_or_return(scene, order, mine, facts))
        if mine.state != "signed" or order.state not in ("dispatched", "in_handling"):
            return None
        steps = (self._contact, self._extension, self._progress, self._reply)
        planned = (step(scene, order, mine, facts) for step in steps)
        return next((action for action in planned if action and scene.did(action.command) < PATIENCE), None)

    def dispatcher_next(self, scene: Scene, order: WorkOrderView) -> Action | None:
        """What the hotline office does next: send from the queue, decide returns and extensions, review, verify."""
        return _unless_tired(scene, self._office_work(scene, order))

    def citizen_next(self, scene: Scene, case: CaseView) -> Action | None:
        """What the citizen, or the seat that calls them back, does next: withdraw, rate, be revisited."""
        return _unless_tired(scene, self._citizens_wish(scene, case))

    def supervision_next(self, scene: Scene, order: WorkOrderView, entry: SupervisionView) -> Action | None:
        """What the supervised unit, or the office, does next about an entry of the ledger."""
        draw = partial(self._draw, scene.case.key)
        return _unless_tired(scene, ledger.next_step(entry, order.state, scene.now, draw, self._office))

    def dispute_next(self, scene: Scene, entry: DisputeView) -> Action | None:
        """What the office does next about whose the order is."""
        return _unless_tired(scene, disputes.next_step(scene, entry, self._draw, self._office))

    def amendment_next(self, scene: Scene, case: CaseView) -> Action | None:
        """What the office puts right of the case."""
        return _unless_tired(scene, amending.next_step(scene, case, self._draw, self._office))

    def _office_work(self, scene: Scene, order: WorkOrderView) -> Action | None:
        returning = next((a for a in order.assignments if a.state == "return_requested"), None)
        pending = next((e for e in order.extensions if e.state == "pending"), None)
        if returning is not None:
            return self._decide_return(scene, returning)
        if pending is not None:
            at = self._office_later(scene, "extension", pending.file_time, 30, 150)
            return more_time.decision(scene, order, pending, at)
        if disputes.is_due(scene, order):
            return disputes.opening(scene, order, self._office_later(scene, "dispute", order.change_time, 60, 200))
        if order.state == "to_dispatch":
            return self._send(scene, order)
        if order.state == "dispatched" and self._lacks_co_units(scene, order):
            at = max(scene.now, order.change_time + 6 * MINUTE)
            return Action(at, "RecallWorkOrder", Party.DISPATCHER, {"name": order.name, "reason": words.RECALL})
        if order.state == "replied":
            return self._review(scene, order)
        if order.state == "under_verification":
            return self._verify(scene, order)
        return None

    def _citizens_wish(self, scene: Scene, case: CaseView) -> Action | None:
        rng = self._draw(scene.case.key, "citizen", case.round)
        if scene.case.story.withdraw and case.state in ("accepted", "in_handling") and case.accept_time:
            at = self._home.settled(max(scene.now, case.accept_time + rng.uniform(1, 5) * HOUR), rng.random())
            return Action(at, "WithdrawCase", Party.CITIZEN, {"name": case.name, "reason": words.WITHDRAW})
        if case.state != "replied" or scene.did("RateCase") >= case.round:
            return None
        if scene.case.story.no_rating or not scene.case.caller.reachable:
            return self._revisit(scene, case)
        at = self._home.settled(max(scene.now, case.change_time + rng.uniform(0.4, 30) * HOUR), rng.random())
        return Action(at, "RateCase", Party.CITIZEN, {"name": case.name, **self._opinion(scene, case, rng)})

    # Units

    def _sign_or_return(
        self, scene: Scene, order: WorkOrderView, mine: AssignmentView, facts: SlaFacts
    ) -> Action | None:
        story, rng = scene.case.story, self._draw(scene.case.key, mine.unit, order.round, "sign")
        first_time = order.round == 1 and all(a.state != "released" for a in order.assignments)
        due = facts.due.get("sign", mine.assign_time + DAY)
        if story.return_not_ours and first_time and mine.role == "lead" and not scene.did("RequestReturn"):
            at = self._office.before(scene.now, mine.assign_time, due, rng.uniform(0.2, 0.5))
            fields = {
                "name": mine.name,
                "kind": "not_ours",
                "reason": words.RETURN_REASON,
                "basis": words.RETURN_BASIS,
                "suggested_unit": self._coordinator,
            }
            return Action(at, "RequestReturn", Party.UNIT, fields, mine.unit)
        if order.emergency_class:
            at = max(scene.now, mine.assign_time + rng.uniform(4, 18) * MINUTE)
        elif story.late_sign and order.round == 1 and first_time:
            at = self._office.settled(max(scene.now, due + rng.uniform(0.5, 3) * HOUR), rng.random())
        else:
            at = self._office.before(scene.now, mine.assign_time, due, rng.uniform(0.04, 0.6))
        return Action(at, "SignAssignment", Party.UNIT, {"name": mine.name}, mine.unit)

    def _contact(self, scene: Scene, order: WorkOrderView, mine: AssignmentView, facts: SlaFacts) -> Action | None:
        if mine.contact_time is not None or mine.role == "co":
            return None
        rng = self._draw(scene.case.key, mine.unit, order.round, "contact")
        signed = mine.sign_time or mine.assign_time
        if not scene.case.caller.reachable and not order.emergency_class:
            return None
        if order.emergency_class:
            at = max(scene.now, signed + rng.uniform(3, 12) * MINUTE)
        else:
            at = self._office.before(scene.now, signed, facts.due.get("contact", signed + DAY), rng.uniform(0.02, 0.35))
        method = "phone" if scene.case.caller.reachable else "visit"
        fields = {"name": mine.name, "method": method, "proof": words.proof("contact", rng)}
        return Action(at, "RecordContact", Party.UNIT, fields, mine.unit)

    def _extension(self, scene: Scene, order: WorkOrderView, mine: AssignmentView, facts: SlaFacts) -> Action | None:
        return more_time.request(scene, order, mine, facts, self._draw, self._office)

    def _progress(self, scene: Scene, order: WorkOrderView, mine: AssignmentView, facts: SlaFacts) -> Action | None:
        rng = self._draw(scene.case.key, mine.unit, order.round, "progress")
        must = "progress" in facts.due
        if mine.role == "co" or scene.did("ReportProgress") or not (must or rng.random() < 0.3):
            return None
        due = facts.due.get("progress") or self._finish(facts, mine)
        at = self._office.before(scene.now, mine.sign_time or mine.assign_time, due, rng.uniform(0.15, 0.3))
        return Action(at, "ReportProgress", Party.UNIT, {"name": mine.name, "note": words.progress(rng)}, mine.unit)

    def _reply(self, scene: Scene, order: WorkOrderView, mine: AssignmentView, facts: SlaFacts) -> Action | None:
        if any(e.state == "pending" for e in order.extensions):
            return None
        if mine.role == "co":
            return self._co_reply(scene, order, mine, facts)
        if any(a.role == "co" and a.state not in ("replied", "released") for a in order.assignments):
            return None
        rng = self._draw(scene.case.key, mine.unit, order.round, "reply", scene.did("SubmitReply"))
        at = self._reply_at(scene, order, mine, facts, rng)
        if mine.answer_time is None and scene.case.caller.reachable:
            fields = {"name": mine.name, "method": "phone", "proof": words.proof("answer", rng)}
            return Action(max(scene.now, at - 20 * MINUTE), "AnswerCitizen", Party.UNIT, fields, mine.unit)
        fields = {"name": mine.name} | words.reply(order.category, rng)
        if order.redo_classes:
            fields["redo_class"] = order.redo_classes[0]
        return Action(at, "SubmitReply", Party.UNIT, fields, mine.unit)

    def _co_reply(self, scene: Scene, order: WorkOrderView, mine: AssignmentView, facts: SlaFacts) -> Action:
        rng = self._draw(scene.case.key, mine.unit, order.round, "co_reply")
        due = facts.due.get("co_reply") or self._finish(facts, mine)
        at = self._office.before(scene.now, mine.sign_time or mine.assign_time, due, rng.uniform(0.3, 0.7))
        fields = {"name": mine.name, "result": words.CO_REPLY}
        return Action(at, "SubmitCoReply", Party.UNIT, fields, mine.unit)

    def _reply_at(
        self, scene: Scene, order: WorkOrderView, mine: AssignmentView, facts: SlaFacts, rng: Random
    ) -> datetime:
        due = self._finish(facts, mine)
        if scene.did("SubmitReply"):
            return self._office.settled(max(scene.now, mine.change_time + rng.uniform(2, 6) * HOUR), rng.random())
        if scene.case.story.breach and order.round == 1:
            return self._office.settled(max(scene.now, due + rng.uniform(6, 40) * HOUR), rng.random())
        if order.emergency_class:
            return max(scene.now, mine.assign_time + (due - mine.assign_time) * rng.uniform(0.2, 0.5))
        return self._office.before(scene.now, mine.assign_time, due, rng.triangular(0.25, 0.93, 0.6))

    # Hotline office

    def _send(self, scene: Scene, order: WorkOrderView) -> Action:
        """From the dispatchers' queue: to who had it, else the first candidate, else whoever coordinates the city."""
        before = [a.unit for a in order.assignments if a.role != "co"]
        leads = [unit for unit in (*before[-1:], *order.candidates, self._coordinator) if unit]
        co_units = [unit for unit in scene.case.story.co_units if unit != leads[0]]
        at = self._office_later(scene, "queue", order.change_time, 20, 110, urgent=order.emergency_class)
        fields = {"name": order.name, "lead": leads[0], "co_units": co_units, "reason": words.QUEUE}
        return Action(at, "DispatchWorkOrder", Party.DISPATCHER, fields)

    @staticmethod
    def _lacks_co_units(scene: Scene, order: WorkOrderView) -> bool:
        """A compound case sent to one unit only is recalled before sign-off and sent again with co-units."""
        untouched = all(a.state == "assigned" for a in order.assignments)
        alone = not any(a.role == "co" for a in order.assignments)
        return (
            bool(scene.case.story.co_units)
            and order.round == 1
            and untouched
            and alone
            and not scene.did("RecallWorkOrder")
        )

    def _decide_return(self, scene: Scene, mine: AssignmentView) -> Action:
        at = self._office_later(scene, "return", mine.change_time, 20, 120)
        if scene.case.story.return_refused:
            fields = {"name": mine.name, "ground": RETURN_REFUSED_GROUND, "reason": words.RETURN_REFUSED}
            return Action(at, "RefuseReturn", Party.DISPATCHER, fields)
        # No next unit named: the city's fallback unit takes it (F16 art. 19).
        return Action(
            at, "AgreeReturn", Party.DISPATCHER, {"name": mine.name, "lead": "", "reason": words.RETURN_AGREED}
        )

    def _review(self, scene: Scene, order: WorkOrderView) -> Action:
        at = self._office_later(scene, f"review{order.round}{scene.did('SendBackReply')}", order.change_time, 15, 160)
        if scene.case.story.send_back and order.round == 1 and not scene.did("SendBackReply"):
            return Action(at, "SendBackReply", Party.DISPATCHER, {"name": order.name, "reason": words.SENT_BACK})
        return Action(at, "CompleteWorkOrder", Party.DISPATCHER, {"name": order.name})

    def _verify(self, scene: Scene, order: WorkOrderView) -> Action:
        at = self._office_later(scene, f"verify{order.round}", order.change_time, 60, 240)
        redo = scene.case.story.redo and order.round == 1
        finding = self._redo_finding if redo else "objective_limits"
        fields = {"name": order.name, "finding": finding, "evidence": words.EVIDENCE[finding]}
        return Action(at, "VerifyRating", Party.DISPATCHER, fields)

    # Citizens

    def _opinion(self, scene: Scene, case: CaseView, rng: Random) -> dict[str, object]:
        good, bad = self._scale.steps[: self._scale.satisfied], self._scale.steps[self._scale.satisfied :]
        unhappy = scene.case.story.dissatisfied and case.round == 1
        handling = bad[0] if unhappy else rng.choices(good, [4] + [1] * (len(good) - 1))[0]
        solved = not unhappy and rng.random() < 0.93
        comment = words.UNHAPPY if unhappy else ""
        return {"solved": solved, "call_score": good[0], "handling_score": handling, "comment": comment}

    def _revisit(self, scene: Scene, case: CaseView) -> Action | None:
        attempt = scene.did("RecordRevisit")
        if attempt >= REVISITS:
            return None
        rng = self._draw(scene.case.key, "revisit", case.round, attempt)
        at = self._home.settled(
            max(scene.now, case.change_time + REVISIT_AFTER + attempt * DAY + rng.uniform(0, 4) * HOUR), rng.random()
        )
        answers = {"reached": False, "contacted": False, "solved": False, "satisfied": False}
        return Action(at, "RecordRevisit", Party.AGENT, {"name": case.name, **answers})

    # Time

    def _office_later(
        self, scene: Scene, what: str, since: datetime, least: int, most: int, *, urgent: str = ""
    ) -> datetime:
        rng = self._draw(scene.case.key, "office", what)
        if urgent:
            return max(scene.now, since + rng.uniform(2, 8) * MINUTE)
        return self._office.settled(max(scene.now, since + rng.uniform(least, most) * MINUTE), rng.random())

    @staticmethod
    def _finish(facts: SlaFacts, mine: AssignmentView) -> datetime:
        return facts.due.get("finish", mine.assign_time + 5 * DAY)


def _unless_tired(scene: Scene, action: Action | None) -> Action | None:
    return action if action is not None and scene.did(action.command) < PATIENCE else None
