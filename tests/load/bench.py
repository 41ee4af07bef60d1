"""make bench: speed and memory as tables, against the single-insert commits per second of the same PostgreSQL."""

import argparse
import time
from collections.abc import Callable

from chassis.telemetry.logging import configure_logging
from tests.load import calendar, clocks, deadlines, demonstration, life_cycles, loading, memory, registering
from tests.load.ground import Ground, ground
from tests.load.report import Report, console, tell_python

Section = Callable[[Ground, argparse.Namespace], list[Report]]

SECTIONS: dict[str, Section] = {
    "lives": lambda g, a: life_cycles.measure(g, quick=a.quick, threads=a.threads),
    "registering": lambda g, a: registering.measure(g, quick=a.quick),
    "deadlines": lambda g, a: deadlines.measure(g, quick=a.quick),
    "load": lambda g, a: loading.measure(g, quick=a.quick),
    "clocks": lambda g, a: clocks.measure(g, quick=a.quick),
    "calendar": lambda g, a: calendar.measure(g, quick=a.quick, clocks=a.clocks),
    "memory": lambda g, a: memory.measure(g, quick=a.quick),
    "demo": lambda g, a: demonstration.measure(g, quick=a.quick),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.load.bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="section", help=f"any of {', '.join(SECTIONS)}; none: all")
    parser.add_argument("--quick", action="store_true", help="smaller numbers, for a look while working")
    parser.add_argument("--threads", type=int, default=8, help="driver threads; 0: one thread that settles after each")
    parser.add_argument("--clocks", type=int, help="how many open clocks the calendar is published over")
    arguments = parser.parse_args()
    unknown = set(arguments.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    configure_logging(level="ERROR")
    tell_python()
    with ground() as g:
        for name in arguments.sections or SECTIONS:
            started = time.monotonic()
            for report in SECTIONS[name](g, arguments):
                report.show()
            console.print(f"[dim]{name}: {time.monotonic() - started:.0f} s[/dim]\n")


if __name__ == "__main__":
    main()
