"""Message: one SMS or call to one recipient, from the queue to the receipt, handed over at most once per reference."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from chassis.domain import DomainError, Transitions
from services.notify.domain.events import MessageDelivered, MessageFailed

HAND_OVER_LIMIT = timedelta(seconds=60)
"""A message that is being handed over for longer belongs to a process that died."""
CALL_WITHIN = HAND_OVER_LIMIT / 2
"""Who has paused for longer after the claim calls no provider: another may soon ask about the message and send it."""
ASK_AGAIN = timedelta(minutes=1)
ASKS_UNTIL_A_PERSON = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=10)


class State(StrEnum):
    QUEUED = "queued"
    HANDING_OVER = "handing_over"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NEEDS_A_PERSON = "needs_a_person"
    EXPIRED = "expired"


LIFE = Transitions(
    {
        State.QUEUED: {State.HANDING_OVER, State.EXPIRED},
        State.HANDING_OVER: {State.HANDED_OVER, State.FAILED, State.UNKNOWN},
        State.HANDED_OVER: {State.DELIVERED, State.FAILED},
        State.UNKNOWN: {State.HANDED_OVER, State.DELIVERED, State.QUEUED, State.NEEDS_A_PERSON, State.FAILED},
        State.NEEDS_A_PERSON: {State.QUEUED, State.FAILED, State.HANDED_OVER, State.DELIVERED},
        State.FAILED: {State.QUEUED},
    },
    final={State.DELIVERED, State.EXPIRED},
)


NEVER_ARRIVED = frozenset({State.QUEUED, State.FAILED, State.EXPIRED})


class Medium(StrEnum):
    SMS = "sms"
    VOICE = "voice"


class Audience(StrEnum):
    CITIZEN = "citizen"
    UNIT = "unit"
    # The desks behind the first of the unit's duty roster: whoever leads it on duty.
    UNIT_LEADER = "unit_leader"
    DISPATCHERS = "dispatchers"
    SUPERVISORS = "supervisors"
    # 文明办: outside the city's office and its units.
    CIVILISATION_OFFICE = "civilisation_office"


class Knowledge(StrEnum):
    """What a provider says about a reference of ours."""

    DELIVERED = "delivered"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    NEVER_SEEN = "never_seen"
    UNCLEAR = "unclear"


class NotACall(DomainError):
    """Only a call can be acknowledged, and only after it was made."""

    zh = "只有已拨出的电话才能确认接听"
    en = "only a call that was made can be acknowledged"


@dataclass
class Message:
    """The text holds no personal data; a citizen's number is asked for at hand-over and never kept."""

    id: str
    city: str
    case_id: str
    template: str
    medium: Medium
    """By which it is carried: a text that nobody delivers, or that a landline would not take, is told by voice."""
    audience: Audience
    recipient: str
    text: str
    queued_at: datetime
    send_at: datetime
    expires_at: datetime
    version: int = 0
    state: State = State.QUEUED
    work_order_id: str = ""
    language: str = "zh"
    place: int = 0
    """Which number of the recipient's duty roster, from 0."""
    may_repeat: bool = False
    """Whether reaching somebody twice is better than perhaps not at all."""
    urgent: bool = False
    """Passes the quiet hours."""
    about: str = ""
    """What it is about beside the case: a clock, an extension; so that it can be taken back."""
    escalation_id: str = ""
    provider: str = ""
    reference: str = ""
    tried: list[str] = field(default_factory=list)
    attempts: int = 0
    waits: int = 0
    asks: int = 0
    due_at: datetime | None = None
    """When the worker looks at it next; nothing: never."""
    handed_over_at: datetime | None = None
    ended_at: datetime | None = None
    acknowledged_at: datetime | None = None
    reason: str = ""
    noticed_medium: Medium | None = None
    """By which the notice wants it, where another carries it."""
    over_at: datetime | None = None
    """When what it tells is over: it is never sent from then on, whoever decides."""
    trace: str = ""
    """Of what it tells: its hand-over, much later and in another process, belongs to it."""

    def __post_init__(self) -> None:
        if self.state is State.QUEUED and self.due_at is None:
            self.due_at = self.send_at
        self._expire_by(self.expires_at)

    # -- towards the provider ----------------------------------------------------------------------------------------

    def carry_by(self, medium: Medium) -> None:
        """The notice's own medium stays known, for a later attempt from the beginning."""
        self.noticed_medium = self.noticed_medium or self.medium
        self.medium = medium

    def start_hand_over(self, *, provider: str, now: datetime) -> str:
        """Committed before the provider is called; answers the reference under which it will know the message."""
        self._move_to(State.HANDING_OVER)
        self.attempts += 1
        self.provider, self.reference, self.asks = provider, f"{self.id}-{self.attempts}", 0
        self.due_at = now + HAND_OVER_LIMIT
        return self.reference

    def may_be_called(self, now: datetime) -> bool:
        """Whether the process that claimed it may still call the provider."""
        claim_is_ours = self.due_at is not None and now < self.due_at - HAND_OVER_LIMIT + CALL_WITHIN
        return self.state is State.HANDING_OVER and claim_is_ours

    def wait(self, *, until: datetime) -> None:
        """Stays queued: quiet hours."""
        self.due_at = self.send_at = until

    def wait_for_contact(self, *, now: datetime) -> None:
        """Stays queued: nobody could say the number; asked again with growing delay."""
        self.wait(until=now + min(FIRST_WAIT * 2 ** min(self.waits, 10), LONGEST_WAIT))
        self.waits += 1

    def expire(self, *, now: datetime, reason: str) -> MessageFailed:
        """Not sent, and never to be: too late, taken back, or nobody to reach."""
        self._move_to(State.EXPIRED)
        self.reason = reason
        return self._failed(now)

    # -- what the provider says --------------------------------------------------------------------------------------

    def handed_over(self, *, now: datetime) -> None:
        self._move_to(State.HANDED_OVER)
        self.handed_over_at, self.due_at = now, None

    def delivered(self, *, now: datetime) -> MessageDelivered:
        self._move_to(State.DELIVERED)
        self.handed_over_at = self.handed_over_at or now
        self._end(now, "")
        return MessageDelivered(
            message_id=self.id, case_id=self.case_id, city=self.city, work_order_id=self.work_order_id,
            template=self.template, provider=self.provider, attempts=self.attempts, delivered_at=now,
        )  # fmt: skip

    def refused(self, *, reason: str, providers: tuple[str, ...], now: datetime) -> MessageFailed | None:
        """Refused, or reported undeliverable: the next provider gets it; after the last one it has failed for good."""
        self._move_to(State.FAILED)
        self.tried.append(self.provider)
        self.reason = reason
        if self.next_provider(providers) is not None:
            self._queue_again(now)
            return None
        return self._failed(now)

    def no_answer(self, *, now: datetime) -> None:
        """Nobody knows whether the provider has it: neither sent again nor given up before it is asked."""
        self._move_to(State.UNKNOWN)
        self.due_at = now

    def learn(
        self, knowledge: Knowledge, *, providers: tuple[str, ...], now: datetime
    ) -> list[MessageDelivered | MessageFailed]:
        """Ends the unknown state by what the provider knows of our reference."""
        match knowledge:
            case Knowledge.DELIVERED:
                return [self.delivered(now=now)]
            case Knowledge.HANDED_OVER:
                self.handed_over(now=now)
            case Knowledge.FAILED:
                failed = self.refused(reason="undeliverable", providers=providers, now=now)
                return [failed] if failed else []
            case Knowledge.NEVER_SEEN:
                self._move_to(State.QUEUED)
                self.due_at = now
            case Knowledge.UNCLEAR:
                self._ask_again(now)
        return []

    def next_provider(self, providers: tuple[str, ...]) -> str | None:
        """The first in the failover order that has not refused it."""
        return next((provider for provider in providers if provider not in self.tried), None)

    # -- what people say -----------------------------------------------------------------------------------------------

    def acknowledge(self, *, now: datetime) -> None:
        """Somebody on duty pressed the key. Raises NotACall."""
        if self.medium is not Medium.VOICE or self.state not in {State.HANDED_OVER, State.DELIVERED}:
            raise NotACall()
        self.acknowledged_at = self.acknowledged_at or now

    def send_again(self, *, now: datetime) -> None:
        self._move_to(State.QUEUED)
        self.tried.clear()
        self.medium = self.noticed_medium or self.medium
        self.due_at, self.reason = now, ""
        self._expire_by(max(self.expires_at, now + timedelta(hours=24)))

    def be_over(self, *, at: datetime) -> None:
        """What it tells has ended before its time."""
        self.over_at = at
        self._expire_by(self.expires_at)

    def give_up(self, *, now: datetime, reason: str) -> MessageFailed:
        self._move_to(State.FAILED)
        self.reason = reason
        return self._failed(now)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _ask_again(self, now: datetime) -> None:
        LIFE.check(self.state, State.NEEDS_A_PERSON)  # only a message in doubt is asked about
        self.asks += 1
        if self.may_repeat:
            self._queue_again(now)
        elif self.asks < ASKS_UNTIL_A_PERSON:
            self.due_at = now + ASK_AGAIN * self.asks
        else:
            self._move_to(State.NEEDS_A_PERSON)
            self.due_at = None

    def _queue_again(self, now: datetime) -> None:
        self._move_to(State.QUEUED)
        self.due_at = now

    def _failed(self, now: datetime) -> MessageFailed:
        self._end(now, self.reason)
        return MessageFailed(
            message_id=self.id, case_id=self.case_id, city=self.city, work_order_id=self.work_order_id,
            template=self.template, provider=self.provider, attempts=self.attempts, reason=self.reason, failed_at=now,
        )  # fmt: skip

    def _expire_by(self, at: datetime) -> None:
        self.expires_at = min(at, self.over_at) if self.over_at else at

    def _end(self, now: datetime, reason: str) -> None:
        self.due_at, self.ended_at, self.reason = None, now, reason

    def _move_to(self, state: State) -> None:
        LIFE.check(self.state, state)
        self.state = state
