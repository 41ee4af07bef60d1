"""make chaos N=…: seeded fault schedules on the real servers, two replicas of each role, whole cases all the while."""

import argparse
import shutil
import signal
import sys
import time
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from chassis.telemetry.logging import configure_logging
from cli.servers.errors import ServerError
from tests.chaos import table
from tests.chaos.ground import Say, ground, own_servers
from tests.chaos.journal import Journal, Line
from tests.chaos.running import Run, running
from tests.chaos.schedule import CASES, schedule

OUT = Path("out/chaos")


def main() -> int:
    given = _given()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or thirty processes would live on
    configure_logging(level="ERROR")
    journal = Journal(OUT, given.seed)
    lines = journal.begin(given.first)
    started, last = time.monotonic(), given.schedules
    with _progress() as progress:
        bar = progress.add_task("", total=last, completed=given.first, doing="")

        def say(doing: str) -> None:
            progress.update(bar, doing=doing)
            if not progress.console.is_terminal:
                print(f"{time.monotonic() - started:6.0f} s  {doing}", flush=True)

        try:
            with own_servers(say) as (folder, rabbitmq, postgres, elsewhere):
                try:
                    with ground(folder, rabbitmq, postgres, elsewhere, say) as made, running(made, say) as run:
                        for number in range(given.first, last):
                            lines.append(_carry_out(run, given, number, progress.console.print, say))
                            progress.advance(bar)
                            journal.add(lines[-1])
                except BaseException:
                    _keep_logs(folder)
                    raise
                if not table.clean(lines):
                    _keep_logs(folder)
        except ServerError as error:
            print(f"{error.zh}\n{error.en}", file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            table.console.print(f"go on with FROM={lines[-1].number + 1 if lines else given.first}")
    missed = table.missed(lines)
    if lines:
        table.show(lines)
        if missed:
            table.console.print(f"[red]hit less than {table.HITS} times: {missed}[/red]")
        table.console.print(f"[dim]{(time.monotonic() - started) / 60:.1f} minutes, seed {given.seed}[/dim]")
    return table.exit_code(lines, range(given.first, last))


def _carry_out(run: Run, given: argparse.Namespace, number: int, tell: Say, say: Say) -> Line:
    line = run.carry_out(schedule(given.seed, number, cases=given.cases, faults=given.faults), say)
    wrong = " ".join(f"{kind} {len(found)}" for kind, found in line.wrong.items())
    told = ", ".join(f"{fault} {table.said(seconds)}" for fault, seconds in line.delays)
    tell(f"{number}: {line.cases} cases, {line.seconds:.0f} s; {wrong}; {told}")
    return line


def _keep_logs(folder: Path) -> None:
    """The folder itself is thrown away."""
    kept = OUT / "logs"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    for log in (*folder.glob("*.log"), *folder.glob("*/*.log")):
        shutil.copy(log, kept / log.name)
    table.console.print(f"logs: {kept}")


def _progress() -> Progress:
    counted = (BarColumn(30), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*counted, TextColumn("{task.fields[doing]}"), console=table.console)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("schedules", type=int, help="how many in all")
    parser.add_argument("--seed", type=int, default=12345, help="the same seed, the same schedules")
    parser.add_argument(
        "--from", dest="first", type=int, default=0, help="the first one now; what the earlier ones came to stands"
    )
    parser.add_argument("--cases", type=int, default=CASES, help="at least so many whole cases in each")
    parser.add_argument("--faults", type=int, default=3, choices=(1, 2, 3), help="in each schedule")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
