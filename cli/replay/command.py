"""huying replay: reads the file, sends every petition, and says what became of each."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from time import monotonic, sleep
from typing import Annotated

import msgspec
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chassis.clock import SimulatedClock
from chassis.policy import load_cities
from chassis.settings import Settings
from chassis.telemetry.logging import configure_logging
from cli.environment import read_settings, require_no_stack
from cli.province import Province, embedded_province
from cli.replay.areas import AreaMap
from cli.replay.journal import Journal
from cli.replay.petitions import File, FileUnusable, Petition, read_file
from cli.replay.report import Outcome, confusion, look_where, print_confusion, print_outcome
from cli.replay.sending import Away, InProcessLine, Line, Refused, Sender, seat
from cli.replay.target import line_to
from cli.speech import errors, fail, say, warn
from cli.up import only_one
from services.knowledge.entrypoints.quality import Petition as Asked
from services.knowledge.entrypoints.quality import Quality, measure

SETTLE_EVERY = 50
FOUND_WITHIN_SECONDS = 60.0
ROWS_TOLD = 10


class Time(StrEnum):
    ORIGINAL = "original"
    NOW = "now"


def replay(
    file: Annotated[Path, typer.Argument(help="CSV: number,user,subject,time,text 诉求文件")],
    city: Annotated[str, typer.Option(help="administrative code 城市代码")] = "350100",
    area_map: Annotated[Path | None, typer.Option(help="CSV: regular expression,area 地区对照")] = None,
    time: Annotated[Time, typer.Option(help="original: in simulated time 原时间；now 现在")] = Time.ORIGINAL,
    target: Annotated[
        str,
        typer.Option(help="HOST:PORT of a running Huying, of a stack INTAKE,DISPATCH; with --time now 已运行的呼应"),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="only the totals, as JSON 只输出合计")] = False,
) -> None:
    """Sends petitions through the real commands; after a kill, the same command goes on where it was 回放诉求

    In original time it keeps databases of its own; with --time now it knows what it sent in the last three days.
    """
    settings = read_settings()
    configure_logging(level="ERROR")
    if target and time is Time.ORIGINAL:
        raise fail("--target 只能与 --time now 一起使用", "--target needs --time now", code=2)
    try:
        petitions = read_file(file)
        areas = AreaMap.read(area_map) if area_map else AreaMap()
    except FileUnusable as unusable:
        raise fail(unusable.zh, unusable.en, code=2) from None
    cities = load_cities(settings.policies_dir)
    if not target and city not in cities:
        known = ", ".join(sorted(cities))
        raise fail(f"没有城市 {city}；有：{known}", f"there is no city {city}; there are: {known}", code=2)
    try:
        with _way(settings, petitions, city, time, target) as way:
            outcome = _send_all(petitions, Sender(way.line, city, petitions.digest, areas), way)
            _look_until_found(outcome, way, city)
            _report(outcome, petitions, way.line, city, as_json=as_json)
    except Away as away:
        again_zh, again_en = "同一命令可继续", "the same command goes on where it was"
        raise fail(f"平台没有应答：{away.says}；{again_zh}", f"it does not answer: {away.says}; {again_en}") from None
    except Refused as refused:
        raise fail(f"无法查看派单结果：{refused}", f"where the cases went cannot be looked up: {refused}") from None
    if not outcome.accounted():
        raise typer.Exit(4)


@dataclass(frozen=True)
class _Way:
    """The line to the platform, and what to do before and after sending."""

    line: Line
    in_order: Callable[[Sequence[Petition]], Sequence[Petition]]
    before: Callable[[Petition], None]
    settle: Callable[[], object]
    settles: bool = True
    journal: Journal = field(default_factory=Journal)


@contextmanager
def _way(settings: Settings, file: File, city: str, time: Time, target: str) -> Iterator[_Way]:
    if target:
        with line_to(settings, target, city) as line:
            yield _Way(line, list, lambda _: None, lambda: None, settles=False)
    elif time is Time.NOW:
        require_no_stack(settings)
        with only_one(settings.data_dir), embedded_province(settings) as province:
            yield _Way(InProcessLine(province, seat(city)), list, lambda _: None, province.settle)
    else:
        # A folder and a database of its own: simulated time must not meet the real time of other cases.
        folder = settings.data_dir / "replays" / hashlib.sha256(f"{file.digest}{city}".encode()).hexdigest()[:12]
        own = settings.model_copy(update={"data_dir": folder, "database_url": ""})
        if not file.petitions:
            raise _no_usable_row(file)
        with only_one(folder):
            journal = Journal.read(folder / "sent.jsonl")
            clock = SimulatedClock(_where_it_was(file.petitions, journal))
            with embedded_province(own, clock=clock) as province:
                yield _Way(
                    InProcessLine(province, seat(city)),
                    _by_time,
                    lambda p: _advance(province, clock, p),
                    province.settle,
                    journal=journal,
                )


def _no_usable_row(file: File) -> typer.Exit:
    if not file.bad:
        return fail("文件只有表头", "the file has a header and no rows", code=2)
    for bad in file.bad[:ROWS_TOLD]:
        warn(f"第 {bad.line} 行：{bad.zh}", f"line {bad.line}: {bad.en}")
    many = len(file.bad)
    return fail(f"文件 {many} 行均不可用", f"none of the file's {many} rows can be used", code=2)


def _where_it_was(petitions: Sequence[Petition], journal: Journal) -> datetime:
    """The instant of the last petition that was sent; of the first one at the beginning."""
    sent = [p.said_at for p in petitions if p.number in journal.sent]
    return max(sent, default=min(p.said_at for p in petitions))


def _by_time(petitions: Sequence[Petition]) -> Sequence[Petition]:
    return sorted(petitions, key=lambda p: (p.said_at, p.line))


def _advance(province: Province, clock: SimulatedClock, petition: Petition) -> None:
    """Moves to the petition's own time; clocks that fall due on the way fire once a simulated day."""
    while (due := province.next_due()) is not None and due + timedelta(days=1) <= petition.said_at:
        clock.move_to(due + timedelta(days=1))
        province.settle()
    clock.move_to(petition.said_at)


