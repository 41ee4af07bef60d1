"""Routing on real petitions, where they are at hand: the floors, and no blanket to reach them."""

import csv
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from chassis.settings import ROOT
from services.dispatch.application.desk import Desk
from services.dispatch.bootstrap import load_desk
from services.dispatch.domain.routing import CaseFacts, Decision

DATA = Path(os.environ.get("HUYING_DATA") or ROOT.parent / "shared" / "data")
needs_data = pytest.mark.skipif(
    not (DATA / "labelled.csv").is_file(), reason="the real petitions are not here (HUYING_DATA)"
)


@cache
def desk() -> Desk:
    return load_desk(ROOT / "policies")


def route(row: dict[str, str]) -> Decision:
    return desk().route_here("350100", CaseFacts("complaint", subject=row["subject"], text=row["text"]))


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_data
def test_labelled_petitions_reach_a_unit_of_their_domain() -> None:
    units = desk().directory("350100").units
    table: Counter[tuple[str, str]] = Counter()
    for row in rows("labelled.csv"):
        lead = route(row).lead
        table[row["category"], (units[lead].domain or "其他") if lead else "未派出"] += 1
    for category in sorted({c for c, _ in table}):
        print(category, {found: n for (c, found), n in sorted(table.items()) if c == category})
    right = sum(n for (category, found), n in table.items() if category == found)
    print(f"right: {right} of {table.total()} = {right / table.total():.1%}")
    assert right / table.total() >= 0.75


@needs_data
def test_few_petitions_wait_for_a_dispatcher_and_none_goes_to_a_blanket_fallback() -> None:
    decisions = [route(row) for row in rows("messages.csv")]
    queued = sum(not d.lead for d in decisions) / len(decisions)
    fallback = sum(d.is_fallback for d in decisions) / len(decisions)
    share = Counter(d.lead for d in decisions).most_common(1)[0][1] / len(decisions)
    print(f"queued {queued:.1%}, fallback {fallback:.1%}, the busiest unit {share:.1%}")
    assert queued < 0.15
    assert fallback < 0.05
    assert share < 0.35
