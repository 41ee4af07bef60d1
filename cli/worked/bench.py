"""What an example is run on: one pack, or several that lie over each other, in a city that follows the lowest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from pathlib import Path

from chassis.packs import PackFolder, Packs, load_packs
from chassis.policy import City, load_cities
from services.dispatch.application.desk import Desk
from services.dispatch.bootstrap import load_desk
from services.dispatch.domain.regime import Regime
from services.intake.adapters.regimes import PolicyRegimes
from services.intake.domain.pack import IntakePack
from services.knowledge.domain.rules import KnowledgeRules
from services.notify.adapters.policies import load_book
from services.notify.domain.notices import Book
from services.sla.adapters.assessments import load_assessments
from services.sla.adapters.policies import load_rulebook
from services.sla.domain.assessment_rules import AssessmentRules
from services.sla.domain.rulebook import Rulebook

# A Thursday morning; no example rests on which.
NOW = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)


class Shop:
    """All policies as the services load them, read once and only when something asks. Raises PolicyError."""

    def __init__(self, policies: Path) -> None:
        self.policies = policies
        self.cities = load_cities(policies)

    @cached_property
    def packs(self) -> Packs:
        return load_packs(self.policies)

    @cached_property
    def regimes(self) -> PolicyRegimes:
        return PolicyRegimes(self.policies)

    @cached_property
    def book(self) -> Book:
        return load_book(self.policies)

    @cached_property
    def rulebook(self) -> Rulebook:
        return load_rulebook(self.policies)

    @cached_property
    def assessments(self) -> dict[str, AssessmentRules]:
        return load_assessments(self.policies)

    @cached_property
    def desk(self) -> Desk:
        return load_desk(self.policies)

    def benches(self, pack: str) -> Iterator["Bench"]:
        """The pack as it stands by itself, or, if it lies over any, over each; where some city follows it."""
        path = self.policies / "packs" / pack
        for folder in self.packs.folders.values():
            city = self._city_of(folder)
            if folder.path == path and city:
                yield Bench(self, folder, city)

    def _city_of(self, folder: PackFolder) -> City | None:
        """The first that follows the lowest layer, whatever else lies over it there."""
        lowest = folder.layers[0].head.name
        return next((city for city in self.cities.values() if self.packs.of(city).layers[0].head.name == lowest), None)


@dataclass(frozen=True)
class Bench:
    shop: Shop
    folder: PackFolder
    city: City

    @property
    def ref(self) -> str:
        return self.folder.ref

    @property
    def regime(self) -> Regime:
        return self.desk.regime(self.ref, self.city.code)

    @property
    def desk(self) -> Desk:
        return self.shop.desk

    @property
    def intake(self) -> IntakePack:
        return self.shop.regimes.of(self.city.code, self.ref).rules

    @cached_property
    def knowledge(self) -> KnowledgeRules:
        return self.folder.file("knowledge.yaml").load(KnowledgeRules)

    @property
    def assessment(self) -> AssessmentRules:
        return self.shop.assessments[self.ref]


def ids() -> Iterator[str]:
    return (f"id-{number}" for number in count(1))
