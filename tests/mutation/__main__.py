"""`make mutation`: changes one line at a time and sees whether a test fails; ends with 1 where too few do."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from tests.mutation.page import page
from tests.mutation.results import Known, Results, Target, Verdict, known_survivors, verdict_of

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "mutation.md"
EXAMPLE = Target("example", ("tests/mutation/example/parcels.py",), ("tests/mutation/example",))


def main() -> int:
    asked = _arguments()
    told = yaml.safe_load((HERE / "targets.yaml").read_text("utf-8"))
    targets = [Target(name, tuple(its["modules"]), tuple(its["tests"])) for name, its in told["targets"].items()]
    if unknown := set(asked.targets) - {target.name for target in targets}:
        sys.exit(f"no target {', '.join(unknown)}; there are {', '.join(target.name for target in targets)}")
    chosen = [target for target in targets if not asked.targets or target.name in asked.targets]
    _check_itself()
    known = known_survivors(HERE / "survivors.yaml")
    verdicts = []
    for target in chosen:
        verdicts.append(_judged(target, asked.workers, asked.anew, known))
        print(verdicts[-1].told(told["share"]), flush=True)
    if len(verdicts) == len(targets):
        PAGE.write_text(page(verdicts, known, told["share"]), "utf-8")
        print(f"written: {PAGE.relative_to(ROOT)}")
    return 0 if all(verdict.passes(told["share"]) for verdict in verdicts) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__)
    parser.add_argument("targets", nargs="*", help="calendar, clocks, …; all of targets.yaml where none is named")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--anew", action="store_true", help="forget what an earlier run has found")
    return parser.parse_args()


def _check_itself() -> None:
    """A machinery that kills whatever it is given would look best of all."""
    found = _judged(EXAMPLE, 1, True, known_survivors(HERE / "example" / "survivors.yaml"))
    if not found.passes(0):
        sys.exit(f"the machinery judges its example otherwise than it should\n{found.told(0)}")


def _judged(target: Target, workers: int, anew: bool, known: Sequence[Known]) -> Verdict:
    results = Results(ROOT, target)
    if anew:
        results.forget()
    if waiting := results.waiting():
        # A process of its own for each: what one has imported, the next must not find.
        child = os.fork()
        if child == 0:
            from tests.mutation.running import run

            os._exit(run(ROOT, target, waiting, results, workers))
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            sys.exit(f"{target.name}: the tests fail with nothing changed, see {results.log.relative_to(ROOT)}")
        results.read()
    return verdict_of(target, results, known)


if __name__ == "__main__":
    sys.exit(main())
