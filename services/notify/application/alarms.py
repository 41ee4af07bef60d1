"""What goes to departments in charge: alarms that were passed to a line, clues of malicious claims."""

from chassis.application import Ignored
from chassis.work import Work
from services.notify.application import foreign_alarms
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, file_key, file_of
from services.notify.domain.moments import Moment
from services.notify.domain.notices import Book


@reactions.on("intake.case_transferred.v1", loads=file_key)
def report_alarm(event: foreign_alarms.CaseTransferred, work: Work, *, book: Book) -> None:
    """An alarm stays with its line; the department in charge is told of it (S24 art. 11)."""
    file = file_of(work, event)
    file.pack = file.pack or event.pack
    units = book.reported_to(file, line=event.line)
    if not units or event.line in file.reported:
        raise Ignored("the pack has it reported to nobody")
    file.reported.append(event.line)
    work.save(file)
    for unit in units:
        Telling(work, book, file).tell(Moment.ALARM_REPORTED, {"line": event.line}, unit=unit)


@reactions.on("intake.clue_handed_over.v1", loads=file_key)
def tell_of_the_clue(event: foreign_alarms.ClueHandedOver, work: Work, *, book: Book) -> None:
    """The police learn that there is something to take; what it is, they are shown by a supervisor."""
    file = file_of(work, event)
    file.pack = file.pack or event.pack
    unit = book.cities[event.city].duties.get(event.duty)
    if unit is None:
        raise Ignored("the city has no unit of the duty")
    work.save(file)
    Telling(work, book, file).tell(Moment.CLUE_HANDED_OVER, {"basis": event.basis}, unit=unit)
