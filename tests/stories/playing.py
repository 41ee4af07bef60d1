"""Plays a story through the commands and reactions of all five services, in simulated time."""

from chassis.domain import DomainError
from tests.e2e.conftest import Stage
from tests.stories.looking import Onlooker
from tests.stories.reading import Row, Story, Unreadable
from tests.stories.telling import Cast

NOBODY = {"", "—"}
FACTS = frozenset(
    {
        "city",
        "rules",
        "category",
        "item",
        "area",
        "emergency",
        "subject",
        "text",
        "name",
        "phone",
        "respondent_unit",
        "own_rights_claim",
        "confidentiality",
    }
)


def play(story: Story, stage: Stage) -> list[str]:
    """What stands otherwise than the story says, each with file and line. Raises Unreadable."""
    if unknown := sorted(story.facts.keys() - FACTS):
        raise Unreadable(
            f"{story.place}:1", f"unknown facts {', '.join(unknown)}; known are {', '.join(sorted(FACTS))}"
        )
    if "city" not in story.facts:
        raise Unreadable(f"{story.place}:1", "a story names its city: '- city: 350100'")
    cast = Cast(stage, story.facts["city"], story.facts)
    onlooker = Onlooker(cast)
    found: list[str] = []
    for row in story.rows:
        stage.move_to(row.at)
        found += onlooker.wrong(row, _act(cast, row))
    return found


def _act(cast: Cast, row: Row) -> str:
    """The reason for which the platform refuses it, if it does."""
    if row.who in NOBODY:
        return ""
    try:
        cast.act(row)
    except DomainError as error:
        return error.reason
    return ""
