"""督办: the unit is pressed by the method that the ledger names, its leaders and the supervisors learn of it."""

from collections.abc import Iterable

from chassis.application import Ignored
from chassis.work import By, Work
from services.notify.application import foreign
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, file_key, file_of
from services.notify.domain.message import Audience, Message, State
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book

# Which notice a method is; every other one reaches the unit as a notice in writing.
_BY_METHOD = {
    "phone": Moment.SUPERVISION_PHONE,
    "reminder": Moment.SUPERVISION_REMINDER,
    "referral": Moment.SUPERVISION_REFERRAL,
}
# Why a supervision was closed, where the unit still has to learn of it; otherwise it knows by its own act.
_TOLD = frozenset({"found", "breach_withdrawn"})


@reactions.on("dispatch.supervision_opened.v1", loads=file_key)
def press_the_unit(event: foreign.SupervisionOpened, work: Work, *, book: Book) -> None:
    """A call, a reminder, a notice: each in its own words; without a unit the dispatchers must name one."""
    file = file_of(work, event)
    file.pack = file.pack or event.pack
    work.save(file)
    telling = Telling(work, book, file)
    about = About(event.work_order_id, event.supervision_id)
    why = {"supervision": event.number, "ground": telling.word("ground", event.ground), "unit": event.unit}
    for moment, methods in _moments(event):
        words = why | {"method": "、".join(telling.word("method", method) for method in methods)}
        telling.tell(moment, words, unit=event.unit, about=about)


def _moments(event: foreign.SupervisionOpened) -> Iterable[tuple[Moment, list[str]]]:
    if event.opened_by == "province":
        return [(Moment.SUPERVISION_BY_PROVINCE, event.methods)]
    by_moment: dict[Moment, list[str]] = {}
    for method in event.methods:
        moment = _BY_METHOD.get(method, Moment.SUPERVISION_NOTICE)
        # Whom a person has yet to judge is not pressed, and nobody is looked for.
        if not event.unit and moment is not Moment.SUPERVISION_REFERRAL:
            moment = Moment.SUPERVISION_WITHOUT_UNIT
        by_moment.setdefault(moment, []).append(method)
    return by_moment.items()


@reactions.on("dispatch.supervision_answered.v1", loads=file_key)
def tell_of_the_answer(event: foreign.SupervisionEvent, work: Work, *, book: Book) -> None:
    """The supervisors are to find whether it was put right; what they have answered themselves they know."""
    if not event.unit:
        raise Ignored("the city's office has answered the province")
    telling = Telling(work, book, file_of(work, event))
    why = {"supervision": event.number, "unit": event.unit}
    telling.tell(Moment.SUPERVISION_ANSWERED, why, unit=event.unit, about=About(event.work_order_id))


def _closed_keys(event: foreign.SupervisionEvent) -> list[By]:
    return [*file_key(event), By(Message, "about", event.supervision_id)]


@reactions.on("dispatch.supervision_closed.v1", loads=_closed_keys)
def tell_the_finding(event: foreign.SupervisionEvent, work: Work, *, book: Book) -> None:
    """What was not sent yet is not sent any more; a unit that was pressed in earnest learns the finding."""
    expired, known = False, work.find_by(Message, "about", event.supervision_id)
    for message in known:
        if message.state is State.QUEUED:
            work.save(message, message.expire(now=work.now, reason="supervision_closed"))
            expired = True
    # Of what was the supervisors' to judge, the unit has not heard.
    unheard = {message.audience for message in known} == {Audience.SUPERVISORS}
    if event.why in _TOLD and not unheard:
        telling = Telling(work, book, file_of(work, event))
        why = {"supervision": event.number, "finding": telling.word("finding", event.finding)}
        telling.tell(Moment.SUPERVISION_CLOSED, why, unit=event.unit, about=About(event.work_order_id))
    elif not expired:
        raise Ignored("the unit knows by its own act, or is not to know")
