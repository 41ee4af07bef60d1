"""Services as their bootstraps build them: fully wired, and only on policies that can be used."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.application import Answers, Commands, Queries, Reactions, Service
from chassis.message import Command
from chassis.policy import PolicyError
from services.sla.adapters.policies import failed_examples, load_rulebook
from tests.architecture.guards import registry, wiring
from tests.architecture.guards.tree import ROOT

POLICIES = ROOT / "policies"


@pytest.mark.parametrize("service", registry.arrived())
def test_a_service_is_fully_wired(service: str, tmp_path: Path) -> None:
    built = wiring.build(service, tmp_path, POLICIES)
    assert built.name == service
    assert wiring.faults(built) == []


# One pack stands for all: they are read by the same models.
_READ_BY = {"assessment": "sla"}
_PACK_FILES = sorted(path.relative_to(POLICIES) for path in (POLICIES / "packs/fujian-2016").glob("*.yaml"))


@pytest.mark.parametrize("file", _PACK_FILES, ids=str)
def test_an_unknown_key_in_a_pack_stops_the_service_that_reads_it(file: Path, tmp_path: Path) -> None:
    readers = [s for s in registry.arrived() if _READ_BY.get(file.stem, file.stem) in (s, "pack")]
    assert readers, "no service reads this file"
    with _spoilt(tmp_path, file, "a_rule_nobody_knows: 1\n") as policies:
        problems = [_problem(service, tmp_path, policies) for service in readers]
    assert any(file.as_posix() in problem and ":" in problem for problem in problems), problems


def test_the_worked_examples_of_every_pack_come_out() -> None:
    assert list(failed_examples(POLICIES, load_rulebook(POLICIES))) == []


def test_a_worked_example_that_does_not_come_out_is_found(tmp_path: Path) -> None:
    policies = Path(shutil.copytree(POLICIES, tmp_path / "policies"))
    pack = policies / "packs/fujian-2016/sla.yaml"
    text = pack.read_text(encoding="utf-8")
    assert "2026-10-15 17:30" in text
    pack.write_text(text.replace("2026-10-15 17:30", "2026-10-14 17:30"), encoding="utf-8")
    failed = list(failed_examples(policies, load_rulebook(policies)))
    assert any("expected 2026-10-14 17:30" in problem.en for problem in failed)


def _problem(service: str, tmp_path: Path, policies: Path) -> str:
    try:
        wiring.build(service, tmp_path / "data", policies)
    except PolicyError as error:
        return str(error)
    return ""


@contextmanager
def _spoilt(tmp_path: Path, file: Path, line: str) -> Iterator[Path]:
    policies = tmp_path / "policies"
    shutil.copytree(POLICIES, policies)
    spoilt = policies / file
    spoilt.write_text(spoilt.read_text(encoding="utf-8") + "\n" + line, encoding="utf-8")
    yield policies


# -- seeded violations -------------------------------------------------------------------------------------------------


class MoveThing(Command):
    pass


def _example() -> Service:
    return Service("example", sa.MetaData(), {}, Commands(), Queries(), Reactions(), Answers())


def test_a_publisher_that_is_not_heard_is_found() -> None:
    service = _example()
    service.reactions.on("intake.case_accepted.v1")(_react)
    assert wiring.faults(service) == ["does not hear intake"]
    assert wiring.faults(replace(service, hears=("intake",))) == []
    assert wiring.faults(replace(service, hears=("intake", "sla"))) == ["hears sla and reacts to nothing of it"]


def test_a_dependency_that_nobody_gives_is_found() -> None:
    service = _example()
    service.commands.on(MoveThing, roles=())(_move)
    assert wiring.faults(service) == ["MoveThing wants compass, which bootstrap does not give"]
    assert wiring.faults(replace(service, dependencies={"compass": object()})) == []


def _react(event: object, work: object) -> None: ...


def _move(cmd: MoveThing, work: object, *, compass: object, speed: int = 1) -> None: ...
