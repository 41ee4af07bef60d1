"""make bench STACK=full: speed of the separate processes on real servers, beside stock nameko and plain commits.

It starts a stack of its own (`huying stack up` in a folder that is thrown away), measures, and ends it.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.markup import escape

from chassis.telemetry.logging import configure_logging
from tests.load.report import Report, console, tell_python
from tests.load.stack import calls, due, events, idle, lives
from tests.load.stack.ground import Ground, ground

Section = Callable[[Ground, argparse.Namespace], list[Report]]

SECTIONS: dict[str, tuple[Section, str]] = {
    "lives": (lambda g, a: lives.measure(g, quick=a.quick, threads=a.threads), "whole life-cycles through gRPC"),
    "events": (lambda g, a: events.measure(g, quick=a.quick), "from outbox commit to effect, beside stock nameko"),
    "calls": (lambda g, a: calls.measure(g, quick=a.quick), "questions by RPC beside stock nameko; gRPC"),
    "idle": (lambda g, a: idle.measure(g, quick=a.quick), "memory, its growth, CPU of an idle stack, scrapes"),
    "due": (lambda g, a: due.measure(g, quick=a.quick), "100,000 clocks due at one instant, one worker killed"),
}
REPLICAS = "replicas"
TWO = {REPLICAS: "whole life-cycles with two replicas of each role, on a stack of its own"}


def main() -> None:
    arguments = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the stack is ended all the same
    wanted = arguments.sections or [*SECTIONS, *TWO]
    configure_logging(level="ERROR")
    tell_python()
    on_one = [name for name in wanted if name in SECTIONS]
    failed = []
    if on_one:
        with ground(keep=arguments.keep) as g:
            failed = [name for name in on_one if not _measured(name, SECTIONS[name][0], g, arguments)]
    if REPLICAS in wanted:
        with ground(replicas=2) as g:
            failed += [] if _measured(REPLICAS, _with_replicas, g, arguments) else [REPLICAS]
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}")


def _with_replicas(ground: Ground, arguments: argparse.Namespace) -> list[Report]:
    return lives.measure(ground, quick=arguments.quick, threads=arguments.threads, replicas=2)


def _measured(name: str, measure: Section, ground: Ground, arguments: argparse.Namespace) -> bool:
    """Shows the section's tables; one that fails is told, and the others still have their turn."""
    try:
        with _told(name):
            for report in measure(ground, arguments):
                report.show()
    except Exception as error:
        console.print(f"[red]{name} failed:[/red] {type(error).__name__}: {escape(str(error))}\n")
        return False
    return True


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Says what is under way, how long it took, and how busy the machine was."""
    started = time.monotonic()
    with console.status(f"measuring {name}"):
        yield
    load = os.getloadavg()[0]
    console.print(f"[dim]{name}: {time.monotonic() - started:.0f} s, load of the machine {load:.1f}[/dim]\n")


def _arguments() -> argparse.Namespace:
    known = {name: what for name, (_, what) in SECTIONS.items()} | TWO
    parser = argparse.ArgumentParser(
        prog="python -m tests.load.stack.bench",
        description=__doc__,
        epilog="sections:\n" + "\n".join(f"  {name:<10}{what}" for name, what in known.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sections", nargs="*", metavar="section", help="any of those below, in their order; none: all")
    parser.add_argument("--quick", action="store_true", help="smaller numbers, for a look while working")
    parser.add_argument("--threads", type=int, default=8, help="driver threads")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="let the stack run on in this folder, use it again")
    arguments = parser.parse_args()
    unknown = set(arguments.sections) - known.keys()
    if unknown:
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    return arguments


if __name__ == "__main__":
    main()
