"""The clocks of one case or policy by the file: what happened to each, and what a lawyer finds in it at any later time.

A finding is made anew from what the file says, not carried along. Nothing here is taken from services/sla.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tests.law.moments import to_local
from tests.law.pack import Facts, Pack, Rule, Timing, fits

LEADS = ("lead", "fallback_lead")


@dataclass
class Happened:
    """What another service tells; instants are local. `told` holds the event's own fields by name."""

    type: str
    at: datetime
    told: dict[str, Any]

    def says(self, name: str) -> Any:
        return self.told.get(name)


@dataclass
class Clock:
    """The file of one clock."""

    rule: Rule
    facts: Facts
    started: datetime
    timing: Timing
    watched: str
    round: int
    occurrence: int
    order: str = ""
    assignment: str = ""
    first_due: datetime | None = None
    pending: set[str] = field(default_factory=set)
    """What was asked in time and is not decided yet."""
    judged: datetime | None = None
    """When the unit acted, by its own act."""
    cancelled: datetime | None = None
    overdue_return: bool = False
    granted: dict[str, int] = field(default_factory=dict)
    """Working days of extensions, by order."""
    grants: int = 0
    upstream: datetime | None = None
    """The deadline of the platform that sent the case, past which no extension goes."""

    ended_in_silence: bool = False

    @property
    def is_over(self) -> bool:
        return self.judged is not None or self.cancelled is not None or self.ended_in_silence

    @property
    def key(self) -> str:
        return f"{self.rule.kind} {self.watched} round {self.round}, {self.occurrence}."

    def state(self, now: datetime) -> str:
        """What is to be said of it now."""
        if self.judged is not None:
            return "met" if self.judged <= self.timing.due else "late"
        if self.cancelled is not None or self.ended_in_silence:
            return "cancelled"
        if self.pending:
            return "held"
        if now >= self.timing.due:
            return "breached"
        return "warned" if now >= self.timing.warn and not self.rule.window else "running"

    def breach_stands(self, now: datetime) -> bool:
        """A limit that was passed stays passed, unless the act or the end turn out to have come before it."""
        if self.rule.window:
            return self.judged is not None and self.judged > self.timing.due
        if self.judged is not None:
            return self.judged > self.timing.due
        if self.pending:
            return False
        # What ended at the last instant ended in time.
        return self.cancelled > self.timing.due if self.cancelled is not None else now >= self.timing.due


