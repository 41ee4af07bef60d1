"""The life of a case."""

from enum import StrEnum

from chassis.domain import Transitions


class Channel(StrEnum):
    """How the citizen came."""

    PHONE = "phone"
    WEB = "web"
    SMS = "sms"
    APP = "app"
    PLATFORM = "platform"


class State(StrEnum):
    REGISTERED = "registered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    JOINED = "joined"
    IN_HANDLING = "in_handling"
    REPLIED = "replied"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


OPEN = frozenset({State.ACCEPTED, State.IN_HANDLING})
"""A case that another one may repeat and join."""

LIFE = Transitions(
    {
        State.REGISTERED: {State.ACCEPTED, State.REFUSED, State.ANSWERED, State.TRANSFERRED, State.JOINED},
        State.ACCEPTED: {State.IN_HANDLING, State.WITHDRAWN, State.ENDED, State.JOINED},
        State.IN_HANDLING: {State.REPLIED, State.WITHDRAWN, State.ENDED, State.JOINED},
        State.REPLIED: {State.IN_HANDLING, State.CLOSED},
        # Dissatisfied within the pack's days of closing: reopened once.
        State.CLOSED: {State.REPLIED},
        # Follows the main case: gets its reply, ends with it, or goes on alone when the main case is withdrawn.
        State.JOINED: {State.ACCEPTED, State.REPLIED, State.CLOSED},
        # P18 art. 22(4): a threat goes to 110 and is dispatched as a sudden event as well.
        State.TRANSFERRED: {State.ACCEPTED},
    },
    final={State.REFUSED, State.ANSWERED, State.WITHDRAWN, State.ENDED},
)
