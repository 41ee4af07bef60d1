"""Kept clocks counted again: under their own rules nothing changes, under a draft it is told what would be late."""

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chassis.packs import load_packs
from chassis.settings import ROOT
from cli.main import app
from services.sla.adapters.past import past_cases
from services.sla.adapters.policies import load_rulebook, load_rules
from services.sla.domain.recounting import Outcome, Recount, Recounted
from services.sla.domain.rulebook import Rulebook
from tests.integration.sla.conftest import START, Office, at

LEAD = {"assignment_id": "c1-a1", "unit": "u1", "role": "lead"}
CO = {"assignment_id": "c1-a2", "unit": "u2", "role": "co"}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook(ROOT / "policies")


@pytest.fixture
def lived(office: Office) -> Office:
    """A complaint with a co-unit, signed early, extended, and finished on the last day; and one that still runs."""
    office.accepted()
    office.dispatched(assignments=[LEAD, CO])
    office.move_to(START + timedelta(hours=2))
    office.unit("assignment_signed", "signed_at")
    office.unit("citizen_contacted", "contacted_at")
    office.move_to(at("09-28 10:00"))
    office.unit("extension_filed", "filed_at", extension_id="e1", how="filing")
    office.unit("extension_granted", "granted_at", extension_id="e1", working_days=2)
    office.move_to(office.clocks()["finish"].due_at - timedelta(hours=1))
    done = {"round": 1, "replied_at": office.clock.now(), "answered_at": office.clock.now()}
    office.unit("work_order_completed", "completed_at", **done)
    office.accepted("c2")
    office.dispatched("c2")
    return office


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Fujian with 8 working days for complaints and without the clock of the review."""
    policies = Path(shutil.copytree(ROOT / "policies", tmp_path / "draft"))
    path = policies / "packs" / "fujian-2016" / "sla.yaml"
    text = path.read_text("utf-8").replace("{category: complaint}, limit: 10", "{category: complaint}, limit: 8")
    begin, end = text.index("  - kind: return\n"), text.index("  - kind: contact\n")
    text = text[:begin] + text[end:]
    at = text.index("  - kind: return\n")  # its worked example goes with it
    path.write_text(text[:at] + text[text.index("  - kind: ", at + 1) :], "utf-8")
    return policies


def recounted(office: Office, book: Rulebook, policies: Path) -> dict[tuple[str, str], Recounted]:
    folders = load_packs(policies)
    now = office.clock.now()
    found = {}
    with office.runtime.engine.connect() as connection:
        for clocks in past_cases(connection, START, now + timedelta(days=1), ""):
            rules = load_rules(policies, folders.current["fujian-2016"])
            found |= {(one.clock.case_id, one.clock.kind): one for one in Recount(clocks, book, now).under(rules)}
    return found


def test_under_their_own_rules_nothing_changes(lived: Office, book: Rulebook) -> None:
    found = recounted(lived, book, ROOT / "policies")
    assert {kind for _, kind in found} >= {"citizen", "dispatch", "sign", "contact", "finish", "co_reply", "return"}
    assert not [one for one in found.values() if one.changed]


def test_under_a_shorter_limit_it_is_told_what_would_be_late(lived: Office, book: Rulebook, draft: Path) -> None:
    found = recounted(lived, book, draft)
    finish = found["c1", "finish"]
    assert (finish.was, finish.would_be) == (Outcome.IN_TIME, Outcome.LATE)
    assert finish.due_at == at("10-12 17:30")  # 8 working days and the 2 of the extension
    assert found["c1", "co_reply"].moved
    assert found["c2", "finish"].would_be is Outcome.OPEN
    assert found["c2", "finish"].moved
    assert found["c1", "return"].would_be is Outcome.NOT_KEPT
    assert not found["c1", "sign"].changed
    assert not found["c1", "contact"].changed


def test_a_deadline_that_came_from_elsewhere_is_not_counted_again(office: Office, book: Rulebook, draft: Path) -> None:
    office.accepted(upstream_due_at=START + timedelta(days=1))
    assert recounted(office, book, draft)["c1", "citizen"].would_be is Outcome.NOT_COMPARABLE


def huying(office: Office, *arguments: object) -> Any:
    here = office.runtime.engine.url.render_as_string(hide_password=False)
    url = f"{here}{'&' if '?' in here else '?'}application_name={{service}}"
    given = {"HUYING_DATABASE_URL": url, "HUYING_LANG": "en", "COLUMNS": "200"}
    told = CliRunner().invoke(app, ["policy", *map(str, arguments)], env=given)
    assert told.exit_code == 0, told.output
    return told


def test_a_month_of_cases_is_simulated_under_a_draft(lived: Office, draft: Path) -> None:
    asked = ("simulate", "--pack", "fujian-2016", "--folder", draft, "--since", "2026-09-01", "--until", "2026-10-31")
    told = json.loads(huying(lived, *asked, "--json").stdout)
    assert told["cases"] == 2
    finish = next(row for row in told["counts"] if row["clock"] == "finish")
    assert (finish["clocks"], finish["moved"], finish["newly_late"]) == (2, 2, 1)
    assert told["changed"][0]["case"].startswith("cities/350100/cases/")
    first = json.loads(huying(lived, *asked, "--page-size", 1, "--json").stdout)
    assert (len(first["changed"]), first["next_page_token"]) == (1, "1")
    assert "2 cases" in huying(lived, *asked).stdout
    assert json.loads(huying(lived, *asked, "--city", "610926", "--json").stdout)["cases"] == 0


def test_a_diff_shows_the_deadlines_of_open_cases_that_would_move(lived: Office, draft: Path) -> None:
    asked = ("diff", "fujian-2016", "fujian-2016", "--folder", draft, "--cases", "--json")
    told = json.loads(huying(lived, *asked).stdout)
    moved = {(row["case"].rpartition("/")[2], row["clock"]) for row in told["changed"] if row["would_be_due_time"]}
    assert ("c2", "finish") in moved
    assert ("c1", "finish") not in moved


def test_an_extension_after_a_co_unit_has_replied_does_not_concern_it(office: Office, book: Rulebook) -> None:
    office.accepted()
    office.dispatched(assignments=[LEAD, CO])
    office.move_to(at("09-24 10:00"))
    office.unit("co_reply_submitted", "submitted_at", assignment_id="c1-a2", unit="u2")
    office.unit("extension_filed", "filed_at", extension_id="e1", how="filing")
    office.unit("extension_granted", "granted_at", extension_id="e1", working_days=2)
    found = recounted(office, book, ROOT / "policies")
    assert found["c1", "co_reply"].would_be is Outcome.IN_TIME
    assert not found["c1", "co_reply"].changed
    assert not found["c1", "finish"].changed
