"""Units are told what citizens add: that they urge, once a day at most, and more words."""

from chassis.application import Ignored
from chassis.work import Work
from services.notify.application.foreign import CaseSupplemented, CaseUrged
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, file_key, file_of
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book
from services.notify.domain.quiet import CHINA


@reactions.on("intake.case_urged.v1", loads=file_key)
def pass_the_urging_on(event: CaseUrged, work: Work, *, book: Book) -> None:
    """However often the citizen calls, a unit is reminded once a day."""
    file, today = file_of(work, event), work.now.astimezone(CHINA).date().isoformat()
    if file.urged_on == today:
        raise Ignored("the units were reminded today")
    file.urged_on = today
    work.save(file)
    _tell_units(Telling(work, book, file), Moment.CASE_URGED)


@reactions.on("intake.case_supplemented.v1", loads=file_key)
def tell_of_the_supplement(event: CaseSupplemented, work: Work, *, book: Book) -> None:
    _tell_units(Telling(work, book, file_of(work, event)), Moment.CASE_SUPPLEMENTED)


def _tell_units(telling: Telling, moment: Moment) -> None:
    for id, order in telling.file.orders.items():
        for unit in order.units:
            telling.tell(moment, unit=unit, about=About(id))
