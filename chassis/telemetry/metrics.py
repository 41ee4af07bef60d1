"""The metrics that every service has."""

from contextlib import suppress
from datetime import datetime

from prometheus_client import Counter, Gauge, Histogram

from chassis.clock import Clock

CALLS = Counter(
    "huying_calls_total", "Commands, queries and questions by outcome.", ["service", "kind", "name", "outcome"]
)
GRPC_CALLS = Counter(
    "huying_grpc_calls_total", "Calls by their end, also those that reach no handler.", ["method", "code"]
)
GRPC_STREAMS = Gauge("huying_grpc_streams", "Callers that listen to a stream at this moment.", ["method"])
GRPC_SECONDS = Histogram(
    "huying_grpc_call_seconds",
    "Duration of calls, from the request's bytes to the answer's.",
    ["method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
RPC_CALLS = Counter(
    "huying_rpc_calls_total", "Questions that came over the bus, by their end.", ["service", "question", "code"]
)
QUESTIONS_ASKED = Counter(
    "huying_questions_asked_total", "Questions put to other services, by their end.", ["service", "question", "outcome"]
)
QUESTION_SECONDS = Histogram(
    "huying_question_seconds",
    "How long an asker waited for another service.",
    ["service", "question"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
CALL_SECONDS = Histogram(
    "huying_call_seconds",
    "Duration of commands, queries and questions.",
    ["service", "kind", "name"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
DATABASE_RETRIES = Counter(
    "huying_database_retries_total", "Transactions repeated at the database's wish.", ["service"]
)
POOL_SIZE = Gauge("huying_database_pool_connections", "Connections that a process may have open.", ["service"])
POOL_IN_USE = Gauge("huying_database_pool_in_use", "Connections in use at this moment.", ["service"])
PUBLISHED = Counter("huying_outbox_published_total", "Events published.", ["service"])
OUTBOX_LAG = Gauge(
    "huying_outbox_lag_seconds", "Age of the oldest unpublished event outside the bulk lane.", ["service"]
)
OUTBOX_BULK = Gauge("huying_outbox_bulk_events", "Unpublished events in the bulk lane.", ["service"])
SHARDS_OWNED = Gauge("huying_outbox_shards_owned", "Shards of the outbox that this process publishes.", ["service"])
DELIVERY_SECONDS = Histogram(
    "huying_delivery_seconds",
    "From what happened at the publisher to its effect at the consumer.",
    ["service", "publisher"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600),
)
SIMULATED_TIME = Gauge("huying_simulated_time_seconds", "The instant of a simulation; 0 where time is real.")
REACTIONS = Counter("huying_reactions_total", "Reactions by ending.", ["service", "type", "ending"])
SPANS = Counter("huying_spans_total", "Spans handed to the tracing server, lost on the way, or dropped.", ["ending"])
PARKED = Gauge("huying_parked_messages", "Messages waiting in the parking.", ["service", "state"])
# Not `job`: Prometheus gives that name to what it scrapes.
JOB_DONE = Counter("huying_job_done_total", "Things done by periodic jobs.", ["service", "task"])
JOB_FAILURES = Counter("huying_job_failures_total", "Runs of periodic jobs that failed.", ["service", "task"])
BUS_PUBLISHED = Counter("huying_bus_published_total", "Messages that the broker has confirmed.", ["service"])
BUS_RETURNED = Counter(
    "huying_bus_returned_total", "Messages that the broker gave back: no queue is bound, or it refused.", ["service"]
)
BUS_CONFIRM_SECONDS = Histogram(
    "huying_bus_confirm_seconds",
    "From the first message of a batch until the broker has confirmed the last.",
    ["service"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
BUS_LOST = Counter("huying_bus_connections_lost_total", "Connections to the broker that broke.", ["service", "role"])
BUS_LAG = Gauge("huying_bus_lag_messages", "Messages in a queue that this process consumes.", ["service", "partition"])
BUS_RECEIVED = Counter("huying_bus_received_total", "Messages taken from the broker.", ["service"])
BUS_REDELIVERED = Counter("huying_bus_redelivered_total", "Messages that came a second time.", ["service"])
BUS_BATCH_SECONDS = Histogram(
    "huying_bus_batch_seconds",
    "Duration of one batch of one partition.",
    ["service"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
LEASES_HELD = Gauge("huying_bus_leases_held", "Partitions that this process consumes.", ["service"])
LEASES_UNHELD = Gauge("huying_bus_leases_unheld", "Partitions that no process consumes.", ["service"])


def forget_lag(service: str, partition: str) -> None:
    """Whoever consumes the queue now tells its lag."""
    with suppress(KeyError):
        BUS_LAG.remove(service, partition)


def tell_age(gauge: Gauge, clock: Clock, since: datetime) -> None:
    """Counted anew at each scrape: it grows on while nobody can look whether something newer is the oldest."""
    gauge.set_function(lambda: max(0.0, (clock.now() - since).total_seconds()))
