"""A dispute about whose an order is: who takes part is told of it, of each step, and of its end."""

from chassis.application import Ignored
from chassis.work import Work
from services.notify.application import foreign
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, Values, file_key, file_of
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book


@reactions.on("dispatch.dispute_opened.v1", loads=file_key)
def tell_of_the_dispute(event: foreign.DisputeOpened, work: Work, *, book: Book) -> None:
    telling = Telling(work, book, file_of(work, event))
    _tell_all(event, telling, Moment.DISPUTE_OPENED, {"why": telling.word("dispute_ground", event.ground)})


@reactions.on("dispatch.dispute_step_begun.v1", loads=file_key)
def call_to_the_step(event: foreign.DisputeStepBegun, work: Work, *, book: Book) -> None:
    """To the meeting, the visit, or for an opinion (P18 art. 9, S24 art. 15)."""
    telling = Telling(work, book, file_of(work, event))
    step = telling.word("dispute_step", event.dispute_step)
    _tell_all(event, telling, Moment.DISPUTE_STEP_BEGUN, {"step": step})


@reactions.on("dispatch.dispute_settled.v1", loads=file_key)
def tell_who_must_take_it(event: foreign.DisputeSettled, work: Work, *, book: Book) -> None:
    """Also the units that are named, which took no part: they may not return it."""
    telling = Telling(work, book, file_of(work, event))
    named = {"unit": event.lead, "step": telling.word("dispute_step", event.decided_by)}
    _tell_all(event, telling, Moment.DISPUTE_SETTLED, named, also=[event.lead, *event.co_units])


def _tell_all(
    event: foreign.OfDispute, telling: Telling, moment: Moment, values: Values, also: list[str] | None = None
) -> None:
    units = list(dict.fromkeys([*event.participants, *(also or [])]))
    about = About(event.work_order_id, event.dispute_id)
    if not units:
        raise Ignored("nobody takes part yet")
    for unit in units:
        telling.tell(moment, values, unit=unit, about=about)
