"""How clocks and opinions are kept, each with its KPI row beside it."""

from collections.abc import Iterable

from chassis.database import Projection, Store
from chassis.database.store import Row
from chassis.work import Work
from services.sla.adapters import tables
from services.sla.application.ports import CallCount, CaseCount
from services.sla.domain.clock import Clock
from services.sla.domain.counting import counts, in_time
from services.sla.domain.opinion import Opinion


def _fact(clock: Clock) -> Iterable[Row]:
    yield {
        "natural_key": clock.natural_key,
        "clock_id": clock.id,
        "city": clock.city,
        "unit": clock.unit,
        "category": clock.category,
        "kind": clock.kind,
        "kpi": clock.kpi,
        "state": clock.state,
        "counts": counts(clock),
        "in_time": in_time(clock),
        "due_at": clock.due_at,
        "judged_at": clock.judged_at,
        "stopped_at": clock.stopped_at,
    }


def _said(opinion: Opinion) -> Iterable[Row]:
    yield {
        "work_order_id": opinion.id,
        "city": opinion.city,
        "unit": opinion.unit,
        "category": opinion.category,
        "solved": opinion.solved,
        "satisfied": opinion.satisfied,
        "revisit_satisfied": opinion.revisit_satisfied,
        "apart": opinion.apart,
        "due_at": opinion.due_at,
    }


def _of_an_older_version(clock: Clock) -> bool:
    """It stays marked until a worker has found by what a published calendar moves it."""
    return clock.ahead_of is None and clock.provisional and clock.is_open


clocks = Store(
    Clock,
    tables.clock,
    columns=lambda c: {
        "case_id": c.case_id,
        "policy_id": c.policy_id,
        "call_id": c.call_id,
        "article_id": c.article_id,
        "natural_key": c.natural_key,
        "next_at": c.next_at,
        "city": "" if _of_an_older_version(c) else c.city,
        "due_at": c.due_at,
        "beyond": str(c.beyond) if c.beyond and c.is_open else None,
        "ahead_of": (c.ahead_of or "") if c.is_open else "",
    },
    projections=[Projection(tables.kpi_fact, _fact, key=("natural_key",))],
)
opinions = Store(
    Opinion,
    tables.opinion,
    columns=lambda o: {"case_id": o.case_id},
    projections=[Projection(tables.kpi_opinion, _said, key=("work_order_id",))],
)


_CASE = ("case_id",)


class DatabaseCaseLedger:
    """Counts cases in their own table."""

    def note(self, work: Work, case: CaseCount) -> None:
        row = {
            "case_id": case.case_id,
            "city": case.city,
            "category": case.category,
            "outcome": case.outcome,
            "decided_at": case.at,
            "item": case.item,
            "area": case.area,
            "main_case_id": case.main_case_id or None,
        }
        work.write(tables.kpi_case, row, key=_CASE)

    def correct(self, work: Work, case_id: str, *, category: str, item: str, area: str) -> None:
        work.amend(tables.kpi_case, {"case_id": case_id, "category": category}, key=_CASE)
        # With a matter of its own, a case of the time before they were counted would make that time a counted one.
        about = {"case_id": case_id, "item": item, "area": area}
        work.amend(tables.kpi_case, about, key=_CASE, known="item")

    def follow(self, work: Work, case_id: str, main_case_id: str) -> None:
        work.amend(tables.kpi_case, {"case_id": case_id, "main_case_id": main_case_id}, key=_CASE)


class DatabaseCallLedger:
    """Counts calls in their own table."""

    def note(self, work: Work, call: CallCount) -> None:
        row = {
            "call_id": call.call_id,
            "city": call.city,
            "answered": call.answered,
            "prompt": call.prompt,
            "offered_at": call.at,
        }
        work.write(tables.kpi_call, row, key=("call_id",))
