"""What a measurement prints: one table, each row with its goal and whether it was reached."""

import platform
import sys
import timeit
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

console = Console(width=118, highlight=False)


@dataclass(frozen=True)
class Row:
    """A measured figure; `reached` is None where there is no goal."""

    what: str
    value: str
    goal: str = ""
    reached: bool | None = None
    ratio: float | None = None
    """To what the report names as its baseline, measured in the same run."""


@dataclass
class Report:
    title: str
    rows: list[Row] = field(default_factory=list)
    baseline: str = "commits"
    """Most often the single-insert commits a second of the same PostgreSQL."""

    def add(
        self, what: str, value: str, goal: str = "", reached: bool | None = None, ratio: float | None = None
    ) -> None:
        self.rows.append(Row(what, value, goal, reached, ratio))

    def show(self) -> None:
        table = Table("", "measured", f"ratio to {self.baseline}", "goal", "", title=self.title, title_justify="left")
        for row in self.rows:
            mark = "" if row.reached is None else "yes" if row.reached else "NO"
            table.add_row(row.what, row.value, "" if row.ratio is None else f"{row.ratio:.4f}", row.goal, mark)
        console.print(table)


def tell_python() -> None:
    """Which Python runs, and how fast: one built without optimisation takes a fifth longer over everything."""
    seconds = min(timeit.repeat("for n in range(1_000_000): total += n", "total = 0", number=1, repeat=5))
    console.print(
        f"[dim]Python {platform.python_version()} of {sys.base_prefix}: "
        f"a million steps of a loop in {seconds * 1000:.0f} ms[/dim]\n"
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank; `share` in percent."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share / 100))]
