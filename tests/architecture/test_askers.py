"""No step of a case waits for another service: every question has a way on without its answer."""

import pytest

from tests.architecture.guards import askers
from tests.architecture.guards.tree import ROOT, python_files

# Where a question is put, and the test that proves the way on.
PROVED = {
    "services/dispatch/application/revealing.py": (
        "tests/integration/dispatch/test_revealing.py",
        "test_whatever_intake_says_in_place_of_an_answer_is_a_named_error",
    ),
    "services/intake/application/registering.py": (
        "tests/integration/intake/test_seat.py", "test_whatever_knowledge_answers_the_case_is_registered",
    ),
    "services/notify/adapters/contacts.py": (
        "tests/integration/notify/test_hand_over.py",
        "test_whatever_intake_says_in_place_of_a_number_the_message_waits",
    ),
}  # fmt: skip


def test_every_question_has_a_way_on_without_its_answer() -> None:
    found = {}
    for path in python_files(ROOT, "services/"):
        source = path.read_text(encoding="utf-8")
        if askers.asks(source):
            found[path.relative_to(ROOT).as_posix()] = askers.silent_stops(source)
    assert found == {place: [] for place in PROVED}


@pytest.mark.parametrize(("file", "name"), PROVED.values())
def test_each_way_is_proved(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


# -- seeded violations -------------------------------------------------------------------------------------------------


def test_an_asker_that_would_stop_is_found() -> None:
    stops = "def f(questions):\n    return questions.ask(me, 'sla', 'kpi')\n"
    assert askers.silent_stops(stops) == ["line 2: nothing is done without the answer"]
    for caught in ("NoAnswer", "DomainError", "(NotFound, NoAnswer)"):
        goes_on = f"try:\n    self._questions.ask(me, 'sla', 'kpi')\nexcept {caught}:\n    pass\n"
        assert askers.silent_stops(goes_on) == []
    elsewhere = "try:\n    pass\nexcept NoAnswer:\n    work.questions.ask(me, 'sla', 'kpi')\n"
    assert len(askers.silent_stops(elsewhere)) == 1
    assert len(askers.silent_stops("try:\n    questions.ask()\nexcept NotFound:\n    pass\n")) == 1
