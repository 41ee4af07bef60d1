"""The metrics that every service has."""

from prometheus_client import Counter, Gauge, Histogram

CALLS = Counter(
    "huying_calls_total", "Commands, queries and questions by outcome.", ["service", "kind", "name", "outcome"]
)
GRPC_CALLS = Counter(
    "huying_grpc_calls_total", "Calls by their end, also those that reach no handler.", ["method", "code"]
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
PUBLISHED = Counter("huying_outbox_published_total", "Events published.", ["service"])
OUTBOX_LAG = Gauge("huying_outbox_lag_seconds", "Age of the oldest unpublished event.", ["service"])
REACTIONS = Counter("huying_reactions_total", "Reactions by ending.", ["service", "type", "ending"])
PARKED = Gauge("huying_parked_messages", "Messages waiting in the parking.", ["service", "state"])
JOB_DONE = Counter("huying_job_done_total", "Things done by periodic jobs.", ["service", "job"])
JOB_FAILURES = Counter("huying_job_failures_total", "Runs of periodic jobs that failed.", ["service", "job"])
