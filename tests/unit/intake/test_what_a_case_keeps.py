"""What a case keeps of the seat's decision, of joining another, of its end; and what the citizen reads."""

from collections.abc import Callable
from dataclasses import MISSING, fields, replace

import pytest

from services.intake.domain import case as places
from services.intake.domain import events, handling
from services.intake.domain.case import Case
from services.intake.domain.parts import Attachment, OrderState, Supplement
from services.intake.domain.states import LIFE, State
from tests.unit.intake.cases import (
    LATER,
    PINGLI,
    SECOND,
    WORDS,
    accepted,
    handled,
    last,
    read,
    refusal,
    replied,
)
from tests.unit.intake.test_case import ENDING, NOW, PACK, case, rating

# -- new ---------------------------------------------------------------------------------------------------------------


def test_nothing_has_happened_yet_to_a_case_that_is_new() -> None:
    begins = {"state", "round", "confidentiality"}
    told = {each.name: each.default for each in fields(Case) if each.default is not MISSING and each.name not in begins}
    assert not [name for name, value in told.items() if value], told
    assert case().round == 1


def test_what_is_sealed_under_a_name_is_opened_under_that_name_for_ever() -> None:
    assert (places.TEXT, places.SUBJECT, places.ANSWER, places.COMMENT) == (
        "case.text",
        "case.subject",
        "case.answer",
        "case.comment",
    )
    assert (places.FILENAME, places.REASON, places.REPLY) == ("case.filename", "case.reason", "case.reply")


# -- the seat's decision -----------------------------------------------------------------------------------------------


def test_an_accepted_case_keeps_its_first_number_and_tells_its_own_files() -> None:
    one = case(upstream=None)
    file = Attachment("f1", None, "image/png", 1, "0" * 64, NOW)
    one.attachments = [file, replace(file, id="f2", owner="order-1")]
    (told,) = one.accept(PACK, number="n", now=LATER)
    assert isinstance(told, events.CaseAccepted)
    assert [each.attachment_id for each in told.attachments] == ["f1"]
    assert (told.upstream_platform, told.upstream_number, told.number) == ("", "", "n")
    assert (one.state, one.number, one.accepted_at, one.closed_at) == (State.ACCEPTED, "n", LATER, None)
    assert read(one) == ["诉求已受理"]
    again = case(number="first")
    again.accept(PACK, number="second", now=NOW)
    assert again.number == "first"


def test_only_where_the_pack_dispatches_what_it_transfers_a_transfer_goes_on() -> None:
    sudden, usual = case(emergency_class="sudden"), case()
    for one in (sudden, usual):
        one.transfer("110", now=NOW)
        assert (one.state, one.outcome, one.closed_at) == (State.TRANSFERRED, "110", NOW)
    assert refusal(lambda: usual.accept(PINGLI, number="n", now=NOW)).reason == "STEP_NOT_ALLOWED"
    sudden.accept(PINGLI, number="n", now=LATER)
    assert (sudden.state, sudden.outcome, sudden.closed_at) == (State.ACCEPTED, "", None)


def test_in_pingli_an_own_rights_claim_needs_name_and_contact() -> None:
    for changed in ({"named": False}, {"reachable": False}):
        told = refusal(
            lambda changed=changed: case(own_rights_claim=True, **changed).accept(PINGLI, number="", now=NOW)
        )  # type: ignore[misc]
        assert (told.reason, told.field) == ("ANONYMOUS_OWN_RIGHTS_CLAIM", "caller")
        assert case(**changed).accept(PINGLI, number="", now=NOW), "another claim may be anonymous"
        assert case(own_rights_claim=True, **changed).accept(PACK, number="", now=NOW), "Fujian takes it"
    assert case(own_rights_claim=True).accept(PINGLI, number="", now=NOW)


def test_a_refusal_names_ground_basis_and_authority() -> None:
    one = case()
    (told,) = one.refuse(PACK, "secrets", next_authority="", now=LATER)
    assert isinstance(told, events.CaseRefused)
    ground = PACK.ground("secrets")
    assert (one.state, one.outcome, one.basis, one.closed_at) == (State.REFUSED, "secrets", str(ground.basis), LATER)
    assert (one.next_authority, told.guidance) == ("保密行政管理部门", ground.script.zh)
    other = case()
    (named,) = other.refuse(PACK, "secrets", next_authority="市保密局", now=LATER)
    assert isinstance(named, events.CaseRefused)
    assert (other.next_authority, named.guidance) == ("市保密局", "请向市保密局反映。")


def test_an_emergency_is_refused_on_other_grounds_alone() -> None:
    urgent = case(emergency_class="urgent")
    told = refusal(lambda: urgent.refuse(PACK, "emergency_line", next_authority="", now=NOW))
    assert (told.reason, told.field, urgent.state) == ("GROUND_NOT_FOR_EMERGENCIES", "ground", State.REGISTERED)
    assert urgent.refuse(PACK, "secrets", next_authority="", now=NOW)
    assert case().refuse(PACK, "emergency_line", next_authority="", now=NOW)


