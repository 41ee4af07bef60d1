"""The platform's deadlines and clocks against the oracle's: 20,000 cases; `make law N=…` judges more."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.sla.domain.calendar import OfficeCalendar
from tests.law import deadlines, lives
from tests.law.cases import CASES_PER_WORLD, cases_of, judged, judged_deadline, played, shortened
from tests.law.deadlines import Question
from tests.law.pack import Facts, Pack
from tests.law.worlds import POLICIES, REGIMES, World, read, world

CASES, SEEDS = 20_000, 20
# Clocks of disputes and supervisions, and breaches that force majeure voids, have tests of their own.
NOT_RECKONED_TWICE = (
    "dispatch.dispute_",
    "dispatch.supervision_",
    "dispatch.force_majeure_",
    "dispatch.work_order_corrected",
    "intake.case_corrected",
    "intake.case_limit_",
)
CITIES = ("350100", "350200", "610926", "230500")
hard = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def shipped() -> World:
    return read(POLICIES)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_both_say_the_same_of_every_case(seed: int) -> None:
    numbers = range(CASES // SEEDS)
    worlds = [numbers[first : first + CASES_PER_WORLD] for first in range(0, len(numbers), CASES_PER_WORLD)]
    assert [str(found) for part in worlds for found in cases_of(seed, part)] == []


@hard
@given(made=st.integers(0, 5), chance=st.randoms(use_true_random=False))
def test_both_say_the_same_of_what_is_hardest_and_hypothesis_shrinks_it(made: int, chance: Random) -> None:
    assert judged(chance, _made(made)) is None


@pytest.mark.parametrize("regime", REGIMES)
def test_the_oracle_finds_the_worked_examples_of_the_packs(shipped: World, regime: str) -> None:
    told = yaml.safe_load((POLICIES / "packs" / regime / "sla.yaml").read_text("utf-8"))
    pack = next(pack for pack in shipped.packs.values() if pack.ref.startswith(regime))
    for example in told["examples"]:
        if "corrected" in example or "own_limit" in example:
            continue  # what changes later is told by services/sla/domain/correcting.py alone
        timing = pack.timing(pack.rule(example["kind"]), Facts(**example["facts"]), _at(example["start"]))
        assert timing.due == _at(example["due"]), example


# -- the comparison notices --------------------------------------------------------------------------------------------


def test_a_deadline_that_is_a_working_day_off_is_noticed(shipped: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rightly = OfficeCalendar.after_working_days
    monkeypatch.setattr(OfficeCalendar, "after_working_days", lambda self, start, n: rightly(self, start, n + 1))
    found = [judged_deadline(Random(number), shipped) for number in range(60)]
    assert any(each is not None and "due: by the law" in str(each) for each in found)


def test_a_deadline_that_is_a_second_off_is_noticed(shipped: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rightly = deadlines.by_the_platform

    def wrongly(lie: World, asked: Question) -> deadlines.Found:
        found = rightly(lie, asked)
        return found | {"due": found["due"] + timedelta(seconds=1)} if "due" in found else found

    monkeypatch.setattr(deadlines, "by_the_platform", wrongly)
    asked = [deadlines.question(Random(number), shipped) for number in range(30)]
    noticed = [judged_deadline(Random(number), shipped) is not None for number in range(30)]
    assert noticed == [question.what != "before" for question in asked]


def test_a_limit_that_differs_from_the_packs_is_noticed(shipped: World) -> None:
    other = {city: _shorter(pack) for city, pack in shipped.packs.items()}
    lie = World(shipped.book, other, shipped.codes)
    lived = [lives.story(Random(number), lie, "350100") for number in range(10)]
    assert any(played(lie, "350100", story.heard) for story in lived)


def test_a_disagreement_is_told_with_as_few_events_as_show_it(shipped: World) -> None:
    story = next(s for s in (lives.story(Random(n), shipped, "350100") for n in range(99)) if len(s.heard) > 8)
    wanted = story.heard[5]
    assert shortened(story.heard, lambda heard: wanted in heard) == [wanted]


def test_the_lives_touch_every_event_that_a_pack_names(shipped: World) -> None:
    named = {event for event in shipped.book.events if not event.startswith(NOT_RECKONED_TWICE)}
    for number in range(2_000):
        city = CITIES[number % len(CITIES)]
        named -= {heard.event.type for heard in lives.story(Random(number), shipped, city).heard}
        if not named:
            return
    assert named == set()


@cache
def _made(number: int) -> World:
    return world(Random(f"hardest {number}"))


def _shorter(pack: Pack) -> Pack:
    rules = [type(rule)(dict(rule.told)) for rule in pack.rules]
    finish = next(rule for rule in rules if rule.kind == "finish")
    finish.told["limits"] = [entry | {"limit": "1 minute"} for entry in finish.told["limits"]]
    return Pack(pack.ref, pack.city, rules, pack.lights, pack.desk)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_oracle_takes_nothing_from_the_service() -> None:
    for name in ("days", "limits", "moments", "pack", "files"):
        text = (Path(__file__).parent / f"{name}.py").read_text("utf-8")
        assert "\nfrom services" not in text
