"""The office learns what units state and propose, the unit what was decided."""

from chassis.work import Work
from services.notify.application import foreign
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, file_key, file_of
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book


@reactions.on("dispatch.statement_submitted.v1", loads=file_key)
def tell_of_the_statement(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    """Whoever looks into the rating reads it first."""
    _tell(Moment.STATEMENT_SUBMITTED, event, work, book)


@reactions.on("dispatch.end_proposed.v1", loads=file_key)
def tell_of_the_proposal(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    _tell(Moment.END_PROPOSED, event, work, book)


@reactions.on("dispatch.end_refused.v1", loads=file_key)
def tell_to_go_on(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    _tell(Moment.END_REFUSED, event, work, book)


def _tell(moment: Moment, event: foreign.OfAssignment, work: Work, book: Book) -> None:
    about = About(event.work_order_id, event.assignment_id)
    Telling(work, book, file_of(work, event)).tell(moment, {"unit": event.unit}, unit=event.unit, about=about)


@reactions.on("intake.case_reopened.v1", loads=file_key)
def tell_that_it_is_open_again(event: foreign.CaseReopened, work: Work, *, book: Book) -> None:
    """Somebody has to look into it before the citizen asks again."""
    Telling(work, book, file_of(work, event)).tell(Moment.CASE_REOPENED)
