"""What callers see of the analysis of matters; field names are those of the proto responses."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.sla.application.analysing import earlier
from services.sla.domain.facts import Vocabulary
from services.sla.domain.matters import FrequentMatter, SeasonalMatter


@dataclass(frozen=True)
class MatterView:
    item: str
    category: str
    area: str
    zh: str
    en: str
    cases: int
    month_before: int | None
    year_before: int | None
    cases_before: int
    months_before: int
    concentrated: bool


@dataclass(frozen=True)
class MatterPage:
    month: str
    rule: str
    article: str
    matters: Sequence[MatterView]
    next_page_token: str


@dataclass(frozen=True)
class SeasonView:
    month: str
    cases: int
    cases_before: int
    months_before: int


@dataclass(frozen=True)
class SeasonalMatterView:
    item: str
    category: str
    area: str
    zh: str
    en: str
    seasons: Sequence[SeasonView]


@dataclass(frozen=True)
class SeasonalMatterPage:
    month: str
    rule: str
    article: str
    matters: Sequence[SeasonalMatterView]
    next_page_token: str


def matter_view(found: FrequentMatter, words: Vocabulary) -> MatterView:
    matter, (zh, en) = found.matter, _called(found, words)
    return MatterView(
        item=matter.item,
        category=matter.category,
        area=matter.area,
        zh=zh,
        en=en,
        cases=found.cases,
        month_before=found.month_before,
        year_before=found.year_before,
        cases_before=found.cases_before,
        months_before=found.months_before,
        concentrated=found.concentrated,
    )


def seasonal_view(found: SeasonalMatter, month: str, words: Vocabulary) -> SeasonalMatterView:
    matter, (zh, en) = found.matter, _called(found, words)
    seasons = [
        SeasonView(earlier(month, one.years_back), one.cases, one.cases_before, one.months_before)
        for one in found.seasons
    ]
    return SeasonalMatterView(matter.item, matter.category, matter.area, zh, en, seasons)


def _called(found: FrequentMatter | SeasonalMatter, words: Vocabulary) -> tuple[str, str]:
    """Of a code that the pack has no longer, the code."""
    field, code = ("item", found.matter.item) if found.matter.item else ("category", found.matter.category)
    name = words.names.get((field, code))
    return (name.zh, name.en) if name else (code, code)
