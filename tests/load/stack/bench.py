"""make bench STACK=full: speed of the separate processes on real servers, beside stock nameko and plain commits.

It starts a stack of its own (`huying stack up` in a folder that is thrown away), measures, and ends it.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from chassis.telemetry.logging import configure_logging
from tests.load.report import Report, console
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
    wanted = arguments.sections or [*SECTIONS, *TWO]
    configure_logging(level="ERROR")
    on_one = [name for name in wanted if name in SECTIONS]
    if on_one:
        with ground(keep=arguments.keep) as g:
            for name in on_one:
                with _told(name):
                    show(SECTIONS[name][0](g, arguments))
    if REPLICAS in wanted:
        with ground(replicas=2) as g, _told(REPLICAS):
            show(lives.measure(g, quick=arguments.quick, threads=arguments.threads, replicas=2))


def show(reports: list[Report]) -> None:
    for report in reports:
        report.show()


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
