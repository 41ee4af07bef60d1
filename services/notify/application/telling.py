"""Telling: the one way by which a reaction or a job makes messages, through the book of notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from chassis.domain import NotYet
from chassis.work import By, Work
from services.notify.application.foreign import DispatchedAssignment
from services.notify.domain.casefile import CaseFile
from services.notify.domain.escalation import Escalation, Rung
from services.notify.domain.message import Audience, Medium, Message
from services.notify.domain.moments import Moment
from services.notify.domain.notices import DISPATCHERS, SUPERVISORS, About, Book, Notice

Values = Mapping[str, str]
NOTHING: Values = MappingProxyType({})
NO_ORDER = About()


class OfCase(Protocol):
    """Any event that is about a case."""

    @property
    def case_id(self) -> str: ...
    @property
    def city(self) -> str: ...


def file_key(event: OfCase) -> list[By]:
    return [By(CaseFile, "id", event.case_id), By(CaseFile, "id", _of_another_tenant(event))]


def _of_another_tenant(event: OfCase) -> str:
    return f"{event.case_id}@{event.city}"


def file_of(work: Work, event: OfCase) -> CaseFile:
    """The file of the event's case, begun when this is the first that we hear of it.

    Units of another tenant, which the case was handed over to, are told from a file of that city; it has no citizen.
    """
    file = work.find(CaseFile, event.case_id)
    if file is None or file.city == event.city:
        return file or CaseFile(id=event.case_id, city=event.city)
    other = _of_another_tenant(event)
    return work.find(CaseFile, other) or CaseFile(id=other, city=event.city, number=file.number, known=True)


def known_file(work: Work, event: OfCase) -> CaseFile:
    """The file once intake has told us of the case. Raises NotYet."""
    file = work.find(CaseFile, event.case_id)
    if file is None or not file.known:
        raise NotYet("intake has not yet told of the case")
    return file


@dataclass(frozen=True)
class Telling:
    """One occasion within a work: whom the book names for the moment gets a message."""

    work: Work
    book: Book
    file: CaseFile

    def tell(self, moment: Moment, values: Values = NOTHING, *, unit: str = "", about: About = NO_ORDER) -> None:
        """Queues a message for every notice of the moment; a citizen who left no contact gets none."""
        for notice in self.book.notices(self.file, moment):
            recipient = self._recipient(notice.audience, unit)
            if recipient:
                self._queue(notice, recipient, values, about)

    def begin_escalation(self, work_order_id: str, assignment: DispatchedAssignment) -> None:
        """Calls the unit at once and remembers whom to call next."""
        escalation = Escalation(
            id=self.work.new_id(), city=self.file.city, case_id=self.file.case_id, work_order_id=work_order_id,
            assignment_id=assignment.assignment_id, unit=assignment.unit, number=self.file.number_of(work_order_id),
            patience_minutes=self.book.pack_of(self.file).ladder.patience_minutes,
            ladder=self.book.ladder(self.file, assignment.unit), trace=self.work.origin.trace,
        )  # fmt: skip
        self.ring(escalation, escalation.rung)

    def ring(self, escalation: Escalation, rung: Rung) -> None:
        """The telephone of a rung rings now."""
        ladder = self.book.pack_of(self.file).ladder
        template = ladder.template if rung.audience is Audience.UNIT else ladder.last_template
        notice = Notice(Moment.EMERGENCY_DISPATCHED, rung.audience, Medium.VOICE, template, True, "", "")
        about = About(escalation.work_order_id, escalation.assignment_id, escalation.id)
        values = {"number": escalation.number, "unit": escalation.unit}
        message = self._queue(notice, rung.recipient, values, about, rung.place)
        escalation.ring(message_id=message.id, now=self.work.now)
        self.work.save(escalation)

    def word(self, kind: str, code: str) -> str:
        return self.book.word(kind, code, "zh")

    def _recipient(self, audience: Audience, unit: str) -> str:
        if audience is Audience.CITIZEN:
            return self.file.citizen_id if self.file.reachable else ""
        if audience in (Audience.UNIT, Audience.UNIT_LEADER):
            return unit
        if audience is Audience.CIVILISATION_OFFICE:
            return str(audience)
        return {Audience.DISPATCHERS: DISPATCHERS, Audience.SUPERVISORS: SUPERVISORS}[audience]

    def _queue(self, notice: Notice, recipient: str, values: Values, about: About, place: int = 0) -> Message:
        number = self.file.number_of(about.work_order_id)
        message = self.book.compose(
            notice, self.file, id=self.work.new_id(), recipient=recipient,
            values={"number": number, **values}, now=self.work.now, about=about, place=place,
        )  # fmt: skip
        message.trace = self.work.origin.trace
        self.work.save(message)
        return message
