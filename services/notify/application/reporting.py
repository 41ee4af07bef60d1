"""What belongs to emergency management is reported to its department (F16 art. 15), whatever unit handles it."""

from chassis.work import Work
from services.notify.application.telling import Telling
from services.notify.domain.casefile import CaseFile
from services.notify.domain.moments import Moment
from services.notify.domain.notices import Book


def report_emergency(file: CaseFile, work: Work, book: Book) -> None:
    """Once for each class that the case has had; the file is saved by whoever learned of it."""
    found = file.emergency_class
    if not found or found in file.reported:
        return
    file.reported.append(found)
    telling = Telling(work, book, file)
    for unit in book.reported_to(file, emergency_class=found):
        telling.tell(Moment.EMERGENCY_REPORTED, {"emergency": telling.word("emergency", found)}, unit=unit)
