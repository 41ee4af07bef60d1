"""A story that cannot be run names its line; one that goes otherwise, the statement."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.policy import load_cities
from chassis.postgres import EmbeddedPostgres
from chassis.settings import ROOT
from tests.e2e.conftest import Stage, new_stage
from tests.stories.playing import play
from tests.stories.reading import Unreadable, parse, read
from tests.stories.test_stories import HERE, STORIES

TOLD = """# A story
- city: 350100
- category: complaint
- item: 12

| when | who | what happens | what stands then |
|---|---|---|---|
| Mon 2026-09-21 10:00 | citizen | calls | case registered |
| 10:05 | seat | accepts | finish running until Thu 2026-09-24 17:30 |
"""


@pytest.mark.parametrize(
    ("was", "becomes", "line", "why"),
    [
        ("# A story", "A story", 1, "one title"),
        ("Mon 2026-09-21", "Tue 2026-09-21", 8, "2026-09-21 is a Mon, not a Tue"),
        ("Mon 2026-09-21 10:00", "10:00", 8, "is no time"),
        ("10:05 |", "09:05 |", 9, "time never goes back"),
        ("| 10:05 | seat | accepts |", "| 10:05 | accepts |", 9, "4 cells, this one 3"),
    ],
)
def test_what_cannot_be_read_names_its_line(was: str, becomes: str, line: int, why: str) -> None:
    with pytest.raises(Unreadable, match=rf"^told:{line}: .*{why}"):
        parse(TOLD.replace(was, becomes), "told")


@pytest.fixture(scope="module")
def stage(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    start = parse(TOLD, "told").rows[0].at
    with new_stage(postgres, tmp_path_factory.mktemp("told"), start) as made:
        yield made


@pytest.mark.parametrize(
    ("was", "becomes", "line", "why"),
    [
        ("- item: 12", "- colour: red", 1, "unknown facts colour"),
        ("- city: 350100", "", 1, "names its city"),
        ("| seat | accepts |", "| mayor | accepts |", 9, "'mayor' is nobody"),
        ("| seat | accepts |", "| seat | nods |", 9, "a seat does not 'nods'"),
        ("| seat | accepts |", "| seat | accepts: colour red |", 9, "AcceptCase has no colour"),
        ("| seat | accepts |", "| seat 2 | accepts |", 9, "nobody has called about case 2"),
        ("| finish running until", "| fnish!", 9, "is no statement"),
    ],
)
def test_what_cannot_be_run_names_its_line(stage: Stage, was: str, becomes: str, line: int, why: str) -> None:
    with pytest.raises(Unreadable, match=rf"^told:{line}: .*{why}"):
        play(parse(TOLD.replace(was, becomes), "told"), stage)


@pytest.mark.parametrize(
    ("becomes", "why"),
    [
        ("finish running until Wed 2026-09-23 17:30", "until is Thu 2026-09-24 17:30:00"),
        ("finish running until Thu 2026-09-24 17:30:01", "until is Thu 2026-09-24 17:30:00"),
        ("finish met", "it is running"),
        ("light red", "it is green"),
        ("case closed", "it is in_handling"),
        ("told citizen case_replied", "it is 0 times"),
        ("not told citizen case_accepted", "it is 1 times"),
        ("refused EXTENSION_TOO_LATE", "refused as nothing"),
        ("rate on_time 1/1", "it is 0/0"),
        ("lead 350100-gas", "it is 350100-"),
        ("orders 2", "it is 1"),
    ],
)
def test_what_stands_otherwise_is_told_with_its_line(stage: Stage, becomes: str, why: str) -> None:
    story = parse(TOLD.replace("finish running until Thu 2026-09-24 17:30", becomes), "told")
    (wrong,) = play(story, stage)
    assert wrong.startswith("told:9: ")
    assert why in wrong


def test_every_story_is_of_a_known_city_and_about_rules_of_its_pack() -> None:
    cities = load_cities(ROOT / "policies")
    known = "".join(path.read_text() for path in Path(ROOT / "policies").rglob("*.yaml"))
    for path in STORIES:
        story = read(path, HERE)
        assert cities[story.facts["city"]].pack == path.parent.name, story.place
        rules = [rule.strip() for rule in story.facts.get("rules", "").split(",")]
        assert not (unknown := [rule for rule in rules if rule not in known]), (story.place, unknown)


def test_each_regime_has_ten_stories_or_more() -> None:
    counts = Counter(path.parent.name for path in STORIES)
    assert min(counts.values()) >= 10, counts
