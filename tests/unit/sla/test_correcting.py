"""Deadlines found anew hold what the decisions promise, whatever is corrected or set when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.domain import Step
from services.sla.domain.correcting import Anew, correction, least_by_own, least_of
from services.sla.domain.explanation import limit_text
from services.sla.domain.facts import Facts
from services.sla.domain.limits import Limit
from services.sla.domain.own_limits import OwnLimit, with_limit, without_limit
from services.sla.domain.rulebook import Rulebook

CITIES = ("350100", "610926", "230500")
CATEGORIES = ("consultation", "complaint", "help", "suggestion", "report")
START = datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
CATEGORY, CITY = st.sampled_from(CATEGORIES), st.sampled_from(CITIES)
INSTANT = st.integers(0, 60 * 24 * 120).map(lambda minutes: START + timedelta(minutes=minutes))
LIMITS = st.builds("{} {}".format, st.integers(1, 40), st.sampled_from(["working_day", "calendar_day", "clock_hour"]))
LAW = {"rank": "law", "title": "《噪声污染防治法》", "article": "9"}


def counting(book: Rulebook, city: str, category: str, start: datetime, *own: OwnLimit, **more: int) -> Anew:
    pack = book.pack_of_city(city)
    return Anew(book, pack, city, pack.rule("finish"), Facts(category=category), start, own, **more)


def due(anew: Anew) -> datetime:
    return anew.done().deadline.due


@given(city=CITY, old=CATEGORY, new=CATEGORY, start=INSTANT, after=st.integers(0, 60 * 24 * 40))
def test_a_correction_takes_no_time_that_it_must_leave_and_gives_none_that_no_limit_gives(
    book: Rulebook, city: str, old: str, new: str, start: datetime, after: int
) -> None:
    at = start + timedelta(minutes=after)
    before, target = due(counting(book, city, old, start)), counting(book, city, new, start)
    assert target.rule.corrected is not None
    least = least_of(target.rule.corrected.never_before, target.facts, at, before)
    found = target.done(least).deadline.due
    day = Limit.parse("1 working_day").due(at, book.calendar(city))
    assert found >= min(day, before)
    assert due(target) <= found <= max(before, due(target))


@given(city=CITY, category=CATEGORY, start=INSTANT, limit=LIMITS)
def test_other_law_governs_always_or_only_where_it_is_stricter(
    book: Rulebook, city: str, category: str, start: datetime, limit: str
) -> None:
    law = OwnLimit("other_law", start, limit)
    own, found = due(counting(book, city, category, start)), counting(book, city, category, start, law).done()
    by_law = Limit.parse(limit).due(start, book.calendar(city))
    rule = book.pack_of_city(city).own_limit("other_law")
    assert rule is not None
    assert found.deadline.due == (min(own, by_law) if rule.only_if_earlier else by_law)
    assert found.limit == (limit if found.deadline.due == by_law != own else found.limit)


@given(city=CITY, start=INSTANT, moment=INSTANT, days=st.integers(0, 20))
def test_a_moment_that_was_set_is_never_passed(
    book: Rulebook, city: str, start: datetime, moment: datetime, days: int
) -> None:
    fixed = OwnLimit("leader", start, due_at=moment)
    free = due(counting(book, city, "complaint", start, extended=days))
    assert due(counting(book, city, "complaint", start, fixed, extended=days)) == min(free, moment)


@given(city=CITY, category=CATEGORY, start=INSTANT, days=st.lists(st.integers(1, 10), max_size=3))
def test_extensions_granted_one_by_one_and_counted_anew_together_lead_to_the_same_day(
    book: Rulebook, city: str, category: str, start: datetime, days: list[int]
) -> None:
    pack, found = book.pack_of_city(city), due(counting(book, city, category, start))
    for one in days:
        found = book.extended(pack, city, start, found, one).due
    assert due(counting(book, city, category, start, extended=sum(days))) == found


DECEMBER = datetime(2026, 12, 28, 1, 0, tzinfo=UTC)  # Monday; the calendar of 2027 is not published


def test_a_published_calendar_finds_anew_what_a_limit_counts_and_no_moment_that_is_fixed(book: Rulebook) -> None:
    free = counting(book, "350100", "complaint", DECEMBER).done().deadline
    assert free.provisional
    assert free.beyond
    assert free.beyond.due(book.calendar("350100")) == free.due
    by_law = counting(book, "350100", "complaint", DECEMBER, OwnLimit("other_law", DECEMBER, "12 working_day")).done()
    assert by_law.deadline.due != free.due
    assert by_law.deadline.beyond
    assert by_law.deadline.beyond.due(book.calendar("350100")) == by_law.deadline.due
    leader = OwnLimit("leader", DECEMBER, due_at=free.due - timedelta(hours=1))
    found = counting(book, "350100", "complaint", DECEMBER, leader).done()
    assert (found.deadline.due, found.counted) == (leader.due_at, free.due)
    assert found.deadline.beyond is None
    later = OwnLimit("leader", DECEMBER, due_at=free.due + timedelta(days=1))
    assert counting(book, "350100", "complaint", DECEMBER, later).done().deadline.beyond == free.beyond


def test_the_shorter_limit_of_a_redo_holds_for_other_law_too(book: Rulebook) -> None:
    """decisions, Units, 4: the limit of the law stands in the place of the category's, the five days stay."""
    start = DECEMBER - timedelta(days=90)
    for city, law, governs in (("230500", "30 working_day", "5 working_day"), ("230500", "3 working_day", None)):
        redo = replace(
            counting(book, city, "complaint", start, OwnLimit("other_law", start, law)),
            facts=Facts(category="complaint", round=2),
        )
        assert redo.done().limit == (governs or law)


