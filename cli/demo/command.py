"""huying demo: four weeks in four cities, in simulated time, through the real commands."""

import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import chinese_calendar
import typer
from rich.markup import escape
from rich.table import Table

from chassis.clock import SimulatedClock
from chassis.packs import Packs, load_packs
from chassis.policy import City, load_cities
from chassis.telemetry.logging import configure_logging
from cli.demo.actors import Actors
from cli.demo.board import Board, BoardState, CityState, Said
from cli.demo.cases import CHINA, DemoCase, load_cases
from cli.demo.days import name_of
from cli.demo.driver import Driver, MovableClock, Platform
from cli.demo.outcome import collect
from cli.demo.page import render
from cli.demo.page.names import KPIS
from cli.demo.result import Chapter, CityResult, DemoResult, Ratio
from cli.demo.scale import load_scale, redo_finding
from cli.demo.scenery import time_of
from cli.environment import read_settings
from cli.province import embedded_province
from cli.speech import AsJson, console, fail, put, say, words

LAST_DAY = datetime(2026, 10, 23, tzinfo=CHINA)
EVENING = 18
BOARD_EVERY = timedelta(hours=3)


class StackKind(StrEnum):
    EMBEDDED = "embedded"
    FULL = "full"


def demo(
    stack: Annotated[
        StackKind, typer.Option(help="full: five services as processes on real servers, started for it 真实服务器")
    ] = StackKind.EMBEDDED,
    seed: Annotated[int, typer.Option(help="the same seed gives the same page 随机种子")] = 2026,
    page: Annotated[Path, typer.Option(help="where the page goes 结果页面")] = Path("out/demo.html"),
    until: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="last simulated day 结束日", show_default=f"{LAST_DAY:%F}")
    ] = LAST_DAY,
    as_json: AsJson = False,
) -> None:
    """Runs the demonstration in simulated time and leaves one HTML page; both stacks end with the same table 演示"""
    configure_logging(level="ERROR")
    started = time.monotonic()
    cases = load_cases()
    start = min(case.instant for case in cases)
    end = until.replace(hour=EVENING, tzinfo=CHINA)
    if end < start:
        first = start.astimezone(CHINA).date()
        raise fail(f"--until：首件诉求在 {first}", f"--until: the first case comes in on {first}", code=2)
    policies = read_settings().policies_dir
    cities = load_cities(policies)
    packs = load_packs(policies)
    with _platform(stack, start - timedelta(hours=1)) as (platform, clock), Board(console) as board:
        driver = Driver(platform, clock, cases, _actors(seed, cities, packs), Watch(board, cities))
        driver.run(end)
        result = collect(driver, seed, cities, packs, _hero(_played(driver)), start)
    _finish(result, page, time.monotonic() - started)
    if as_json:
        put(_told(result, page, driver.refused))
    for what, times in sorted(driver.refused.items()):
        say(f"被拒的操作：{what} × {times}", f"refused steps: {what} × {times}")


