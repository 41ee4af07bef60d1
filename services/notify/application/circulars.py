"""报告、通报: supervisors, and who gets a copy, learn of a report, units of a circular that speaks of them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.work import Work
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling
from services.notify.domain.casefile import CaseFile
from services.notify.domain.moments import Moment
from services.notify.domain.notices import Book
from services.notify.domain.quiet import CHINA


@dataclass(frozen=True)
class ReportMade:
    """`copied_to`: who else may read it; a version that made no copies named nobody."""

    city: str
    report_id: str
    title: str
    start_at: datetime
    end_at: datetime
    copied_to: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CircularPublished:
    """`units` are all that it speaks of, `named` those that it names on a ground."""

    city: str
    title: str
    start_at: datetime
    end_at: datetime
    units: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CircularWithdrawn:
    city: str
    title: str
    units: list[str] = field(default_factory=list)


@reactions.on("sla.report_made.v1")
def tell_that_a_report_is_there(event: ReportMade, work: Work, *, book: Book) -> None:
    telling, about = _of_the_city(event.city, work, book), _about(event)
    telling.tell(Moment.REPORT_MADE, about)
    if event.copied_to:
        telling.tell(Moment.REPORT_COPIED, {**about, "report": f"cities/{event.city}/reports/{event.report_id}"})


@reactions.on("sla.circular_published.v1")
def tell_of_the_circular(event: CircularPublished, work: Work, *, book: Book) -> None:
    """Each unit once: whoever is named is told so."""
    telling, about = _of_the_city(event.city, work, book), _about(event)
    for unit in event.units:
        telling.tell(Moment.CIRCULAR_NAMED if unit in event.named else Moment.CIRCULAR_PUBLISHED, about, unit=unit)


@reactions.on("sla.circular_withdrawn.v1")
def tell_that_it_is_withdrawn(event: CircularWithdrawn, work: Work, *, book: Book) -> None:
    telling = _of_the_city(event.city, work, book)
    for unit in event.units:
        telling.tell(Moment.CIRCULAR_WITHDRAWN, {"title": event.title}, unit=unit)


def _of_the_city(city: str, work: Work, book: Book) -> Telling:
    return Telling(work, book, CaseFile(id="", city=city))


def _about(event: ReportMade | CircularPublished) -> dict[str, str]:
    return {"title": event.title, "period": _period(event.start_at, event.end_at)}


def _period(start: datetime, end: datetime) -> str:
    """As people in China read it: 9月1日至9月30日, or one day."""
    first, last = start.astimezone(CHINA).date(), (end - timedelta(microseconds=1)).astimezone(CHINA).date()
    told = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return told
    year = f"{last.year}年" if last.year != first.year else ""
    return f"{told}至{year}{last.month}月{last.day}日"
