"""What must hold of a case whatever was done to it. That each can fail, test_violations.py shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.regime import Counted, Regime
from services.dispatch.domain.states import AssignmentState, ExtensionState, State
from services.dispatch.domain.work_order import WorkOrder
from services.sla.domain.clock import Clock
from services.sla.domain.clock import State as ClockState

WITH_NOBODY = {State.TO_DISPATCH, State.ENDED}
ENDED = {State.COMPLETED, State.ENDED}
OFFICE, UNIT = "office", "unit"
# The clocks that wait for the hotline office; of `return_review` only the lead's speaks of the whole order.
WAIT_FOR_OFFICE = {"dispatch", "redispatch", "return_review", "extension_decision", "review", "verification"}
KEEPS_TIME = {
    State.TO_DISPATCH: {"dispatch", "redispatch"},
    State.DISPATCHED: {"finish"},
    State.IN_HANDLING: {"finish"},
    State.REPLIED: {"review"},
    State.UNDER_VERIFICATION: {"verification"},
}


@dataclass
class Seen:
    """A case when nobody has anything left to say."""

    regime: Regime
    orders: Sequence[WorkOrder]
    clocks: Sequence[Clock]
    # What was seen before: the citizen's deadline, and the working days granted by then.
    citizen_due: datetime | None = None
    granted_days: int = 0
    closed: bool = False

    def clocks_of(self, order: WorkOrder) -> list[Clock]:
        return [c for c in self.clocks if c.is_open and c.work_order_id in {order.id, ""}]

    @property
    def citizen(self) -> Clock | None:
        return next((c for c in self.clocks if c.kind == "citizen"), None)

    def days(self) -> int:
        """Working days granted, of whichever order."""
        return sum(e.working_days for o in self.orders for e in o.extensions if e.state is ExtensionState.GRANTED)


def leads(order: WorkOrder) -> list[Assignment]:
    return [a for a in order.active() if a.is_lead]


def one_lead_at_a_time(seen: Seen) -> None:
    for order in seen.orders:
        wanted = 0 if order.state in WITH_NOBODY else 1
        assert len(leads(order)) == wanted, f"{order.state} with {len(leads(order))} leads"


def no_order_without_a_clock(seen: Seen) -> None:
    for order in seen.orders:
        if order.state in ENDED:
            continue
        kinds = {c.kind for c in seen.clocks_of(order)}
        assert kinds & KEEPS_TIME[order.state], f"{order.state} with the clocks {sorted(kinds)}"
        if order.state in {State.DISPATCHED, State.IN_HANDLING, State.REPLIED}:
            mine = {c.assignment_id for c in seen.clocks_of(order) if c.kind == "finish"}
            assert mine == {leads(order)[0].id}, f"the finish clock of {mine} runs"


def a_completed_order_has_a_final_reply(seen: Seen) -> None:
    for order in seen.orders:
        if order.state not in {State.COMPLETED, State.UNDER_VERIFICATION}:
            continue
        (lead,) = leads(order)
        assert order.reply is not None, "completed without a reply"
        assert order.reply.assignment_id == lead.id, "completed with the reply of another unit"
        assert lead.state is AssignmentState.REPLIED
        judged = [c.state for c in seen.clocks if c.kind == "finish" and c.assignment_id == lead.id]
        assert judged in ([ClockState.MET], [ClockState.LATE]), f"completed, and the finish clock is {judged}"


def extensions_never_go_beyond_the_pack(seen: Seen) -> None:
    rules = seen.regime.extensions
    for order in seen.orders:
        for id in {e.assignment_id for e in order.extensions}:
            own = [e for e in order.extensions if e.assignment_id == id]
            granted = [e for e in own if e.state is ExtensionState.GRANTED]
            used = own if rules.counted is Counted.APPLICATIONS else granted
            assert len(used) <= rules.count, f"{len(used)} extensions where the pack gives {rules.count}"
            clock = next(c for c in seen.clocks if c.kind == "finish" and c.assignment_id == id)
            limit = int(clock.limit.partition(" ")[0])
            assert all(e.working_days <= limit for e in granted), "an extension longer than the limit"
            moved = clock.extended.get(order.id, 0)
            assert moved == sum(e.working_days for e in granted), f"the clock moved by {moved} days"


def only_extensions_move_the_citizens_clock(seen: Seen) -> None:
    """No return, redo or change of unit does."""
    clock = seen.citizen
    if clock is None or seen.citizen_due is None or clock.due_at == seen.citizen_due:
        return
    assert seen.days() > seen.granted_days, f"moved from {seen.citizen_due} to {clock.due_at} without an extension"


def every_open_order_has_one_next_owner(seen: Seen) -> None:
    """By what dispatch waits for, and by the clocks that run, it is the same one."""
    for order in seen.orders:
        if order.state not in ENDED and not seen.closed:
            found, wanted = owners(order, seen), awaited(order)
            assert found == {wanted}, f"{order.state}: {wanted} is awaited, the clocks wait for {sorted(found)}"


def awaited(order: WorkOrder) -> str:
    if order.state not in {State.DISPATCHED, State.IN_HANDLING}:
        return OFFICE
    lead = leads(order)[0]
    asked = [e for e in order.extensions if e.assignment_id == lead.id and e.state is ExtensionState.PENDING]
    return OFFICE if lead.pending_return or asked else UNIT


def owners(order: WorkOrder, seen: Seen) -> set[str]:
    ours = {a.id for a in leads(order)} | {""}
    clocks = [c for c in seen.clocks_of(order) if c.kind != "return_review" or c.assignment_id in ours]
    if order.state is not State.TO_DISPATCH:
        # Of several orders of one case the first dispatch stops the case's clock for all.
        clocks = [c for c in clocks if c.work_order_id]
    office = {OFFICE for c in clocks if c.kind in WAIT_FOR_OFFICE}
    states = {c.state for c in clocks if c.kind == "finish"}
    # What is overdue stays so while the office decides about something that was asked too late.
    works = states & {ClockState.RUNNING, ClockState.WARNED} or (ClockState.BREACHED in states and not office)
    return office | ({UNIT} if works else set())


INVARIANTS: tuple[Callable[[Seen], None], ...] = (
    one_lead_at_a_time,
    no_order_without_a_clock,
    a_completed_order_has_a_final_reply,
    extensions_never_go_beyond_the_pack,
    only_extensions_move_the_citizens_clock,
    every_open_order_has_one_next_owner,
)
