"""The notice before a last moment to ask: never early, once, and only while it helps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from chassis.domain import Step
from services.sla.adapters.policies import failed_examples
from services.sla.domain.clock import Clock, State
from services.sla.domain.events import ClockReminded
from services.sla.domain.facts import Facts
from services.sla.domain.limits import Deadline
from services.sla.domain.reminder import Reminder
from services.sla.domain.rulebook import Rulebook
from services.sla.domain.rules import Asks
from tests.unit.sla.conftest import POLICIES
from tests.unit.sla.test_clock import DUE, START, WORDS, clock, names

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
LAST = DUE - 3 * HOUR
AT = LAST - 2 * HOUR


def reminding(*, window: bool = False) -> Clock:
    """An extension may be asked for until three hours before the deadline; of a window, until its end."""
    if window:
        return replace(clock(window=True), reminder=Reminder(Asks.RETURN, DUE - 2 * HOUR, DUE))
    return replace(clock(), last_extension_at=LAST, reminder=Reminder(Asks.EXTENSION, AT, LAST))


def test_it_comes_at_its_instant_once_and_never_early() -> None:
    k = reminding()
    k.tick(k.warn_at)
    assert k.next_at == AT
    assert k.tick(AT - SECOND) == []
    (told,) = k.tick(AT)
    assert isinstance(told, ClockReminded)
    assert (told.of, told.last_at, told.reminded_at) == ("extension", LAST, AT)
    assert k.state is State.WARNED
    assert k.next_at == DUE
    assert k.tick(AT + SECOND) == []
    assert names(k.tick(DUE)) == ["ClockBreached"]


def test_it_may_come_before_the_yellow_light() -> None:
    k = replace(reminding(), warn_at=AT + HOUR)
    assert k.next_at == AT
    assert names(k.tick(AT)) == ["ClockReminded"]
    assert names(k.tick(k.warn_at)) == ["ClockWarned"]


def test_a_window_reminds_and_then_ends_in_silence() -> None:
    k = reminding(window=True)
    assert names(k.tick(DUE - 2 * HOUR)) == ["ClockReminded"]
    assert k.state is State.RUNNING
    assert names(k.tick(DUE)) == ["ClockStopped"]


@pytest.mark.parametrize("window", [False, True])
def test_nobody_is_reminded_of_what_can_no_longer_be_asked_for(window: bool) -> None:
    k = reminding(window=window)
    assert "ClockReminded" not in names(k.tick(DUE if window else LAST))
    assert k.next_at in {None, DUE}


def test_what_waits_for_a_decision_is_reminded_of_afterwards_if_it_still_helps() -> None:
    k = reminding()
    k.hold("reply", START)
    assert k.next_at is None
    assert k.tick(AT) == []
    k.release("reply", AT + HOUR)
    assert "ClockReminded" in names(k.tick(AT + HOUR))


def test_what_is_over_reminds_nobody() -> None:
    k = reminding()
    k.stop(START + HOUR)
    assert k.next_at is None
    assert k.tick(AT) == []


def test_a_new_deadline_brings_a_reminder_of_its_own() -> None:
    k = reminding()
    k.tick(AT)
    later = DUE + 100 * HOUR
    again = Reminder(Asks.EXTENSION, later - 5 * HOUR, later - 3 * HOUR)
    k.move(Deadline(START, later, DUE, False), again.last_at, "extension_granted", AT, WORDS, reminder=again)
    k.tick(k.warn_at)
    assert names(k.tick(again.at)) == ["ClockReminded"]


def test_a_reminder_that_lies_behind_a_move_is_not_made_up_for() -> None:
    k, due = reminding(), DUE + HOUR
    past = Reminder(Asks.EXTENSION, AT, due)
    k.move(Deadline(START, due, AT, False), due, "extension_granted", AT + HOUR, Step("", ""), reminder=past)
    assert k.reminder is None


def test_the_examples_of_the_packs_tell_when_it_comes(book: Rulebook) -> None:
    pack = book.pack_of_city("350100")
    assert sum(bool(example.remind) for example in pack.rules.examples) >= 2
    assert list(failed_examples(POLICIES, book)) == []


def test_a_limit_shorter_than_the_notice_has_none(book: Rulebook) -> None:
    pack = book.pack_of_city("350100")
    start, facts = datetime(2026, 9, 21, 2, 0, tzinfo=UTC), Facts(category="help", emergency_class="urgent")
    timing = book.preview(pack, "350100", pack.rule("return"), facts, start)
    assert book.remind(pack.rule("return"), start, timing.deadline.due, None, "350100") is None


@pytest.mark.parametrize(("city", "granted", "left"), [("350100", 1, False), ("610926", 1, True), ("610926", 2, False)])
def test_after_the_last_grant_there_is_no_last_moment(book: Rulebook, city: str, granted: int, left: bool) -> None:
    rule, facts = book.pack_of_city(city).rule("finish"), Facts(category="complaint")
    assert (book.last_extension(rule, facts, DUE, city, granted) is not None) is left


def test_sla_and_dispatch_count_extensions_alike() -> None:
    for folder in (path.parent for path in (POLICIES / "packs").glob("*/sla.yaml")):
        clocks = yaml.safe_load((folder / "sla.yaml").read_text("utf-8"))["clocks"]
        desk = yaml.safe_load((folder / "dispatch.yaml").read_text("utf-8"))["extensions"]
        counts = [rule["extension"]["count"] for rule in clocks if "extension" in rule]
        assert counts == [desk["count"]], folder.name
