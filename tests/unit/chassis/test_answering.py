"""Questions: who is let in to each, and what it takes."""

from datetime import UTC, datetime
from typing import Annotated, Any

import pytest
from pydantic import Field

from chassis.access import PermissionDenied, Principal, Role, system
from chassis.answering import Answering, Answers
from chassis.domain import BadFields
from chassis.message import Instant, OptionalCity
from chassis.work import Read

CITY, ELSEWHERE = "350100", "610926"
DEPENDENCIES = {"index", "rulebook"}
answers = Answers()


@answers.on("count", roles={Role.AGENT})
def count(
    read: Read, *, index: Any, city: OptionalCity = "", at_most: Annotated[int, Field(ge=1, le=50)] = 5,
    since: Instant | None = None, word: str,
) -> None:  # fmt: skip
    """Never called: what is checked stands before it."""


@answers.on("report", roles={Role.PROVINCE}, needs_city=False)
def report(read: Read, *, city: OptionalCity = "") -> None: ...


@answers.on("facts")
def facts(read: Read) -> None: ...


def person(role: Role, city: str = CITY) -> Principal:
    return Principal(f"{role}:one", frozenset({role}), frozenset({city}))


def checked(question: str, who: Principal, **values: Any) -> dict[str, Any]:
    answering: Answering = answers.by_name[question]
    return answering.checked(who, values, DEPENDENCIES)


def test_the_handler_gets_each_argument_in_its_type_and_no_dependency() -> None:
    given = checked("count", person(Role.AGENT), city=CITY, word="路", since="2026-09-24T14:00:00+08:00")
    assert given == {"city": CITY, "word": "路", "at_most": 5, "since": datetime(2026, 9, 24, 6, tzinfo=UTC)}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AGENT, Role.SYSTEM}))
def test_other_roles_are_refused_whatever_they_say(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        checked("count", person(role), city=CITY, word="路")
    with pytest.raises(PermissionDenied):
        checked("count", person(role), nonsense=1)


def test_a_refusal_names_the_roles_that_may() -> None:
    with pytest.raises(PermissionDenied) as refused:
        checked("report", person(Role.PORTAL))
    assert refused.value.message_en.endswith("it is for these roles, within their cities: province")
    assert refused.value.message_zh.endswith("可由下列角色在其地区内进行：province")


@pytest.mark.parametrize("values", [{}, {"city": ""}, {"city": ELSEWHERE}])
def test_a_person_names_a_city_of_theirs(values: dict[str, str]) -> None:
    with pytest.raises(PermissionDenied):
        checked("count", person(Role.AGENT), word="路", **values)


def test_a_report_may_be_for_all_cities_of_the_asker_but_not_for_another() -> None:
    assert checked("report", person(Role.PROVINCE)) == {"city": ""}
    with pytest.raises(PermissionDenied):
        checked("report", person(Role.PROVINCE), city=ELSEWHERE)


@pytest.mark.parametrize("question", sorted(answers.by_name))
def test_what_names_no_role_is_for_services_alone(question: str) -> None:
    word = {"word": "路"} if question == "count" else {}
    checked(question, system("notify"), **word)
    if question == "facts":
        for role in set(Role) - {Role.SYSTEM}:
            with pytest.raises(PermissionDenied):
                checked(question, person(role, "*"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "word"),
        ({"word": 5}, "word"),
        ({"word": "路", "colour": "red"}, "colour"),
        ({"word": "路", "index": "mine"}, "index"),
        ({"word": "路", "read": "mine"}, "read"),
        ({"word": "路", "at_most": 51}, "at_most"),
        ({"word": "路", "since": "2026-09-24T14:00:00"}, "since"),
        ({"word": "路", "city": "Fuzhou"}, "city"),
    ],
)
def test_what_does_not_fit_is_named(values: dict[str, Any], field: str) -> None:
    with pytest.raises(BadFields) as bad:
        checked("count", system("notify"), **values)
    assert [v.field for v in bad.value.violations] == [field]


def test_two_answers_to_one_question_cannot_be() -> None:
    with pytest.raises(ValueError, match="two answers to facts"):
        answers.on("facts")(facts)
