"""Units, dispatchers, the citizen and time act at random on dispatch and sla; what is refused changes nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chassis.clock import SimulatedClock
from chassis.domain import DomainError
from chassis.message import Command
from services.dispatch.application import messages
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.states import ExtensionState, Finding, ReturnKind, State
from services.dispatch.domain.work_order import WorkOrder
from tests.machines.invariants import INVARIANTS, Seen, one_lead_at_a_time
from tests.machines.world import Make, World, service

START = datetime.fromisoformat("2026-09-21T09:00:00+08:00")
CITIES = ("350100", "610926", "230500")
EMERGENCY = {"350100": "urgent", "610926": "sudden", "230500": "special"}
UNIT = st.sampled_from(["housing", "transport", "ecology", "government"])
WHICH = st.integers(0, 1)
# Two in three steps are heard at once; the others when somebody says the next thing that is.
HEARD = st.sampled_from([True, True, False])
CO = st.sampled_from([False, False, True])
PHONE = {"method": "phone", "proof": "call-1"}
FORM = {
    "result": "已办理",
    "legal_basis": "有关规定",
    "handler": "陈师傅",
    "result_kind": "solved",
    "section": "养护科",
    "reviewed_by": "林局长",
    "filing": "none",
}
RETURN = {"reason": "不属于本单位", "basis": "职责清单"}


class Life(RuleBasedStateMachine):
    """Subclasses say on which stores."""

    make: ClassVar[Make]

    @initialize(
        city=st.sampled_from(CITIES),
        category=st.sampled_from(["complaint", "consultation", "help"]),
        kind=st.sampled_from(["queued", "queued", "several", "emergency"]),
    )
    def open(self, city: str, category: str, kind: str) -> None:
        clock, make, desk = SimulatedClock(START), type(self).make, service("dispatch").dependencies["desk"]
        self.world = World(clock, make("dispatch", clock), make("sla", clock), city, desk.packs[city])
        self.regime = desk.regime("", city)
        self.citizen_due: datetime | None = None
        self.days, self.closed, self.quiet = 0, False, True
        facts: dict[str, Any] = {"category": category, "masked_text": "请协调处理"}
        if kind == "several":
            facts["item"] = "74"
        if kind == "emergency":
            facts |= {"emergency_class": EMERGENCY[city], "masked_text": "燃气泄漏"}
        self.world.accept(**facts)

    # -- the office ----------------------------------------------------------------------------------------------------

    @rule(which=WHICH, lead=UNIT, co=st.lists(UNIT, max_size=2, unique=True), heard=HEARD)
    def dispatch(self, which: int, lead: str, co: list[str], heard: bool) -> None:
        co_units = [f"{self.world.city}-{unit}" for unit in co if unit != lead]
        named = {"lead": f"{self.world.city}-{lead}", "co_units": co_units}
        self.office(messages.DispatchWorkOrder, heard, name=name_of(self.order(which)), **named)

    @rule(which=WHICH, heard=HEARD)
    def recall(self, which: int, heard: bool) -> None:
        self.office(messages.RecallWorkOrder, heard, name=name_of(self.order(which)), reason="派错单位")

    @rule(which=WHICH, heard=HEARD, chance=st.integers(0, 20))
    def end(self, which: int, heard: bool, chance: int) -> None:
        if chance == 0:
            words = {"ground": "cannot_now", "basis": "有关规定"}
            self.office(messages.EndWorkOrder, heard, name=name_of(self.order(which)), **words)

    @rule(which=WHICH, co=CO, heard=HEARD, lead=st.sampled_from(["", "planning", "market"]))
    def agree_to_return(self, which: int, co: bool, heard: bool, lead: str) -> None:
        if part := self.part(which, co):
            named = {"lead": f"{self.world.city}-{lead}"} if lead else {}
            self.office(messages.AgreeReturn, heard, name=self.named(which, part), **named)

    @rule(which=WHICH, co=CO, heard=HEARD)
    def refuse_return(self, which: int, co: bool, heard: bool) -> None:
        if part := self.part(which, co):
            words = {"ground": "own_duty", "reason": "属于你单位职责"}
            self.office(messages.RefuseReturn, heard, name=self.named(which, part), **words)

    @rule(which=WHICH, granted=st.booleans(), heard=HEARD)
    def decide_extension(self, which: int, granted: bool, heard: bool) -> None:
        order = self.order(which)
        for asked in [e for e in order.extensions if e.state is ExtensionState.PENDING][-1:]:
            name = f"{name_of(order)}/extensions/{asked.id}"
            if granted:
                self.office(messages.GrantExtension, heard, name=name)
            else:
                self.office(messages.RefuseExtension, heard, name=name, reason="理由不足")

    @rule(which=WHICH, heard=HEARD)
    def send_back(self, which: int, heard: bool) -> None:
        self.office(messages.SendBackReply, heard, name=name_of(self.order(which)), reason="未逐项回应")

    @rule(which=WHICH, heard=HEARD)
    def complete(self, which: int, heard: bool) -> None:
        self.office(messages.CompleteWorkOrder, heard, name=name_of(self.order(which)))

    @rule(which=WHICH, finding=st.sampled_from(Finding), heard=HEARD)
    def verify(self, which: int, finding: Finding, heard: bool) -> None:
        words = {"finding": str(finding), "evidence": "现场照片"}
        self.office(messages.VerifyRating, heard, name=name_of(self.order(which)), **words)

    # -- the units -----------------------------------------------------------------------------------------------------

    @rule(which=WHICH, co=CO, heard=HEARD)
    def sign(self, which: int, co: bool, heard: bool) -> None:
        self.unit(which, co, messages.SignAssignment, heard)

    @rule(which=WHICH, co=CO, heard=HEARD)
    def contact(self, which: int, co: bool, heard: bool) -> None:
        self.unit(which, co, messages.RecordContact, heard, **PHONE)

    @rule(which=WHICH, co=CO, heard=HEARD, kind=st.sampled_from(ReturnKind))
    def ask_return(self, which: int, co: bool, heard: bool, kind: ReturnKind) -> None:
        suggested = f"{self.world.city}-planning"
        self.unit(which, co, messages.RequestReturn, heard, kind=str(kind), suggested_unit=suggested, **RETURN)

    @rule(which=WHICH, days=st.sampled_from([0, 0, 0, 1, 30]), heard=HEARD)
    def ask_extension(self, which: int, days: int, heard: bool) -> None:
        """0: as long as the limit."""
        finish = self.order(which).finish_clock
        days = days or (finish.limit_amount if finish else 1)
        words = {"reason": "需要委托检测", "agreed_by": "程局长"}
        self.unit(which, False, messages.RequestExtension, heard, working_days=days, **words)

    @rule(which=WHICH, co=CO, heard=HEARD)
    def reply(self, which: int, co: bool, heard: bool) -> None:
        if co:
            self.unit(which, co, messages.SubmitCoReply, heard, result="本单位部分已办理")
        else:
            self.unit(which, co, messages.AnswerCitizen, heard, **PHONE)
            classes = self.order(which).redo_classes
            self.unit(which, co, messages.SubmitReply, heard, **FORM, redo_class=classes[0] if classes else "")

    # -- the citizen, and time -----------------------------------------------------------------------------------------

    @rule(satisfied=st.sampled_from([False, False, True]))
    def rate(self, satisfied: bool) -> None:
        orders = [o for o in self.world.orders() if o.state is not State.ENDED]
        if self.closed or not orders or any(o.state is not State.COMPLETED for o in orders):
            return
        for order in orders:
            said = {"handling_score": "satisfied" if satisfied else "dissatisfied", "handling_satisfied": satisfied}
            rated = {"work_order_id": order.id, "round": order.round, "rated_at": self.world.clock.now()}
            self.world.intake("case_rated", **rated, **said)
        if satisfied:
            self.world.intake("case_closed", how="rated", closed_at=self.world.clock.now())
            self.closed = True

    @rule(chance=st.integers(0, 30))
    def withdraw(self, chance: int) -> None:
        if chance == 0 and not self.closed and any(o.state in OPEN for o in self.world.orders()):
            self.world.intake("case_withdrawn", withdrawn_at=self.world.clock.now())
            self.closed = True

    @rule(hours=st.sampled_from([1, 5, 24, 72]))
    def wait(self, hours: int) -> None:
        self.world.pass_time(self.world.clock.now() + timedelta(hours=hours))

    @rule(which=WHICH, kind=st.sampled_from(["sign", "return", "finish", "co_reply"]), seconds=st.integers(-2, 2))
    def wait_for_a_deadline(self, which: int, kind: str, seconds: int) -> None:
        """To the edge, a second or two before or after it."""
        due = [c.due_at for c in self.world.clocks() if c.is_open and c.kind == kind]
        if due:
            self.world.pass_time(max(due) + timedelta(seconds=seconds))

    @rule(which=WHICH, steps=st.integers(1, 5), lead=UNIT, co=UNIT)
    def go_on(self, which: int, steps: int, lead: str, co: str) -> None:
        """The usual next steps, so that chance alone need not find the way to the end."""
        for _ in range(steps):
            match self.order(which).state:
                case State.TO_DISPATCH:
                    self.dispatch(which, lead, [co], True)
                case State.DISPATCHED:
                    self.sign(which, False, True)
                case State.IN_HANDLING:
                    self.sign(which, True, True)
                    self.reply(which, True, True)
                    self.reply(which, False, True)
                case State.REPLIED:
                    self.complete(which, True)
                case State.COMPLETED:
                    self.rate(False)
                case State.UNDER_VERIFICATION:
                    self.verify(which, Finding.UNIT_AT_FAULT, True)

    # -- how a step is done --------------------------------------------------------------------------------------------

    def office(self, command: type[Command], heard: bool, **fields: Any) -> None:
        self._step(lambda: self.world.office(command, **fields), heard)

    def unit(self, which: int, co: bool, command: type[Command], heard: bool, **fields: Any) -> None:
        if part := self.part(which, co):
            name = self.named(which, part)
            self._step(lambda: self.world.unit(part.unit, command, name=name, **fields), heard)

    def _step(self, step: Callable[[], None], heard: bool) -> None:
        before = [str(order) for order in self.world.orders()]
        try:
            step()
        except DomainError:
            assert [str(order) for order in self.world.orders()] == before, "a refused step changed an order"
        if heard:
            self.world.talk()
        self.quiet = heard

    def order(self, which: int) -> WorkOrder:
        orders = self.world.orders()
        return orders[which % len(orders)]

    def part(self, which: int, co: bool) -> Assignment | None:
        parts = [a for a in self.order(which).active() if a.is_lead is not co]
        return parts[-1] if parts else None

    def named(self, which: int, part: Assignment) -> str:
        return f"{name_of(self.order(which))}/assignments/{part.id}"

    # -- what must hold ------------------------------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        """Of dispatch by itself at once; of both when each has heard all of the other."""
        seen = Seen(self.regime, self.world.orders(), [], closed=self.closed)
        one_lead_at_a_time(seen)
        if self.quiet:
            seen.clocks, seen.citizen_due, seen.granted_days = self.world.clocks(), self.citizen_due, self.days
            for check in INVARIANTS:
                check(seen)
            self.citizen_due = seen.citizen.due_at if seen.citizen else None
            self.days = seen.days()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.talk()
            self.quiet = True
            self.holds()


OPEN = {State.TO_DISPATCH, State.DISPATCHED, State.IN_HANDLING, State.REPLIED}


def name_of(order: WorkOrder) -> str:
    return f"cities/{order.city}/workOrders/{order.id}"


def quick(examples: int, steps: int) -> settings:
    """The same examples in every run."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
