"""限制使用: whoever is kept from the telephone is told at once why, until when, and where to complain."""

from chassis.work import By, Work
from services.notify.application import foreign_restrictions as foreign
from services.notify.application.reactions import reactions
from services.notify.application.telling import NOTHING, Telling, Values
from services.notify.domain.casefile import CaseFile
from services.notify.domain.message import NEVER_ARRIVED, Message, State
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book, local_time


def _messages(event: foreign.OfRestriction) -> list[By]:
    return [By(Message, "about", event.restriction_id)]


@reactions.on("intake.caller_restricted.v1")
def tell_the_caller(event: foreign.CallerRestricted, work: Work, *, book: Book) -> None:
    """Never after its end: whoever may call again would read that they may not."""
    until = {"due": local_time(event.ends_at)}
    why = {"reason": event.reason, "basis": event.cited, "guidance": event.appeal}
    about = About(thing=event.restriction_id, over_at=event.ends_at)
    _tell(event, work, book, Moment.CALLER_RESTRICTED, until | why, about)


@reactions.on("intake.restriction_lifted.v1", loads=_messages)
def tell_that_it_is_lifted(event: foreign.RestrictionLifted, work: Work, *, book: Book) -> None:
    """Only who was told of the restriction, or may have been, is to hear of it."""
    known = work.find_by(Message, "about", event.restriction_id)
    for message in known:
        message.be_over(at=work.now)
        queued = message.state is State.QUEUED
        work.save(message, *([message.expire(now=work.now, reason="restriction_lifted")] if queued else []))
    if any(message.state not in NEVER_ARRIVED for message in known):
        _tell(event, work, book, Moment.RESTRICTION_LIFTED, NOTHING, About(thing=event.restriction_id))


@reactions.on("intake.restriction_erased.v1", loads=_messages)
def forget_the_caller(event: foreign.RestrictionErased, work: Work) -> None:
    """Nothing is sent to an erased citizen any more, and nothing names them."""
    for message in work.find_by(Message, "about", event.restriction_id):
        message.recipient = ""
        queued = message.state is State.QUEUED
        work.save(message, *([message.expire(now=work.now, reason="erased")] if queued else []))


def _tell(event: foreign.OfCaller, work: Work, book: Book, moment: Moment, values: Values, about: About) -> None:
    """It is of no case: the message names the citizen, whose number intake tells."""
    caller = CaseFile(
        id="", city=event.city, pack=event.pack, citizen_id=event.citizen_id, reachable=event.citizen_reachable
    )
    Telling(work, book, caller).tell(moment, values, about=about)
