"""Access: everybody is refused whom the contract does not name, and a refusal tells nothing."""

from dataclasses import dataclass, replace

import pytest

from chassis.access import Role
from chassis.application import Handling
from chassis.message import Command, Line, Name
from tests.architecture.guards import access, registry

# Calls that concern no single city, or whose city is found by other means: why, and what protects them.
WITHOUT_CITY = {
    "LookUpProgress": "by number and phone, both of which must fit; a wrong pair and a missing case look alike",
    "EraseCitizen": "a citizen may have cases in several cities; the relation asks for one in the caller's scope",
    "GetKpiReport": "an empty city means every city of the caller's scope",
    "RateCase": "the portal names the case by number and phone",
}

_ALL = [
    pytest.param(handling, id=f"{service}-{name}")
    for service in registry.arrived()
    for name, handling in registry.handlings(service).items()
]


@pytest.mark.parametrize("handling", _ALL)
def test_other_roles_and_other_cities_are_refused_before_anything_is_looked_up(handling: Handling) -> None:
    assert access.let_in(handling) == []


def test_every_call_names_its_city_or_says_why_not() -> None:
    every = [handling for service in registry.arrived() for handling in registry.handlings(service).values()]
    assert access.without_city(every, WITHOUT_CITY) == []


# -- seeded violations -------------------------------------------------------------------------------------------------


class RenameThing(Command):
    name: Name
    title: Line


@dataclass
class Thing:
    name: str


def rename(cmd: RenameThing, work: object) -> Thing:
    raise AssertionError("nobody should come so far")


_GOOD = Handling(RenameThing, rename, frozenset({Role.AGENT}))


def test_a_guarded_command_lets_no_stranger_in() -> None:
    assert access.let_in(_GOOD) == []


def test_a_pipeline_that_asks_nobody_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.pipeline._authorise", lambda *_: None)
    assert len(access.let_in(_GOOD)) == len(list(access.strangers(_GOOD))) > len(Role)


def test_a_call_that_names_no_city_is_found() -> None:
    careless = replace(_GOOD, needs_city=False)
    assert access.without_city([_GOOD], {}) == []
    assert access.without_city([careless], {}) == ["RenameThing names no city"]
    assert access.without_city([careless], {"RenameThing": "found by its number"}) == []
