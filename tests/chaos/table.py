"""What `make chaos` ends with: lost, doubled and inverted, how late the survivors were, which points were hit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table

from chassis.crashpoints import POINTS
from tests.chaos.journal import Line

WRONG = ("lost", "doubled", "inverted")
SURVIVOR_SECONDS, RETURN_SECONDS = 2.0, 5.0
FAR_TOO_LATE_SECONDS = 15.0
"""So late is no machine that has something else to do."""
NEVER_SECONDS = 1e6
BROKEN_OFF = 130
HITS = 3
HITS_IN = 3 * len(POINTS)
"""So many schedules pass every point so often."""
console = Console(width=118, highlight=False)


def show(lines: Sequence[Line]) -> None:
    console.print(_sums(lines))
    console.print(_delays(lines))
    console.print(_points(lines))
    for line in lines:
        for kind, found in line.wrong.items():
            for one in found[:10]:
                console.print(f"[red]schedule {line.number}, {kind}: {one}[/red]", markup=True)
    for one in late(lines):
        console.print(f"[red]{one}[/red]")


def clean(lines: Sequence[Line]) -> bool:
    return not any(found for line in lines for found in line.wrong.values())


def late(lines: Sequence[Line], at_least: float = 0.0) -> list[str]:
    """First effects that came later than their goal, and than so many seconds."""
    return [
        f"schedule {line.number}, first effect after {fault}: {said(seconds)}"
        for line in lines
        for fault, seconds in line.delays
        if seconds is not None and seconds > max(_goal(fault), at_least)
    ]


def exit_code(lines: Sequence[Line], asked: Iterable[int]) -> int:
    """0: every schedule that was asked for was run, nothing was wrong or late, and each point hit often enough."""
    if not {line.number for line in lines}.issuperset(asked):
        return BROKEN_OFF
    return 0 if lines and clean(lines) and not late(lines) and not missed(lines) else 1


def missed(lines: Sequence[Line]) -> dict[str, int]:
    """Named points that were hit too seldom, where there were schedules enough for all."""
    hits = Counter(point for line in lines for point in line.hits)
    return {point: hits[point] for point in sorted(POINTS) if hits[point] < HITS} if len(lines) >= HITS_IN else {}


def _sums(lines: Sequence[Line]) -> Table:
    table = Table("", "found", "goal", title=f"{len(lines)} schedules", title_justify="left")
    table.add_row("whole cases", str(sum(line.cases for line in lines)))
    for kind in WRONG:
        found = sum(len(line.wrong.get(kind, ())) for line in lines)
        table.add_row(kind, f"[red]{found}[/red]" if found else "0", "0")
    table.add_row("faults", str(sum(len(line.delays) for line in lines)))
    table.add_row("first effects later than their goal", str(len(late(lines))), "0")
    events, copies = sum(line.events for line in lines), sum(line.copies for line in lines)
    table.add_row("events on the bus, copies among them", f"{events}, {copies}")
    table.add_row("longest wait for an effect", f"{max((line.longest_wait for line in lines), default=0):.1f} s")
    unsure = Counter(rpc for line in lines for rpc, times in line.unsure.items() for _ in range(times))
    table.add_row("answers that told of no reason", f"{unsure.total()} {dict(unsure) or ''}", "0")
    table.add_row("streams mended by the platform's own audit", str(sum(line.sent_again for line in lines)), "0")
    repeated = sum(line.repeated for line in lines)
    table.add_row("messages handed over again that may repeat", str(repeated))
    ended = [end for line in lines for end in line.ended_by_themselves]
    table.add_row("processes that ended by themselves", f"{len(ended)} {dict(Counter(ended)) if ended else ''}")
    seconds = [line.seconds for line in lines]
    table.add_row("seconds for one schedule", f"median {percentile(seconds, 50):.0f}, longest {max(seconds):.0f}")
    return table


def _delays(lines: Sequence[Line]) -> Table:
    table = Table("seconds to the first effect after", "faults", "measured", "p50", "max", "goal", "late")
    by_fault: dict[str, list[float]] = defaultdict(list)
    faults = Counter(fault for line in lines for fault, _ in line.delays)
    for fault, seconds in _measured(lines):
        by_fault[fault].append(seconds)
    for fault, times in sorted(faults.items()):
        found = by_fault[fault]
        late = sum(seconds > _goal(fault) for seconds in found)
        told = [said(percentile(found, 50)), said(max(found))] if found else ["", ""]
        table.add_row(fault, str(times), str(len(found)), *told, f"{_goal(fault):.0f}", str(late) if late else "")
    return table


def said(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.2f}" if seconds < NEVER_SECONDS else "never"


def _measured(lines: Sequence[Line]) -> Iterator[tuple[str, float]]:
    yield from ((fault, seconds) for line in lines for fault, seconds in line.delays if seconds is not None)


def _goal(fault: str) -> float:
    return SURVIVOR_SECONDS if fault.startswith(("kill", "death")) else RETURN_SECONDS


def _points(lines: Sequence[Line]) -> Table:
    table = Table("named point", "hits", "goal")
    hits = Counter(point for line in lines for point in line.hits)
    goal = f">= {HITS}" if len(lines) >= HITS_IN else f">= {HITS} in {HITS_IN} schedules"
    for point in sorted(POINTS):
        table.add_row(point, str(hits[point]), goal)
    return table


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank; `share` in percent."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share / 100))]