def _look_until_found(outcome: Outcome, way: _Way, city: str) -> None:
    """A running Huying delivers by itself: what has no order yet may have it in a moment."""
    until = monotonic() + FOUND_WITHIN_SECONDS
    look_where(outcome, way.line, city)
    while outcome.missing and not way.settles and monotonic() < until:
        sleep(0.5)
        look_where(outcome, way.line, city)


def _send_all(file: File, sender: Sender, way: _Way) -> Outcome:
    outcome = Outcome(bad=file.bad)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors) as progress:
        for count, petition in enumerate(progress.track(way.in_order(file.petitions), description="replay"), start=1):
            _send(petition, sender, way, outcome)
            if count % SETTLE_EVERY == 0:
                way.settle()
    way.settle()
    return outcome


def _send(petition: Petition, sender: Sender, way: _Way, outcome: Outcome) -> None:
    if petition.number not in way.journal.sent:
        way.before(petition)
        try:
            way.journal.add(petition.number, sender.send(petition))
        except Away:
            raise
        except Refused as refused:
            outcome.refused.append((petition, str(refused)))
            return
    outcome.sent[petition.number] = way.journal.sent[petition.number]


def _report(outcome: Outcome, file: File, line: Line, city: str, *, as_json: bool) -> None:
    if as_json:
        totals: dict[str, float] = {
            "sent": len(outcome.sent),
            "dispatched": len(outcome.units),
            "queued": len(outcome.queued),
            "refused": len(outcome.refused),
            "bad_rows": len(outcome.bad),
            "unaccounted": len(outcome.missing),
        }
        if "category" in file.columns:
            totals["labelled_share"] = round(confusion(outcome, file.petitions, line, city).share, 4)
        if "answer" in file.columns:
            totals |= msgspec.to_builtins(_knowledge(file))
        print(msgspec.json.encode(totals).decode())
        return
    print_outcome(outcome)
    if "category" in file.columns:
        print_confusion(confusion(outcome, file.petitions, line, city))
    if "answer" in file.columns:
        quality = _knowledge(file)
        say(
            f"官方答复在前 {quality.first} 条建议内：本平台 {quality.ours:.1%}，普通 BM25 {quality.plain:.1%}",
            f"the official answer among the first {quality.first} suggestions: "
            f"ours {quality.ours:.1%}, plain BM25 {quality.plain:.1%}",
        )


def _knowledge(file: File) -> Quality:
    """All answers are indexed, none of the questions; every petition asks."""
    return measure([Asked(f"{p.subject}\n{p.text}", p.answer) for p in file.petitions if p.answer])
