"""A clock: one limit that runs for a case, order, assignment, extension, supervision, policy or call, and its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.domain import Event, Step
from services.sla.domain.clock_record import ClockRecord
from services.sla.domain.events import (
    BreachWithdrawn,
    ClockBreached,
    ClockMoved,
    ClockReminded,
    ClockStopped,
    ClockWarned,
)
from services.sla.domain.life import FINAL, LIFE, State
from services.sla.domain.limits import Deadline
from services.sla.domain.reminder import Reminder
from services.sla.domain.rules import Watches

__all__ = ["FINAL", "LIFE", "Clock", "State"]

# Intake dates an acceptance and dispatch what answers it, and the clocks of their hosts are never quite the same: where
# they are well kept, by milliseconds. In so few seconds no case is dispatched, joined to another and accepted anew.
HOSTS_APART = timedelta(seconds=5)


@dataclass
class Clock(ClockRecord):
    """Lateness is judged from the instants of acts, never from the moment of their arrival."""

    def tick(self, now: datetime) -> list[Event]:
        """Lights that are due by now, each once and never early; a window ends in silence."""
        events: list[Event] = []
        if self.state is State.RUNNING and not self.warned and not self.window and self.warn_at <= now:
            self.warned = True
            self._become(State.WARNED)
            events.append(ClockWarned(**self.named(), due_at=self.due_at, warned_at=self.warn_at))
        if self.state in (State.RUNNING, State.WARNED) and self.reminder and self.reminder.fire(now):
            events.append(self._reminded(self.reminder))
        if self.state in (State.RUNNING, State.WARNED) and self.due_at <= now:
            events += self.cancel(self.due_at) if self.window else self._overdue()
        return events

    def stop(self, at: datetime, judged_at: datetime | None = None) -> list[Event]:
        """The act: met or late by its own instant; a breach that it disproves is withdrawn. Only the first counts."""
        if not self.is_open:
            return []
        judged = judged_at or at
        events: list[Event] = []
        if judged <= self.due_at:
            if self.state is State.BREACHED:
                events.append(self._withdrawn("act_in_time", at))
            self._become(State.MET)
        else:
            if self.state is not State.BREACHED:
                events += self._overdue()
            if self.state is State.VOIDED:
                return events
            self._become(State.LATE)
        self.judged_at, self.stopped_at, self.holds = judged, at, []
        return [*events, self._stopped(judged)]

    def hold(self, reason: str, at: datetime) -> list[Event] | None:
        """Waits for somebody else's decision, if the asking came in time, also when it is heard late; None: it did not.

        A breach that fired before the asking was heard is withdrawn.
        """
        if not self.is_open or at > self.due_at:
            return None
        disproved = self.disprove(at)
        if self.state is not State.HELD:
            self._become(State.HELD)
        self.holds = [*self.holds, reason]
        return disproved

    def release(self, reason: str, at: datetime) -> list[Event] | None:
        """Goes on as of the old deadline, which may have passed meanwhile. None: it was not held for that reason."""
        if self.state is not State.HELD or reason not in self.holds:
            return None
        self.holds.remove(reason)
        if self.holds:
            return []
        if at > self.due_at:
            return self.cancel(self.due_at) if self.window else self._overdue()
        self._become(State.WARNED if self.warned else State.RUNNING)
        return []

    def disprove(self, at: datetime) -> list[Event]:
        """What was asked or ended by the deadline, and is heard after it: there never was a breach."""
        if self.state is not State.BREACHED or at > self.due_at:
            return []
        self._become(State.RUNNING)
        return [self._withdrawn("act_in_time", at)]

    def breached_at(self, at: datetime) -> bool:
        return self.state is State.BREACHED and at > self.due_at

    def move(
        self, to: Deadline, last_extension_at: datetime | None, why: str, at: datetime, *steps: Step,
        reminder: Reminder | None = None, anew: bool = False,
    ) -> list[Event]:  # fmt: skip
        """A new deadline; a breach of the old one is withdrawn when the new one still lies ahead."""
        if not self.is_open or (to.due == self.due_at and not anew):
            return []
        events: list[Event] = []
        old = self.due_at
        self.first_due_at = self.first_due_at or (old if to.due != old else None)
        self.due_at, self.warn_at, self.last_extension_at = to.due, to.warn, last_extension_at
        self.provisional, self.beyond = to.provisional, to.beyond
        self.reminder = self._next_reminder(reminder, at)
        self.steps = [*self.steps, *steps]
        if self.state is State.BREACHED and to.due > at:
            events.append(self._withdrawn(why, at))
            self._run_again()
        elif to.warn > at:
            # Also while the extension holds it: the new deadline has a yellow light of its own.
            self.warned = False
            if self.state is State.WARNED:
                self._run_again()
        moved = ClockMoved(
            **self.named(),
            old_due_at=old,
            due_at=to.due,
            warn_at=to.warn,
            last_extension_at=last_extension_at,
            why=why,
            moved_at=at,
            **self.limited(),
        )
        return [*events, moved]

    def stay(self, last_extension_at: datetime | None, reminder: Reminder | None, at: datetime, *steps: Step) -> None:
        """The deadline stays as it was, and the last moment for an extension may not."""
        self.last_extension_at, self.reminder = last_extension_at, self._next_reminder(reminder, at)
        self.steps = [*self.steps, *steps]

    def extend(self, work_order_id: str, working_days: int) -> int:
        """By how many days an extension moves it: of several orders of one case the longest counts, not the sum."""
        before = max(self.extended.values(), default=0)
        self.extended[work_order_id] = self.extended.get(work_order_id, 0) + working_days
        return max(self.extended.values()) - before

    def cancel(self, at: datetime, *, late_return: bool = False) -> list[Event]:
        """It no longer matters; an agreed return that came late still counts as overdue."""
        if not self.is_open:
            return []
        disproved = self.disprove(at)
        self.late_return = late_return
        return [*disproved, self._end(State.CANCELLED, at)]

    def drop(self, why: str, at: datetime) -> list[Event]:
        """It should never have run: a breach of it is taken back as well."""
        if not self.is_open:
            return []
        withdrawn = [self._withdrawn(why, at)] if self.state is State.BREACHED else []
        return [*withdrawn, self._end(State.CANCELLED, at)]

    def outlives(self, work_order_id: str, ground: str, at: datetime) -> bool:
        """A case may be accepted anew before the end of its former order is heard; that it joined, intake tells."""
        of_an_order = self.watches is Watches.CASE and work_order_id != ""
        return of_an_order and (ground == "joined" or self.started_at > at)

    def begun_after(self, at: datetime) -> bool:
        """An act for the former acceptance of a case, heard after the case was accepted anew.

        Of the first acceptance none can be. One that came only seconds before is taken for the next: rather than that
        the clocks of two hosts leave it running, an act for the former one may stop it.
        """
        return self.watches is Watches.CASE and self.occurrence > 1 and self.started_at - at > HOSTS_APART

    def excuse(self, at: datetime, step: Step) -> list[Event] | None:
        """Force majeure: the breach that came, or would come, is void. None: it was kept, or no longer matters."""
        if self.excused or self.state in (State.MET, State.VOIDED, State.CANCELLED):
            return None
        self.excused, self.steps = True, [*self.steps, step]
        return self.void(at) if self.state in (State.BREACHED, State.LATE) else []

    def void(self, at: datetime) -> list[Event]:
        """Force majeure takes the breach away."""
        return [self._withdrawn("force_majeure", at), self._end(State.VOIDED, at)]

    # -- inside ------------------------------------------------------------------------------------------------------

    def _become(self, state: State) -> None:
        LIFE.check(self.state, state)
        self.state = state

    def _run_again(self) -> None:
        self._become(State.RUNNING)
        self.warned = False

    def _next_reminder(self, new: Reminder | None, at: datetime) -> Reminder | None:
        """One that would have come already is not made up for: the unit hears of the new deadline now."""
        if new and self.reminder and new.last_at == self.reminder.last_at:
            return self.reminder
        return new if new and new.at > at else None

    def _overdue(self) -> list[Event]:
        """The deadline has passed: a breach, unless it is excused; then it counts nowhere."""
        if not self.excused:
            return [self._breach()]
        return [self._end(State.VOIDED, self.due_at)]

    def _end(self, state: State, at: datetime) -> ClockStopped:
        self._become(state)
        self.judged_at, self.stopped_at, self.holds = at, at, []
        return self._stopped(at)

    def _breach(self) -> ClockBreached:
        self._become(State.BREACHED)
        self.holds = []
        return ClockBreached(**self.named(), round=self.round, due_at=self.due_at, breached_at=self.due_at)

    def _withdrawn(self, why: str, at: datetime) -> BreachWithdrawn:
        return BreachWithdrawn(**self.named(), why=why, withdrawn_at=at)

    def _reminded(self, reminder: Reminder) -> ClockReminded:
        return ClockReminded(**self.named(), of=str(reminder.of), last_at=reminder.last_at, reminded_at=reminder.at)

    def _stopped(self, judged_at: datetime) -> ClockStopped:
        return ClockStopped(**self.named(), outcome=self.state, judged_at=judged_at, due_at=self.due_at)
