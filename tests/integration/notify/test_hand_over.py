"""Messages reach a provider once, whoever is silent, refuses or dies."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.access import PermissionDenied, system
from chassis.database.engine import TryAgainLater
from chassis.questions import NoAnswer, RefusedElsewhere
from services.notify.application import jobs
from services.notify.domain.message import Knowledge, Medium, State
from tests.integration.notify.conftest import MORNING, Desk, Provider, reveal


def test_a_number_that_nobody_can_say_makes_the_message_wait(desk: Desk) -> None:
    answers = dict(desk.questions.answers)
    desk.questions.answers.clear()
    desk.accepted()
    desk.wait(minutes=3)
    assert (desk.message().state, desk.message().attempts) == (State.QUEUED, 0)
    desk.questions.answers.update(answers)
    desk.wait(minutes=10)
    assert desk.message().state is State.DELIVERED


@pytest.mark.parametrize(
    "answer",
    [NoAnswer(service="intake"), PermissionDenied(), TryAgainLater(), {}, [], None, {"sealed": "?"}, {"sealed": b"x"}],
)
def test_whatever_intake_says_in_place_of_a_number_the_message_waits(desk: Desk, answer: object) -> None:
    good = desk.questions.answers["intake", "reveal_numbers"]

    def odd(**_: object) -> object:
        if isinstance(answer, Exception):
            raise answer
        return answer

    desk.questions.answers["intake", "reveal_numbers"] = odd
    desk.accepted()
    desk.wait(minutes=3)
    assert (desk.message().state, desk.message().attempts) == (State.QUEUED, 0)
    desk.questions.answers["intake", "reveal_numbers"] = good
    desk.wait(minutes=10)
    assert desk.message().state is State.DELIVERED


def test_one_number_that_intake_stumbles_over_holds_up_no_other(desk: Desk) -> None:
    words = {"words_zh": "", "words_en": ""}

    def stumbles(*, wanted: Sequence[Mapping[str, str]], reply_key: str) -> object:
        if "case-3" in {one["case_id"] for one in wanted}:
            raise RefusedElsewhere(service="intake", remote_reason="UNEXPECTED", **words)
        return reveal(wanted=wanted, reply_key=reply_key)

    desk.questions.answers["intake", "reveal_numbers"] = stumbles
    for number in range(7):
        desk.accepted(f"case-{number}")
    desk.job("hand_over")
    assert [message.case_id for message in desk.messages(state=State.QUEUED)] == ["case-3"]
    assert len(desk.messages(state=State.DELIVERED)) == 6


def test_a_number_that_intake_cannot_open_waits_alone(desk: Desk) -> None:
    def answers(*, wanted: Sequence[Mapping[str, str]], reply_key: str) -> object:
        told = [one for one in wanted if one["case_id"] == "good"]
        return reveal(wanted=told, reply_key=reply_key) | {"unreadable": ["bad"]}

    desk.questions.answers["intake", "reveal_numbers"] = answers
    desk.accepted("good")
    desk.accepted("bad")
    desk.job("hand_over")
    assert {m.case_id: m.state for m in desk.messages()} == {"good": State.DELIVERED, "bad": State.QUEUED}


def test_a_citizen_who_is_gone_ends_the_message(desk: Desk) -> None:
    desk.questions.answers["intake", "reveal_numbers"] = lambda **asked: reveal(wanted=[], reply_key=asked["reply_key"])
    desk.accepted()
    desk.work()
    assert (desk.message().state, desk.message().reason) == (State.EXPIRED, "no_contact")
    assert desk.events() == ["message_failed"]


def test_a_message_that_would_come_too_late_is_not_sent(desk: Desk) -> None:
    desk.questions.answers.clear()
    desk.accepted()
    desk.work()
    desk.clock.move_to(MORNING + timedelta(hours=73))
    desk.work()
    assert (desk.message().state, desk.message().reason) == (State.EXPIRED, "too_late")


def test_the_second_provider_gets_what_the_first_refuses(desk: Desk) -> None:
    first, second = Provider("first", says=Knowledge.FAILED), Provider("second")
    desk.use(first, second)
    desk.accepted()
    desk.work()
    assert desk.message().state is State.DELIVERED
    assert [len(first.sent), len(second.sent)] == [1, 1]
    assert first.sent[0].reference != second.sent[0].reference
    assert desk.events() == ["message_delivered"]


def test_a_message_that_all_providers_refuse_has_failed_and_says_so(desk: Desk) -> None:
    voice = Provider("voice", Medium.VOICE, says=Knowledge.FAILED)
    desk.use(Provider("first", says=Knowledge.FAILED), Provider("second", says=Knowledge.FAILED), voice)
    desk.accepted()
    desk.work()
    assert (desk.message().state, desk.message().attempts) == (State.FAILED, 3)
    assert desk.events() == ["message_failed"]


def test_a_text_that_no_provider_delivers_is_told_by_voice(desk: Desk) -> None:
    voice = Provider("voice", Medium.VOICE)
    desk.use(Provider("first", says=Knowledge.FAILED), voice)
    desk.accepted()
    desk.work()
    assert (desk.message().state, desk.message().medium) == (State.DELIVERED, Medium.VOICE)
    assert [sent.text for sent in voice.sent] == [desk.message().text]


@pytest.mark.parametrize(
    ("number", "texts", "calls"), [("059187654321", 0, 1), ("4006012345", 0, 1), ("13800138000", 1, 0)]
)
def test_a_number_that_takes_no_texts_is_called(desk: Desk, number: str, texts: int, calls: int) -> None:
    desk.questions.answers["intake", "reveal_numbers"] = lambda **asked: reveal(**asked, number=number)
    text, voice = Provider("text"), Provider("voice", Medium.VOICE)
    desk.use(text, voice)
    desk.accepted()
    desk.work()
    assert (len(text.sent), len(voice.sent)) == (texts, calls)
    assert desk.message().state is State.DELIVERED


@pytest.mark.parametrize(
    ("knows", "state"), [(Knowledge.HANDED_OVER, State.HANDED_OVER), (Knowledge.DELIVERED, State.DELIVERED)]
)
def test_a_provider_that_was_silent_but_has_the_message_is_believed(desk: Desk, knows: Knowledge, state: State) -> None:
    provider = Provider("first", says=None, knows=knows)
    desk.use(provider)
    desk.accepted()
    desk.work()
    assert desk.message().state is state
    assert len(provider.sent) == 1


def test_a_refusal_notice_in_doubt_goes_to_a_person_and_is_not_sent_twice(desk: Desk) -> None:
    provider = Provider("first", says=None, knows=Knowledge.UNCLEAR)
    desk.use(provider)
    desk.hear("intake.case_refused", citizen_id="c", citizen_reachable=True, pack="fujian-2016@1.0.0", basis="x")
    desk.wait(hours=1)
    assert desk.message().state is State.NEEDS_A_PERSON
    assert len(provider.sent) == 1


def test_a_reminder_in_doubt_is_sent_again_under_a_new_reference(desk: Desk) -> None:
    provider = Provider("first", says=None, knows=Knowledge.UNCLEAR)
    desk.use(provider)
    desk.dispatched()
    desk.job("hand_over")
    desk.job("ask_providers")
    provider.says = Knowledge.DELIVERED
    desk.work()
    assert desk.message().state is State.DELIVERED
    assert len({outgoing.reference for outgoing in provider.sent}) == 2


def test_two_workers_hand_every_message_over_once(desk: Desk) -> None:
    for number in range(20):
        desk.accepted(f"case-{number}")
    (job,) = [job for job in desk.runtime.service.jobs if job.name == "hand_over"]
    with desk.runtime.engine.begin() as other:
        other.exec_driver_sql(
            "select id from message where id in (select id from message order by id limit 5) for update"
        )
        assert job.run(desk.runtime) == 15
    assert job.run(desk.runtime) == 5
    assert desk.rows("select count(*), sum(refusals) from recorded") == [(20, 0)]


def test_a_batch_is_done_in_few_statements_not_one_per_message(desk: Desk) -> None:
    for number in range(30):
        desk.dispatched(f"case-{number}", work_order_id=f"order-{number}")
    assert desk.job("hand_over") == 30
    assert {m.state for m in desk.messages()} == {State.DELIVERED}


_DIE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from chassis.clock import SimulatedClock, uuid7
from chassis.crashpoints import arm
from chassis.database import create_engine
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from services.notify import bootstrap

url, point = sys.argv[1:]
clock = SimulatedClock(datetime(2026, 9, 21, 1, 0, tzinfo=UTC))
keys, questions = KeyRing.fresh(), CannedQuestions()
service = bootstrap.build(Runtime(Settings(), keys, questions, clock, uuid7))
runtime = ServiceRuntime(service, create_engine(url, pool_size=2), clock, uuid7, questions, keys)
arm(point)
service.jobs[0].run(runtime)
"""


