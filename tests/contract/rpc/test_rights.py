"""Whom the questions let in: asked in one process, for the transport changes nothing about it."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import NotFound
from cli.province import SERVICES
from tests.architecture.guards.access import CITY
from tests.architecture.guards.world import World, somebody
from tests.contract.rpc.conftest import Serving

ELSEWHERE = "610926"


@pytest.fixture(scope="module")
def world(serving: Serving) -> World:
    return serving.world


@pytest.mark.parametrize("service", SERVICES)
def test_roles_that_a_question_does_not_name_are_refused_before_anything_is_looked_at(
    world: World, service: str
) -> None:
    runtime = world.province.runtimes[service]
    for question, answering in runtime.service.answers.by_name.items():
        for role in set(Role) - answering.roles - {Role.SYSTEM}:
            with pytest.raises(PermissionDenied):
                runtime.answer(somebody(role, unit=world.unit), question, {"city": CITY, "nonsense": 1})


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_asks_about_a_city_that_is_not_theirs(world: World, service: str) -> None:
    runtime = world.province.runtimes[service]
    for question, answering in runtime.service.answers.by_name.items():
        required = [name for name, field in answering.arguments(runtime.service.dependencies).model_fields.items()
                    if field.is_required() and name != "city"]  # fmt: skip
        for role in answering.roles - {Role.SYSTEM}:
            with pytest.raises(PermissionDenied):
                runtime.answer(somebody(role), question, {"city": ELSEWHERE} | dict.fromkeys(required, "x"))


def objects(world: World) -> list[tuple[str, str, Role, dict[str, Any]]]:
    case = {"case_id": world.names["cases"].rpartition("/")[2]}
    message = {"message_id": world.names["messages"].rpartition("/")[2]}
    return [
        ("intake", "case_summary", Role.AGENT, case),
        ("intake", "reveal_contact", Role.AGENT, case | {"purpose": "好奇"}),
        ("intake", "reveal_text", Role.SUPERVISOR, case | {"purpose": "好奇"}),
        ("notify", "message_status", Role.DISPATCHER, message),
    ]


def test_what_lies_in_another_city_looks_like_nothing(world: World) -> None:
    for service, question, role, values in objects(world):
        stranger = Principal("far", frozenset({role}), frozenset({ELSEWHERE}))
        answer = world.province.runtimes[service].answer
        with pytest.raises(NotFound):
            answer(stranger, question, values | {"city": ELSEWHERE})
        assert answer(somebody(role), question, values | {"city": CITY})


def test_clocks_and_rates_of_another_city_are_not_told(world: World) -> None:
    answer = world.province.runtimes["sla"].answer
    case = world.names["cases"].rpartition("/")[2]
    far = Principal("far", frozenset({Role.AGENT, Role.PROVINCE}), frozenset({ELSEWHERE}))
    assert answer(somebody(Role.AGENT), "explain_deadline", {"city": CITY, "case_id": case})
    assert answer(far, "explain_deadline", {"city": ELSEWHERE, "case_id": case}) == []
    assert {row["city"] for row in answer(far, "kpi", {})} <= {ELSEWHERE}
