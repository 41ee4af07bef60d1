"""重点标注: which marks a pack knows, what is refused, what is kept, and which limit goes with them."""

from datetime import timedelta

import pytest

from services.intake.domain import correcting, errors, marking
from services.intake.domain.case import Case
from services.intake.domain.parts import CaseLimit
from services.intake.domain.states import State
from tests.unit.intake.test_case import NOW, case
from tests.unit.intake.test_correcting import PACK, PACKS, accepted

DUE = NOW + timedelta(days=2)
KINDS = {"leader_instruction", "media", "delegate", "collective", "sensitive"}


def marked(one: Case, kind: str = "leader_instruction", **more: object) -> list[object]:
    fields = {"document": "榕政办〔2026〕12号", "due_at": None, "by": "supervisor:1", "now": NOW} | more
    return list(marking.mark(one, kind, PACK, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("pack", PACKS)
def test_every_pack_knows_the_five_marks_and_shows_none_to_a_unit_or_a_citizen(pack: str) -> None:
    marks = {mark.code: mark for mark in PACKS[pack].attention_marks}
    assert set(marks) == KINDS
    assert all("supervisor" in mark.seen_by for mark in marks.values())
    assert marks["sensitive"].seen_by == ("supervisor",)


@pytest.mark.parametrize("state", sorted(State))
def test_a_case_in_hand_or_replied_is_marked(state: State) -> None:
    one = case(state=state, accepted_at=NOW)
    if state in marking.MARKABLE:
        assert [type(event).__name__ for event in marked(one)] == ["CaseMarked"]
        return
    with pytest.raises(errors.CaseNotMarkable):
        marked(one)
    assert one.attention.marks == []


def test_a_mark_that_the_pack_does_not_know_is_refused() -> None:
    with pytest.raises(errors.UnknownMark):
        marked(accepted(), "rumour")


def test_a_document_is_asked_for_where_one_is_the_source() -> None:
    with pytest.raises(errors.DocumentMissing):
        marked(accepted(), document="")
    assert marked(accepted(), "media", document="")


def test_one_of_each_kind_and_what_is_not_there_is_not_taken_off() -> None:
    one = accepted()
    marked(one)
    with pytest.raises(errors.MarkedAlready):
        marked(one)
    with pytest.raises(errors.NotMarked):
        marking.unmark(one, "media", by="s", now=NOW)


def test_every_change_stays_in_the_log_of_the_case() -> None:
    one = accepted()
    marked(one)
    marked(one, "media", document="")
    marking.unmark(one, "leader_instruction", by="supervisor:2", now=DUE)
    assert [(c.kind, c.change, c.by) for c in one.attention.changes] == [
        ("leader_instruction", "marked", "supervisor:1"),
        ("media", "marked", "supervisor:1"),
        ("leader_instruction", "unmarked", "supervisor:2"),
    ]
    assert [m.kind for m in one.attention.marks] == ["media"]
    assert one.attention.changes[2].document == "榕政办〔2026〕12号"


def test_no_line_of_progress_tells_the_citizen_of_a_mark() -> None:
    one = accepted()
    marked(one)
    assert one.lines == []


def test_the_limit_of_a_mark_is_the_leaders_limit_and_goes_with_it() -> None:
    one = accepted()
    told = marked(one, due_at=DUE)
    assert [type(event).__name__ for event in told] == ["CaseLimitSet", "CaseMarked"]
    assert [(own.ground, own.due_at) for own in one.own_limits] == [("leader", DUE)]
    lifted = marking.unmark(one, "leader_instruction", by="s", now=NOW)
    assert [type(event).__name__ for event in lifted] == ["CaseLimitLifted", "CaseUnmarked"]
    assert one.own_limits == []


def test_a_limit_that_took_its_place_stays() -> None:
    one = accepted()
    marked(one, due_at=DUE)
    newer = CaseLimit("leader", NOW + timedelta(hours=1), due_at=DUE)
    correcting.set_limit(one, newer, PACK, by="d")
    assert [type(e).__name__ for e in marking.unmark(one, "leader_instruction", by="s", now=DUE)] == ["CaseUnmarked"]
    assert one.own_limits == [newer]


def test_what_was_kept_by_the_reply_stays_when_the_mark_goes() -> None:
    one = accepted()
    marked(one, due_at=DUE)
    one.state = State.REPLIED
    assert [type(e).__name__ for e in marking.unmark(one, "leader_instruction", by="s", now=DUE)] == ["CaseUnmarked"]


def test_a_limit_is_refused_where_the_pack_lets_the_mark_set_none_or_the_case_is_replied() -> None:
    with pytest.raises(errors.MarkSetsNoLimit):
        marked(accepted(), "media", due_at=DUE)
    with pytest.raises(errors.CaseNotInHand):
        marked(case(state=State.REPLIED), due_at=DUE)
    one = accepted()
    with pytest.raises(errors.DueOutOfRange):
        marked(one, due_at=NOW)
    assert (one.attention.marks, one.attention.changes) == ([], [])


def test_the_marks_travel_with_the_acceptance_of_a_case_that_goes_on_alone() -> None:
    one = accepted()
    marked(one, "media")
    one.state = State.JOINED
    (told,) = one.go_on_alone(now=DUE)
    assert told.attention_marks == ("media",)  # type: ignore[attr-defined]
