"""huying audit: is anything lost? Judged across all services, wherever they run."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from chassis.audit.auditor import Auditor, Repair, Report, ago
from chassis.audit.judging import Violation
from chassis.clock import monotonic
from chassis.events import topology
from chassis.questions import NoAnswer, Questions
from chassis.settings import Settings
from chassis.telemetry.logging import configure_logging
from cli.environment import embedded_meant, read_settings, stack_at_rest, with_stack
from cli.speech import AsJson, console, errors, fail, put, say, warn, words
from cli.stack.plan import folder_of

if TYPE_CHECKING:
    from cli.province import Province

SHOWN = 200
MENDED_WITHIN_SECONDS = 20.0
LOOK_AGAIN_SECONDS = 0.5
NOT_JUDGED = 3

Hours = Annotated[float, typer.Option(help="only what had news in so many hours; 0: everything 只查最近几小时", min=0)]
Mend = Annotated[bool, typer.Option("--repair", help="send kept events again where that mends it 重发可修复的事件")]
Grace = Annotated[float, typer.Option(help="seconds; what is younger may still be on its way 宽限秒数", min=0)]


@dataclass
class Asked:
    """Where the services answer. `deliver` carries what is sent again where no process of theirs would."""

    questions: Questions
    deliver: Callable[[], object] = lambda: None


def audit(as_json: AsJson = False, repair: Mend = False, hours: Hours = 0, grace: Grace = 30) -> None:
    """Judges the invariants across all services and names each violation 跨服务核对

    Exit code 0: nothing is violated; 1: something is; 3: a service or the stack does not answer, nothing is judged.
    """
    settings = read_settings()
    resting = stack_at_rest(settings)
    if resting is not None:
        if not embedded_meant(settings, resting):
            raise _stack_does_not_run(settings)
        warn("整套服务未运行，核对的是内置数据库", "the stack does not run: the embedded databases are judged")
    settings = with_stack(settings)
    configure_logging(json=settings.log_json, level="ERROR")
    since = ago(timedelta(hours=hours)) if hours else None
    known = topology.load()
    try:
        with asked(settings) as services:
            auditor = Auditor(services.questions, known.hears, tuple(known.types), grace=timedelta(seconds=grace))
            report = Report()
            _judge(report, auditor.steps(report, since=since), quiet=as_json)
            repairs = mended(auditor, report, services, tuple(known.types)) if repair else []
    except NoAnswer as error:
        raise fail(f"无法核对：{error.message_zh}", f"nothing is judged: {error.message_en}", code=NOT_JUDGED) from None
    if resting is not None and not report.judged:  # nobody ever used them
        raise _stack_does_not_run(settings)
    (print_json if as_json else print_report)(report, repairs)
    if not report.clean:
        raise typer.Exit(1)


def _stack_does_not_run(settings: Settings) -> typer.Exit:
    folder = folder_of(settings).parent
    return fail(
        f"{folder} 上的整套服务未运行，无法核对；请用 huying stack up 启动",
        f"the stack on {folder} does not run, nothing is judged; start it with huying stack up",
        code=NOT_JUDGED,
    )


@contextmanager
def asked(settings: Settings) -> Iterator[Asked]:
    """Over RabbitMQ where the services are processes; else this process answers for them, on their databases."""
    if settings.amqp_url:
        from chassis.process.asking import asked_over_rabbit

        with asked_over_rabbit(settings) as questions:
            yield Asked(questions)
        return
    with _embedded(settings) as services:
        yield services


@contextmanager
def _embedded(settings: Settings) -> Iterator[Asked]:
    from cli.province import build_province, databases

    with databases(settings) as urls:
        province = build_province(settings, urls)
        try:
            yield Asked(province.runtimes["intake"].questions, lambda: _deliver(settings, province))
        finally:
            province.stop()


def _deliver(settings: Settings, province: "Province") -> None:
    if _nobody_serves(settings):
        province.relays.relay_all()


def _nobody_serves(settings: Settings) -> bool:
    """Whether no `huying up` runs on this folder: its own relays would deliver."""
    import fcntl

    with (settings.data_dir / "up.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def mended(auditor: Auditor, report: Report, services: Asked, names: Sequence[str]) -> list[Repair]:
    """Repairs what can be, waits until it shows, and leaves in the report what is still violated."""
    repairs = list(auditor.repair(report.violations))
    if not any(repair.events for repair in repairs):
        return repairs
    at_once = auditor.with_grace(timedelta())
    subjects = sorted({v.subject for v in report.violations if v.subject not in names})
    until = monotonic() + MENDED_WITHIN_SECONDS
    while True:
        services.deliver()
        left = at_once.recheck(subjects)
        if not left or monotonic() > until:
            break
        time.sleep(LOOK_AGAIN_SECONDS)
    report.replace([*(v for v in report.violations if v.subject in names), *left])
    return repairs


# -- what is said ------------------------------------------------------------------------------------------------------


def _judge(report: Report, steps: Iterator[int], *, quiet: bool) -> None:
    with errors.status(words("核对中…", "judging…")) as status:
        for _ in steps:
            if not quiet:
                status.update(words(f"已核对 {report.judged} 件", f"{report.judged} judged"))


def print_json(report: Report, repairs: Sequence[Repair]) -> None:
    said: dict[str, Any] = {
        "clean": report.clean,
        "judged": report.judged,
        "violations": [{"invariant": v.invariant, "subject": v.subject, "detail": v.detail} for v in report.violations],
        "found": dict(report.found),
        "counts": {name: asdict(counts) for name, counts in report.counts.items()},
        "repeated": report.repeated,
        "repairs": [{"subject": r.subject, **asdict(r.stream), "events": r.events} for r in repairs],
    }
    put(said)


def print_report(report: Report, repairs: Sequence[Repair]) -> None:
    for repair in repairs:
        stream = repair.stream
        what = f"{repair.subject} {stream.publisher} → {stream.consumer}"
        if repair.events:
            say(f"已重发 {repair.events} 个事件：{what}", f"{repair.events} events sent again: {what}")
        else:
            say(f"无法自动修复：{what}", f"cannot be mended by itself: {what}")
    if report.violations:
        console.print(_table(report.violations[:SHOWN]))
    waiting = ", ".join(f"{n} {c.unpublished}/{c.parked}/{c.dead}" for n, c in report.counts.items())
    say(f"待发/暂存/死信：{waiting}", f"unpublished/parked/dead: {waiting}")
    if report.repeated:
        say(f"允许重发的消息重发了 {report.repeated} 次", f"{report.repeated} doubles of messages that may repeat")
    many = report.found.total()
    found_zh, found_en = (f"{many} 处异常", f"{many} violations") if many else ("无异常", "nothing is violated")
    say(f"核对诉求等 {report.judged} 件，{found_zh}", f"{report.judged} cases and others judged, {found_en}")


def _table(violations: Sequence[Violation]) -> Table:
    table = Table(words("不变量", "invariant"))
    table.add_column(words("对象", "subject"), overflow="fold", min_width=36)
    table.add_column(words("说明", "detail"))
    for violation in violations:
        table.add_row(violation.invariant, violation.subject, violation.detail)
    return table
