"""重点标注: the supervisors learn that a case is watched, or no longer; nobody else does."""

from chassis.work import Work
from services.notify.application.foreign_masses import MarkChanged
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, file_key, known_file
from services.notify.domain.moments import Moment
from services.notify.domain.notices import Book


@reactions.on("intake.case_marked.v1", loads=file_key)
def tell_of_the_mark(event: MarkChanged, work: Work, *, book: Book) -> None:
    _tell(event, work, book, Moment.CASE_MARKED)


@reactions.on("intake.case_unmarked.v1", loads=file_key)
def tell_that_the_mark_is_gone(event: MarkChanged, work: Work, *, book: Book) -> None:
    _tell(event, work, book, Moment.CASE_UNMARKED)


def _tell(event: MarkChanged, work: Work, book: Book, moment: Moment) -> None:
    telling = Telling(work, book, known_file(work, event))
    telling.tell(moment, {"mark": telling.word("mark", event.kind)})
