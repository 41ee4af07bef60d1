"""申诉、剔除: the supervisors learn that a unit contests a fact of its figures, the unit what became of it."""

from dataclasses import dataclass

from chassis.application import Ignored
from chassis.work import Work
from services.notify.application.reactions import reactions
from services.notify.application.telling import Telling, file_key, file_of
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book


@dataclass(frozen=True)
class OfFact:
    """A fact of a unit's figures: contested, decided, left out, or counted again."""

    case_id: str
    city: str
    kind: str
    work_order_id: str = ""
    unit: str = ""
    clock: str = ""
    outcome: str = ""
    reason: str = ""
    appeal_id: str = ""


@reactions.on("sla.appeal_filed.v1", loads=file_key)
def call_for_an_investigation(event: OfFact, work: Work, *, book: Book) -> None:
    """The office investigates and answers (P18 art. 31)."""
    _tell(Moment.APPEAL_FILED, event, work, book)


@reactions.on("sla.appeal_decided.v1", loads=file_key)
def tell_the_decision(event: OfFact, work: Work, *, book: Book) -> None:
    _tell(Moment.APPEAL_DECIDED, event, work, book)


@reactions.on("sla.fact_excluded.v1", loads=file_key)
def tell_the_exclusion(event: OfFact, work: Work, *, book: Book) -> None:
    if event.appeal_id:
        raise Ignored("the unit is told of the decision on its appeal")
    _tell(Moment.FACT_EXCLUDED, event, work, book)


@reactions.on("sla.exclusion_lifted.v1", loads=file_key)
def tell_that_it_counts_again(event: OfFact, work: Work, *, book: Book) -> None:
    _tell(Moment.EXCLUSION_LIFTED, event, work, book)


def _tell(moment: Moment, event: OfFact, work: Work, book: Book) -> None:
    if not event.unit:
        raise Ignored("it counts for no unit")
    telling = Telling(work, book, file_of(work, event))
    fact = telling.word("counted", event.kind)
    why = {
        "unit": event.unit,
        "fact": f"{telling.word('clock', event.clock)}{fact}" if event.clock else fact,
        "outcome": telling.word("outcome", event.outcome) if event.outcome else "",
        "excluded": telling.word("excluded", event.reason) if event.reason else "",
    }
    telling.tell(moment, why, unit=event.unit, about=About(event.work_order_id))
