"""Personal data is sealed or absent everywhere, and gone for good after an erasure."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from prometheus_client import REGISTRY, generate_latest

from chassis.domain import DomainError
from chassis.postgres import EmbeddedPostgres
from chassis.privacy import normalise_phone
from cli.demo.driver import Play
from tests.e2e.conftest import Stage, office, seat
from tests.e2e.gossip import PEOPLE, Lived, lived_weeks
from tests.e2e.secrets import Person, Search, person


@pytest.fixture(scope="module")
def lived(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    with lived_weeks(postgres, tmp_path_factory.mktemp("personal-data")) as made:
        yield made


@pytest.fixture(scope="module")
def search() -> Search:
    return Search([person(n) for n in range(PEOPLE)])


def test_the_search_finds_every_spelling(search: Search) -> None:
    who = person(3)
    for how in range(20):
        assert set(who.secrets) <= search.in_text(f"x{who.says(how)}y")
    assert search.in_text(f'{{"a": "{base64.b64encode(who.says(1).encode()).decode()}"}}') >= {who.name}


def test_the_cases_lived_as_they_should(lived: Lived) -> None:
    states = {state for play in lived.driver.plays.values() for state in play.states}
    assert {"closed", "refused", "answered", "joined", "withdrawn"} <= states
    commands = {action.command for play in lived.driver.plays.values() for _, action in play.acts}
    assert {"SubmitReply", "RequestReturn", "RequestExtension", "SendBackReply", "VerifyRating", "RateCase"} <= commands


def test_units_and_the_office_have_read_what_was_written(lived: Lived) -> None:
    assert lived.driver.read > 5


def test_no_database_holds_a_person_in_clear(lived: Lived, search: Search) -> None:
    assert search.in_databases(lived.stage.databases) == {}


def test_no_log_tells_a_person(lived: Lived, search: Search) -> None:
    assert "sent" in lived.said
    assert search.in_text(lived.said) == set()
    assert search.in_text((lived.postgres / "server.log").read_text(errors="ignore")) == set()


def test_no_metric_tells_a_person(lived: Lived, search: Search) -> None:
    assert search.in_text(generate_latest(REGISTRY).decode()) == set()


def test_no_file_tells_a_person(lived: Lived, search: Search) -> None:
    """The search index, the attachments with their names, and whatever else lies in the data folder."""
    assert any(lived.folder.rglob("*"))
    assert search.in_folder(lived.folder) == {}


def test_those_who_may_see_still_can(lived: Lived) -> None:
    play = next(p for p in lived.driver.plays.values() if p.name and p.case.city == "350100")
    contact = lived.stage.call(seat(), "intake", "RevealContact", name=play.name, purpose="回访")
    assert contact.name == play.case.caller.name
    text = lived.stage.call(seat(), "intake", "RevealText", name=play.name, purpose="回访")
    assert text.text == play.case.text


# -- erasure: the tests from here on change the province ---------------------------------------------------------------


@dataclass
class Erased:
    """One citizen, what was kept of their cases before, and the cases' names."""

    name: str
    cases: list[str]
    masked: list[str]
    requests: list[Any]


@pytest.fixture(scope="module")
def erased(lived: Lived) -> Erased:
    """A citizen with several cases and an event of theirs that a service could not apply, erased at their wish."""
    stage = lived.stage
    lived_by = [p for p in lived.driver.plays.values() if p.name and p.case.city == "350100"]
    mobile = next(p for p in lived_by if "closed" in p.states and _mobile(p) is not None)
    again = _remembered(stage, _mobile(mobile))
    plays = [p for p in lived_by if p.citizen == again["citizen"]]
    assert mobile in plays
    _park(stage, again["name"])
    seen = [stage.call(seat(), "intake", "GetCase", name=p.name) for p in plays]
    stage.call(office(), "intake", "EraseCitizen", name=again["citizen"], reason="本人要求")
    stage.wait(hours=1)
    masked = [text for case in seen for text in (case.masked_text, case.subject)] + [again["masked"]]
    return Erased(again["citizen"], [*(p.name for p in plays), again["name"]], masked, again["requests"])


def _mobile(play: Play) -> Person | None:
    """Who called, where it was by their mobile."""
    people = (person(n) for n in range(PEOPLE))
    return next((p for p in people if p.mobile == normalise_phone(play.case.caller.phone)), None)


