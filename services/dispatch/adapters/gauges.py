"""How much of the supervision ledger is open, and how much of that overdue: counted at each scrape."""

import threading
from collections.abc import Iterable

import structlog
from prometheus_client.core import Metric
from prometheus_client.registry import REGISTRY, Collector, CollectorRegistry
from sqlalchemy.exc import SQLAlchemyError

from chassis.clock import monotonic
from chassis.database import direct
from chassis.domain import DomainError
from chassis.pipeline import ServiceRuntime

log = structlog.get_logger()
KEPT_SECONDS = 5.0
_NAME, _TEXT = (
    "huying_dispatch_supervisions",
    "Open supervisions per city and unit; overdue: the written reply is late.",
)
_COUNT = """
select city, unit, state, count(*) from (
    select city, unit, case when overdue then 'overdue' else state end as state from supervision where state <> 'closed'
) s group by 1, 2, 3 order by 1, 2, 3
"""


class LedgerGauges(Collector):
    """Bound to the running service by its job; until then it has no samples."""

    def __init__(self) -> None:
        self._runtime: ServiceRuntime | None = None
        self._kept: tuple[float, list[Metric]] | None = None
        self._lock = threading.Lock()

    def register(self, registry: CollectorRegistry = REGISTRY) -> None:
        """Takes the place of the gauges of a service that this process built before."""
        global _registered  # noqa: PLW0603 - the process has one registry, and so one set of these gauges
        if _registered is not None:
            _registered[0].unregister(_registered[1])
        registry.register(self)
        _registered = (registry, self)

    def bind(self, runtime: ServiceRuntime) -> int:
        """A job: knows from now on where to read. It never has more to do."""
        if self._runtime is not runtime:
            self._runtime = runtime
            self.register()
        return 0

    def describe(self) -> Iterable[Metric]:
        """The name only, so that registering reads nothing."""
        return [Metric(_NAME, _TEXT, "gauge")]

    def collect(self) -> Iterable[Metric]:
        runtime = self._runtime
        if runtime is None:
            return []
        with self._lock:
            if self._kept is None or monotonic() - self._kept[0] > KEPT_SECONDS:
                self._kept = (monotonic(), self._read_or_none(runtime))
            return self._kept[1]

    def _read_or_none(self, runtime: ServiceRuntime) -> list[Metric]:
        """No samples while the database is away: a scrape must still bring every other metric of the process."""
        try:
            return self._read(runtime)
        except (SQLAlchemyError, DomainError) as error:
            log.warning("ledger_unreadable", service=runtime.name, error=type(error).__name__)
            return []

    def _read(self, runtime: ServiceRuntime) -> list[Metric]:
        metric = Metric(_NAME, _TEXT, "gauge")
        with runtime.reading() as read:
            for city, unit, state, count in direct.fetch(read.connection, _COUNT, {}):
                metric.add_sample(_NAME, {"city": city, "unit": unit, "state": state}, count)
        return [metric]


_registered: tuple[CollectorRegistry, LedgerGauges] | None = None
