"""Many events of one publisher with one consumer: notify tells dispatch, order by order, of a message that failed.

The effect of each is the smallest that a service of the province has: dispatch reads the order's row, counts, writes
it back, and notes in its inbox how far the case has been heard, in one transaction. Each event has a case of its own.
"""

import json
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
import sqlalchemy as sa

from chassis.events.envelope import shard_of
from chassis.events.waking import Waker
from tests.load.ground import CITY
from tests.load.lives import Crew, Life, wait_until
from tests.load.stack.ground import Ground

EFFECT, NOTHING = "notify.message_failed.v1", "notify.message_delivered.v1"
"""Nobody acts on the second one: it is heard, put in its place in the order of its case, and that is all."""
SENDERS = 4


@dataclass(frozen=True)
class Effects:
    """When each event was committed or dispatched, and when its effect was committed: seconds since 1970."""

    sent: Sequence[float]
    done: Sequence[float]

    @property
    def per_second(self) -> float:
        return len(self.sent) / (max(self.done) - min(self.sent))

    def delays(self) -> list[float]:
        """Only where both are known of each event."""
        return [done - sent for sent, done in zip(self.sent, self.done, strict=True)]


def at_once(ground: Ground, number: int, type: str = EFFECT) -> Effects:
    """All committed in one transaction; then the relay is woken, as the process that commits wakes it."""
    run, rows = _prepared(ground, number, type)
    with psycopg.connect(ground.postgres.conninfo_of("huying_notify")) as connection:
        with connection.cursor().copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
        sent = time.time()
        connection.commit()
        connection.execute("select pg_notify('huying_outbox', '')")
    done = _heard(ground, run, number, type)
    return Effects([sent] * number, [done[f"{run}-{n}"] for n in range(number)])


def steadily(ground: Ground, number: int, per_second: float) -> Effects:
    """Each in a transaction of its own, by turns on a few connections; timed from before its commit."""
    run, rows = _prepared(ground, number, EFFECT)
    waker = Waker(ground.runtimes["notify"].engine.url, "notify")
    sent: list[float] = [0.0] * number
    begun = time.time()

    def send(first: int) -> None:
        with psycopg.connect(ground.postgres.conninfo_of("huying_notify")) as connection:
            for n in range(first, number, SENDERS):
                time.sleep(max(0.0, begun + n / per_second - time.time()))
                connection.execute(_INSERT, rows[n], prepare=True)
                sent[n] = time.time()
                connection.commit()
                waker.wake(True)

    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(send, range(SENDERS)))  # raises what one of them could not do
    waker.close()
    done = _heard(ground, run, number, EFFECT)
    return Effects(sent, [done[f"{run}-{n}"] for n in range(number)])


def body_of_one() -> str:
    """An envelope as it travels: stock nameko carries the same bytes."""
    return str(_row("run", 0, EFFECT)[-1])


# -- before ------------------------------------------------------------------------------------------------------------


def _prepared(ground: Ground, number: int, type: str) -> tuple[str, list[tuple[object, ...]]]:
    """As many orders as there will be events, copied from a real one; and the rows of the outbox."""
    if not ground.count("dispatch", "work_order"):
        Crew(ground, 1, f"flood-{time.time()}").live([Life(int(time.time()))])
    run = uuid.uuid4().hex[:12]
    with ground.runtimes["dispatch"].engine.begin() as connection:
        connection.execute(_ORDERS, {"run": run, "n": number})
    return run, [_row(run, n, type) for n in range(number)]


def _row(run: str, number: int, type: str) -> tuple[object, ...]:
    id, subject, now = str(uuid.uuid4()), f"{run}-{number}", datetime.now(UTC).isoformat()
    payload = {
        "message_id": id, "case_id": subject, "city": CITY, "work_order_id": subject, "template": "dispatched",
        "provider": "recorded", "attempts": 3, "reason": "refused", "failed_at": now,
    }  # fmt: skip
    envelope = {
        "event_id": id, "type": type, "subject": subject, "city": CITY, "occurred_at": now, "sequence": 1,
        "causation_id": id, "trace": "", "payload": payload,
    }  # fmt: skip
    return id, subject, shard_of(subject), 1, type, now, json.dumps(envelope)


_COLUMNS = "outbox (event_id, subject, shard, sequence, type, occurred_at, envelope)"
_COPY = f"copy {_COLUMNS} from stdin"
_INSERT = f"insert into {_COLUMNS} values (%s, %s, %s, %s, %s, %s, %s)"
_ORDERS = sa.text(
    """
    insert into work_order (id, version, body, city, case_id, state, units)
    select :run || '-' || n, 1, jsonb_set(
        body || jsonb_build_object('id', :run || '-' || n, 'failed_messages', 0), '{case,case_id}',
        to_jsonb(:run || '-' || n)
    ), city, :run || '-' || n, state, units
    from (select * from work_order order by id limit 1) one, generate_series(0, :n - 1) n
    """
)

# -- after -------------------------------------------------------------------------------------------------------------


def _heard(ground: Ground, run: str, number: int, type: str) -> dict[str, float]:
    """When each effect was committed, by subject; each must have come exactly once."""
    wait_until(lambda: ground.scalar("dispatch", _COUNT, like=f"{run}-%") == number)
    if type == EFFECT:
        once = ground.scalar("dispatch", _ONCE, like=f"{run}-%")
        assert once == number, f"{number - once} orders have not counted exactly one"
    with ground.runtimes["dispatch"].engine.connect() as connection:
        return {str(s): float(at) for s, at in connection.execute(sa.text(_TIMES), {"like": f"{run}-%"})}


_FROM = "from inbox where publisher = 'notify' and subject like :like"
_COUNT = f"select count(*) {_FROM} and last = 1"
_ONCE = "select count(*) from work_order where id like :like and body->>'failed_messages' = '1'"
_TIMES = f"select subject, extract(epoch from pg_xact_commit_timestamp(xmin)) {_FROM}"
