"""Whole cases as people tell them; a new one needs a text file and nothing else."""

from pathlib import Path

import pytest

from chassis.postgres import EmbeddedPostgres
from tests.e2e.conftest import new_stage
from tests.e2e.invariants import violations
from tests.stories.playing import play
from tests.stories.reading import read

HERE = Path(__file__).parent
STORIES = sorted(path for path in HERE.rglob("*.md") if path.parent != HERE)


@pytest.mark.parametrize("path", STORIES, ids=[str(p.relative_to(HERE).with_suffix("")) for p in STORIES])
def test_a_story_goes_as_it_is_told(path: Path, postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    story = read(path, HERE)
    with new_stage(postgres, tmp_path, story.rows[0].at) as stage:
        wrong = play(story, stage)
        assert not wrong, "\n".join(["", *wrong])
        assert violations(stage.databases) == []
