"""The live board in the terminal: cases by state per city, lights, last messages, the virtual clock.

Without a terminal (a log file, CI) it prints one line for every simulated day instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Self

from rich.align import Align
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from cli.demo.page.html import local
from cli.demo.page.names import WEEKDAYS

STATES = (
    ("accepted", "受理", "accepted", "cyan"),
    ("to_dispatch", "待派", "queue", "yellow"),
    ("in_handling", "办理", "handling", "blue"),
    ("replied", "答复", "replied", "magenta"),
    ("closed", "办结", "closed", "green"),
    ("answered", "解答", "answered", "green"),
    ("refused", "不予", "refused", "red"),
    ("other", "其他", "other", "dim"),
)
SHOWN = frozenset(key for key, *_ in STATES)
TAIL = 8


@dataclass(frozen=True, slots=True)
class CityState:
    """Cases by state (CaseState, with to_dispatch for what waits in the queue) and running clocks by light."""

    zh: str
    en: str
    states: Mapping[str, int]
    green: int = 0
    yellow: int = 0
    red: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One message that went out; `how` is sms or voice, `zh` its text without personal data."""

    at: datetime
    how: str
    city_zh: str
    zh: str


@dataclass(frozen=True, slots=True)
class BoardState:
    now: datetime
    cities: tuple[CityState, ...]
    messages: tuple[Said, ...] = ()
    arrived: int = 0
    total: int = 0
    day_zh: str = ""


class Board:
    """Shows states as they come; use as a context."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        self._live: Live | None = None
        self._printed: date | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live = Live(console=self._console, refresh_per_second=8, transient=True)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, state: BoardState) -> None:
        """The newest state; without a terminal one line at the first state of each simulated day."""
        if self._live is not None:
            self._live.update(picture(state))
            return
        today = local(state.now).date()
        if today != self._printed:
            self._printed = today
            self._console.print(line(state), soft_wrap=True, highlight=False)


def picture(state: BoardState) -> RenderableType:
    """The whole board."""
    body = Table.grid(padding=(0, 1), expand=True)
    body.add_row(_cities(state))
    body.add_row(_messages(state))
    return Group(_clock(state), body)


def line(state: BoardState) -> str:
    """One simulated day in one line."""
    today = local(state.now)
    totals: dict[str, int] = {}
    for city in state.cities:
        for key, count in _by_column(city).items():
            totals[key] = totals.get(key, 0) + count
    counts = " ".join(f"{zh}{totals[key]}" for key, zh, *_ in STATES if totals.get(key))
    red, yellow = sum(city.red for city in state.cities), sum(city.yellow for city in state.cities)
    day = f"{today:%Y-%m-%d} 周{WEEKDAYS[today.weekday()]}{' ' + state.day_zh if state.day_zh else ''}"
    return f"{day}  诉求 {state.arrived}/{state.total}  {counts or '–'}  黄灯{yellow} 红灯{red}"


def _clock(state: BoardState) -> RenderableType:
    now = local(state.now)
    moment = f"{now:%Y-%m-%d} 周{WEEKDAYS[now.weekday()]} {now:%H:%M}"
    words = Text.assemble(("呼应 Huying  ", "bold red"), (moment, "bold"), (f"  {state.day_zh}", "yellow"))
    bar = ProgressBar(total=max(1, state.total), completed=state.arrived, width=40)
    row = Table.grid(expand=True)
    row.add_column()
    row.add_column(justify="right")
    row.add_column(width=42)
    row.add_row(words, f"诉求 cases {state.arrived}/{state.total} ", Align.right(bar))
    return Panel(row, border_style="red")


def _cities(state: BoardState) -> RenderableType:
    table = Table(expand=True, border_style="dim", header_style="bold")
    table.add_column("城市\ncity")
    for _, zh, en, style in STATES:
        table.add_column(f"{zh}\n{en}", justify="right", style=style)
    table.add_column("绿黄红灯\nlights", justify="right")
    for city in state.cities:
        counts = _by_column(city)
        cells = [str(counts[key]) if counts.get(key) else "·" for key, *_ in STATES]
        lights = Text.assemble(
            (f"● {city.green} ", "green"), (f"● {city.yellow} ", "yellow"), (f"● {city.red}", "bold red")
        )
        table.add_row(Text.assemble((city.zh, "bold"), f" {city.en}"), *cells, lights)
    return table


def _messages(state: BoardState) -> RenderableType:
    rows = Table.grid(padding=(0, 1))
    for said in state.messages[-TAIL:]:
        mark = ("电话", "red") if said.how == "voice" else ("短信", "cyan")
        rows.add_row(
            f"{local(said.at):%m-%d %H:%M}", Text(*mark), said.city_zh, Text(said.zh, no_wrap=True, overflow="ellipsis")
        )
    return Panel(rows, title="消息 messages", title_align="left", border_style="dim", height=TAIL + 2)


def _by_column(city: CityState) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key, count in city.states.items():
        column = key if key in SHOWN else "other"
        counts[column] = counts.get(column, 0) + count
    return counts
