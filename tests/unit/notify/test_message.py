"""A message is handed over at most once per reference, whatever the provider says and whoever dies."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain import StepNotAllowed
from services.notify.domain.message import LIFE, Audience, Knowledge, Medium, Message, NotACall, State

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
PROVIDERS = ("first", "second")


def message(**changed: object) -> Message:
    given = {
        "id": "m1", "city": "350100", "case_id": "c1", "template": "case_accepted", "medium": Medium.SMS,
        "audience": Audience.CITIZEN, "recipient": "citizen-1", "text": "…", "queued_at": NOW, "send_at": NOW,
        "expires_at": NOW + timedelta(hours=72),
    }  # fmt: skip
    return Message(**(given | changed))  # type: ignore[arg-type]


def handing_over(**changed: object) -> Message:
    made = message(**changed)
    made.start_hand_over(provider="first", now=NOW)
    return made


def unknown(**changed: object) -> Message:
    made = handing_over(**changed)
    made.no_answer(now=NOW)
    return made


def test_each_attempt_has_its_own_reference() -> None:
    made = handing_over()
    first = made.reference
    made.refused(reason="no", providers=PROVIDERS, now=NOW)
    assert made.start_hand_over(provider="second", now=NOW) != first


def test_a_delivered_message_says_so_and_needs_nothing_more() -> None:
    made = handing_over()
    made.handed_over(now=NOW)
    event = made.delivered(now=NOW)
    assert (event.message_id, event.provider, event.attempts) == ("m1", "first", 1)
    assert made.due_at is None


def test_the_next_provider_follows_a_refusal_and_the_last_refusal_is_a_failure() -> None:
    made = handing_over()
    assert made.refused(reason="no", providers=PROVIDERS, now=NOW) is None
    assert made.state is State.QUEUED
    assert made.next_provider(PROVIDERS) == "second"
    made.start_hand_over(provider="second", now=NOW)
    failed = made.refused(reason="blocked", providers=PROVIDERS, now=NOW)
    assert failed is not None
    assert (failed.reason, failed.attempts, made.state) == ("blocked", 2, State.FAILED)


def test_a_message_in_doubt_is_never_sent_again_by_itself() -> None:
    made = unknown(may_repeat=False)
    asked = 0
    while made.state is State.UNKNOWN:
        assert made.learn(Knowledge.UNCLEAR, providers=PROVIDERS, now=NOW) == []
        asked += 1
    assert (made.state, asked, made.attempts) == (State.NEEDS_A_PERSON, 5, 1)


def test_a_message_in_doubt_that_may_repeat_is_sent_again() -> None:
    made = unknown(may_repeat=True)
    made.learn(Knowledge.UNCLEAR, providers=PROVIDERS, now=NOW)
    assert made.state is State.QUEUED


def test_a_provider_that_never_saw_the_reference_makes_it_safe_to_send() -> None:
    made = unknown(may_repeat=False)
    made.learn(Knowledge.NEVER_SEEN, providers=PROVIDERS, now=NOW)
    assert made.state is State.QUEUED


@pytest.mark.parametrize(
    ("knowledge", "state"),
    [(Knowledge.HANDED_OVER, State.HANDED_OVER), (Knowledge.DELIVERED, State.DELIVERED)],
)
def test_a_provider_that_knows_the_reference_ends_the_doubt(knowledge: Knowledge, state: State) -> None:
    made = unknown()
    made.learn(knowledge, providers=PROVIDERS, now=NOW)
    assert made.state is state


def test_a_person_decides_what_no_provider_could_say() -> None:
    made = unknown()
    while made.state is State.UNKNOWN:
        made.learn(Knowledge.UNCLEAR, providers=PROVIDERS, now=NOW)
    made.send_again(now=NOW)
    assert made.state is State.QUEUED
    other = unknown()
    assert other.give_up(now=NOW, reason="told by hand").reason == "told by hand"


def test_what_is_over_is_not_sent_any_more_whoever_decides() -> None:
    made = message(over_at=NOW + timedelta(hours=2))
    assert made.expires_at == made.over_at
    made.start_hand_over(provider="first", now=NOW)
    made.no_answer(now=NOW)
    made.give_up(now=NOW, reason="given_up")
    made.send_again(now=NOW + timedelta(hours=1))
    assert made.expires_at == made.over_at
    assert message(over_at=NOW + timedelta(hours=80)).expires_at == NOW + timedelta(hours=72)


def test_what_ended_before_its_time_is_not_sent_after_a_doubt() -> None:
    made = unknown(over_at=NOW + timedelta(hours=24))
    made.be_over(at=NOW + timedelta(hours=1))
    made.learn(Knowledge.NEVER_SEEN, providers=PROVIDERS, now=NOW + timedelta(hours=2))
    assert (made.state, made.expires_at) == (State.QUEUED, NOW + timedelta(hours=1))


def test_waiting_for_a_number_grows_to_ten_minutes_and_stays_queued() -> None:
    made = message()
    waits = []
    for _ in range(12):
        made.wait_for_contact(now=NOW)
        assert made.due_at is not None
        waits.append(made.due_at - NOW)
    assert waits[0] == timedelta(seconds=30)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=10)
    assert made.state is State.QUEUED


def test_only_a_call_that_was_made_can_be_acknowledged() -> None:
    for wrong in (message(medium=Medium.VOICE), handing_over(medium=Medium.SMS)):
        with pytest.raises(NotACall):
            wrong.acknowledge(now=NOW)
    call = handing_over(medium=Medium.VOICE)
    call.handed_over(now=NOW)
    call.acknowledge(now=NOW)
    call.acknowledge(now=NOW + timedelta(minutes=1))
    assert call.acknowledged_at == NOW


def learning(knowledge: Knowledge) -> Callable[[Message], object]:
    return lambda m: m.learn(knowledge, providers=PROVIDERS, now=NOW)


STEPS: dict[str, Callable[[Message], object]] = {
    "start": lambda m: m.start_hand_over(provider=m.next_provider(PROVIDERS) or "first", now=NOW),
    "handed_over": lambda m: m.handed_over(now=NOW),
    "delivered": lambda m: m.delivered(now=NOW),
    "refused": lambda m: m.refused(reason="no", providers=PROVIDERS, now=NOW),
    "no_answer": lambda m: m.no_answer(now=NOW),
    "expire": lambda m: m.expire(now=NOW, reason="too_late"),
    "send_again": lambda m: m.send_again(now=NOW),
    "give_up": lambda m: m.give_up(now=NOW, reason="given_up"),
    **{f"learn_{knowledge}": learning(knowledge) for knowledge in Knowledge},
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=30), st.booleans())
def test_no_order_of_events_breaks_the_life_or_repeats_a_reference(steps: list[str], may_repeat: bool) -> None:
    made = message(may_repeat=may_repeat)
    references = []
    for step in steps:
        before = made.state
        try:
            STEPS[step](made)
        except StepNotAllowed:
            assert made.state is before
            continue
        if step == "start":
            references.append(made.reference)
    assert len(references) == len(set(references)) == made.attempts
    waiting = {State.QUEUED, State.HANDING_OVER, State.UNKNOWN}
    assert (made.due_at is not None) == (made.state in waiting)


def test_no_state_is_a_dead_end() -> None:
    assert LIFE.dead_ends() == frozenset()
