"""集中诉求分析: the matters of a month, those that are concentrated, and those that the season will bring back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, TypeVar

from pydantic import Field

from chassis.access import PermissionDenied, Role
from chassis.lines import Lines
from chassis.message import City, Query
from chassis.work import Read
from services.sla.application.analysing import expected_in, frequent_in
from services.sla.application.assessing import month_before, month_of
from services.sla.application.matter_views import MatterPage, SeasonalMatterPage, matter_view, seasonal_view
from services.sla.application.ports import Assessments, Matters
from services.sla.application.queries import COUNT_READERS, queries
from services.sla.application.report_messages import PageSize
from services.sla.application.reports import DEFAULT_PAGE
from services.sla.domain.calendar import local
from services.sla.domain.reports import NothingToCover
from services.sla.domain.rulebook import Rulebook

MonthOrNone = Annotated[str, Field(pattern=r"^(20\d{2}-(0[1-9]|1[0-2]))?$")]
PageToken = Annotated[str, Field(pattern=r"^[0-9]{0,6}$")]
T = TypeVar("T")


class ListMatters(Query):
    """Of one city in one month, local time."""

    city: City
    # Empty: the last one that is over.
    month: MonthOrNone = ""
    # Each area by itself.
    by_area: bool = False
    concentrated: bool = False
    page_size: PageSize = 0
    page_token: PageToken = ""


class ListSeasonalMatters(Query):
    """Expected in one city in a month, by what was concentrated in that month of the years before."""

    city: City
    # Empty: the next one.
    month: MonthOrNone = ""
    by_area: bool = False
    page_size: PageSize = 0
    page_token: PageToken = ""


@queries.on(ListMatters, roles=COUNT_READERS)
def list_matters(
    query: ListMatters, read: Read, *, rulebook: Rulebook, assessments: Assessments, matters: Matters, lines: Lines
) -> MatterPage:
    """The most frequent first; a month that is not over as far as it has come.

    Raises NothingToCover, PermissionDenied.
    """
    unit = _unit_of(read, query.city, lines)
    pack = rulebook.pack_of_city(query.city)
    rules = assessments[pack.ref].matters
    month = query.month or month_before(read.now)
    if month > month_of(read.now):
        raise NothingToCover(field="month")
    found = frequent_in(month, query.city, rules, matters, read, by_area=query.by_area, unit=unit)
    wanted = [one for one in found if one.concentrated or not query.concentrated]
    page, token = _page(wanted, query.page_size, query.page_token)
    views = [matter_view(one, pack.vocabulary) for one in page]
    basis = rules.concentrated.basis
    return MatterPage(month, basis.rule, basis.article, views, token)


@queries.on(ListSeasonalMatters, roles=COUNT_READERS)
def list_seasonal_matters(
    query: ListSeasonalMatters,
    read: Read,
    *,
    rulebook: Rulebook,
    assessments: Assessments,
    matters: Matters,
    lines: Lines,
) -> SeasonalMatterPage:
    """早期预警: what to handle before anybody complains. Raises PermissionDenied."""
    unit = _unit_of(read, query.city, lines)
    pack = rulebook.pack_of_city(query.city)
    rules = assessments[pack.ref].matters
    month = query.month or month_after(read.now)
    found = expected_in(month, query.city, rules, matters, read, by_area=query.by_area, unit=unit)
    page, token = _page(found, query.page_size, query.page_token)
    views = [seasonal_view(one, month, pack.vocabulary) for one in page]
    basis = rules.seasonal.basis
    return SeasonalMatterPage(month, basis.rule, basis.article, views, token)


def _unit_of(read: Read, city: str, lines: Lines) -> str:
    """A line's department is told what its line is about: the cases of the line's unit. Empty: of all units."""
    unit = lines.unit(read.principal, city, read.now)
    if not unit and read.principal.has(Role.LINE_DEPARTMENT):
        raise PermissionDenied(roles=f"{Role.SUPERVISOR}, {Role.PROVINCE}")
    return unit


def month_after(now: datetime) -> str:
    return f"{local(now).replace(day=1) + timedelta(days=32):%Y-%m}"


def _page(found: Sequence[T], size: int, token: str) -> tuple[Sequence[T], str]:
    """From that place on: the list is made anew for each page."""
    since = int(token or 0)
    until = since + (size or DEFAULT_PAGE)
    return found[since:until], str(until) if until < len(found) else ""
