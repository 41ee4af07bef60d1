"""What people are told about a deadline is so."""

from services.sla.domain.facts import Facts
from services.sla.domain.rulebook import Rulebook, Timing
from tests.unit.sla.test_deadlines import at

FIRST_DAY_ZH, FIRST_DAY_EN = "起算当日不计", "the day of the start does not count"


def told(book: Rulebook, city: str, kind: str, start: str, **facts: str) -> tuple[Timing, str, str]:
    """The timing, all steps in Chinese, all steps in English."""
    pack = book.pack_of_city(city)
    timing = book.preview(pack, city, pack.rule(kind), Facts(**facts), at(start))  # type: ignore[arg-type]
    steps = book.explain(pack.rule(kind), timing, city)
    return timing, "\n".join(step.zh for step in steps), "\n".join(step.en for step in steps)


def test_a_limit_of_working_days_says_that_the_first_day_does_not_count(book: Rulebook) -> None:
    _, zh, en = told(book, "350100", "finish", "2026-09-24 14:05", category="complaint")
    assert FIRST_DAY_ZH in zh
    assert FIRST_DAY_EN in en
    assert "休息日共 11 天不计" in zh


def test_it_says_so_without_a_day_off_in_between(book: Rulebook) -> None:
    _, zh, en = told(book, "350100", "sign", "2026-09-21 09:00")
    assert FIRST_DAY_ZH in zh
    assert FIRST_DAY_EN in en
    assert "不计：" not in zh


def test_half_a_working_day_may_end_on_its_first_day_and_says_nothing_else(book: Rulebook) -> None:
    _, zh, en = told(book, "610926", "dispatch", "2026-09-30 16:00")
    assert "休息日共 7 天不计：国庆节10月1日至7日" in zh
    assert FIRST_DAY_ZH not in zh
    assert FIRST_DAY_EN not in en


def test_a_co_unit_is_told_the_working_day_ahead_of_the_lead_where_that_decides(book: Rulebook) -> None:
    timing, zh, en = told(book, "350100", "co_reply", "2026-09-24 14:05", category="complaint")
    assert timing.deadline.due == at("2026-10-14 17:30")
    assert "办结期限 2026年10月15日（周四）17:30 之前 1 个工作日" in zh
    assert "1 working day ahead of the deadline of completion, Thursday 15 October 2026 17:30" in en
    assert "50" not in zh + en


def test_a_start_at_midnight_is_told_by_the_day_that_begins(book: Rulebook) -> None:
    timing, zh, en = told(book, "350100", "finish", "2026-09-24 00:00", category="consultation")
    assert timing.deadline.due == at("2026-09-29 17:30")  # the 24th does not count, 25 to 27 September are off
    assert "自 2026年9月24日（周四）00:00 起算" in zh
    assert "from Thursday 24 September 2026 00:00" in en


def test_a_co_unit_is_told_the_share_of_the_time_where_that_decides(book: Rulebook) -> None:
    urgent = {"category": "help", "emergency_class": "urgent"}
    timing, zh, en = told(book, "350100", "co_reply", "2026-09-24 20:00", **urgent)
    assert timing.deadline.due == at("2026-09-24 22:00")
    assert "至办结期限 2026年9月24日（周四）24:00 所余时间的 50%" in zh
    assert "50 % of the time until the deadline of completion, Thursday 24 September 2026 24:00" in en


def test_a_provisional_deadline_promises_nothing(book: Rulebook) -> None:
    _, zh, en = told(book, "350100", "finish", "2027-03-01 10:00", category="complaint")
    assert "暂定期限" in zh
    assert "provisional" in en
    assert "重算" not in zh
