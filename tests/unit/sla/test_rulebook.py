"""What counts in a rate, and what the rules of the packs lead to."""

from dataclasses import replace
from itertools import product

import pytest

from chassis.domain import Step
from chassis.policy import Basis, Words
from services.sla.domain import counting
from services.sla.domain.clock import Clock
from services.sla.domain.facts import Facts
from services.sla.domain.limits import Limit, Unit
from services.sla.domain.rulebook import PARTS, Rulebook
from services.sla.domain.rules import CallRates, Kpi
from tests.unit.sla.clocks import HOUR, LATER, SECOND, breached, held, late, refusal
from tests.unit.sla.test_clock import DUE, START, clock

# -- rates -------------------------------------------------------------------------------------------------------------


def test_what_counts_in_a_rate() -> None:
    assert counting.counts(clock())
    for one in ("window", "left_out"):
        assert not counting.counts(replace(clock(), **{one: True}))  # type: ignore[arg-type]
    assert not counting.counts(held())
    cancelled, returned = clock(), clock()
    cancelled.cancel(START)
    returned.cancel(LATER, late_return=True)
    assert (counting.counts(cancelled), counting.counts(returned)) == (False, True)
    assert counting.counts(replace(clock(), citizen_reachable=False)), "only the response rate asks"


def test_what_is_kept_in_time() -> None:
    met = clock()
    met.stop(START + HOUR)
    assert (counting.in_time(met), counting.in_time(late()), counting.in_time(clock())) == (True, False, False)
    said = [replace(met, denied_at=START + HOUR + late_by) for late_by in (-SECOND, 0 * SECOND, SECOND)]
    assert [counting.in_time(each) for each in said] == [True, False, False]


ENDS = ("withdrawn", "joined", "recalled", "ended")


@pytest.mark.parametrize("late", [False, True])
def test_what_leaves_no_trace(late: bool) -> None:
    released = "dispatch.assignment_released"
    assert counting.leaves_no_trace("dispatch.return_agreed", why="", late=late) is not late
    assert counting.leaves_no_trace(released, why="disputed", late=late) is not late
    assert all(counting.leaves_no_trace(released, why=why, late=late) for why in ENDS)
    assert not counting.leaves_no_trace(released, why="redispatched", late=late)
    for why in ("", "disputed", *ENDS):
        assert not counting.leaves_no_trace("dispatch.work_order_completed", why=why, late=late)


def test_what_stays_overdue() -> None:
    def stays(k: Clock, type: str = "dispatch.assignment_released", why: str = "", *, late: bool = False) -> bool:
        return counting.stays_overdue(k, type, why=why, late=late, at=LATER)

    assert stays(clock(), late=True)
    assert not stays(replace(clock(), kpi=Kpi.RESPONSE), late=True)
    assert not stays(clock(), why="disputed")
    other = replace(breached(), kpi=Kpi.RESPONSE)
    assert stays(other, late=True)
    assert all(stays(other, why=why) for why in ("disputed", "lead_changed"))
    assert stays(other, "dispatch.dispute_opened")
    assert not stays(other, why="redispatched")


def test_a_call_is_answered_promptly_within_the_packs_seconds() -> None:
    rates = CallRates.model_construct(prompt_seconds=15)
    promptly = counting.promptly
    assert promptly(START, START + 15 * SECOND, rates) is True
    assert promptly(START, START + 16 * SECOND, rates) is False
    assert promptly(START, None, rates) is False
    assert promptly(START, START, None) is None


# -- the rulebook ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("city", ["350100", "610926", "230500"])
def test_each_part_of_a_rule_is_found_by_its_event(book: Rulebook, city: str) -> None:
    pack = book.pack_of_city(city)
    wanted = {
        "uses": lambda rule: rule.uses_on,
        "moves": lambda rule: rule.moves_on,
        "corrects": lambda rule: [rule.corrected.by] if rule.corrected else [],
        "limits": lambda rule: rule.own_limits_on,
        "restarts": lambda rule: rule.restarts_on,
        "voids": lambda rule: rule.voids_on,
        "stops": lambda rule: rule.stops_on,
        "cancels": lambda rule: rule.cancels_on,
        "holds": lambda rule: [hold.starts for hold in rule.holds],
        "releases": lambda rule: [event for hold in rule.holds for event in hold.ends],
        "starts": lambda rule: rule.starts_on,
    }
    assert list(PARTS) == list(wanted), "a move before the release that waited for it, an end before a beginning"
    every = {event for part in wanted.values() for rule in pack.rules.clocks for event in part(rule)}
    for part, event in product(PARTS, every):
        found = [rule.kind for rule in pack.touching(part, event)]
        assert sorted(found) == sorted(
            rule.kind for rule in pack.rules.clocks for each in wanted[part](rule) if each == event
        )
    assert pack.touching("starts", "nothing.happened") == ()


