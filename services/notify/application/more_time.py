"""What notify tells of more time, of the last moment to ask for it, and of what presses a unit."""

from chassis.work import Work
from services.notify.application import foreign
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, file_key, file_of
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book, local_time


@reactions.on("dispatch.extension_allowed.v1", loads=file_key)
def tell_what_was_allowed(event: foreign.ExtensionAllowed, work: Work, *, book: Book) -> None:
    """The unit may apply now, though the pack would have refused it."""
    telling = Telling(work, book, file_of(work, event))
    about = About(event.work_order_id, event.assignment_id)
    telling.tell(Moment.EXTENSION_ALLOWED, {"why": telling.word("why", event.bar)}, unit=event.unit, about=about)


_CLOSING = {"return": Moment.RETURN_CLOSING, "extension": Moment.EXTENSION_CLOSING}


@reactions.on("sla.clock_reminded.v1", loads=file_key)
def tell_the_last_moment(event: foreign.ClockReminded, work: Work, *, book: Book) -> None:
    """The unit may still return the order, or ask for an extension, but not for long."""
    telling = Telling(work, book, file_of(work, event))
    about = About(event.work_order_id, event.clock_id)
    telling.tell(_CLOSING[event.of], {"due": local_time(event.last_at)}, unit=event.unit, about=about)


@reactions.on("dispatch.force_majeure_recorded.v1", loads=file_key)
def tell_what_is_excused(event: foreign.ForceMajeureRecorded, work: Work, *, book: Book) -> None:
    """Each unit learns which limits do not count; what a red light had queued, sla's own event takes back."""
    telling = Telling(work, book, file_of(work, event))
    clocks = {"clock": "、".join(telling.word("clock", kind) for kind in event.clocks)}
    for unit in event.units:
        telling.tell(Moment.FORCE_MAJEURE_RECORDED, clocks, unit=unit, about=About(event.work_order_id))


@reactions.on("dispatch.co_unit_pressed.v1", loads=file_key)
def press_the_co_unit(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    telling, about = Telling(work, book, file_of(work, event)), About(event.work_order_id, event.assignment_id)
    telling.tell(Moment.CO_UNIT_PRESSED, unit=event.unit, about=about)