@pytest.mark.parametrize(("point", "sent"), [("notify.after_claim", 0), ("notify.after_hand_over", 1)])
def test_a_worker_killed_between_claim_and_receipt_loses_and_doubles_nothing(
    desk: Desk, tmp_path: Path, point: str, sent: int
) -> None:
    desk.dispatched()
    url = desk.runtime.engine.url.render_as_string(hide_password=False)
    program = tmp_path / "die.py"
    program.write_text(_DIE)
    died = subprocess.run([sys.executable, str(program), url, point], cwd=Path.cwd(), check=False, env={**os.environ})
    assert died.returncode == -signal.SIGKILL
    assert desk.message().state is State.HANDING_OVER
    assert desk.rows("select count(*) from recorded") == [(sent,)]

    desk.work()
    assert desk.message().state is State.HANDING_OVER, "it may still be alive"
    desk.wait(seconds=61)
    assert desk.message().state is State.DELIVERED
    assert desk.rows("select count(*), sum(refusals) from recorded") == [(1, 0)]
    assert desk.events() == ["message_delivered"]


def test_a_worker_that_slept_after_its_claim_leaves_the_message_to_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the machine stands still: meanwhile another may have asked, and sent it again."""
    provider = Provider("first", knows=Knowledge.NEVER_SEEN)
    desk.use(provider)
    desk.dispatched()
    with monkeypatch.context() as pause:
        pause.setattr(jobs, "crash_point", lambda _point: desk.clock.move_to(MORNING + timedelta(seconds=31)))
        desk.job("hand_over")
    assert (desk.message().state, provider.sent) == (State.HANDING_OVER, [])
    desk.wait(minutes=1)
    assert desk.message().state is State.DELIVERED
    assert len(provider.sent) == 1


def test_the_recorder_refuses_a_reference_that_it_knows(desk: Desk) -> None:
    desk.dispatched()
    desk.job("hand_over")
    reference = desk.message().reference
    desk.runtime.engine.dispose()
    with desk.runtime.engine.begin() as connection:
        connection.exec_driver_sql(
            "update message set state = 'queued', due_at = now() - interval '10 years', "
            'body = body || \'{"state": "queued", "attempts": 0}\''
        )
    desk.job("hand_over")
    assert desk.rows("select reference, refusals from recorded") == [(reference, 1)]
    (fact,) = desk.runtime.answer(system("audit"), "audit_facts", {"subjects": [desk.message().case_id]})["facts"]
    assert [(m["reference"], m["handed_over_twice"]) for m in fact["messages"]] == [(reference, 1)]


def test_calls_go_to_the_voice_provider(desk: Desk) -> None:
    sms, voice = Provider("sms"), Provider("voice", Medium.VOICE)
    desk.use(sms, voice)
    desk.dispatched(emergency_class="gas_leak")
    desk.work()
    assert [len(sms.sent), len(voice.sent)] == [1, 1]
    assert sms.sent[0].to == voice.sent[0].to


TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.mark.parametrize(
    ("says", "knows"),
    [
        (Knowledge.DELIVERED, None),
        (Knowledge.FAILED, None),
        (None, Knowledge.DELIVERED),
    ],
)
def test_what_becomes_of_a_message_belongs_to_the_trace_of_its_case(
    desk: Desk, says: Knowledge | None, knows: Knowledge | None
) -> None:
    desk.use(Provider("only", says=says, knows=knows), Provider("voice", Medium.VOICE, says=says, knows=knows))
    desk.trace = TRACE
    desk.accepted()
    desk.wait(minutes=3)
    assert [trace for (trace,) in desk.rows("select envelope->>'trace' from outbox")] == [TRACE]
