"""Guards over the rules of Prometheus: known metrics only, and a page for each alert."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_METRIC = re.compile(r"\bhuying[:_][a-zA-Z0-9_:]+")
_MADE_BY_HISTOGRAMS = re.compile(r"_(bucket|sum|count)$")


def faults(root: Path, metrics: set[str]) -> list[str]:
    """Rules that ask for what nobody tells, and alerts without a severity or a page that the runbooks' list names."""
    rules = [rule for file in sorted(root.glob("deploy/prometheus/rules/*.yaml")) for rule in _rules(file)]
    known = metrics | {rule["record"] for rule in rules if "record" in rule}
    listed = (root / "docs/runbooks/README.md").read_text(encoding="utf-8")
    return [f"{_name(rule)}: {fault}" for rule in rules for fault in _of(root, rule, known, listed)]


def _rules(file: Path) -> Iterator[dict[str, Any]]:
    for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]:
        yield from group["rules"]


def _of(root: Path, rule: dict[str, Any], known: set[str], listed: str) -> Iterator[str]:
    for name in _METRIC.findall(rule["expr"]):
        if name not in known and _MADE_BY_HISTOGRAMS.sub("", name) not in known:
            yield f"nobody tells {name}"
    if "alert" not in rule:
        return
    if rule.get("labels", {}).get("severity") not in {"page", "ticket"}:
        yield "no severity"
    page = rule.get("annotations", {}).get("runbook", "")
    if not page.startswith("docs/runbooks/") or not (root / page).is_file():
        yield "no runbook"
    if rule["alert"] not in listed:
        yield "not in docs/runbooks/README.md"


def _name(rule: dict[str, Any]) -> str:
    return str(rule.get("alert") or rule.get("record"))