@contextlib.contextmanager
def _platform(stack: StackKind, start: datetime) -> Iterator[tuple[Platform, MovableClock]]:
    """Five services that know nothing yet but the shipped articles, at the instant `start`."""
    if stack is StackKind.FULL:
        from cli.demo.full import full_stack

        with full_stack(start) as full:
            yield full, full.conductor
        return
    with _folder() as folder:
        settings = read_settings().model_copy(update={"data_dir": folder, "database_url": ""})
        clock = SimulatedClock(start)
        with embedded_province(settings, clock=clock, throwaway=True) as province:
            province.seed()
            yield province, clock


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Thrown away afterwards: the demonstration must not meet a real province's data."""
    with tempfile.TemporaryDirectory(prefix="huying-demo-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def _actors(seed: int, cities: dict[str, City], packs: Packs) -> dict[str, Actors]:
    return {
        code: Actors(
            seed=seed,
            redo_finding=redo_finding(packs.of(city)),
            scale=load_scale(packs.of(city)),
            is_workday=_is_workday,
            coordinator=f"{code}-government",
        )
        for code, city in cities.items()
    }


def _is_workday(on: date) -> bool:
    return bool(chinese_calendar.is_workday(on))


def _played(driver: Driver) -> list[DemoCase]:
    """The cases that have come in by the last day."""
    return [play.case for play in driver.plays.values() if play.name]


def _hero(cases: list[DemoCase]) -> str:
    """The case that the page tells whole: one whose extension carries it over National Day."""
    extended = [c for c in cases if c.story.extend and c.city == "350100"]
    return max(extended or cases, key=lambda c: (c.story.send_back, -abs((c.at.date() - date(2026, 9, 24)).days))).key


@dataclass
class Watch:
    """Shows the board every few simulated hours."""

    board: Board
    cities: dict[str, City]
    _next: datetime | None = None
    _said: list[Said] = field(default_factory=list)

    def __call__(self, driver: Driver) -> None:
        now = driver.clock.now()
        if self._next is not None and now < self._next:
            return
        self._next = now + BOARD_EVERY
        shown = sorted({p.case.city for p in driver.plays.values()})
        self.board.show(
            BoardState(
                now=now,
                cities=tuple(self._city(driver, code) for code in shown),
                messages=tuple(m for code in shown for m in self._last_messages(driver, code)),
                arrived=sum(bool(p.name) for p in driver.plays.values()),
                total=len(driver.plays),
                day_zh=name_of(now.astimezone(CHINA).date()),
            )
        )

    def _city(self, driver: Driver, code: str) -> CityState:
        plays = [p for p in driver.plays.values() if p.case.city == code and p.name]
        lights = Counter(light for p in plays for light in p.lights.values() if light)
        states = Counter("to_dispatch" if p.waits else _shown_state(p.states[-1]) for p in plays if p.states)
        name = self.cities[code].name
        return CityState(name.zh, name.en, states, lights["green"], lights["yellow"], lights["red"])

    def _last_messages(self, driver: Driver, code: str) -> list[Said]:
        listed = driver.ask(code, "notify", "ListMessages", {"city": code, "page_size": 3}).messages
        city = self.cities[code].name.zh
        return [Said(time_of(m, "create_time") or driver.clock.now(), m.medium, city, m.text) for m in listed]


_KNOWN = {"accepted", "in_handling", "replied", "closed", "answered", "refused"}


def _shown_state(state: str) -> str:
    return state if state in _KNOWN else "other"


def _finish(result: DemoResult, page: Path, seconds: float) -> None:
    _print_kpis(result)
    _print_chapters(result.chapters)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(render(result), encoding="utf-8")
    cases = sum(city.cases for city in result.cities)
    say(
        f"{cases} 件诉求，用时 {seconds:.0f} 秒。页面：{page}",
        f"{cases} cases in {seconds:.0f} s. The page: {page}",
    )


def _told(result: DemoResult, page: Path, refused: Mapping[str, int]) -> dict[str, Any]:
    """What the table says; each KPI as its numerator and denominator."""
    cities = {city.en: {"cases": city.cases, **_kpis_told(city)} for city in result.cities}
    shown = {told.code: [list(fact) for fact in told.facts] for told in result.chapters}
    return {"page": str(page), "cities": cities, "shown": shown, "refused": dict(refused)}


def _kpis_told(city: CityResult) -> dict[str, Any]:
    """With how many facts were left out, where any were."""
    excluded = {kind: ratio.excluded for kind, ratio in city.kpis.items() if ratio.excluded}
    told = {"kpis": {kind: [ratio.numerator, ratio.denominator] for kind, ratio in city.kpis.items()}}
    return told | ({"excluded": excluded} if excluded else {})


def _print_kpis(result: DemoResult) -> None:
    """One column per city, so that it fits a terminal of 80 columns."""
    table = Table("", *(words(city.zh, city.en) for city in result.cities))
    for column in table.columns[1:]:
        column.justify = "right"
    for kind in (k for k in KPIS if any(k in city.kpis for city in result.cities)):
        table.add_row(words(*KPIS[kind]), *(_share(city.kpis.get(kind)) for city in result.cities))
    console.print(table)


def _print_chapters(chapters: Sequence[Chapter]) -> None:
    """What the page tells whole, in a few words each."""
    if not chapters:
        return
    table = Table(words("展示", "shown"), words("城市", "city"), words("经过", "how it went"), show_lines=True)
    table.columns[2].overflow = "fold"
    for told in chapters:
        went = "\n".join(words(zh, en) for zh, en in told.facts)
        table.add_row(words(told.zh, told.en), words(told.story.city_zh, told.story.city_en), escape(went))
    console.print(table)


def _share(ratio: Ratio | None) -> str:
    left_out = f" -{ratio.excluded}" if ratio and ratio.excluded else ""
    if ratio is None or not ratio.denominator:
        return f"—{left_out}"
    return f"{ratio.numerator / ratio.denominator:.0%} {f'{ratio.numerator}/{ratio.denominator}':>7}{left_out}"
