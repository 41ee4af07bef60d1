"""The clocks of one case, policy, article or call by the file: what happened to each, and what a lawyer finds in it.

A finding is made anew from what the file says, not carried along. Nothing here is taken from services/sla.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.law import changes
from tests.law.clocks import Clock, Happened
from tests.law.moments import TWO_CLOCKS, to_local
from tests.law.pack import Facts, Own, Pack, Rule, Timing, fits

LEADS = ("lead", "fallback_lead")
# Why an assignment may be taken from a unit without taking away what was overdue already.
TAKEN = ("disputed", "lead_changed")


@dataclass
class CaseFile:
    """All clocks of one case, policy, article or call, in the order in which they began to run."""

    pack: Pack
    clocks: list[Clock] = field(default_factory=list)
    facts: dict[str, Facts] = field(default_factory=dict)
    """What is known of the case and of each order."""
    own: dict[str, Own] = field(default_factory=dict)
    """Limits that the case has for itself, by ground."""
    heard: list[Happened] = field(default_factory=list)

    # -- time passes ---------------------------------------------------------------------------------------------------

    def wait_until(self, now: datetime) -> None:
        """A window that nobody used is over, and what is excused is void."""
        for clock in self.clocks:
            if (clock.rule.window or clock.excused) and not clock.is_over and not clock.pending:
                passed = now >= clock.timing.due
                clock.ended_in_silence, clock.voided = passed and clock.rule.window, passed and not clock.rule.window

    # -- something is heard --------------------------------------------------------------------------------------------

    def hear(self, event: Happened) -> None:
        """In the order of services/sla/README.md."""
        self._note_facts(event)
        for part, names in (
            *((self._use, "uses_on"), (self._move, "moves_on"), (self._correct, "corrected_on")),
            *((self._limit, "own_limits_on"), (self._restart, "restarts_on"), (self._excuse, "voids_on")),
            *((self._stop, "stops_on"), (self._cancel, "cancels_on")),
            *((self._hold, "holds_on"), (self._release, "releases_on"), (self._start, "starts_on")),
        ):
            for rule in self.pack.touched_by(event.type, names):
                part(rule, event)
        self._note_limits(event)
        self.heard.append(event)

    def _open(self, rule: Rule, event: Happened, *, whole_order: bool = False) -> Iterator[Clock]:
        for clock in self.clocks:
            if clock.rule is rule and not clock.is_over and self._concerns(event, clock, whole_order):
                yield clock

    def _concerns(self, event: Happened, clock: Clock, whole_order: bool) -> bool:
        """An event concerns its case; its order, as a whole if it speaks of the order; else its own assignment."""
        if clock.rule.watches in ("case", "policy", "call", "article"):
            return True
        for watches in ("extension", "supervision"):
            if clock.rule.watches == watches and event.says(f"{watches}_id"):
                return bool(clock.watched == event.says(f"{watches}_id"))
        if event.says("work_order_id") and clock.order != event.says("work_order_id"):
            return False
        if (event.says("round") or clock.round) < clock.round:
            return False  # what was said of an earlier round is not said of its redo
        if whole_order or event.type.startswith("dispatch.work_order_") or not event.says("assignment_id"):
            return True
        return bool(clock.assignment == event.says("assignment_id"))

    def _use(self, rule: Rule, event: Happened) -> None:
        """An extension counts when it is granted, or when it is asked for, as the pack says; a long cycle does not."""
        if event.says("route") != "long_cycle":
            for clock in self._open(rule, event, whole_order=event.type in rule.moves_on):
                clock.used += 1

    def _move(self, rule: Rule, event: Happened) -> None:
        """A granted extension. Of several orders of a case the longest counts, not the sum."""
        order = event.says("work_order_id")
        for clock in self._open(rule, event, whole_order=True):
            before = clock.days_granted
            clock.granted[order] = clock.granted.get(order, 0) + event.says("working_days")
            if clock.days_granted > before:
                days = clock.days_granted - before
                self._put(clock, self._ahead(clock) or changes.extended(self.pack, clock, days))

    def _correct(self, rule: Rule, event: Happened) -> None:
        """更正: what is not asked for goes with its breach, the rest is counted anew, what is asked for now starts."""
        told = rule.corrected
        assert told is not None
        for clock in list(self._open(rule, event, whole_order=True)):
            facts = changes.corrected(clock.facts, event)
            if not fits(rule.told.get("when"), facts):
                stays = told.get("breach_stays") and clock.is_overdue(event.at)
                clock.facts, clock.dropped = facts, not stays
                continue
            least = changes.least_of(told.get("never_before"), event.at, facts)
            self._put(clock, self._ahead(clock) or changes.recount(self.pack, clock, facts, clock.own, least))
            clock.facts = facts
        if told.get("starts") and event.says("assignments"):
            self._start(rule, event, known=self._assignments_with(rule, event))

    def _assignments_with(self, rule: Rule, event: Happened) -> set[str]:
        """Those that have such a clock, or had one in this round that was kept or missed."""
        round = event.says("round")
        same = [c for c in self.clocks if c.rule is rule and c.round == round]
        return {c.assignment for c in same if not (c.dropped or c.cancelled is not None or c.ended_in_silence)}

    def _limit(self, rule: Rule, event: Happened) -> None:
        """Another limit of the case is put on record, or taken back."""
        ground = event.says("ground")
        before = self.own.get(ground)
        own = {**self.own, ground: changes.own_of(event)}
        if not event.says("set_at"):
            del own[ground]
        for clock in self._open(rule, event):
            least = changes.of_own(self.pack, own.get(ground) or before or changes.own_of(event), event.at)
            self._put(clock, self._ahead(clock) or changes.recount(self.pack, clock, clock.facts, own, least))
            clock.own = own

    def _ahead(self, clock: Clock) -> Timing | None:
        """Of a clock that precedes another's deadline: it goes where that one goes."""
        if clock.rule.before is None:
            return None
        return self.pack.ahead_of(clock.rule, clock.facts, clock.started, self._precedes(clock.rule, clock.order))

    def _restart(self, rule: Rule, event: Happened) -> None:
        """Counted from this event, where that ends earlier."""
        for clock in self._open(rule, event):
            clock.restarted = event.at
            again = self.pack.timing_alone(rule, clock.facts, event.at)
            if again.due < clock.timing.due:
                self._put(clock, again)

    def _put(self, clock: Clock, timing: Timing) -> None:
        """Where neither deadline nor limit changes, the clock runs on as it did, but for what the facts may bar."""
        if timing.due != clock.timing.due:
            clock.first_due = clock.first_due or clock.timing.due
        elif timing.limit == clock.timing.limit:
            timing = replace(clock.timing, counted=timing.counted, last_extension=timing.last_extension)
        clock.timing = timing

    def _excuse(self, rule: Rule, event: Happened) -> None:
        """Force majeure: of the clocks that are named, in this round, no breach counts."""
        if rule.kind not in event.says("clocks"):
            return
        for clock in self.clocks:
            over = clock.cancelled is not None or clock.dropped or clock.ended_in_silence
            this_round = rule.watches == "case" or clock.round == event.says("round")
            if clock.rule is rule and this_round and not over and self._concerns(event, clock, whole_order=True):
                clock.excused = clock.judged is None or clock.judged > clock.timing.due

    def _stop(self, rule: Rule, event: Happened) -> None:
        """The act, judged by its own instants: the latest that the pack names."""
        named = [event.says(name) for name in rule.judged_by if event.says(name) is not None]
        for clock in self._open(rule, event):
            if rule.watches == "case" and clock.occurrence > 1 and event.at + TWO_CLOCKS < clock.started:
                continue  # it was done for the acceptance before
            clock.judged = max([to_local(instant) for instant in named], default=event.at)

    def _cancel(self, rule: Rule, event: Happened) -> None:
        """It no longer matters; yet what is returned too late counts as overdue."""
        for clock in self._open(rule, event):
            former = event.says("ground") == "joined" or event.at < clock.started
            if rule.watches == "case" and event.says("work_order_id") and former:
                continue  # an order of the acceptance before; and that the case joined, intake tells
            late, on_time = bool(event.says("late")), rule.told.get("kpi") == "on_time"
            taken = event.says("why") in TAKEN or event.type == "dispatch.dispute_opened"
            clock.overdue_return = (late and on_time) or (clock.is_overdue(event.at) and (late or taken))
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

    def _start(self, rule: Rule, event: Happened, known: Container[str] = ()) -> None:
        for assignment, role in self._started_for(rule, event):
            if assignment in known:
                continue
            facts = self._facts(event, role)
            if fits(rule.told.get("when"), facts):
                clock = self._new(rule, facts, event, assignment)
                self.clocks.append(clock)
                self._done_before(rule, clock)

    def _done_before(self, rule: Rule, clock: Clock) -> None:
        """What a case waits for may have been heard of before its acceptance anew."""
        done = [act.at for act in self.heard if act.type in rule.stops_on and act.at + TWO_CLOCKS >= clock.started]
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

    def _note_facts(self, event: Happened) -> None:
        """Of the dispatch or the acceptance, as corrected later; other events of the order rest on them."""
        subject = event.says("work_order_id") or ""
        if event.says("corrected_at"):
            known = self.facts.get(subject) or self.facts.get("") or Facts()
            self.facts[subject] = changes.corrected(known, event)
        elif event.says("category"):
            self.facts[subject] = Facts(
                category=event.says("category"),
                item=event.says("item") or "",
                emergency_class=event.says("emergency_class") or "",
                round=event.says("round") or 1,
                explain_only=bool(event.says("explain_only")),
                reachable=event.says("citizen_reachable"),
            )

    def _note_limits(self, event: Happened) -> None:
        """One of each ground: the newest word counts, also for clocks that start later."""
        if event.type == "intake.case_limit_set":
            self.own[event.says("ground")] = changes.own_of(event)
        if event.type == "intake.case_limit_lifted":
            self.own.pop(event.says("ground"), None)

    def _facts(self, event: Happened, role: str) -> Facts:
        known = self.facts.get(event.says("work_order_id") or "") or self.facts.get("") or Facts()
        return replace(
            known,
            explain_only=known.explain_only and bool(event.says("category")),
            round=event.says("round") or known.round,
            role=role,
            return_kind=event.says("kind") or "",
            extension=event.says("how") or "",
            dispute_step=event.says("dispute_step") or "",
            supervision=event.says("ground") if event.says("supervision_id") else "",
            written_reply=bool(event.says("written_reply")),
            call_back=bool(event.says("call_back")),
        )

    def _new(self, rule: Rule, facts: Facts, event: Happened, assignment: str) -> Clock:
        order = event.says("work_order_id") or ""
        watched = {
            "case": event.says("case_id"),
            "order": order,
            "assignment": assignment,
            "extension": event.says("extension_id"),
            "supervision": event.says("supervision_id"),
            "policy": event.says("policy_id"),
            "call": event.says("call_id"),
            "article": event.says("article_id"),
        }[rule.watches]
        at = rule.told.get("starts_at")
        start = to_local(event.says(at)) if at else event.at
        upstream = to_local(event.says("upstream_due_at")) if event.says("upstream_due_at") else None
        other = self._precedes(rule, order) if rule.before else None
        same = [c for c in self.clocks if c.rule is rule and c.watched == watched and c.round == facts.round]
        timing = self.pack.timing(rule, facts, start, other)
        clock = Clock(rule, facts, start, timing, watched, facts.round, len(same) + 1, order, assignment)
        clock.upstream = upstream if rule.told.get("upstream") else None
        if other is None and (clock.upstream or (rule.own_limits_on and self.own)):
            clock.timing = changes.first_deadline(self.pack, clock, list(self.own.values()))
        return clock

    def _precedes(self, rule: Rule, order: str) -> datetime:
        """The deadline of the clock that this one precedes: the latest of that kind of the order."""
        assert rule.before is not None
        return [c for c in self.clocks if c.rule.kind == rule.before["kind"] and c.order == order][-1].timing.due
