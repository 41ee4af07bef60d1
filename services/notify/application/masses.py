"""集中诉求: supervisors learn of a proposal, the desks of what is declared and over, citizens how far it is."""

from chassis.application import Ignored
from chassis.work import Work
from services.notify.application import foreign_masses as foreign
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, file_key, file_of
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book


@reactions.on("intake.mass_event_proposed.v1", loads=file_key)
def tell_the_proposal(event: foreign.MassEventProposed, work: Work, *, book: Book) -> None:
    values = {"count": str(event.similar_cases), "minutes": str(event.minutes)}
    Telling(work, book, file_of(work, event)).tell(Moment.MASS_EVENT_PROPOSED, values)


@reactions.on("intake.mass_event_declared.v1", loads=file_key)
def tell_the_declaration(event: foreign.MassEventDeclared, work: Work, *, book: Book) -> None:
    Telling(work, book, file_of(work, event)).tell(Moment.MASS_EVENT_DECLARED, {"title": event.title})


@reactions.on("intake.mass_event_ended.v1", loads=file_key)
def tell_the_end_of_it(event: foreign.MassEventEnded, work: Work, *, book: Book) -> None:
    """Of a proposal that was turned down nobody else had heard."""
    if event.how != "ended":
        raise Ignored("it was never declared")
    Telling(work, book, file_of(work, event)).tell(Moment.MASS_EVENT_ENDED, {"title": event.title})


@reactions.on("intake.mass_progress_told.v1", loads=file_key)
def tell_the_progress(event: foreign.MassProgressTold, work: Work, *, book: Book) -> None:
    """One message for each case, at the hours at which citizens are told anything."""
    telling = Telling(work, book, file_of(work, event))
    telling.tell(Moment.MASS_PROGRESS, {"progress": event.text}, about=About(thing=event.mass_event_id))
