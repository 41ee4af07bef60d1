"""What became of the petitions: units, the dispatchers' queue and why, the confusion table of labelled files."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.table import Table

from cli.replay.petitions import BadRow, Petition
from cli.replay.sending import Line
from cli.speech import console, say, words

UNROUTED = "—"


@dataclass
class Outcome:
    """Every petition of the file is in exactly one place here."""

    sent: dict[str, str] = field(default_factory=dict)  # number -> case name
    refused: list[tuple[Petition, str]] = field(default_factory=list)
    bad: Sequence[BadRow] = ()
    units: dict[str, str] = field(default_factory=dict)  # number -> lead unit
    queued: dict[str, tuple[str, list[str]]] = field(default_factory=dict)  # number -> why, candidates
    missing: list[str] = field(default_factory=list)  # numbers whose case has no order: must be empty

    def accounted(self) -> bool:
        return not self.missing and len(self.sent) == len(self.units) + len(self.queued)

    def queue_share(self) -> float:
        return len(self.queued) / max(1, len(self.sent))


def look_where(outcome: Outcome, line: Line, city: str) -> None:
    """Finds the order of every case that was sent."""
    numbers = {case: number for number, case in outcome.sent.items()}
    seen: set[str] = set()
    for order in _orders(line, city):
        number = numbers.get(order.case)
        if number is None:
            continue
        seen.add(number)
        leads = [a.unit for a in order.assignments if "LEAD" in _role(a) and "RELEASED" not in _state(a)]
        if leads:
            outcome.units[number] = leads[-1]
        else:
            outcome.queued[number] = (order.why, list(order.candidates))
    outcome.missing = sorted(set(outcome.sent) - seen)


def _role(assignment: Any) -> str:
    return str(assignment.DESCRIPTOR.fields_by_name["role"].enum_type.values_by_number[assignment.role].name)


def _state(assignment: Any) -> str:
    return str(assignment.DESCRIPTOR.fields_by_name["state"].enum_type.values_by_number[assignment.state].name)


def _orders(line: Line, city: str) -> Iterator[Any]:
    yield from _pages(line, "ListWorkOrders", "work_orders", city)


def _pages(line: Line, rpc: str, rows: str, city: str) -> Iterator[Any]:
    token = ""
    while True:
        page = line.call("dispatch", rpc, {"city": city, "page_size": 200, "page_token": token})
        yield from getattr(page, rows)
        token = page.next_page_token
        if not token:
            return


@dataclass(frozen=True)
class Confusion:
    """Rows: the label; columns: the domain of the unit that got it."""

    counts: Mapping[str, Counter[str]]

    @property
    def share(self) -> float:
        total = sum(sum(row.values()) for row in self.counts.values())
        return sum(row[label] for label, row in self.counts.items()) / max(1, total)


def confusion(outcome: Outcome, petitions: Sequence[Petition], line: Line, city: str) -> Confusion:
    domains = {unit.id: unit.domain for unit in _pages(line, "ListUnits", "units", city)}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for petition in petitions:
        if petition.label:
            unit = outcome.units.get(petition.number, "")
            counts[petition.label][domains.get(unit) or UNROUTED] += 1
    return Confusion(counts)


def print_confusion(table: Confusion) -> None:
    columns = sorted({d for row in table.counts.values() for d in row})
    shown = Table(words("标注", "label"), *columns, title=words("分类混淆表", "confusion table"))
    for label in sorted(table.counts):
        shown.add_row(label, *(str(table.counts[label][c] or "") for c in columns))
    console.print(shown)
    say(f"到达所属类别单位：{table.share:.1%}", f"reached a unit of the labelled category: {table.share:.1%}")


def print_outcome(outcome: Outcome) -> None:
    for row in outcome.bad:
        say(f"第 {row.line} 行未读入：{row.zh}", f"line {row.line} not read: {row.en}")
    for petition, why in outcome.refused:
        say(f"第 {petition.line} 行被拒：{why}", f"line {petition.line} refused: {why}")
    _print_units(outcome)
    _print_queue(outcome)
    say(
        f"合计：发送 {len(outcome.sent)}，派单 {len(outcome.units)}，待派 {len(outcome.queued)}"
        f"（{outcome.queue_share():.1%}），被拒 {len(outcome.refused)}，未读入 {len(outcome.bad)}，"
        f"下落不明 {len(outcome.missing)}",
        f"total: sent {len(outcome.sent)}, dispatched {len(outcome.units)}, queued {len(outcome.queued)} "
        f"({outcome.queue_share():.1%}), refused {len(outcome.refused)}, not read {len(outcome.bad)}, "
        f"unaccounted {len(outcome.missing)}",
    )


def _print_units(outcome: Outcome) -> None:
    table = Table(words("承办单位", "unit"), words("件数", "cases"))
    for unit, count in Counter(outcome.units.values()).most_common():
        table.add_row(unit, str(count))
    console.print(table)


def _print_queue(outcome: Outcome) -> None:
    if not outcome.queued:
        return
    table = Table(
        words("未能派出的原因", "why not routed"),
        words("候选单位", "candidates"),
        words("件数", "cases"),
        words("例", "e.g."),
    )
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for number, (why, candidates) in outcome.queued.items():
        grouped[why, "、".join(candidates)].append(number)
    for (why, listed), numbers in sorted(grouped.items(), key=lambda item: -len(item[1])):
        table.add_row(why, listed, str(len(numbers)), ", ".join(numbers[:3]))
    console.print(table)
