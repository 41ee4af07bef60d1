"""The articles that a new city starts with, from ``policies/knowledge/*.yaml``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from chassis.policy import Policy, load
from services.knowledge.adapters.offices import Offices

_Text = Annotated[str, Field(min_length=1)]


class SeedArticle(Policy):
    """One article; `duty` finds the unit that answers for it, `cities` narrows it to some."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{3,40}$")]
    duty: _Text
    cities: tuple[str, ...] = ()
    title: _Text
    question: _Text
    answer: _Text
    source: str = ""


class SeedFile(Policy):
    topic: _Text
    articles: Annotated[tuple[SeedArticle, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Seed:
    """An article for one city and unit, with the city's name filled in."""

    id: str
    city: str
    unit: str
    title: str
    question: str
    answer: str
    source: str


def read_seeds(policies: Path, offices: Offices) -> Iterator[Seed]:
    """Every article for every city with a unit that holds its duty. Raises PolicyError."""
    for path in sorted((policies / "knowledge").glob("*.yaml")):
        for article in load(path, SeedFile).articles:
            for code, city in offices.cities.items():
                unit = offices.unit_with(code, article.duty)
                if unit and (not article.cities or code in article.cities):
                    yield _filled(article, code, unit, city.name.zh)


def _filled(article: SeedArticle, city: str, unit: str, name: str) -> Seed:
    return Seed(
        id=article.id,
        city=city,
        unit=unit,
        title=article.title.replace("{city}", name),
        question=article.question.replace("{city}", name),
        answer=article.answer.replace("{city}", name),
        source=article.source,
    )