def test_what_the_books_do_not_know_is_named(book: Rulebook) -> None:
    pack = book.pack_of_city("350100")
    for step, reason, field in (
        (lambda: book.pack("no@1"), "UNKNOWN_PACK", ""),
        (lambda: book.pack_of_city("000000"), "CITY_WITHOUT_POLICY", "city"),
        (lambda: book.calendar("000000"), "CITY_WITHOUT_POLICY", "city"),
        (lambda: pack.rule("no"), "UNKNOWN_CLOCK", "kind"),
    ):
        told = refusal(step)
        assert (told.reason, told.field) == (reason, field)
    for step in (book.pack_of_city, book.calendar):
        told = refusal(lambda step=step: step("000000"))  # type: ignore[misc]
        assert told.values == {"city": "000000", "known": "230500, 350100, 350200, 610926"}
    assert pack.own_limit("no") is None
    assert book.pack(pack.ref) is pack


def test_people_call_a_clock_as_its_pack_does_and_one_that_is_not_at_hand_by_its_code(book: Rulebook) -> None:
    pack = book.pack_of_city("350100")
    assert book.name_of(pack.ref, "finish") == Words(zh="办结", en="completion")
    assert book.name_of(pack.ref, "gone") == book.name_of("no@1", "gone") == Words(zh="gone", en="gone")


def test_extensions_and_moments_that_somebody_has_set(book: Rulebook) -> None:
    pack, calendar = book.pack_of_city("350100"), book.calendar("350100")
    longer = book.extended(pack, "350100", START, DUE, 3)
    assert longer.due == Limit(3, Unit.WORKING_DAY).due_after(DUE, calendar)
    assert longer.warn < longer.due
    assert book.until(pack, "350100", START, START - HOUR).warn == START - HOUR
    assert book.until(pack, "350100", START, DUE, Unit.CLOCK_HOUR).warn != book.until(pack, "350100", START, DUE).warn


def test_the_last_moment_to_ask_is_the_packs(book: Rulebook) -> None:
    calendar = book.calendar("350100")
    rule = book.pack_of_city("350100").rule("finish")
    assert rule.extension
    assert rule.extension.lead
    facts = Facts(category="complaint")
    last = book.last_extension(rule, facts, DUE, "350100")
    assert last == rule.extension.lead.before(DUE, calendar)
    free = rule.model_copy(update={"extension": rule.extension.model_copy(update={"lead": None, "count": None})})
    assert book.last_extension(free, facts, DUE, "350100", 99) == DUE
    assert book.last_extension(rule.model_copy(update={"extension": None}), facts, DUE, "350100") is None
    assert book.last_extension(rule, facts, DUE, "350100", rule.extension.count or 0) is None


def test_a_category_that_is_not_extended_has_no_last_moment(book: Rulebook) -> None:
    barred = [
        (rule, Facts(category=category))
        for city in ("350100", "610926", "230500")
        for rule in book.pack_of_city(city).rules.clocks
        if rule.extension and rule.extension.barred
        for category in rule.extension.barred.category
    ]
    assert all(book.last_extension(rule, facts, DUE, "350100") is None for rule, facts in barred)


def test_a_limit_of_the_cases_own_replaces_limit_and_basis_alone(book: Rulebook) -> None:
    pack = book.pack_of_city("350100")
    rule, facts = pack.rule("finish"), Facts(category="complaint", role="lead")
    basis = Basis(rule="F21-07", article="1")
    timing = book.time_by(pack, "350100", rule, facts, START, Limit(3, Unit.WORKING_DAY), basis)
    assert (timing.limit, timing.entry.basis) == (Limit(3, Unit.WORKING_DAY), basis)
    assert timing.deadline.due == Limit(3, Unit.WORKING_DAY).due(START, book.calendar("350100"))
    usual = book.time(pack, "350100", rule, facts, START)
    assert usual.before is None
    assert usual.last_extension == book.last_extension(rule, facts, usual.deadline.due, "350100")
    assert usual == book.time_again(pack, "350100", rule, facts, START)


def test_a_preview_takes_the_role_that_the_rule_asks_for_and_refuses_other_cases(book: Rulebook) -> None:
    pack = book.pack_of_city("350100")
    asking = [rule for rule in pack.rules.clocks if rule.when.role and not rule.when.emergency_class]
    assert asking
    for rule in asking:
        facts = Facts(category="complaint")
        assert book.preview(pack, "350100", rule, facts, START)
        told = refusal(
            lambda rule=rule, facts=facts: book.preview(pack, "350100", rule, replace(facts, role="nobody"), START)
        )  # type: ignore[misc]
        assert (told.reason, told.field) == ("CLOCK_NOT_KEPT", "kind")


def test_a_clock_ahead_of_another_is_earlier_and_says_of_which(book: Rulebook) -> None:
    ahead = [
        (city, pack, rule)
        for city in ("350100", "610926", "230500")
        for pack in [book.pack_of_city(city)]
        for rule in pack.rules.clocks
        if rule.before is not None
    ]
    for city, pack, rule in ahead:
        assert rule.before
        calendar = book.calendar(city)
        far, near = Limit(20, Unit.WORKING_DAY).due(START, calendar), Limit(1, Unit.MINUTE).due(START, calendar)
        found, step = book.earlier_than(rule, far, START, pack, city)
        assert found.due == rule.before.by.before(far, calendar)
        assert found.beyond is None
        assert isinstance(step, Step)
        close, other = book.earlier_than(rule, near, START, pack, city)
        assert START <= close.due <= near
        assert other != step
    assert ahead
