"""The work that is due, found and claimed by SQL: replicas never wait for each other's rows."""

from collections.abc import Sequence

import sqlalchemy as sa

from chassis.due import Due
from chassis.work import By, Read, Work
from services.notify.domain.message import Message, State

BATCH = 200
UNSURE = (State.HANDING_OVER, State.UNKNOWN)


class MessageQueue:
    """Messages and escalations by their due instant."""

    def due(self, read: Read) -> list[Message]:
        """Queued messages whose time has come, not locked."""
        return self._messages(read, [State.QUEUED])

    def unsure(self, read: Read) -> list[Message]:
        """Messages of which nobody knows whether the provider has them, not locked."""
        return self._messages(read, UNSURE)

    def claim(self, work: Work, ids: Sequence[str]) -> list[Message]:
        """Locks those that are still due and that nobody else has locked."""
        given = {"ids": list(ids), "now": work.now}
        claimed = list(work.connection.execute(_CLAIM, given).scalars())
        work.preload(By(Message, "id", id) for id in claimed)
        return [work.get(Message, id) for id in claimed]

    def claim_escalations(self, work: Work) -> list[str]:
        """The ids of escalations whose patience has ended, locked."""
        given = {"now": work.now, "limit": BATCH}
        return list(work.connection.execute(_CLAIM_ESCALATIONS, given).scalars())

    def _messages(self, read: Read, states: Sequence[State]) -> list[Message]:
        given = {"states": [str(state) for state in states], "now": read.now, "limit": BATCH}
        store = read.stores[Message]
        return [store.decode(body, version) for body, version in read.connection.execute(_DUE, given)]


def _earliest(*states: State) -> str:
    """One look at the end of an index for each state."""
    each = (f"(select min(due_at) from message where state = '{state}' and due_at is not null)" for state in states)
    return f"select least({', '.join(each)})"


next_hand_over = Due(_earliest(State.QUEUED))
next_question = Due(_earliest(*UNSURE))
next_escalation = Due("select min(due_at) from escalation where due_at is not null")

_DUE = sa.text(
    "select body::text, version from message where state = any(:states) and due_at <= :now "
    "order by due_at, id limit :limit"
)
_CLAIM = sa.text("select id from message where id = any(:ids) and due_at <= :now order by id for update skip locked")
_CLAIM_ESCALATIONS = sa.text(
    "select id from escalation where due_at <= :now order by due_at, id limit :limit for update skip locked"
)
