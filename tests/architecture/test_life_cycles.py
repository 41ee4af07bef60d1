"""Life-cycles: each state has an exit or is final, and every step of one is an event."""

from enum import StrEnum

import pytest

from chassis.domain import Transitions
from tests.architecture.guards import registry, steps
from tests.architecture.guards.tree import ROOT, python_files

# Functions of a domain that move a state and tell nobody: why nobody needs to know.
SILENT: dict[str, dict[str, str]] = {
    "intake": {
        "offer": "of a shift; who works in it reads its list, and no other service acts on it",
        "order_dispatched": "dispatch has published it; intake only follows",
        "order_handed_over": "dispatch has published it; intake only follows",
        "order_queued": "dispatch has published it; intake only follows",
        "redo_ordered": "dispatch has published it; intake only follows",
    },
    "sla": {},
    "knowledge": {
        "submit": "between a unit and its leader; nobody outside acts on a draft",
        "send_back": "between a unit and its leader; nobody outside acts on a draft",
    },
    "notify": {
        "climb": "of an escalation; its messages are what others see",
        "stop": "of an escalation; what stopped it is another service's event",
    },
}


@pytest.mark.parametrize("service", registry.arrived())
def test_no_state_is_a_trap(service: str) -> None:
    tables = registry.life_cycles(service)
    assert tables, "a service has at least one life-cycle"
    assert [trap for name, table in tables.items() for trap in steps.traps(name, table)] == []


@pytest.mark.parametrize("service", registry.arrived())
def test_every_step_is_a_domain_event_or_says_why_not(service: str) -> None:
    domain, application = (_sources(service, layer) for layer in ("domain", "application"))
    events = {kind.__name__ for kind in registry.events(service)}
    assert steps.silent_steps(domain, events, application=application) == sorted(SILENT.get(service, {}))


def _sources(service: str, layer: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in python_files(ROOT, f"services/{service}/{layer}/")]


# -- seeded violations -------------------------------------------------------------------------------------------------


class State(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    LOST = "lost"


def test_a_state_without_exit_is_found_unless_it_is_final() -> None:
    table = {State.DRAFT: {State.SENT, State.LOST}}
    assert steps.traps("State", Transitions(table, final={State.SENT})) == ["State.lost has no exit and is not final"]
    assert steps.traps("State", Transitions(table, final={State.SENT, State.LOST})) == []


def test_a_state_that_nothing_leads_to_is_found() -> None:
    table = Transitions({State.DRAFT: {State.SENT}}, final={State.SENT})
    assert steps.traps("State", table) == ["State.lost is never entered"]


_LETTER = """
class Letter:
    def send(self):
        self._move_to(State.SENT)
        return {answer}

    def _move_to(self, state):
        LIFE.check(self.state, state)
        self.state = state
"""


def test_a_step_without_an_event_is_found() -> None:
    assert steps.silent_steps([_LETTER.format(answer="None")], {"LetterSent"}) == ["send"]
    assert steps.silent_steps([_LETTER.format(answer="LetterSent()")], {"LetterSent"}) == []


@pytest.mark.parametrize(
    "moved", ["self.state = s", "self.state, self.at = s, now", "self.at, [self.state, *_] = now, s"]
)
def test_a_step_is_found_in_whatever_way_it_is_written(moved: str) -> None:
    assert steps.silent_steps([f"def send(self, s, now):\n    {moved}"], set()) == ["send"]
    assert steps.silent_steps(["def count(self):\n    self.counts[self.state] = 1"], set()) == []


def test_a_part_may_be_silent_when_whoever_moves_it_speaks() -> None:
    part = _LETTER.format(answer="None")
    speaking = "def post(letter):\n    letter.send()\n    return LetterSent()"
    assert steps.silent_steps([part, speaking], {"LetterSent"}) == []
    assert steps.silent_steps([part, "def post(letter):\n    letter.send()"], {"LetterSent"}) == ["post", "send"]