@dataclass
class CaseFile:
    """All clocks of one case or policy, in the order in which they began to run."""

    pack: Pack
    clocks: list[Clock] = field(default_factory=list)
    facts: dict[str, Facts] = field(default_factory=dict)
    """What is known of the case and of each order."""
    heard: list[Happened] = field(default_factory=list)

    # -- time passes ---------------------------------------------------------------------------------------------------

    def wait_until(self, now: datetime) -> None:
        """A window that nobody used is over."""
        for clock in self.clocks:
            if clock.rule.window and not clock.is_over and not clock.pending and now >= clock.timing.due:
                clock.ended_in_silence = True

    # -- something is heard --------------------------------------------------------------------------------------------

    def hear(self, event: Happened) -> None:
        """In the order of services/sla/README.md."""
        for part in (self._move, self._restart, self._stop, self._cancel, self._hold, self._release):
            for rule in self.pack.rules:
                part(rule, event)
        for rule in self.pack.rules:
            if event.type in rule.starts_on:
                self._start(rule, event)
        self.heard.append(event)

    def _open(self, rule: Rule, event: Happened, *, whole_order: bool = False) -> Iterator[Clock]:
        for clock in self.clocks:
            if clock.rule is rule and not clock.is_over and self._concerns(event, clock, whole_order):
                yield clock

    def _concerns(self, event: Happened, clock: Clock, whole_order: bool) -> bool:
        """An event concerns its case; its order, as a whole if it speaks of the order; else its own assignment."""
        if clock.rule.watches in ("case", "policy"):
            return True
        if clock.rule.watches == "extension" and event.says("extension_id"):
            return bool(clock.watched == event.says("extension_id"))
        if event.says("work_order_id") and clock.order != event.says("work_order_id"):
            return False
        if (event.says("round") or clock.round) < clock.round:
            return False  # what was said of an earlier round is not said of its redo
        if whole_order or event.type.startswith("dispatch.work_order_") or not event.says("assignment_id"):
            return True
        return bool(clock.assignment == event.says("assignment_id"))

    def _move(self, rule: Rule, event: Happened) -> None:
        """A granted extension. Of several orders of a case the longest counts, not the sum."""
        if event.type not in rule.moves_on:
            return
        order = event.says("work_order_id")
        for clock in self._open(rule, event, whole_order=True):
            before = max(clock.granted.values(), default=0)
            clock.granted[order] = clock.granted.get(order, 0) + event.says("working_days")
            clock.grants += 1
            days = max(clock.granted.values()) - before
            if days == 0:
                continue
            if rule.before:
                to = self.pack.ahead_of(rule, clock.facts, clock.started, self._precedes(rule, clock.order))
            else:
                to = self.pack.extended(rule, clock.facts, clock.started, clock.timing.due, days)
                to = self.pack.upstream(rule, clock.facts, clock.started, to, clock.upstream)
            if to.due != clock.timing.due:
                self._put(clock, to)

    def _restart(self, rule: Rule, event: Happened) -> None:
        """Counted from this event, where that ends earlier."""
        if event.type in rule.restarts_on:
            for clock in self._open(rule, event):
                again = self.pack.timing_alone(rule, clock.facts, event.at)
                if again.due < clock.timing.due:
                    self._put(clock, again)

    def _put(self, clock: Clock, timing: Timing) -> None:
        clock.first_due = clock.first_due or clock.timing.due
        used_up = clock.grants >= ((clock.rule.extension or {}).get("count") or clock.grants + 1)
        clock.timing = replace(timing, last_extension=None) if used_up else timing

    def _stop(self, rule: Rule, event: Happened) -> None:
        """The act, judged by its own instants: the latest that the pack names."""
        if event.type in rule.stops_on:
            named = [event.says(name) for name in rule.judged_by if event.says(name) is not None]
            for clock in self._open(rule, event):
                clock.judged = max([to_local(instant) for instant in named], default=event.at)

    def _cancel(self, rule: Rule, event: Happened) -> None:
        """It no longer matters; yet what is returned too late counts as overdue."""
        if event.type in rule.cancels_on:
            for clock in self._open(rule, event):
                on_time = rule.told.get("kpi") == "on_time"
                passed = event.at > clock.timing.due and not clock.pending
                clock.overdue_return = bool(event.says("late")) and (on_time or passed)
                clock.cancelled = event.at

    def _hold(self, rule: Rule, event: Happened) -> None:
        """Somebody else has to decide; what is asked after the deadline holds nothing."""
        for starts, _ in rule.holds:
            if event.type == starts:
                for clock in self._open(rule, event):
                    if event.at <= clock.timing.due:
                        clock.pending.add(starts)

    def _release(self, rule: Rule, event: Happened) -> None:
        """Decided: it goes on as of the old deadline."""
        for starts, ends in rule.holds:
            if event.type in ends:
                for clock in self._open(rule, event):
                    clock.pending.discard(starts)

    # -- a clock begins to run -----------------------------------------------------------------------------------------

    def _start(self, rule: Rule, event: Happened) -> None:
        for assignment, role in self._started_for(rule, event):
            facts = self._facts(event, role)
            if fits(rule.told.get("when"), facts):
                clock = self._new(rule, facts, event, assignment)
                self.clocks.append(clock)
                self._done_before(rule, clock)

    def _done_before(self, rule: Rule, clock: Clock) -> None:
        """What a case waits for may have been heard of before its acceptance anew."""
        done = [act.at for act in self.heard if act.type in rule.stops_on and act.at >= clock.started]
        if rule.watches == "case" and done:
            clock.judged = min(done)

    def _started_for(self, rule: Rule, event: Happened) -> Iterator[tuple[str, str]]:
        """A dispatched order has a clock for each assignment, or one for its lead."""
        assignments = event.says("assignments")
        if not assignments:
            assignment = event.says("assignment_id") or ""
            yield assignment, event.says("role") or (self._role_of(assignment) if assignment else "")
        for assigned in assignments or []:
            if rule.watches == "assignment" or assigned["role"] in LEADS:
                yield assigned["assignment_id"], assigned["role"]

    def _role_of(self, assignment: str) -> str:
        return next((clock.facts.role for clock in self.clocks if clock.assignment == assignment), "")

    def _facts(self, event: Happened, role: str) -> Facts:
        """Of the dispatch or the acceptance; later events of the order rest on them."""
        subject = event.says("work_order_id") or ""
        if event.says("category"):
            self.facts[subject] = Facts(
                category=event.says("category"),
                item=event.says("item") or "",
                emergency_class=event.says("emergency_class") or "",
                round=event.says("round") or 1,
                explain_only=bool(event.says("explain_only")),
                reachable=event.says("citizen_reachable"),
            )
        known = self.facts.get(subject) or self.facts.get("") or Facts()
        if not event.says("category"):
            known = replace(known, explain_only=False)
        return replace(
            known,
            round=event.says("round") or known.round,
            role=role,
            return_kind=event.says("kind") or "",
            extension=event.says("how") or "",
        )

    def _new(self, rule: Rule, facts: Facts, event: Happened, assignment: str) -> Clock:
        order = event.says("work_order_id") or ""
        watched = {
            "case": event.says("case_id"),
            "order": order,
            "assignment": assignment,
            "extension": event.says("extension_id"),
            "policy": event.says("policy_id"),
        }[rule.watches]
        at = rule.told.get("starts_at")
        start = to_local(event.says(at)) if at else event.at
        upstream = to_local(event.says("upstream_due_at")) if event.says("upstream_due_at") else None
        other = self._precedes(rule, order) if rule.before else None
        timing = self.pack.timing(rule, facts, start, other)
        timing = self.pack.upstream(rule, facts, start, timing, upstream)
        same = [c for c in self.clocks if c.rule is rule and c.watched == watched and c.round == facts.round]
        nth = len(same) + 1
        return Clock(rule, facts, start, timing, watched, facts.round, nth, order, assignment, upstream=upstream)

    def _precedes(self, rule: Rule, order: str) -> datetime:
        """The deadline of the clock that this one precedes: the latest of that kind of the order."""
        assert rule.before is not None
        return [c for c in self.clocks if c.rule.kind == rule.before["kind"] and c.order == order][-1].timing.due
