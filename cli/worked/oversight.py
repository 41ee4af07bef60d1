"""What is asked of dispatch.yaml about what units owe the office: supervision, and the people whom they register."""

from datetime import date
from typing import Any

from chassis.domain import NotFound
from chassis.lines import Lines
from chassis.message import id_of
from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench
from cli.worked.orders import LEAD, in_handling, sent
from cli.worked.paperwork import REQUEST, PaperWork
from services.dispatch.application.office_messages import AnswerSupervision, CloseSupervision, OpenSupervision
from services.dispatch.application.supervisions import (
    answer_supervision,
    asked_of_the_caller,
    close_supervision,
    open_supervision,
    supervised_by_the_caller,
)
from services.dispatch.domain import staff, supervision
from services.dispatch.domain.staff import FIELDS, Part, Person, UnitStaff
from services.dispatch.domain.states import SupervisionFinding
from services.dispatch.domain.supervision import Supervision
from services.dispatch.domain.supervision_rules import Method, Trigger
from services.dispatch.domain.work_order import WorkOrder

# Of the department that supervises in an example.
LINE = "12333"


@asks("dispatch.supervision")
def a_supervision(
    bench: Bench,
    *,
    happens: str = "",
    clock: str = "",
    times: int = 1,
    overdue: bool = False,
    mark: str = "",
    months: int = 0,
    by_hand: str = "",
    by: str = "supervisor",
    oversees: str = LEAD,
    methods: list[str] | None = None,
    answers: str = "",
    closed: str = "",
    closes: str = "",
) -> Found:
    """Opened by what happens to an order, or by hand on a ground of the pack; then somebody answers, if it is theirs to
    answer, and who has opened it, or `closes` says, closes it with that finding. `oversees`: the unit of the line.
    """
    rules, order = bench.regime.supervision, in_handling(sent(bench))
    if by_hand:
        grounds = [rules.grounds[by_hand]]
        entries = [
            _by_hand(bench, order, by_hand, by, oversees, methods or [], answers=answers, closed=closed, closes=closes)
        ]
    else:
        grounds = list(
            rules.opened_by(Trigger(happens), clock=clock, times=times, overdue=overdue, mark=mark, months=months)
        )
        entries = [
            supervision.open_on(
                order, ground, id=f"supervision-{ground.code}", part=order.lead, by="rule", now=NOW
            )[0]
            for ground in grounds
        ]  # fmt: skip
    if not entries:
        return {"opened": []}
    used = [rules.methods[method] for entry in entries for method in entry.methods]
    return {
        "opened": [entry.ground for entry in entries],
        "methods": [method.zh for method in used],
        "written_reply": [entry.written_reply for entry in entries],
        "asked": ["office" if entry.by_province else "unit" for entry in entries],
        "state": [str(entry.state) for entry in entries],
        "decides_case": any(entry.decides_case for entry in entries),
        "basis": [*(str(ground.basis) for ground in grounds), *(str(method.basis) for method in used)],
    }


def _by_hand(
    bench: Bench,
    order: WorkOrder,
    ground: str,
    by: str,
    oversees: str,
    methods: list[str],
    *,
    answers: str,
    closed: str,
    closes: str,
) -> Supervision:
    work: Any = PaperWork(bench, by, order, line=LINE)
    lines = Lines({LINE: {order.city: ((date.min, oversees),)}})
    name = f"cities/{order.city}/workOrders/{order.id}"
    asked = OpenSupervision(
        request_id=REQUEST, name=name, ground=ground, methods=[Method(one) for one in methods], reason="x"
    )
    opened = open_supervision(asked, work, desk=bench.desk, sealing=work, lines=lines)
    entry: Supervision = work.find(Supervision, id_of(opened.name, "supervisions"))
    if answers:
        theirs: Any = PaperWork(bench, answers, order, entry, unit=LEAD)
        told = AnswerSupervision(request_id=REQUEST, name=opened.name, answer="x")
        if asked_of_the_caller(told, theirs):
            answer_supervision(told, theirs, desk=bench.desk, sealing=theirs)
    if closed:
        found = CloseSupervision(request_id=REQUEST, name=opened.name, finding=SupervisionFinding(closed), reason="x")
        finds: Any = PaperWork(bench, closes or by, order, entry, line=LINE)
        if not supervised_by_the_caller(found, finds):
            raise NotFound()
        close_supervision(found, finds, desk=bench.desk, sealing=finds)
    return entry


@asks("dispatch.staff")
def registered(bench: Bench, *, people: dict[str, int], section: str = "", without: list[str] | None = None) -> Found:
    """So many people of each part, and the section; `without`: fields that are not told of them."""
    rules = bench.regime.staff
    assert rules is not None
    if people:
        told = {name: "x" for name in FIELDS if name not in (without or [])}
        one = dict.fromkeys(FIELDS, "") | told
        staff.check([{"part": part, **one} for part in _each(people)], section, rules)
    known = UnitStaff("staff-1", bench.city.code, "unit-a", section=section.encode())
    known.persons = [Person(Part(part), b"") for part in _each(people)]
    return {"missing": list(staff.missing(known, rules)), "basis": [str(rules.basis)]}


def _each(people: dict[str, int]) -> list[str]:
    return [part for part, many in people.items() for _ in range(many)]
