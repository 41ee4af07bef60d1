"""The KPI gauges: at each scrape the same rollup as the report, kept for a few seconds."""

import threading
from collections.abc import Iterable

import structlog
from prometheus_client.core import Metric
from prometheus_client.registry import REGISTRY, Collector, CollectorRegistry
from sqlalchemy.exc import SQLAlchemyError

from chassis.clock import monotonic
from chassis.domain import DomainError
from chassis.pipeline import ServiceRuntime
from services.sla.application.ports import Cell, Rollup
from services.sla.application.reporting import months

log = structlog.get_logger()
KEPT_SECONDS = 5.0
_NAMES = {
    "huying_sla_kpi_numerator": "KPI numerators per city and category, and per city and unit.",
    "huying_sla_kpi_denominator": "KPI denominators per city and category, and per city and unit.",
    "huying_sla_kpi_excluded": "Facts excluded from both, per city and category, and per city and unit.",
    "huying_sla_kpi_as_of_seconds": "The instant up to which the KPIs are counted.",
}


class KpiGauges(Collector):
    """Bound to the running service by its job; until then it has no samples."""

    def __init__(self, rollup: Rollup) -> None:
        self._rollup = rollup
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
        """Names only, so that registering reads nothing."""
        return [Metric(name, text, "gauge") for name, text in _NAMES.items()]

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
            log.warning("kpis_unreadable", service=runtime.name, error=type(error).__name__)
            return []

    def _read(self, runtime: ServiceRuntime) -> list[Metric]:
        numerator, denominator, excluded, as_of = self.describe()
        with runtime.reading() as read:
            for name, period in months(read.now).items():
                for cell in self._rollup.cells(read, period):
                    labels = _labels(cell) | {"period": name}
                    numerator.add_sample(numerator.name, labels, cell.numerator)
                    denominator.add_sample(denominator.name, labels, cell.denominator)
                    excluded.add_sample(excluded.name, labels, sum(cell.excluded.values()))
            as_of.add_sample(as_of.name, {}, read.now.timestamp())
        return [numerator, denominator, excluded, as_of]


_registered: tuple[CollectorRegistry, KpiGauges] | None = None


def _labels(cell: Cell) -> dict[str, str]:
    family = {"category": cell.category} if cell.category is not None else {"unit": cell.unit or ""}
    return {"city": cell.city, "kind": cell.kpi, **family}
