"""集中诉求分析: which months are counted, and what comes of it, for reports and those who ask."""

from chassis.work import Read
from services.sla.application.assessing import spans
from services.sla.application.ports import Matters
from services.sla.domain.matters import FrequentMatter, MatterRules, SeasonalMatter, Span, expected, frequent


def frequent_in(
    month: str, city: str, rules: MatterRules, matters: Matters, read: Read, *, by_area: bool = False, unit: str = ""
) -> list[FrequentMatter]:
    asked = spans_of_month(month, rules)
    return frequent(matters.counted(read, city, asked, by_area=by_area, unit=unit), rules.concentrated)


def expected_in(
    month: str, city: str, rules: MatterRules, matters: Matters, read: Read, *, by_area: bool = False, unit: str = ""
) -> list[SeasonalMatter]:
    asked = spans_of_season(month, rules)
    return expected(matters.counted(read, city, asked, by_area=by_area, unit=unit), rules)


def spans_of_month(month: str, rules: MatterRules) -> list[Span]:
    """The month, those before it from the newest on, and the month a year earlier."""
    return [*spans(month, 1 + rules.concentrated.months_before), *spans(earlier(month, 1), 1)]


def spans_of_season(month: str, rules: MatterRules) -> list[Span]:
    """For each year back the same month, and those before it from the newest on."""
    years = range(1, 1 + rules.seasonal.of_years)
    return [span for back in years for span in spans(earlier(month, back), 1 + rules.concentrated.months_before)]


def earlier(month: str, years: int) -> str:
    return f"{int(month[:4]) - years}{month[4:]}"