def _remembered(stage: Stage, who: Person | None) -> dict[str, Any]:
    """A case, and requests about it that can be repeated."""
    assert who is not None
    said = f"这句话谁也没有说过：青石板第三块松了。{who.says(2)}"
    caller = {"name": who.name, "phone": who.mobile}
    register: dict[str, Any] = {
        "request_id": "remembered-1",
        "city": "350100",
        "channel": "phone",
        "category": "complaint",
    }
    register |= {"item": "12", "subject": "青石板", "text": said, "caller": caller}
    case = stage.province.call(seat(), "intake", "RegisterCase", register).case
    accept = {"request_id": "remembered-2", "name": case.name}
    stage.province.call(seat(), "intake", "AcceptCase", accept)
    stage.province.settle()
    recall = {"request_id": "remembered-3", "name": stage.order_of(case.name).name, "reason": "收回重派"}
    stage.province.call(office(), "dispatch", "RecallWorkOrder", recall)
    stage.province.settle()
    requests = [
        ("intake", "RegisterCase", seat(), register),
        ("intake", "AcceptCase", seat(), accept),
        ("dispatch", "RecallWorkOrder", office(), recall),
    ]
    return {"name": case.name, "citizen": case.citizen, "masked": case.masked_text, "requests": requests}


def _park(stage: Stage, case: str) -> None:
    """As if dispatch had never managed to apply the acceptance: it lies dead, with the masked text in it."""
    id = case.rpartition("/")[2]
    [(envelope, sequence, event)] = stage.databases.rows(
        "intake",
        "select envelope::text, sequence, event_id from outbox "
        "where subject = :id and type = 'intake.case_accepted.v1'",
        id=id,
    )
    stage.databases.execute(
        "notify",
        "insert into parked (publisher, subject, sequence, event_id, type, envelope, why, state, attempts, parked_at) "
        "values ('intake', :id, :sequence, :event, 'intake.case_accepted.v1', cast(:envelope as jsonb), "
        "'KeyError', 'dead', 8, now())",
        id=id, sequence=sequence, event=event, envelope=envelope,
    )  # fmt: skip
    stage.databases.execute(
        "notify", "update inbox set last = :last, parked = 1 where publisher = 'intake' and subject = :id",
        id=id, last=sequence - 1,
    )  # fmt: skip


def test_nothing_of_an_erased_citizen_can_be_opened(lived: Lived, erased: Erased) -> None:
    for case in erased.cases:
        for rpc in ("RevealContact", "RevealText"):
            with pytest.raises(DomainError) as refused:
                lived.stage.call(seat(), "intake", rpc, name=case, purpose="回访")
            assert refused.value.reason == "CITIZEN_ERASED"
        seen = lived.stage.call(seat(), "intake", "GetCase", name=case)
        assert (seen.subject, seen.masked_text, seen.reply, len(seen.attachments)) == ("", "", "", 0)


def test_the_key_of_an_erased_citizen_is_gone(lived: Lived, erased: Erased) -> None:
    id = erased.name.removeprefix("citizens/")
    [(body, phone_hash)] = lived.stage.databases.rows(
        "intake", "select body, phone_hash from citizen where id = :id", id=id
    )
    assert (body["wrapped_key"], body["contact"], phone_hash) == ("", None, "")


def test_no_masked_text_of_an_erased_citizen_is_left_anywhere(lived: Lived, erased: Erased) -> None:
    databases = lived.stage.databases
    for service in databases.services:
        for table in databases.tables(service):
            rows = "\n".join(row for (row,) in databases.rows(service, f'select t::text from "{table}" t'))
            for text in filter(None, erased.masked):
                assert text[:20].replace('"', "") not in rows, f"{service}.{table}: {text[:20]}"


def test_no_remembered_answer_about_an_erased_citizen_is_left(lived: Lived, erased: Erased) -> None:
    """Who repeats the request is told so, and nothing is done a second time."""
    for service, rpc, who, fields in erased.requests:
        with pytest.raises(DomainError) as refused:
            lived.stage.province.call(who, service, rpc, fields)
        assert refused.value.reason == "ANSWER_FORGOTTEN"


def test_an_erased_citizen_leaves_no_file(lived: Lived, erased: Erased) -> None:
    ids = [case.rpartition("/")[2] for case in erased.cases]
    files = [str(p) for p in lived.folder.rglob("*") if p.is_file()]
    assert not [f for f in files if any(id in f for id in ids)]


def test_the_likeness_of_an_erased_citizens_cases_is_gone(lived: Lived, erased: Erased) -> None:
    """Its keys are made of the words of the text."""
    for case in erased.cases:
        id = case.rpartition("/")[2]
        assert lived.stage.databases.rows("intake", "select 1 from likeness where case_id = :id", id=id) == []


def test_others_keep_what_is_theirs(lived: Lived, erased: Erased) -> None:
    other = next(p for p in lived.driver.plays.values() if p.name and p.name not in erased.cases)
    city = other.case.city
    told = lived.stage.call(seat(city), "intake", "RevealText", name=other.name, purpose="回访").text
    assert told.startswith(other.case.text)
