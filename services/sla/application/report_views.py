"""What callers see of reports and circulars; field names are those of the proto responses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.sla.application.assessing import month_of
from services.sla.application.matter_views import MatterView, SeasonalMatterView, matter_view, seasonal_view
from services.sla.application.views import KpiRow
from services.sla.domain.circulars import Circular, CircularState, NamedUnit, RankedClass
from services.sla.domain.facts import Vocabulary
from services.sla.domain.reports import Figure, Recipient, Report


@dataclass(frozen=True)
class ReportView:
    name: str
    kind: str
    zh: str
    en: str
    start_time: datetime
    end_time: datetime
    make_time: datetime
    rule: str
    article: str
    unit: str
    category: str
    kpis: Sequence[str]
    rows: Sequence[KpiRow]
    matters: Sequence[MatterView]
    seasonal_matters: Sequence[SeasonalMatterView]
    copied_to: Sequence[Recipient]


@dataclass(frozen=True)
class ReportPage:
    reports: Sequence[ReportView]
    next_page_token: str


@dataclass(frozen=True)
class CircularGrounds:
    found: Sequence[NamedUnit]


@dataclass(frozen=True)
class CircularView:
    name: str
    state: CircularState
    title: str
    text: str
    start_time: datetime
    end_time: datetime
    draw_time: datetime
    publish_time: datetime | None
    withdraw_time: datetime | None
    withdraw_reason: str
    classes: Sequence[RankedClass]
    named: Sequence[NamedUnit]


@dataclass(frozen=True)
class CircularPage:
    circulars: Sequence[CircularView]
    next_page_token: str


def report_view(report: Report, words: Vocabulary | None = None) -> ReportView:
    """A list tells of reports without their figures and matters, for which it needs no words."""
    return ReportView(
        name=f"cities/{report.city}/reports/{report.id}",
        kind=report.kind,
        zh=report.zh,
        en=report.en,
        start_time=report.start,
        end_time=report.end,
        make_time=report.made_at,
        rule=report.rule,
        article=report.article,
        unit=report.unit,
        category=report.category,
        kpis=report.kpis,
        rows=[_row(figure) for figure in report.figures] if words else [],
        matters=[matter_view(one, words) for one in report.concentrated] if words else [],
        seasonal_matters=[seasonal_view(one, month_of(report.end), words) for one in report.seasonal] if words else [],
        copied_to=report.copied_to,
    )


def copy_view(view: ReportView) -> ReportView:
    """承办单位办理情况: how the units have handled, and nothing of what people turned to the city about."""
    return replace(view, rows=[row for row in view.rows if row.unit], matters=[], seasonal_matters=[])


def _row(figure: Figure) -> KpiRow:
    return KpiRow(
        city=figure.city,
        unit=figure.unit,
        category=figure.category,
        kpi=figure.kpi,
        numerator=figure.numerator,
        denominator=figure.denominator,
        excluded=figure.excluded,
        exclusions=figure.exclusions,
    )


def circular_view(circular: Circular, *, whole: bool = True) -> CircularView:
    """A list tells of circulars without their tables."""
    return CircularView(
        name=f"cities/{circular.city}/circulars/{circular.id}",
        state=circular.state,
        title=circular.title,
        text=circular.text if whole else "",
        start_time=circular.start,
        end_time=circular.end,
        draw_time=circular.drawn_at,
        publish_time=circular.published_at,
        withdraw_time=circular.withdrawn_at,
        withdraw_reason=circular.withdraw_reason,
        classes=circular.classes if whole else [],
        named=circular.named if whole else [],
    )
