"""What one city does otherwise than the country: it counts there, is explained there, and nowhere else."""

import shutil
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.policy import PolicyError, load_cities
from services.sla.adapters.policies import load_calendars, load_rulebook
from services.sla.domain.calendar import DayKind, OfficeCalendar, local
from services.sla.domain.facts import Facts
from services.sla.domain.limits import Limit, Unit
from tests.unit.sla.conftest import POLICIES
from tests.unit.sla.test_deadlines import INSTANTS, LIMITS, at, due

CITY = "230500"
HEAD = f'city: "{CITY}"\n'
BASIS = 'basis: {rule: platform-default, article: "city notice 7"}'
NAME = "name: {zh: 建市纪念日, en: City Day}"
OFF = HEAD + f"days_off:\n  - {{from: 2026-11-10, until: 2026-11-11, {NAME}, {BASIS}}}\n"
HALF = HEAD + f"half_days:\n  - {{from: 2026-11-10, without: last, {NAME}, {BASIS}}}\n"
HOURS = (
    HEAD + f"other_hours:\n  - from: 2026-11-10\n    {NAME}\n    {BASIS}\n"
    '    sessions: [{opens: "09:00", closes: "15:00"}]\n'
)
MADE_UP = HEAD + f"make_up_workdays:\n  - {{from: 2026-11-14, {NAME}, {BASIS}}}\n"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(POLICIES, tmp_path / "policies")
    return tmp_path / "policies"


def with_file(policies: Path, text: str) -> Path:
    path = policies / "cities" / CITY / "calendar.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def calendar_of(policies: Path, text: str) -> OfficeCalendar:
    with_file(policies, text)
    return load_calendars(policies, load_cities(policies))[CITY]


@pytest.mark.parametrize(
    ("file", "limit", "expected"),
    [
        (OFF, "1 working_day", "2026-11-12 17:30"),
        (OFF, "1 half_working_day", "2026-11-09 17:30"),
        (HALF, "1 working_day", "2026-11-10 12:00"),
        (HALF, "3 half_working_day", "2026-11-11 12:00"),
        (HOURS, "1 working_day", "2026-11-10 15:00"),
        (HOURS, "2 half_working_day", "2026-11-10 15:00"),
        (MADE_UP, "5 working_day", "2026-11-14 17:30"),
        (MADE_UP, "24 clock_hour", "2026-11-10 10:00"),
    ],
)
def test_a_local_day_counts_as_the_file_says(copied: Path, file: str, limit: str, expected: str) -> None:
    assert due(calendar_of(copied, file), limit, "2026-11-09 10:00") == expected


@pytest.mark.parametrize(
    ("file", "zh", "en"),
    [
        (OFF, "本市建市纪念日（平台默认规则，city notice 7）11月10日至11日", "City Day in this city"),
        (HALF, "11月10日本市办公时间为", "on 10 November this city's offices are open"),
        (
            HOURS,
            "09:00–15:00（建市纪念日；平台默认规则，city notice 7）",
            "open 09:00–15:00: City Day (platform default",
        ),
        (MADE_UP, "11月14日本市上班（建市纪念日", "14 November is worked in this city"),
    ],
)
def test_a_local_day_is_told_in_the_steps_with_its_basis(copied: Path, file: str, zh: str, en: str) -> None:
    with_file(copied, file)
    book = load_rulebook(copied)
    pack = book.pack_of_city(CITY)
    rule = pack.rule("finish")
    timing = book.preview(pack, CITY, rule, Facts(category="complaint"), at("2026-11-09 10:00"))
    steps = book.explain(rule, timing, CITY)
    assert zh in "\n".join(step.zh for step in steps)
    assert en in "\n".join(step.en for step in steps)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (HEAD + f"days_off:\n  - {{from: 2026-11-14, {NAME}, {BASIS}}}\n", "2026-11-14 is off already"),
        (HEAD + f"half_days:\n  - {{from: 2026-11-14, without: last, {NAME}, {BASIS}}}\n", "is no working day"),
        (HEAD + f"half_days:\n  - {{from: 2026-11-10, without: noon, {NAME}, {BASIS}}}\n", "'first' or 'last'"),
        (HEAD + f"make_up_workdays:\n  - {{from: 2026-11-10, {NAME}, {BASIS}}}\n", "is a working day already"),
        (HEAD + f"days_off:\n  - {{from: 2026-11-11, until: 2026-11-10, {NAME}, {BASIS}}}\n", "is no run of days"),
        (HEAD + f"days_off:\n  - {{from: 2050-11-11, {NAME}, {BASIS}}}\n", "does not reach 2050-11-11"),
        (HEAD + f"days_off:\n  - {{from: 2026-11-10, {NAME}}}\n", "basis"),
        (HEAD + f"days_of:\n  - {{from: 2026-11-10, {NAME}, {BASIS}}}\n", "unknown key"),
        (OFF + f"half_days:\n  - {{from: 2026-11-11, without: last, {NAME}, {BASIS}}}\n", "2026-11-11 stands twice"),
        (OFF.replace(CITY, "350100"), "folder 230500 and 350100 inside differ"),
        (
            HOURS.replace("[{opens", '[{opens: "08:00", closes: "10:00"}, {opens'),
            "sessions must not overlap and must stand in order",
        ),
    ],
)
def test_a_fault_stops_the_start_with_file_and_line(copied: Path, file: str, said: str) -> None:
    path = with_file(copied, file)
    with pytest.raises(PolicyError) as caught:
        load_rulebook(copied)
    assert caught.value.file == path
    assert said in str(caught.value)


