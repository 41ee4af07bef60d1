"""日报、周报、月报、专报: the figures of one period, written down as they stood when the report was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, field_validator

from chassis.domain import DomainError, Status
from chassis.policy import Basis, Policy, Unsound
from services.sla.domain.calendar import SHANGHAI, local
from services.sla.domain.events import ReportMade
from services.sla.domain.matters import FrequentMatter, SeasonalMatter

SPECIAL = "special"


class Covers(StrEnum):
    """The period of a report: the whole one before the day on which it is made."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Recipient(StrEnum):
    """Who else gets a report: as the role of their token, and the audience of their notice, is called."""

    # 文明办.
    CIVILISATION_OFFICE = "civilisation_office"


class NothingToCover(DomainError):
    """A report or circular covers what has been: its period ends after its start, and not after now."""

    status = Status.INVALID_ARGUMENT
    zh = "统计期间须有起止，且不晚于现在"
    en = "the period must end after its start, and not after now"


class ReportRule(Policy):
    """One report that is made of itself: of what period, and at what hour of the day after it."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]
    covers: Annotated[Covers, Field(strict=False)]
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    basis: Basis

    @field_validator("code")
    @classmethod
    def _not_by_hand(cls, code: str) -> str:
        if code == SPECIAL:
            raise Unsound("专报由人提出，不自动生成", "special reports are asked for by people")
        return code

    def next_after(self, instant: datetime) -> datetime:
        """When it is made next, later than that instant."""
        day = _first_day(self.covers, local(instant).date())
        while (made := self._made_on(day)) <= instant:
            day = _following(self.covers, day)
        return made

    def following(self, made_at: datetime) -> datetime:
        """When it is made for the period after, whatever hour it had then."""
        return self._made_on(_following(self.covers, _first_day(self.covers, local(made_at).date())))

    def period_of(self, made_at: datetime) -> tuple[datetime, datetime]:
        """The whole period before the day on which it is due."""
        end = _first_day(self.covers, local(made_at).date())
        return _midnight(_first_day(self.covers, end - timedelta(days=1))), _midnight(end)

    def _made_on(self, day: date) -> datetime:
        return datetime.combine(day, time.fromisoformat(self.at), SHANGHAI).astimezone(UTC)


class CopyRule(Policy):
    """抄送: the reports of this code go to those too, who read of them what concerns units."""

    report: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    to: Annotated[Recipient, Field(strict=False)]
    basis: Basis


def _first_day(covers: Covers, day: date) -> date:
    """Of the day, week (from Monday) or month in which that day lies."""
    match covers:
        case Covers.DAY:
            return day
        case Covers.WEEK:
            return day - timedelta(days=day.weekday())
        case Covers.MONTH:
            return day.replace(day=1)


def _following(covers: Covers, first: date) -> date:
    return _first_day(covers, first + timedelta(days={Covers.DAY: 1, Covers.WEEK: 7, Covers.MONTH: 31}[covers]))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def check_period(start: datetime, end: datetime, now: datetime) -> None:
    """Raises NothingToCover."""
    if not start < end <= now:
        raise NothingToCover()


@dataclass(frozen=True, slots=True)
class Figure:
    """One rate of a city, of a category of it, or of a unit."""

    city: str
    unit: str
    category: str
    kpi: str
    numerator: int
    denominator: int
    excluded: int = 0
    exclusions: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Report:
    """Never changed: who asks later reads the same figures, whatever was corrected since."""

    id: str
    city: str
    # A code of the pack, or "special".
    kind: str
    zh: str
    en: str
    start: datetime
    end: datetime
    made_at: datetime
    figures: list[Figure]
    pack: str
    rule: str
    article: str
    # Of a special report: what it was narrowed to.
    unit: str = ""
    category: str = ""
    kpis: list[str] = field(default_factory=list)
    made_by: bytes = b""
    # Of a month: what was concentrated in it, and what is expected in the next.
    concentrated: list[FrequentMatter] = field(default_factory=list)
    seasonal: list[SeasonalMatter] = field(default_factory=list)
    # Those who got a copy, and may read it.
    copied_to: list[Recipient] = field(default_factory=list)
    version: int = 0

    def made(self) -> ReportMade:
        return ReportMade(
            city=self.city,
            report_id=self.id,
            kind=self.kind,
            title=self.zh,
            start_at=self.start,
            end_at=self.end,
            made_at=self.made_at,
            copied_to=tuple(str(one) for one in self.copied_to),
        )
