"""What is asked of assessment.yaml about reports and circulars: when and of what, who may be named on what ground."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench
from cli.worked.paperwork import REQUEST, PaperWork
from services.sla.application.assessing import month_before, spans
from services.sla.application.circulars import draw_up_circular, publish_circular
from services.sla.application.ports import Cell, Period
from services.sla.application.report_messages import DrawUpCircular, Naming, PublishCircular
from services.sla.domain.assessing import REVISITS
from services.sla.domain.calendar import SHANGHAI, local
from services.sla.domain.circulars import Circular
from services.sla.domain.events import CircularPublished

UNIT = "unit-a"


@asks("assessment.reports")
def made(bench: Bench, *, report: str, asked_at: str) -> Found:
    """When it is made next after that local time, and its first and last day."""
    rule = bench.assessment.report(report)
    if rule is None:
        return {"made_at": ""}
    next_at = rule.next_after(datetime.strptime(asked_at, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI))
    start, end = rule.period_of(next_at)
    return {
        "made_at": f"{local(next_at):%Y-%m-%d %H:%M}",
        "from": f"{local(start):%Y-%m-%d}",
        "before": f"{local(end):%Y-%m-%d}",
        "called": rule.zh,
        "basis": [str(rule.basis)],
    }


@asks("assessment.copies")
def copied(bench: Bench, *, report: str) -> Found:
    """Who else gets a report of that code."""
    rules = bench.assessment
    found: Found = {"copied_to": [str(one) for one in rules.copied_to(report)]}
    bases = [str(rule.basis) for rule in rules.copies if rule.report == report]
    return {**found, "basis": bases} if bases else found


class _Office(PaperWork):
    """A supervisor's, in a city of one unit, with all that was counted for it last month and before."""

    def __init__(
        self, bench: Bench, late: Mapping[str, int], findings: Mapping[str, int], months: Sequence[Sequence[int]]
    ) -> None:
        super().__init__(bench, "supervisor")
        self._bench, self._late, self._findings, self._months = bench, late, findings, months
        self.starts = [start for start, _ in spans(month_before(NOW), max(len(months), 1))]

    def pack_of_city(self, _: str) -> object:
        return self._bench.shop.rulebook.pack(self._bench.ref)

    def counted(self, *_: object, late: Sequence[str], findings: Sequence[str]) -> dict[str, int]:
        count = sum(self._late.get(kind, 0) for kind in late) + sum(self._findings.get(one, 0) for one in findings)
        return {UNIT: count} if count else {}

    def cells(self, _: object, period: Period) -> list[Cell]:
        months = dict(zip(self.starts, self._months, strict=True))
        satisfied, answers = months.get(period.start, (1, 1))
        return [Cell(self._bench.city.code, None, UNIT, REVISITS, satisfied, answers, {})]


@asks("assessment.circulars")
def circular(
    bench: Bench,
    *,
    ground: str = "",
    late: dict[str, int] | None = None,
    findings: dict[str, int] | None = None,
    months: list[list[int]] | None = None,
) -> Found:
    """Of last month, published; on that ground it is to name a unit.

    `late`: how many limits of each kind it let pass; `findings`: how many supervisions of it were closed with each;
    `months`: its satisfied answers of all answers in each month, the newest first.
    """
    work: Any = _Office(bench, late or {}, findings or {}, months or [[1, 1]])
    ((start, end),) = spans(month_before(NOW), 1)
    asked = DrawUpCircular(
        request_id=REQUEST, city=bench.city.code, title="x", start_time=start, end_time=end,
        named=[Naming(unit=UNIT, ground=ground)] if ground else [],
    )  # fmt: skip
    draw_up_circular(
        asked, work, rulebook=work, assessments={bench.ref: bench.assessment}, rollup=work, grounds=work,
        unit_levels={bench.city.code: {UNIT: ""}}, sealing=work,
    )  # fmt: skip
    (drawn,) = [one for one in work.known if isinstance(one, Circular)]
    publish_circular(
        PublishCircular(request_id=REQUEST, name=f"cities/{drawn.city}/circulars/{drawn.id}"), work,
        assessments={bench.ref: bench.assessment}, rollup=work, grounds=work,
    )  # fmt: skip
    (told,) = [event for event in work.told if isinstance(event, CircularPublished)]
    bases = [f"{one.rule} {one.article}" for one in drawn.named]
    return {
        "told": told.units,
        "named": told.named,
        "because": [one.zh for one in drawn.named],
        "count": sum(one.count for one in drawn.named),
        "ranked_by": [rate.kpi for each in drawn.classes for unit in each.units for rate in unit.rates],
        "basis": bases or [str(bench.assessment.circulars.basis)],
    }
