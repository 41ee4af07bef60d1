"""Any sequence of steps leaves an order that makes sense."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from services.dispatch.domain import (
    events,
)
from services.dispatch.domain.states import (
    AssignmentState,
    ExtensionState,
    Route,
    State,
)
from tests.unit.dispatch.living import Steps, lead_of


class Life(Steps):
    """What holds whatever they do."""

    @invariant()
    def has_one_lead_exactly_when_it_is_with_the_units(self) -> None:
        leads = [a for a in self.order.active() if a.is_lead]
        if self.order.state is State.DISPUTED:
            # At most the one that makes a hazard safe.
            assert [a.unit for a in self.order.active()] == [a.unit for a in leads][:1]
            return
        waiting = self.order.state in {State.TO_DISPATCH, State.ENDED}
        assert len(leads) == (0 if waiting else 1)

    @invariant()
    def is_in_handling_once_the_lead_signed(self) -> None:
        lead = lead_of(self.order)
        if lead and self.order.state is State.DISPATCHED:
            assert lead.state in {AssignmentState.ASSIGNED, AssignmentState.RETURN_REQUESTED}
        if lead and self.order.state in {State.REPLIED, State.COMPLETED, State.UNDER_VERIFICATION}:
            assert lead.state is AssignmentState.REPLIED

    @invariant()
    def no_unit_has_two_active_parts(self) -> None:
        units = [a.unit for a in self.order.active()]
        assert len(units) == len(set(units))

    @invariant()
    def keeps_the_packs_counts(self) -> None:
        assert self.order.round <= 1 + self.regime.redo.at_most
        rules, long = self.regime.extensions, self.regime.extensions.long_cycle
        granted = [e for e in self.order.extensions if e.state is ExtensionState.GRANTED]
        for part in self.order.assignments:
            own = [e.route for e in granted if e.assignment_id == part.id]
            assert own.count(Route.ORDINARY) <= rules.count
            assert own.count(Route.LONG_CYCLE) <= (long.count if long else 0)

    @invariant()
    def numbers_its_dispatches_and_queues_without_gaps(self) -> None:
        sent = [e.occurrence for e in self.events if isinstance(e, events.WorkOrderDispatched)]
        queued = [e.occurrence for e in self.events if isinstance(e, events.WorkOrderQueued)]
        assert sent == list(range(1, len(sent) + 1))
        assert queued == list(range(1, len(queued) + 1))

    @invariant()
    def tells_of_every_part_that_ended(self) -> None:
        released = {a.id for a in self.order.assignments if a.state is AssignmentState.RELEASED}
        told = {e.assignment_id for e in self.events if isinstance(e, events.AssignmentReleased | events.ReturnAgreed)}
        assert released == told


Life.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TestLife = Life.TestCase
