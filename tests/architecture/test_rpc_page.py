"""The page for partners tells of every question what the services declare."""

from pathlib import Path

import pytest

from chassis.application import Service
from cli.province import SERVICES
from tests.architecture.guards import rpc_page, wiring
from tests.architecture.guards.tree import ROOT

PAGE = (ROOT / "docs/rpc.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> list[Service]:
    data: Path = tmp_path_factory.mktemp("rpc-page")
    return [wiring.build(name, data, ROOT / "policies") for name in SERVICES]


def test_the_page_tells_of_every_question(services: list[Service]) -> None:
    assert rpc_page.faults(PAGE, services) == []


def test_questions_of_the_audit_are_for_services_alone(services: list[Service]) -> None:
    for service in services:
        assert "audit_facts" in service.answers.by_name
        assert [n for n in rpc_page.FOR_SERVICES if getattr(service.answers.by_name.get(n), "roles", None)] == []


# -- seeded violations -------------------------------------------------------------------------------------------------


def test_a_page_that_lags_behind_is_found(services: list[Service]) -> None:
    without = PAGE.replace("### `sla.kpi`", "### `sla.kpis`")
    assert rpc_page.faults(without, services) == ["sla.kpi is missing", "sla.kpis is no question"]
    (fault,) = rpc_page.faults(
        PAGE.replace("Asked by: services; line_department, province", "Asked by: nobody"), services
    )
    assert fault.startswith("sla.kpi should say")
    assert len(rpc_page.faults(PAGE.replace("| `purpose` |", "| `reason` |"), services)) == 3
