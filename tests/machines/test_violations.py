"""Each invariant can fail: with one wrong line in the platform the machine finds a case in which it does."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from services.dispatch.domain import extensions, handling
from services.dispatch.domain.work_order import WorkOrder
from services.sla.application.timekeeping import Timekeeping
from services.sla.domain.clock import Clock
from services.sla.domain.rules import ClockRule
from tests.machines import invariants
from tests.machines.machine import Life, quick
from tests.machines.world import InMemory

Break = Callable[[pytest.MonkeyPatch], None]


def recalled_units_keep_their_part(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(WorkOrder, "release", lambda self, now, *, why, keep=(): [])


def a_redo_starts_no_clock(patch: pytest.MonkeyPatch) -> None:
    start = Timekeeping._start

    def lazy(self: Timekeeping, rule: ClockRule) -> None:
        if rule.kind != "finish" or self.event.round == 1:
            start(self, rule)

    patch.setattr(Timekeeping, "_start", lazy)


def completion_loses_the_reply(patch: pytest.MonkeyPatch) -> None:
    complete = handling.complete

    def careless(order: WorkOrder, **words: Any) -> Any:
        event = complete(order, **words)
        order.reply = None
        return event

    patch.setattr(handling, "complete", careless)


def nobody_counts_extensions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(extensions, "_check_pack", lambda *_: [])


def an_agreed_return_gives_the_city_a_day(patch: pytest.MonkeyPatch) -> None:
    observe = Timekeeping.observe

    def generous(self: Timekeeping) -> None:
        observe(self)
        for clock in self.clocks:
            if clock.kind == "citizen" and self.type == "dispatch.return_agreed":
                clock.due_at = clock.due_at.replace(year=clock.due_at.year + 1)
                self.work.save(clock)

    patch.setattr(Timekeeping, "observe", generous)


def nothing_is_held_while_the_office_decides(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Clock, "hold", lambda self, reason, at: None)


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        (recalled_units_keep_their_part, invariants.one_lead_at_a_time),
        (a_redo_starts_no_clock, invariants.no_order_without_a_clock),
        (completion_loses_the_reply, invariants.a_completed_order_has_a_final_reply),
        (nobody_counts_extensions, invariants.extensions_never_go_beyond_the_pack),
        (an_agreed_return_gives_the_city_a_day, invariants.only_extensions_move_the_citizens_clock),
        (nothing_is_held_while_the_office_decides, invariants.every_open_order_has_one_next_owner),
    ],
    ids=lambda function: function.__name__,
)
def test_a_seeded_violation_is_found(
    broken: Break, found: Callable[[invariants.Seen], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)
    with pytest.raises(AssertionError) as failed:
        # That it is found is enough: nobody needs the shortest case. What is drawn depends on the constants of all
        # code that is loaded, so that some runs find it much later than others.
        run_state_machine_as_test(_Life, settings=settings(quick(2000, 30), phases=[Phase.generate]))
    assert found.__name__ in {entry.name for entry in failed.traceback}


class _Life(Life):
    make = InMemory.of


def test_every_invariant_has_a_seeded_violation() -> None:
    marks = [m for m in test_a_seeded_violation_is_found.pytestmark if m.name == "parametrize"]  # type: ignore[attr-defined]
    assert {check for _, check in marks[0].args[1]} == set(invariants.INVARIANTS)