def test_an_answer_during_the_call_is_kept() -> None:
    one = case()
    one.answer_now(article_id="k1", answer=WORDS, now=LATER)
    assert (one.state, one.article_id, one.answer, one.outcome, one.closed_at) == (
        State.ANSWERED,
        "k1",
        WORDS,
        "answered",
        LATER,
    )


@pytest.mark.parametrize("state", [state for state in State if State.WITHDRAWN not in LIFE.table.get(state, ())])
def test_what_is_over_or_not_begun_is_not_withdrawn(state: State) -> None:
    one = case(state=state)
    assert refusal(lambda: one.withdraw(PACK, reason=None, now=NOW)).reason == "STEP_NOT_ALLOWED"


@pytest.mark.parametrize("begun", [accepted, handled])
def test_a_citizen_may_withdraw_what_is_open_unless_it_is_a_hazard(begun: Callable[[], Case]) -> None:
    one = begun()
    one.emergency_class = "urgent"
    assert refusal(lambda: one.withdraw(PACK, reason=WORDS, now=LATER)).reason == "HAZARD_IS_HANDLED_ON"
    one.emergency_class = ""
    one.withdraw(PACK, reason=WORDS, now=LATER)
    assert (one.state, one.outcome, one.reason, one.closed_at) == (State.WITHDRAWN, "withdrawn", WORDS, LATER)
    assert last(one) == "诉求已按您的要求撤回"


# -- joined ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("begun", [case, accepted, handled])
def test_a_case_follows_another_and_may_go_on_alone(begun: Callable[[], Case]) -> None:
    one, main = begun(), accepted(id="m")
    one.join(main, number="x", now=LATER)
    assert (one.state, one.main_case_id, one.outcome) == (State.JOINED, "m", "joined")
    assert last(one) == "您的诉求与已在办理的诉求相同，已合并办理"
    assert one.number in {"n", "x"}
    one.go_on_alone(now=LATER + SECOND)
    assert (one.state, one.main_case_id, one.outcome, one.accepted_at) == (State.ACCEPTED, "", "", LATER + SECOND)
    assert last(one) == "诉求已受理"
    assert all(order.state is OrderState.ENDED for order in one.orders)


def test_a_case_whose_main_case_is_withdrawn_follows_the_next() -> None:
    one = accepted()
    one.join(accepted(id="m"), number="", now=NOW)
    (told,) = one.follow_instead(accepted(id="next"), now=LATER)
    assert isinstance(told, events.CaseJoined)
    assert (one.state, one.main_case_id, told.main_case_id, told.joined_at) == (State.JOINED, "next", "next", LATER)


def test_who_cannot_be_joined_is_named() -> None:
    one = case()
    assert refusal(lambda: one.join(one, number="", now=NOW)).field == "main_case"
    assert refusal(lambda: one.join(case(id="m"), number="", now=NOW)).field == "main_case"


def test_a_joined_case_is_answered_or_ends_with_its_main_case() -> None:
    main = replied()
    main.round = 2
    one, other = accepted(id="o1"), accepted(id="o2")
    for each in (one, other):
        each.join(accepted(id="m"), number="", now=NOW)
    handling.reply_like_main(one, main, WORDS, at=LATER)
    assert (one.state, one.answer, one.round, one.replied_at) == (State.REPLIED, WORDS, 2, LATER)
    (told,) = handling.end_like_main(other, ENDING, at=LATER)
    assert isinstance(told, events.CaseClosed)
    assert (other.state, other.outcome, other.basis, other.closed_at) == (State.CLOSED, "main_case_closed", "b", LATER)
    assert (told.how, last(other)) == ("main_case_closed", "诉求已终止办理")


# -- files and erasure -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(State))
def test_a_case_that_is_over_takes_no_more_files(state: State) -> None:
    one = case(state=state)
    file = Attachment("f1", None, "image/png", 1, "0" * 64, NOW)
    if state in {State.REFUSED, State.ANSWERED, State.WITHDRAWN, State.ENDED, State.CLOSED}:
        assert refusal(lambda: one.attach(file)).reason == "NO_MORE_ATTACHMENTS"
    else:
        assert one.attach(file)


def test_of_an_erased_case_no_sealed_word_is_left_either() -> None:
    one = replied()
    one.ratings = [replace(rating(True), comment=WORDS)]
    one.attachments = [Attachment("f1", WORDS, "image/png", 1, "0" * 64, NOW)]
    one.supplements = [Supplement(NOW, "text", WORDS)]
    one.contact = {"phone": WORDS}
    one.sealed_subject = one.sealed_text = one.answer = one.reason = WORDS
    one.erase(now=LATER)
    assert [one.sealed_subject, one.sealed_text, one.answer, one.reason, one.orders[0].reply] == [None] * 5
    assert (one.citizen_key, one.erased, one.attachments, one.supplements, one.contact) == (b"", True, [], [], {})
    assert [(each.comment, each.handling_satisfied) for each in one.ratings] == [(None, True)]
