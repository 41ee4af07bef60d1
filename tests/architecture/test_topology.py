"""The topology file says what the contracts and the services say."""

from pathlib import Path

import pytest

from chassis.events.topology import TopologyUnusable, load
from cli.province import SERVICES, event_types
from tests.architecture.guards import registry, wiring
from tests.architecture.guards.tree import ROOT


def test_it_names_every_service_and_every_type_of_the_contracts() -> None:
    assert load().types == {service: event_types(service) for service in SERVICES}


@pytest.mark.parametrize("service", registry.arrived())
def test_it_names_what_each_service_hears(service: str, tmp_path: Path) -> None:
    assert load().hears[service] == frozenset(wiring.build(service, tmp_path, ROOT / "policies").hears)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[]", "a table keyed by service is wanted"),
        ("a: {types: []}", "the keys of a are wrong"),
        ("a: {types: [], heard_by: [], colour: red}", "the keys of a are wrong"),
        ("a: {types: {}, heard_by: []}", "a value of a has the wrong type"),
        ("a: {types: [b.c.v1], heard_by: []}", "a cannot publish b.c.v1"),
        ("a: {types: [], heard_by: [b]}", "there is no service b"),
        ("a: {types: [], heard_by: [], unheard: {a.b.v1: why}}", "there is no event a.b.v1"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_words(text: str, wrong: str, tmp_path: Path) -> None:
    file = tmp_path / "topology.yaml"
    file.write_text(text)
    with pytest.raises(TopologyUnusable) as told:
        load(file)
    assert told.value.en == f"{file}: {wrong}"
    assert told.value.zh != told.value.en
