"""What a worker does in simulated time: its jobs when the driver says so, and its word on what is still on its way."""

from collections.abc import Callable

import msgspec
import sqlalchemy as sa

from chassis.database import direct
from chassis.pipeline import ServiceRuntime
from chassis.process.simulated import Answer, Order
from chassis.worker import Worker


def obeying(worker: Worker, starting: Callable[[], bool]) -> Callable[[Order], Answer]:
    """`starting`: whether the service still does what it does once at its start."""

    def obey(order: Order) -> Answer:
        if starting():
            return Answer(starting=True)
        return look(worker.runtime) if order.do == "look" else work(worker)

    return obey


def look(runtime: ServiceRuntime) -> Answer:
    """How much the service has published and heard, both at one moment.

    Nothing is on its way anywhere when every service has heard as much as the others have published, even if each is
    asked at another moment: the first one to do something after it was asked would do it by an event that it lacked.
    """
    with runtime.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        ((written, unpublished, heard),) = direct.fetch(connection, _LOOK, {})
    return Answer(written=written, unpublished=unpublished, heard=msgspec.json.decode(heard))


def work(worker: Worker) -> Answer:
    """Does what is due, as the simulator of the embedded default does it."""
    runtime = worker.runtime
    with runtime.engine.begin() as connection:
        connection.execute(_HURRY, {"now": runtime.clock.now()})
    runtime.wake(False)  # other processes may have committed what is due
    done = worker.jobs_once()
    return Answer(done=done, next_due=worker.next_due())


_LOOK = """
select (select coalesce(sum(last), 0)::bigint from outbox_sequence),
    (select count(*) from outbox where published_at is null),
    (select coalesce(jsonb_object_agg(publisher, known), '{}')::text from (
        select publisher, sum(count)::bigint as known from (
            select publisher, last as count from inbox
            union all
            select p.publisher, 1 from parked p join inbox i using (publisher, subject) where p.sequence > i.last
        ) counted group by publisher
    ) heard)
"""
# While time stands still nothing is gained by waiting: whatever can come has come.
_HURRY = sa.text("update parked set next_try_at = :now where state = 'not_yet' and next_try_at > :now")