def test_the_line_is_that_of_the_day(copied: Path) -> None:
    with_file(copied, OFF + f"  - {{from: 2026-11-14, {NAME}, {BASIS}}}\n")
    with pytest.raises(PolicyError) as caught:
        load_rulebook(copied)
    assert caught.value.line == 4


# -- properties --------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
CHANGES = st.dictionaries(DAYS, st.sampled_from(["days_off", "half_days", "make_up_workdays"]), min_size=1, max_size=8)
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def file_of(changes: dict[date, str], calendar: OfficeCalendar) -> str:
    """Only what changes something: a day off that is worked, and so on."""
    fitting = {day: part for day, part in changes.items() if calendar.kind_of(day).is_worked != (part[0] == "m")}
    text = HEAD
    for part in ("days_off", "half_days", "make_up_workdays"):
        without = ", without: first" if part == "half_days" else ""
        days = [day for day, other in fitting.items() if other == part]
        text += f"{part}:\n" if days else ""
        text += "".join(f"  - {{from: {day}, {NAME}, {BASIS}{without}}}\n" for day in days)
    return text


@few
@given(changes=CHANGES, start=INSTANTS, limit=LIMITS)
def test_a_local_file_never_changes_what_comes_out_in_other_cities(
    changes: dict[date, str], start: datetime, limit: Limit
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        policies = Path(folder) / "policies"
        shutil.copytree(POLICIES, policies)
        before = load_calendars(policies, load_cities(policies))
        with_file(policies, file_of(changes, before[CITY]))
        now = load_calendars(policies, load_cities(policies))
    for city in before.keys() - {CITY}:
        assert now[city].version == before[city].version
        assert limit.due(start, now[city]) == limit.due(start, before[city])
        assert now[city].days.names == before[city].days.names


@few
@given(off=st.sets(DAYS, min_size=1, max_size=8), start=INSTANTS, amount=st.integers(1, 30))
def test_a_local_day_off_never_makes_a_deadline_earlier(off: set[date], start: datetime, amount: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        policies = Path(folder) / "policies"
        shutil.copytree(POLICIES, policies)
        country = load_calendars(policies, load_cities(policies))[CITY]
        city = calendar_of(policies, file_of(dict.fromkeys(off, "days_off"), country))
    limit = Limit(amount, Unit.WORKING_DAY)
    assert limit.due(start, city) >= limit.due(start, country)
    days = [local(start).date() + timedelta(days=n) for n in range(60)]
    differing = {d for d in days if city.kind_of(d) is not country.kind_of(d)}
    assert differing <= off
    assert all(city.kind_of(day) is DayKind.HOLIDAY for day in differing)
