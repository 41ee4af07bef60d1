"""What units, dispatchers and ratings may do to an order, at random."""

from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from chassis.domain import DomainError, Event
from chassis.packs import load_packs
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.domain import (
    allowances,
    disputes,
    extensions,
    force_majeure,
    handling,
    leads,
    redo,
    returns,
)
from services.dispatch.domain.assignment import Assignment, ReturnRequest
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.dispute import Dispute
from services.dispatch.domain.notes import ClockNote, Extension, Reply
from services.dispatch.domain.regime import Regime
from services.dispatch.domain.states import (
    OPEN,
    Bar,
    ExtensionState,
    Finding,
    ReturnKind,
    Role,
    Route,
    State,
)
from services.dispatch.domain.work_order import WorkOrder

PACKS = {name: load_regime(folder) for name, folder in load_packs(ROOT / "policies").current.items()}
UNITS = ("a", "b", "c", "d")
UNIT = st.sampled_from(UNITS)


class Steps(RuleBasedStateMachine):
    """Units, dispatchers and ratings act at random; what the domain refuses must change nothing."""

    @initialize(pack=st.sampled_from(sorted(PACKS)), category=st.sampled_from(["complaint", "consultation"]))
    def open(self, pack: str, category: str) -> None:
        self.now = datetime(2026, 9, 24, tzinfo=UTC)
        self.ids = (f"id-{n}" for n in count(1))
        self.regime: Regime = PACKS[pack]
        case = CaseCopy("case-1", "350100-20260924-000001-7", category, citizen_reachable=True)
        self.order = WorkOrder("order-1", "350100", pack, case, 1, self.now)
        self.events: list[Event] = []
        self.dispute: Dispute | None = None
        self.do(lambda: [self.order.queue(why="no_route", candidates=[], now=self.now)])

    def do(self, step: object, *only_from: State) -> None:
        """A step that passes was allowed in the state before it."""
        self.now += timedelta(minutes=5)
        before, state = str(self.order), self.order.state
        try:
            happened = step()  # type: ignore[operator]
        except DomainError:
            assert str(self.order) == before, "a refused step changed the order"
            return
        assert happened, "a step without an event"
        assert not only_from or state in only_from, f"a step for {only_from} passed on {state}"
        self.events += happened

    def part(self, unit: str) -> Assignment | None:
        """The unit's part; "a" stands for whoever leads at present, so that leads act more often."""
        lead = lead_of(self.order)
        if unit == "a" and lead:
            return lead
        return next((a for a in reversed(self.order.assignments) if a.unit == unit), None)

    @rule(lead=UNIT, co=st.lists(UNIT, max_size=2, unique=True), fallback=st.booleans())
    def dispatch(self, lead: str, co: list[str], fallback: bool) -> None:
        choice = Choice(lead, tuple(u for u in co if u != lead), fallback)
        self.do(lambda: self.order.dispatch(choice, ids=self.ids, now=self.now), State.TO_DISPATCH)
        if lead_of(self.order):
            due = self.now + timedelta(hours=2)
            self.order.clocks["finish"] = ClockNote("finish", "", due, None, "working_day", 5)

    @rule(steps=st.integers(1, 6), lead=UNIT, co=UNIT)
    def go_on(self, steps: int, lead: str, co: str) -> None:
        """The usual next steps, so that chance alone need not find the way to the end."""
        for _ in range(steps):
            match self.order.state:
                case State.TO_DISPATCH:
                    self.dispatch(lead, [co], False)
                case State.DISPATCHED:
                    self.sign("a")
                case State.IN_HANDLING:
                    self.reply("a")
                case State.REPLIED:
                    self.complete()
                case State.COMPLETED:
                    self.rate_dissatisfied()
                case State.UNDER_VERIFICATION:
                    self.verify(Finding.UNIT_AT_FAULT)
                case State.DISPUTED:
                    self.settle(lead, [co])

    @rule()
    def recall(self) -> None:
        self.do(lambda: self.order.recall(now=self.now), State.DISPATCHED)

    @rule(unit=UNIT)
    def sign(self, unit: str) -> None:
        if part := self.part(unit):
            self.do(lambda: [handling.sign(self.order, part, now=self.now)], *OPEN)

    @rule(unit=UNIT)
    def contact(self, unit: str) -> None:
        if part := self.part(unit):
            self.do(lambda: [handling.contact(self.order, part, method="phone", proof="p", now=self.now)], *OPEN)

    @rule(unit=UNIT)
    def answer(self, unit: str) -> None:
        if part := self.part(unit):
            self.do(
                lambda: [handling.answer_citizen(self.order, part, method="phone", proof="p", now=self.now)],
                State.IN_HANDLING,
                State.REPLIED,
            )

    @rule(unit=UNIT)
    def co_reply(self, unit: str) -> None:
        if part := self.part(unit):
            self.do(lambda: [handling.submit_co_reply(self.order, part, result=None, now=self.now)], *OPEN)

    @rule(unit=UNIT)
    def reply(self, unit: str) -> None:
        if part := self.part(unit):
            self.do(
                lambda: [handling.submit_reply(self.order, part, Reply(part.id, None, None, b"", "", self.now))],
                State.IN_HANDLING,
            )

    @rule()
    def send_back(self) -> None:
        self.do(lambda: [handling.send_back(self.order, reason=None, now=self.now)], State.REPLIED)

    @rule()
    def complete(self) -> None:
        self.do(lambda: [handling.complete(self.order, now=self.now)], State.REPLIED)

    @rule(unit=UNIT, kind=st.sampled_from(ReturnKind), late=st.booleans())
    def ask_return(self, unit: str, kind: ReturnKind, late: bool) -> None:
        if part := self.part(unit):
            asked = ReturnRequest(kind, "", self.now, late)
            self.do(lambda: self._ask(part, asked), State.DISPATCHED, State.IN_HANDLING)

    def _ask(self, part: Assignment, asked: ReturnRequest) -> list[Event]:
        rules, ladder = self.regime.returns, self.regime.disputes
        if not returns.opens_dispute(self.order, part, asked, rules, ladder):
            return [returns.request(self.order, part, asked, rules=rules, now=self.now, ladder=ladder)]
        returns.ask(self.order, part, asked, rules=rules, ladder=ladder)
        return self._dispute(disputes.Opening("returns_used_up", by_rule=True, asked_by=part))

    def _dispute(self, opening: disputes.Opening) -> list[Event]:
        assert self.regime.disputes
        opened = disputes.open_dispute(self.order, opening, id="d", rules=self.regime.disputes, now=self.now)
        self.dispute = opened[0]
        return opened[1]

    @rule(hazard=st.booleans())
    def open_dispute(self, hazard: bool) -> None:
        self.do(lambda: self._dispute(disputes.Opening("unclear_duty", hazard=hazard)), *OPEN - {State.DISPUTED})

    @rule(lead=UNIT, co=st.lists(UNIT, max_size=2, unique=True))
    def settle(self, lead: str, co: list[str]) -> None:
        if self.dispute and self.regime.disputes:
            dispute, step, now = self.dispute, self.regime.disputes.steps[0], self.now
            co = [u for u in co if u != lead]
            self.do(
                lambda: disputes.settle(self.order, dispute, step, lead=lead, co_units=co, ids=self.ids, now=now),
                State.DISPUTED,
            )

    @rule(unit=UNIT)
    def refuse_return(self, unit: str) -> None:
        if part := self.part(unit):
            rules = self.regime.returns
            self.do(lambda: [returns.refuse(self.order, part, ground="own_duty", rules=rules, now=self.now)])

    @rule(unit=UNIT, next_lead=st.sampled_from(["", *UNITS]))
    def agree_return(self, unit: str, next_lead: str) -> None:
        if part := self.part(unit):
            self.do(lambda: self._agree(part, next_lead))

    def _agree(self, part: Assignment, next_lead: str) -> list[Event]:
        happened = [returns.agree(self.order, part, now=self.now)]
        if not part.is_lead:
            return happened
        self.order.move(State.TO_DISPATCH, self.now)
        if not next_lead:
            return [*happened, self.order.queue(why="return_agreed", candidates=[], now=self.now)]
        stay = tuple(a.unit for a in self.order.active() if a.unit != next_lead)
        return [*happened, *self.order.dispatch(Choice(next_lead, stay), ids=self.ids, now=self.now)]

    @rule(lead=UNIT, keep_former=st.booleans())
    def change_lead(self, lead: str, keep_former: bool) -> None:
        self.do(
            lambda: leads.change(self.order, lead, keep_former=keep_former, ids=self.ids, now=self.now),
            State.DISPATCHED,
            State.IN_HANDLING,
        )

    @rule(unit=UNIT, days=st.integers(0, 1))
    def press(self, unit: str, days: int) -> None:
        self.now += timedelta(days=days)
        if part := self.part(unit):
            step = lambda: [leads.press(self.order, part, by="", now=self.now)]  # noqa: E731
            self.do(step, State.DISPATCHED, State.IN_HANDLING)

    @rule(unit=UNIT, bar=st.sampled_from(Bar))
    def allow_extension(self, unit: str, bar: Bar) -> None:
        if part := self.part(unit):
            rules = self.regime.extensions
            self.do(
                lambda: [allowances.allow(self.order, part, bar, by=b"", rules=rules, now=self.now)], State.IN_HANDLING
            )

    @rule(clock=st.sampled_from(["finish", "citizen", "review"]))
    def record_force_majeure(self, clock: str) -> None:
        rules = self.regime.force_majeure
        self.do(lambda: [force_majeure.record(self.order, [clock], by=b"", rules=rules, now=self.now)])

    @rule(unit=UNIT, days=st.sampled_from([1, 5, 9]), route=st.sampled_from(Route))
    def ask_extension(self, unit: str, days: int, route: Route) -> None:
        if part := self.part(unit):
            asked = Extension(next(self.ids), part.id, self.order.round, days, self.now, route=route)
            rules = self.regime.extensions
            self.do(lambda: extensions.request(self.order, part, asked, rules=rules, now=self.now), State.IN_HANDLING)

    @rule(granted=st.booleans())
    def decide_extension(self, granted: bool) -> None:
        pending = [e for e in self.order.extensions if e.state is ExtensionState.PENDING]
        if pending and granted:
            rules = self.regime.extensions
            self.do(
                lambda: [extensions.grant(self.order, pending[0], rules=rules, now=self.now)],
                State.IN_HANDLING,
                State.REPLIED,
            )
        elif pending:
            self.do(lambda: [extensions.refuse(self.order, pending[0], now=self.now)], State.IN_HANDLING, State.REPLIED)

    @rule()
    def rate_dissatisfied(self) -> None:
        if self.order.state is State.COMPLETED:
            rules = self.regime.redo
            self.do(
                lambda: redo.rated_dissatisfied(self.order, rules=rules, ids=self.ids, now=self.now), State.COMPLETED
            )

    @rule(finding=st.sampled_from(Finding))
    def verify(self, finding: Finding) -> None:
        rules = self.regime.redo
        self.do(
            lambda: redo.verify(self.order, finding=finding, evidence=None, rules=rules, ids=self.ids, now=self.now),
            State.UNDER_VERIFICATION,
        )

    @rule(chance=st.integers(0, 30))
    def end(self, chance: int) -> None:
        if chance == 0:
            self.do(lambda: self.order.end(ground="g", basis="b", next_authority="", now=self.now))


def lead_of(order: WorkOrder) -> Assignment | None:
    return next((a for a in order.active() if a.role is not Role.CO), None)
