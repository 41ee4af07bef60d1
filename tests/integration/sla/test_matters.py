"""集中诉求分析 on a real database: counted from what intake tells, ranked, compared, foretold."""

from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import msgspec
import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.events.envelope import Envelope
from services.sla.application.matters import ListMatters, ListSeasonalMatters
from services.sla.domain.reports import NothingToCover
from tests.integration.sla.conftest import PACKS, SHANGHAI, Office
from tests.integration.sla.test_appeals import SUPERVISOR
from tests.integration.sla.test_assessment import CITY, PROVINCE
from tests.integration.sla.test_reports import at, listed, read, reports_are_made, timetable

__all__ = ["timetable"]
MANHOLE, LAMP = "01", "15"


def told(
    office: Office, type: str, instant: str, month: str, number: int = 1, *, name: str = "c", **facts: Any
) -> list[str]:
    """So many cases on the tenth of that month; nothing happens to their clocks."""
    when = datetime.strptime(f"{month}-10 10:00", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
    cases = [f"{name}-{month}-{facts.get('item', 'x')}-{n}" for n in range(number)]
    fields = {"pack": PACKS[CITY], "category": "complaint", instant: when} | facts
    office.receiver.receive([office.envelope(f"intake.{type}", case, CITY, **fields) for case in cases])
    return cases


def accepted(office: Office, month: str, number: int, item: str = "", area: str = "", **more: Any) -> list[str]:
    facts: dict[str, Any] = {"item": item, "area": area, "citizen_reachable": True, **more}
    return told(office, "case_accepted", "accepted_at", month, number, **facts)


def matters(office: Office, **asked: Any) -> Any:
    return office.runtime.query(SUPERVISOR, ListMatters.of({"city": CITY, **asked}))


def seasonal(office: Office, **asked: Any) -> Any:
    return office.runtime.query(PROVINCE, ListSeasonalMatters.of({"city": CITY, **asked}))


def test_the_matters_of_the_last_month_are_ranked_and_the_concentrated_ones_marked(office: Office) -> None:
    accepted(office, "2025-08", 3, LAMP)
    for month in ("2026-05", "2026-06", "2026-07"):
        accepted(office, month, 8, MANHOLE)
        accepted(office, month, 20)
    accepted(office, "2026-08", 12, MANHOLE, category="help")
    accepted(office, "2026-08", 21)
    accepted(office, "2026-08", 4, LAMP)
    found = matters(office)
    assert (found.month, found.rule, found.article) == ("2026-08", "N25-17", "9")
    assert [(one.item, one.category, one.cases, one.concentrated) for one in found.matters] == [
        ("", "complaint", 21, False),
        (MANHOLE, "", 12, True),
        (LAMP, "", 4, False),
    ]
    other, manhole, lamp = found.matters
    assert (other.zh, manhole.zh, manhole.en) == ("投诉", "01 雨水井盖", "item 01")
    assert (manhole.month_before, manhole.year_before, manhole.cases_before, manhole.months_before) == (8, None, 24, 3)
    assert (lamp.month_before, lamp.year_before) == (0, None), (
        "of the month in which the counting began nothing is told"
    )
    assert [one.item for one in matters(office, concentrated=True).matters] == [MANHOLE]
    assert matters(office, month="2026-09").matters == [], "this month, as far as it has come"
    with pytest.raises(NothingToCover):
        matters(office, month="2026-10")


def test_areas_are_told_apart_when_asked_and_pages_follow_each_other(office: Office) -> None:
    accepted(office, "2026-07", 1, MANHOLE, "230502")
    accepted(office, "2026-08", 3, MANHOLE, "230502")
    accepted(office, "2026-08", 5, MANHOLE, "230503", name="d")
    accepted(office, "2026-08", 4, LAMP, name="e")
    assert [(one.item, one.area, one.cases) for one in matters(office).matters] == [(MANHOLE, "", 8), (LAMP, "", 4)]
    first = matters(office, by_area=True, page_size=2)
    assert [(one.item, one.area, one.cases) for one in first.matters] == [(MANHOLE, "230503", 5), (LAMP, "", 4)]
    rest = matters(office, by_area=True, page_size=2, page_token=first.next_page_token)
    assert [(one.area, one.cases, one.month_before) for one in rest.matters] == [("230502", 3, None)]
    assert rest.next_page_token == ""


def test_a_case_that_joined_counts_for_what_the_other_is_about_and_a_correction_counts(office: Office) -> None:
    (main, other) = accepted(office, "2026-08", 2, MANHOLE, "230502")
    told(office, "case_joined", "joined_at", "2026-08", 3, name="j", main_case_id=main, category="help")
    told(office, "case_refused", "refused_at", "2026-08", 4, name="r")
    told(office, "case_answered", "answered_at", "2026-08", 5, name="a")
    assert [(one.item, one.cases) for one in matters(office).matters] == [(MANHOLE, 5)]
    corrected(office, main, "2026-08", LAMP)
    assert [(one.item, one.area, one.cases) for one in matters(office, by_area=True).matters] == [
        (LAMP, "230503", 4),
        (MANHOLE, "230502", 1),
    ], "those that joined go with it"
    with office.runtime.engine.begin() as connection:
        connection.exec_driver_sql("update kpi_case set item = null, area = null where case_id = %s", (other,))
    assert len(matters(office).matters) == 1, "a row of a version without matters counts for none"


def corrected(office: Office, case: str, month: str, item: str) -> None:
    when = datetime.strptime(f"{month}-10 10:00", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
    facts = {"category": "complaint", "item": item, "area": "230503", "accepted_at": when, "corrected_at": when}
    office.hears("intake.case_corrected", case, CITY, **facts)


def test_a_correction_of_an_old_case_makes_no_uncounted_month_a_counted_one(office: Office) -> None:
    (old,) = accepted(office, "2026-04", 1, LAMP)
    for month in ("2026-05", "2026-06", "2026-07"):
        accepted(office, month, 20, MANHOLE)
    with office.runtime.engine.begin() as connection:
        connection.exec_driver_sql("update kpi_case set item = null, area = null")
    accepted(office, "2026-07", 5, MANHOLE, name="upgraded")
    accepted(office, "2026-08", 20, MANHOLE)
    before = matters(office).matters
    corrected(office, old, "2026-04", "16")
    assert matters(office).matters == before
    assert [(one.item, one.cases, one.months_before, one.concentrated) for one in before] == [(MANHOLE, 20, 0, False)]
    found = office.rows("select category, item, area from kpi_case where case_id = :case", case=old)
    assert found == [("complaint", None, None)]


def test_a_case_accepted_first_and_joined_later_counts_by_its_own_instant_for_what_the_other_is_about(
    office: Office,
) -> None:
    (main,) = accepted(office, "2026-08", 1, MANHOLE)
    (other,) = accepted(office, "2026-07", 1, LAMP)
    joined_at = datetime(2026, 8, 12, tzinfo=SHANGHAI)
    joined = office.envelope("intake.case_joined", other, CITY, main_case_id=main, joined_at=joined_at)
    accepted_at = datetime(2026, 8, 20, tzinfo=SHANGHAI)
    facts = {"pack": PACKS[CITY], "category": "complaint", "item": LAMP, "citizen_reachable": True}
    anew = office.envelope("intake.case_accepted", other, CITY, accepted_at=accepted_at, **facts)
    office.receiver.receive([joined])
    assert [(one.item, one.cases) for one in matters(office, month="2026-07").matters] == [(MANHOLE, 1)]
    assert [(one.item, one.cases) for one in matters(office).matters] == [(MANHOLE, 1)]
    office.receiver.receive([anew])
    assert matters(office, month="2026-07").matters == []
    assert [(one.item, one.cases) for one in matters(office).matters] == [(MANHOLE, 1), (LAMP, 1)]


def winters(office: Office) -> None:
    """Heating in the Novembers of two years."""
    accepted(office, "2023-06", 1)
    for month, number in (("2024-09", 2), ("2024-10", 4), ("2024-11", 15), ("2025-10", 1), ("2025-11", 12)):
        accepted(office, month, number, "help", category="help", name=f"w{month}")
    accepted(office, "2025-11", 30, MANHOLE)


def test_what_came_in_two_of_three_years_is_told_before_it_comes(office: Office) -> None:
    winters(office)
    office.clock.move_to(at("2026-10-05 10:00"))
    found = seasonal(office)
    assert (found.month, found.rule) == ("2026-11", "N25-17")
    (only,) = found.matters
    assert [(s.month, s.cases, s.cases_before, s.months_before) for s in only.seasons] == [
        ("2025-11", 12, 1, 3),
        ("2024-11", 15, 6, 3),
    ]
    assert seasonal(office, month="2026-12").matters == []
    assert seasonal(office, month="2027-11").matters[0].seasons[0].month == "2025-11"


def test_the_monthly_report_tells_what_was_concentrated_and_what_is_expected(office: Office, timetable: object) -> None:
    winters(office)
    accepted(office, "2026-09", 1)
    reports_are_made(office, at("2026-10-01 09:00"))
    accepted(office, "2026-10", 11, LAMP)
    reports_are_made(office, at("2026-11-01 09:00"))
    month, before = listed(office, kind="monthly")
    assert (month.matters, month.seasonal_matters) == ([], [])
    found = read(office, month.name)
    assert [(one.item, one.cases) for one in found.matters] == [(LAMP, 11)]
    assert [(one.item, one.seasons[0].month) for one in found.seasonal_matters] == [("help", "2025-11")]
    assert read(office, before.name).matters == []
    assert all(read(office, one.name).matters == [] for one in listed(office, kind="weekly")), "of whole months alone"


def test_units_and_other_cities_are_not_told(office: Office) -> None:
    unit = Principal("u", frozenset({Role.UNIT_LEADER}), frozenset({CITY}), unit="230500-housing")
    other = Principal("s", frozenset({Role.SUPERVISOR}), frozenset({"350100"}))
    for who in (unit, other):
        for query in (ListMatters, ListSeasonalMatters):
            with pytest.raises(PermissionDenied):
                office.runtime.query(who, query.of({"city": CITY}))


# -- the counting against a naive one ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_the_counting_is_that_of_the_log(office: Office, seed: int) -> None:
    rest_of_the_year_lives(office, Random(seed))
    office.clock.move_to(at("2026-11-20 10:00"))
    marks = set()
    for month in ("2026-06", "2026-08", "2026-11"):
        for by_area in (False, True):
            page = matters(office, month=month, by_area=by_area, page_size=200)
            found = {
                (one.item, one.category, one.area): (one.cases, one.month_before, one.concentrated)
                for one in page.matters
            }
            assert found == naively(office, month, by_area)
            marks |= {concentrated for _, _, concentrated in found.values()}
    assert marks == {True, False}


def rest_of_the_year_lives(office: Office, random: Random) -> None:
    """From May to November, many in August: accepted, corrected, joined at once or later, alone again, refused."""
    envelopes: list[Envelope] = []
    mains: list[str] = []
    for number in range(400):
        hours = random.randrange(4800) if random.random() < 0.6 else random.randrange(2160, 2900)
        case, when = f"case-{number}", datetime(2026, 5, 3, tzinfo=SHANGHAI) + timedelta(hours=hours)
        about = {"item": random.choice(["", MANHOLE, LAMP, LAMP]), "area": random.choice(["", "230502"])}
        facts = {"pack": PACKS[CITY], "category": random.choice(["complaint", "help"])}
        life = random.choice(["accepted", "accepted", "corrected", "joined", "joined later", "alone again", "refused"])
        if life == "refused":
            envelopes.append(office.envelope("intake.case_refused", case, CITY, refused_at=when, **facts))
        elif life == "joined" and mains:
            main = random.choice(mains)
            envelopes.append(
                office.envelope("intake.case_joined", case, CITY, joined_at=when, main_case_id=main, **facts)
            )
        else:
            leads = [*mains]
            mains += [case] if life in ("accepted", "corrected") else []
            fields = {**facts, **about, "accepted_at": when, "citizen_reachable": True}
            envelopes.append(office.envelope("intake.case_accepted", case, CITY, **fields))
            if life == "corrected":
                now = {"category": "complaint", "item": random.choice(["", MANHOLE]), "area": "230503"}
                fields = {**now, "accepted_at": when, "corrected_at": when}
                envelopes.append(office.envelope("intake.case_corrected", case, CITY, **fields))
            if life in ("joined later", "alone again") and leads:
                follows = {"main_case_id": random.choice(leads), "joined_at": when + timedelta(days=20)}
                envelopes.append(office.envelope("intake.case_joined", case, CITY, **follows))
                if life == "alone again":
                    fields |= {"accepted_at": when + timedelta(days=30)}
                    envelopes.append(office.envelope("intake.case_accepted", case, CITY, **fields))
    for start in range(0, len(envelopes), 50):
        office.receiver.receive(envelopes[start : start + 50])


def naively(office: Office, month: str, by_area: bool) -> dict[tuple[str, str, str], tuple[int, int | None, bool]]:
    """Plain Python over what was heard; no table of sla's."""
    facts: dict[str, dict[str, Any]] = {}
    for envelope in office.heard:
        payload: dict[str, Any] = msgspec.json.decode(envelope.payload)
        if envelope.type.startswith("intake.case_refused"):
            continue
        if envelope.type.startswith("intake.case_accepted"):
            facts[payload["case_id"]] = {}
        facts.setdefault(payload["case_id"], {}).update(payload)
    counts: Counter[tuple[str, tuple[str, str, str]]] = Counter()
    first = min(_when(one) for one in facts.values())
    for one in facts.values():
        about = facts[one["main_case_id"]] if "main_case_id" in one else one
        item = about["item"]
        matter = (item, "" if item else about["category"], about["area"] if by_area else "")
        counts[f"{_when(one):%Y-%m}", matter] += 1
    since = f"{first.replace(day=1) + timedelta(days=32):%Y-%m}"
    before = [f"2026-{int(month[5:]) - back:02}" for back in (1, 2, 3)]
    found = {}
    for (counted_in, matter), cases in counts.items():
        if counted_in == month:
            compared = [counts[earlier, matter] for earlier in before if earlier >= since]
            mean = Fraction(sum(compared), len(compared)) if compared else None
            concentrated = mean is not None and cases >= 10 and cases >= mean * Fraction(3, 2)
            found[matter] = cases, compared[0] if before[0] >= since else None, concentrated
    return found


def _when(facts: dict[str, Any]) -> datetime:
    instant = facts.get("accepted_at") or facts["joined_at"]
    return datetime.fromisoformat(str(instant)).astimezone(SHANGHAI)
