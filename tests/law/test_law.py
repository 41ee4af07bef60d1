"""The platform's deadlines and clocks against the oracle's: 20,000 cases; `make law N=…` judges more."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis import overlays
from services.sla.domain.calendar import OfficeCalendar
from services.sla.domain.local_days import LocalDays
from tests.law import changes, deadlines, lives, tally
from tests.law.cases import CASES_PER_WORLD, cases_of, judged, judged_deadline, played, shortened
from tests.law.clocks import Clock
from tests.law.deadlines import Question
from tests.law.layers import Stack
from tests.law.pack import Facts, Own, Pack
from tests.law.tally import Tally
from tests.law.worlds import POLICIES, REGIMES, World, read, world

CASES, SEEDS = 20_000, 20
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
        assert _worked_out(pack, example) == _at(example["due"]), example


# -- the comparison notices --------------------------------------------------------------------------------------------


def test_a_deadline_that_is_a_working_day_off_is_noticed(shipped: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rightly = OfficeCalendar.after_working_days
    monkeypatch.setattr(OfficeCalendar, "after_working_days", lambda self, start, n: rightly(self, start, n + 1))
    found = [judged_deadline(Random(number), shipped, number, Tally()) for number in range(60)]
    assert any(each is not None and "due: by the law" in str(each) for each in found)


def test_a_deadline_that_is_a_second_off_is_noticed(shipped: World, monkeypatch: pytest.MonkeyPatch) -> None:
    rightly = deadlines.by_the_platform

    def wrongly(lie: World, asked: Question) -> deadlines.Found:
        found = rightly(lie, asked)
        return found | {"due": found["due"] + timedelta(seconds=1)} if "due" in found else found

    monkeypatch.setattr(deadlines, "by_the_platform", wrongly)
    asked = [deadlines.question(Random(number), shipped) for number in range(30)]
    noticed = [judged_deadline(Random(number), shipped, number, Tally()) is not None for number in range(30)]
    assert noticed == [question.what != "before" for question in asked]


def test_a_limit_that_differs_from_the_packs_is_noticed(shipped: World) -> None:
    other = {city: _shorter(pack) for city, pack in shipped.packs.items()}
    lie = replace(shipped, packs=other)
    lived = [lives.story(Random(number), lie, "350100") for number in range(10)]
    assert any(played(lie, "350100", story.heard) for story in lived)


def test_a_layer_that_is_laid_on_wrongly_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlays, "FIRST", frozenset())
    _made_anew.cache_clear()
    assert _noticed_in_some_world()


def test_a_citys_day_off_that_is_overlooked_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    rightly = LocalDays.laid_over
    monkeypatch.setattr(LocalDays, "laid_over", lambda self, days: rightly(replace(self, off={}), days))
    _made_anew.cache_clear()
    assert _noticed_in_some_world()


def _noticed_in_some_world() -> bool:
    numbers = ((made, number) for made in range(40) for number in range(60))
    return any(
        judged_deadline(Random(f"{made} {number}"), _made_anew(made), number, Tally()) is not None
        for made, number in numbers
    )


def test_a_disagreement_is_told_with_as_few_events_as_show_it(shipped: World) -> None:
    story = next(s for s in (lives.story(Random(n), shipped, "350100") for n in range(99)) if len(s.heard) > 8)
    wanted = story.heard[5]
    assert shortened(story.heard, lambda heard: wanted in heard) == [wanted]


def test_the_lives_touch_every_event_and_every_clock_of_every_pack(shipped: World) -> None:
    everything, drawn = tally.expected(POLICIES), Tally()
    wanted = {subject: names for subject, names in everything.items() if subject not in ("worlds", "cases")}
    for number in range(4_000):
        tally.count_life(drawn, lives.story(Random(number), shipped, CITIES[number % len(CITIES)]))
        if number % 100 == 0 and not tally.missing(drawn, wanted):
            return
    assert tally.missing(drawn, wanted) == []


def test_a_summary_names_what_never_came() -> None:
    wanted = {"packs": ["one", "two"], "units": ["minute"]}
    drawn = Tally({("packs", "one"): 2, ("units", "minute"): 1_000, ("packs", "one+more"): 3})
    assert list(tally.told(drawn, wanted)) == [
        "packs (3 kinds, 5): one 2, two 0, one+more 3",
        "units (1 kinds, 1,000): minute 1,000",
        "never drawn: packs: two",
    ]


def test_a_layer_is_laid_on_as_the_page_tells_it(tmp_path: Path) -> None:
    below, over = tmp_path / "packs" / "below", tmp_path / "packs" / "over"
    for folder, head in ((below, "{}"), (over, "extends: below")):
        folder.mkdir(parents=True)
        (folder / "pack.yaml").write_text(head)
    (below / "sla.yaml").write_text(
        "{a: 1, b: {c: 1, d: 2}, words: [x, y], gone: 1, clocks: [{kind: one, limits: [{when: {p: 1}, limit: 1 m},"
        " {when: {p: 2}, limit: 2 m}, {limit: 3 m}]}, {kind: two}]}"
    )
    (over / "sla.yaml").write_text(
        "{b: {d: 3}, words: [z], gone: {remove: true}, clocks: [{kind: one, limits: [{when: {p: 3}, limit: 4 m},"
        " {when: {p: 2}, remove: true}, {limit: 5 m}]}, {kind: three}]}"
    )
    limits = [{"when": {"p": 3}, "limit": "4 m"}, {"when": {"p": 1}, "limit": "1 m"}, {"limit": "5 m"}]
    assert Stack.of_city(tmp_path, {"pack": "over"}).file("sla.yaml") == {
        "a": 1, "b": {"c": 1, "d": 3}, "words": ["z"],
        "clocks": [{"kind": "one", "limits": limits}, {"kind": "two"}, {"kind": "three"}],
    }  # fmt: skip


@cache
def _made(number: int) -> World:
    return world(Random(f"hardest {number}"))


@lru_cache(maxsize=1)
def _made_anew(number: int) -> World:
    """Read with whatever is wrong now."""
    return world(Random(f"anew {number}"))


def _shorter(pack: Pack) -> Pack:
    rules = [type(rule)(dict(rule.told)) for rule in pack.rules]
    finish = next(rule for rule in rules if rule.kind == "finish")
    finish.told["limits"] = [entry | {"limit": "1 minute"} for entry in finish.told["limits"]]
    return Pack(pack.ref, pack.city, rules, pack.lights, pack.desk, pack.own_limits)


def _worked_out(pack: Pack, example: dict[str, Any]) -> datetime:
    """With what changes after the start."""
    rule, facts, start = pack.rule(example["kind"]), Facts(**example.get("facts", {})), _at(example["start"])
    clock = Clock(rule, facts, start, pack.timing(rule, facts, start), "", 1, 1)
    if later := example.get("corrected"):
        new = Facts(**later["to"])
        least = changes.least_of(rule.corrected["never_before"], _at(later["at"]), new)
        return changes.recount(pack, clock, new, {}, least).due
    if own := example.get("own_limit"):
        one = Own(own["ground"], _at(own["at"]), own.get("limit", ""), _at(own["due"]) if "due" in own else None)
        least = changes.of_own(pack, one, one.set_at)
        return changes.recount(pack, clock, facts, {one.ground: one}, least).due
    return clock.timing.due


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_oracle_takes_nothing_from_the_service() -> None:
    for name in ("days", "limits", "moments", "layers", "pack", "clocks", "changes", "files"):
        text = (Path(__file__).parent / f"{name}.py").read_text("utf-8")
        assert "\nfrom services" not in text
        assert "\nfrom chassis" not in text
