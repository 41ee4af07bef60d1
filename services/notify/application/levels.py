"""What sections and other tenants are told of an order that is passed on or handed over to them, and of its answer."""

from chassis.work import Work
from services.notify.application.level_events import OfHandOver, OfPassing
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, file_key, file_of
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book


@reactions.on("dispatch.assignment_passed_on.v1", loads=file_key)
def tell_the_section(event: OfPassing, work: Work, *, book: Book) -> None:
    _tell(event, work, book, Moment.PASSED_ON, event.section)


@reactions.on("dispatch.section_replied.v1", loads=file_key)
def tell_of_the_section(event: OfPassing, work: Work, *, book: Book) -> None:
    """Whoever passed it on goes on with it: the deadline is the unit's."""
    _tell(event, work, book, Moment.SECTION_REPLIED, event.by)


@reactions.on("dispatch.assignment_taken_back.v1", loads=file_key)
def tell_that_it_was_taken_back(event: OfPassing, work: Work, *, book: Book) -> None:
    _tell(event, work, book, Moment.TAKEN_BACK, event.section)


@reactions.on("dispatch.work_order_linked.v1", loads=file_key)
def tell_of_what_arrived(event: OfHandOver, work: Work, *, book: Book) -> None:
    """The dispatchers of the receiver; its units hear of it when it is dispatched."""
    _tell_dispatchers(event, work, book, Moment.ORDER_LINKED)


@reactions.on("dispatch.hand_over_answered.v1", loads=file_key)
def tell_that_it_is_answered(event: OfHandOver, work: Work, *, book: Book) -> None:
    """The dispatchers of the tenant that it came from."""
    _tell_dispatchers(event, work, book, Moment.HAND_OVER_ANSWERED)


def _tell_dispatchers(event: OfHandOver, work: Work, book: Book, moment: Moment) -> None:
    telling = Telling(work, book, file_of(work, event))
    other = book.cities[event.from_city].name["zh"]
    telling.tell(moment, {"unit": other}, about=About(event.work_order_id))


def _tell(event: OfPassing, work: Work, book: Book, moment: Moment, unit: str) -> None:
    telling = Telling(work, book, file_of(work, event))
    why = {"why": telling.word("section", "declined" if event.declined else "done")}
    telling.tell(moment, why, unit=unit, about=About(event.work_order_id, thing=event.passing_id))
