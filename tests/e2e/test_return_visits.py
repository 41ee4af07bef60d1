"""What a citizen says in a return visit, through all five services."""

from tests.e2e.acts import Life
from tests.e2e.conftest import Stage, seat

SHUANGYASHAN = "230500"


def test_what_a_return_visit_finds_undone_goes_back_to_the_unit_in_shuangyashan(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage, SHUANGYASHAN).completed()
    shared_stage.call(seat(SHUANGYASHAN), "intake", "RecordRevisit", name=life.name, reached=True, solved=False)
    assert (life.state, life.state_of_order) == ("replied", "under_verification")
    shared_stage.wait(days=8)
    assert life.state == "replied", "the time for a rating is over, the finding still open"
    life.office("VerifyRating", finding="reasonable", evidence="现场照片")
    assert (life.state, life.order.round) == ("in_handling", 2)


def test_a_question_that_was_not_asked_changes_nothing(shared_stage: Stage) -> None:
    life = Life.begun(shared_stage, SHUANGYASHAN).completed()
    shared_stage.call(seat(SHUANGYASHAN), "intake", "RecordRevisit", name=life.name, reached=True)
    assert (life.state, life.state_of_order) == ("replied", "completed")
