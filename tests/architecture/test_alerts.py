"""Rules and alerts ask for metrics that exist, and lead to a page that helps."""

import importlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from tests.architecture.guards import alerts
from tests.architecture.guards.tree import ROOT

RULES = ROOT / "deploy/prometheus"
OF_SERVICES = (
    "services.sla.adapters.lateness",
    "services.sla.adapters.gauges",
    "chassis.telemetry.metrics",
    "chassis.audit.job",
)


def metrics() -> set[str]:
    """Every metric that a process can show."""
    for module in OF_SERVICES:
        importlib.import_module(module)
    told = {name for family in REGISTRY.collect() for name in (family.name, f"{family.name}_total")}
    gauges = importlib.import_module("services.sla.adapters.gauges")
    return {name for name in told if name.startswith("huying_")} | set(gauges._NAMES)


def test_every_rule_asks_for_what_is_told_and_every_alert_has_its_page() -> None:
    assert alerts.faults(ROOT, metrics()) == []


def test_an_alert_without_page_or_metric_is_found(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "deploy/prometheus")
    shutil.copytree(ROOT / "docs/runbooks", tmp_path / "docs/runbooks")
    (tmp_path / "docs/runbooks/spans-lost.md").unlink()
    file = tmp_path / "deploy/prometheus/rules/alerts.yaml"
    text = file.read_text(encoding="utf-8").replace("huying_database_retries_total", "huying_wishes_total")
    file.write_text(text.replace("alert: HuyingKpisStale", "alert: HuyingNews"), encoding="utf-8")
    assert alerts.faults(tmp_path, metrics()) == [
        "HuyingDatabaseRetries: nobody tells huying_wishes_total",
        "HuyingNews: not in docs/runbooks/README.md",
        "HuyingSpansLost: no runbook",
    ]


@pytest.mark.skipif(shutil.which("promtool") is None and "CI" not in os.environ, reason="promtool is not installed")
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "config", "--syntax-only", "prometheus.yml"),
        *(("check", "rules", f"rules/{file.name}") for file in sorted((RULES / "rules").glob("*.yaml"))),
        ("test", "rules", "tests/alerts.yaml"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]) + " " + arguments[-1],
)
def test_prometheus_itself_takes_the_files(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(["promtool", *arguments], cwd=RULES, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
