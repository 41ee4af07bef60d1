"""What notify needs from outside: carriers of messages, and intake's word on a citizen's number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from services.notify.domain.message import Knowledge, Medium, Message


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as a provider gets it; the number exists only here."""

    reference: str
    to: str = field(repr=False)
    text: str
    language: str = "zh"
    trace: str = ""
    """What led to it, and below the case that it is about: for the logs."""
    subject: str = ""


class Provider(Protocol):
    """A carrier of SMS or of calls. It keeps our references, so that it can be asked after a crash."""

    name: str
    medium: Medium

    def hand_over(self, batch: Sequence[Outgoing]) -> Mapping[str, Knowledge]:
        """What became of each reference; a missing one, or an exception, means that nobody knows.

        It gives up within 30 s: later, another process may have asked about the reference and sent the message again.
        A reference that the provider already knows is refused (FAILED): a doubled message must be seen.
        """

    def know(self, references: Sequence[str]) -> Mapping[str, Knowledge]:
        """What it knows of references handed over earlier; NEVER_SEEN is a promise, UNCLEAR is not."""


class Contacts(Protocol):
    """Where citizens' numbers are asked for, at the moment of the hand-over and never kept."""

    def numbers_of(self, messages: Sequence[Message]) -> "Numbers":
        """The citizens' telephone numbers, by message."""


Numbers = Mapping[str, str | None]
"""The telephone number by message; empty: there is nobody to reach; None: nobody could say just now."""


@dataclass(frozen=True)
class Providers:
    """All carriers, by medium in the order of failover."""

    by_medium: Mapping[Medium, Sequence[Provider]]

    def names(self, medium: Medium) -> tuple[str, ...]:
        """Of those that may carry it: what none of texts delivers is told by voice."""
        spoken = self.by_medium[Medium.VOICE] if medium is Medium.SMS else ()
        return tuple(provider.name for provider in (*self.by_medium[medium], *spoken))

    def named(self) -> Mapping[str, Provider]:
        return {provider.name: provider for providers in self.by_medium.values() for provider in providers}