def test_where_the_same_limit_governs_the_deadline_stands_and_a_moment_that_is_lifted_leaves_no_trace(
    book: Rulebook,
) -> None:
    free = counting(book, "610926", "complaint", START)
    kept = due(free) + timedelta(days=3)  # as an earlier change left it
    law = OwnLimit("other_law", START, "20 working_day")  # not stricter: Pingli counts it for nothing
    with_law = replace(free, own=(law,))
    assert with_law.governing() == free.governing()
    assert with_law.done(kept=kept).deadline.due == kept
    leader = OwnLimit("leader", START, due_at=kept - timedelta(days=1))
    fixed = replace(free, own=(leader,)).done(kept=kept)
    assert (fixed.deadline.due, fixed.counted) == (leader.due_at, kept)
    assert free.done(kept=fixed.counted).deadline.due == kept


def test_what_counts_from_a_later_act_too_goes_on_counting_from_it(book: Rulebook) -> None:
    pack, signed = book.pack_of_city("350100"), START + timedelta(minutes=5)
    contact = replace(counting(book, "350100", "complaint", START), rule=pack.rule("contact"), restarted_at=signed)
    alone = book.time_again(pack, "350100", pack.rule("contact"), contact.facts, signed).deadline
    found = contact.done().deadline
    assert (found.due, found.warn) == (alone.due, alone.warn)
    assert found.due < replace(contact, restarted_at=None).done().deadline.due


@pytest.mark.parametrize(("city", "grants", "asks"), [("350100", 0, True), ("350100", 1, False), ("610926", 1, True)])
def test_the_last_moment_to_ask_and_its_notice_follow_the_deadline_until_the_last_extension(
    book: Rulebook, city: str, grants: int, asks: bool
) -> None:
    found = counting(book, city, "complaint", START, extended=grants, grants=grants).done()
    assert (found.last_extension is not None) is asks
    assert (found.reminder is not None) is asks
    assert not found.reminder or found.reminder.at < found.reminder.last_at == found.last_extension


def test_the_explanation_tells_what_changed_the_citation_the_limit_and_the_day(book: Rulebook) -> None:
    pack, at = book.pack_of_city("610926"), datetime(2026, 9, 22, 2, 0, tzinfo=UTC)
    told = correction(pack, Facts(category="complaint"), Facts(category="consultation", item="23"), at)
    assert told.zh.startswith("2026年9月22日（周二）10:00 类别由“投诉”更正为“咨询”，清单事项由“无”更正为“23")
    assert "item from “none” to “item 23”" in told.en
    law = OwnLimit("other_law", at, "3 working_day", **LAW)
    steps = counting(book, "610926", "complaint", at, law).done().steps
    zh = [step.zh for step in steps]
    assert zh[0] == "2026年9月22日（周二）10:00 登记另有规定：《噪声污染防治法》第9条（法律）"
    assert "时限 3 个工作日（P18-15，第 12(3) 条）" in zh
    assert steps[-1] == Step("到期：2026年9月28日（周一）17:30", "hence due Monday 28 September 2026 17:30")
    assert steps[0].en == "on record since Tuesday 22 September 2026 10:00: other law: 《噪声污染防治法》 art. 9 (law)"


def test_the_newest_limit_of_a_ground_counts_in_whatever_order_they_are_heard() -> None:
    older, newer = (
        OwnLimit("other_law", START, "3 working_day"),
        OwnLimit("other_law", START + timedelta(1), "9 working_day"),
    )
    leader = OwnLimit("leader", START, due_at=START)
    assert with_limit(with_limit([leader], older), newer) == with_limit(with_limit([leader], newer), older)
    assert without_limit([leader, newer], "other_law") == [leader]


def test_a_ground_that_the_pack_leaves_out_counts_for_nothing(book: Rulebook) -> None:
    start = START
    whim = OwnLimit("whim", start, "1 working_day")
    assert due(counting(book, "350100", "complaint", start, whim)) == due(counting(book, "350100", "complaint", start))
    assert least_by_own(book.pack_of_city("350100"), whim, Facts(), start, START) is None


@pytest.mark.parametrize("text", ["30 calendar_day", "3 working_day", "48 clock_hour", "8 working_hour"])
def test_every_unit_that_a_citation_may_name_has_words(text: str) -> None:
    assert limit_text(Limit.parse(text)).zh
