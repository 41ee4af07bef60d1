"""共享事项: a matter that petition or "Internet + supervision" handles, told so that no matter is handled twice.

The person stands there as keyed hashes alone, the words masked; once it has ended there, neither stays (N25 sec. 5).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chassis.domain import Transitions
from services.intake.domain import partner_errors as errors
from services.intake.domain.case import Case
from services.intake.domain.likeness import likeness, pieces_of
from services.intake.domain.partner_rules import Partners
from services.intake.domain.parts import PartnerDecision, PartnerLink

MOST_OF_PERSON = 50
"""Matters in hand that one platform tells of one person."""
MOST_LINKS = 20


class MatterState(StrEnum):
    IN_HAND = "in_hand"
    ENDED = "ended"
    # The person had themselves erased here; the partner keeps its own.
    ERASED = "erased"


MATTER = Transitions(
    {MatterState.IN_HAND: {MatterState.ENDED, MatterState.ERASED}}, final={MatterState.ENDED, MatterState.ERASED}
)


@dataclass(frozen=True)
class Told:
    """The words masked, the person hashed."""

    subject: str
    text: str
    place: str
    phone_hash: str
    identity_hash: str


@dataclass
class PartnerMatter:
    id: str
    city: str
    pack: str
    basis: str
    platform: str
    number: str
    told_at: datetime
    # The person, by the newest key; empty: not told.
    phone_hash: str = ""
    identity_hash: str = ""
    masked_subject: str = ""
    masked_text: str = ""
    place: str = ""
    state: MatterState = MatterState.IN_HAND
    updated_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 0

    @property
    def source(self) -> str:
        """What the partner knows it by; unique."""
        return f"{self.city}/{self.platform}/{self.number}"

    def tell(self, what: "Told", *, now: datetime) -> None:
        """For the first time or again; a hash that is left out is kept. Raises MatterHasEnded."""
        if self.state is not MatterState.IN_HAND:
            raise errors.MatterHasEnded(field="number", number=self.number)
        self.masked_subject, self.masked_text, self.place = what.subject, what.text, what.place
        self.phone_hash = what.phone_hash or self.phone_hash
        self.identity_hash = what.identity_hash or self.identity_hash
        self.updated_at = now

    def end(self, state: MatterState, *, now: datetime) -> None:
        """Ended there, or erased here: nobody needs to recognise it any more. Raises StepNotAllowed."""
        MATTER.check(self.state, state)
        self.state, self.ended_at = state, now
        self.masked_subject = self.masked_text = self.place = ""
        self.phone_hash = self.identity_hash = ""


def alike(case: Case, matters: Iterable[PartnerMatter], least: float) -> list[tuple[PartnerMatter, float]]:
    """Those in hand that may be what the case is about, the most alike first."""
    own = pieces_of(f"{case.masked_subject}{case.masked_text}")
    here = [one for one in matters if one.state is MatterState.IN_HAND]
    scored = [(one, likeness(own, pieces_of(f"{one.masked_subject}{one.masked_text}"))) for one in here]
    return sorted((pair for pair in scored if pair[1] >= least), key=lambda pair: (-pair[1], pair[0].id))


def weigh(case: Case, one: PartnerMatter, of_person: Collection[str], link: PartnerLink) -> None:
    """A seat says whether the case is what is handled there; what becomes of the case, it decides as ever.

    `of_person`: ids of the matters of who called. A later word on a matter takes the place of the first.
    Raises MatterOfAnotherPerson, MatterHasEnded.
    """
    if one.id not in of_person:
        raise errors.MatterOfAnotherPerson(field="matter")
    if one.state is not MatterState.IN_HAND:
        raise errors.MatterHasEnded(field="matter", number=one.number)
    others = [known for known in case.partner_links if known.matter_id != one.id]
    case.partner_links = [*others[-(MOST_LINKS - 1) :], link]


def sent_to(case: Case, ground: str, partners: Partners | None) -> str:
    """Who is competent, where a seat found it handled there and refuses on a ground for that.

    Without the number there, which would outlive an erasure in the events: the seat reads it in the link.
    """
    for link in reversed(case.partner_links):
        platform = partners.known(link.platform) if partners else None
        if platform and link.decision is PartnerDecision.HANDLED_THERE and ground in platform.grounds:
            return platform.name.zh
    return ""
