"""docs/mutation.md: what was measured, and what is left with its reason."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.mutation.results import Known, Verdict

HEAD = """# Mutation

Whether the tests would notice a wrong line in calendar, clocks, routing and the tables of states. `make mutation`
writes this page; how it works, and what to do with a survivor: `CONTRIBUTING.md`, "Wrong lines on purpose".

"""


def page(verdicts: Sequence[Verdict], known: Sequence[Known], share: float) -> str:
    return HEAD + "\n".join([*_table(verdicts, share), "", *_survivors(verdicts, known)])


def _table(verdicts: Sequence[Verdict], share: float) -> Iterator[str]:
    yield f"Wanted are {share} % of each target."
    yield ""
    yield "| target | module | mutants | killed | % |"
    yield "|---|---|---|---|---|"
    for verdict in verdicts:
        alive = Counter(mutant.file for mutant in verdict.survivors)
        for file, total in verdict.total.items():
            yield _row(verdict.target.name, f"`{file}`", total, total - alive[file])
    every = sum(sum(verdict.total.values()) for verdict in verdicts)
    yield _row("all", "", every, every - sum(len(verdict.survivors) for verdict in verdicts))


def _row(target: str, file: str, total: int, killed: int) -> str:
    return f"| {target} | {file} | {total} | {killed} | {100 * killed / total:.1f} |"


def _survivors(verdicts: Sequence[Verdict], known: Sequence[Known]) -> Iterator[str]:
    alive = {mutant.key for verdict in verdicts for mutant in verdict.survivors}
    yield "## What is left, and why"
    for why in dict.fromkeys(each.why for each in known):
        yield ""
        yield f"**{why.strip()}**"
        yield ""
        for each in known:
            if each.why == why and each.key in alive:
                yield _line(*each.key)
    yield ""


def _line(file: str, where: str, was: str, now: str) -> str:
    place = f"`{file}`" + (f" `{where}`" if where else "")
    return f"- {place}: `{was}` → `{now}`" if now else f"- {place}: without `{was}`"
