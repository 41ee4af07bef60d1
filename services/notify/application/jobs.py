"""What the worker of notify does: hand messages over, ask about doubtful ones, climb the ladder of emergencies.

Each step is committed before the next begins, so that a death at any line leaves a message either queued, or under a
reference that its provider can be asked about.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import structlog

from chassis.crashpoints import crash_point
from chassis.following import following
from chassis.pipeline import ServiceRuntime
from chassis.privacy import is_mobile
from chassis.telemetry import tracing
from chassis.work import By, Read, Work
from services.notify.application.ports import Contacts, Numbers, Outgoing, Provider, Providers
from services.notify.application.telling import Telling
from services.notify.domain.casefile import CaseFile
from services.notify.domain.escalation import Escalation, EscalationState
from services.notify.domain.events import MessageDelivered, MessageFailed
from services.notify.domain.message import Audience, Knowledge, Medium, Message, State
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book

log = structlog.get_logger()
Word = MessageDelivered | MessageFailed
Said = Mapping[str, Knowledge]
"""What providers say, by reference."""


class Queue(Protocol):
    """The messages and escalations that are due."""

    def due(self, read: Read) -> list[Message]: ...
    def unsure(self, read: Read) -> list[Message]: ...
    def claim(self, work: Work, ids: Sequence[str]) -> list[Message]: ...
    def claim_escalations(self, work: Work) -> list[str]: ...


@dataclass(frozen=True)
class Carrier:
    """The jobs, with what they need."""

    book: Book
    providers: Providers
    contacts: Contacts
    queue: Queue

    # -- handing over --------------------------------------------------------------------------------------------------

    def hand_over(self, runtime: ServiceRuntime) -> int:
        """Hands a batch over; returns how many messages left the queue or were put off."""
        with runtime.reading() as read:
            due = self.queue.due(read)
        if not due:
            return 0
        numbers = self._numbers(due)
        claimed = runtime.in_work(lambda work: self._claim(work, numbers))
        crash_point("notify.after_claim")
        outgoing = [message for message in claimed if message.may_be_called(runtime.clock.now())]
        if outgoing:
            said = self._call(outgoing, numbers)
            crash_point("notify.after_hand_over")
            runtime.in_work(lambda work: self._record(work, outgoing, said))
        return len(claimed)

    def _numbers(self, due: Sequence[Message]) -> Numbers:
        """Asked for before the claim, so that a message is in doubt for the shortest time."""
        citizens = [message for message in due if message.audience is Audience.CITIZEN]
        others = {m.id: self.book.number(m) or "" for m in due if m.audience is not Audience.CITIZEN}
        return {**others, **(self.contacts.numbers_of(citizens) if citizens else {})}

    def _claim(self, work: Work, numbers: Numbers) -> list[Message]:
        claimed = [m for m in self.queue.claim(work, list(numbers)) if m.state is State.QUEUED]
        for message in claimed:
            with _of(message, work, "hand over"):
                self._save(work, message, self._start(message, numbers[message.id], work))
        return claimed

    def _start(self, message: Message, number: str | None, work: Work) -> list[MessageFailed]:
        quiet = self.book.packs[self.book.cities[message.city].pack].quiet
        if work.now >= message.expires_at:
            return [message.expire(now=work.now, reason="too_late")]
        if number == "":
            return [message.expire(now=work.now, reason="no_contact")]
        if message.audience is Audience.CITIZEN and not message.urgent and quiet.covers(work.now):
            message.wait(until=quiet.first_allowed(work.now))
        elif number is None:
            message.wait_for_contact(now=work.now)
        else:
            self._begin(message, number, work)
        return []

    def _begin(self, message: Message, number: str, work: Work) -> None:
        if message.audience is Audience.CITIZEN and not is_mobile(number):
            message.carry_by(Medium.VOICE)  # a landline takes no text
        names = self.providers.names(message.medium)
        name = message.next_provider(names) or names[0]
        message.carry_by(self.providers.named()[name].medium)
        message.start_hand_over(provider=name, now=work.now)

    def _call(self, messages: Sequence[Message], numbers: Numbers) -> Said:
        said: dict[str, Knowledge] = {}
        for provider, own in self._by_provider(messages):
            batch = [Outgoing(m.reference, numbers[m.id] or "", m.text, m.language, m.trace, m.case_id) for m in own]
            try:
                with _of_all(own, f"call {provider.name}"):
                    said.update(provider.hand_over(batch))
            except Exception as error:
                log.warning("provider_silent", provider=provider.name, messages=len(batch), error=type(error).__name__)
        return said

    def _record(self, work: Work, outgoing: Sequence[Message], said: Said) -> None:
        work.preload([By(Message, "id", message.id) for message in outgoing])
        for sent in outgoing:
            message = work.get(Message, sent.id)
            if message.state is State.HANDING_OVER and message.reference == sent.reference:
                with _of(message, work, "note what the provider said"):
                    self._apply(work, message, said.get(message.reference, Knowledge.UNCLEAR))

    def _apply(self, work: Work, message: Message, said: Knowledge) -> None:
        """The provider's first word on a message."""
        events: list[Word] = []
        match said:
            case Knowledge.DELIVERED:
                message.handed_over(now=work.now)
                events.append(message.delivered(now=work.now))
            case Knowledge.HANDED_OVER:
                message.handed_over(now=work.now)
            case Knowledge.FAILED:
                names = self.providers.names(message.medium)
                failed = message.refused(reason="refused_by_provider", providers=names, now=work.now)
                events.extend([failed] if failed else [])
            case _:
                log.info("message_in_doubt", provider=message.provider, reference=message.reference)
                message.no_answer(now=work.now)
        self._save(work, message, events)

    # -- doubtful ones -------------------------------------------------------------------------------------------------

    def ask(self, runtime: ServiceRuntime) -> int:
        """Asks providers about messages whose hand-over ended without a word, or whose process died."""
        with runtime.reading() as read:
            unsure = self.queue.unsure(read)
        if not unsure:
            return 0
        known = self._know(unsure)
        return runtime.in_work(lambda work: self._learn(work, unsure, known))

    def _know(self, unsure: Sequence[Message]) -> Said:
        known: dict[str, Knowledge] = {}
        for provider, own in self._by_provider(unsure):
            try:
                known.update(provider.know([m.reference for m in own]))
            except Exception as error:
                log.warning("provider_silent", provider=provider.name, messages=len(own), error=type(error).__name__)
        return known

    def _learn(self, work: Work, unsure: Sequence[Message], known: Said) -> int:
        asked = {message.id: message.reference for message in unsure}
        learned = [m for m in self.queue.claim(work, sorted(asked)) if m.reference == asked[m.id]]
        for message in learned:
            with _of(message, work, "learn what became of it"):
                if message.state is State.HANDING_OVER:
                    message.no_answer(now=work.now)
                names = self.providers.names(message.medium)
                knowledge = known.get(message.reference, Knowledge.UNCLEAR)
                self._save(work, message, message.learn(knowledge, providers=names, now=work.now))
        return len(learned)

    # -- emergencies ---------------------------------------------------------------------------------------------------

    def climb(self, runtime: ServiceRuntime) -> int:
        """Calls the next number of every emergency that nobody has acknowledged in time."""
        return runtime.in_work(self._climb)

    def _climb(self, work: Work) -> int:
        ids = self.queue.claim_escalations(work)
        for id in ids:
            escalation = work.get(Escalation, id)
            with following(work, "climb", trace=escalation.trace, subject=escalation.case_id):
                self._call_next(escalation, work)
        return len(ids)

    def _call_next(self, escalation: Escalation, work: Work) -> None:
        file = work.find(CaseFile, escalation.case_id) or CaseFile(id=escalation.case_id, city=escalation.city)
        telling = Telling(work, self.book, file)
        rung = escalation.climb(now=work.now)
        if rung is not None:
            telling.ring(escalation, rung)
            return
        work.save(escalation)
        about = About(escalation.work_order_id, escalation.assignment_id)
        telling.tell(Moment.EMERGENCY_UNANSWERED, {"number": escalation.number}, unit=escalation.unit, about=about)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _save(self, work: Work, message: Message, events: Sequence[Word]) -> None:
        work.save(message, *events)
        if message.escalation_id and any(isinstance(event, MessageFailed) for event in events):
            self._hurry(work, message)

    def _hurry(self, work: Work, message: Message) -> None:
        """A call that cannot be made needs no patience: the next number is called at once."""
        escalation = work.find(Escalation, message.escalation_id)
        if escalation and escalation.state is EscalationState.RINGING and escalation.called[-1] == message.id:
            escalation.due_at = work.now
            work.save(escalation)

    def _by_provider(self, messages: Iterable[Message]) -> list[tuple[Provider, list[Message]]]:
        """Messages whose provider was taken out of the configuration stay in doubt until a person decides."""
        grouped: dict[str, list[Message]] = defaultdict(list)
        for message in messages:
            grouped[message.provider].append(message)
        known = self.providers.named()
        return [(known[name], own) for name, own in sorted(grouped.items()) if name in known]


def _of_all(messages: Sequence[Message], what: str) -> AbstractContextManager[None]:
    """One call for many: it follows their trace where they have one in common, else one of its own."""
    traces, cases = {m.trace[3:35] for m in messages}, {m.case_id for m in messages}
    parent = messages[0].trace if len(traces) == 1 else ""
    return tracing.span(what, parent=parent, subject=messages[0].case_id if len(cases) == 1 else "", service="notify")


def _of(message: Message, work: Work, what: str) -> AbstractContextManager[None]:
    return following(work, what, trace=message.trace, subject=message.case_id)
