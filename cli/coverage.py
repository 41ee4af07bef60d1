"""The lawyer's map: for each rule of the regulations its lines in the packs, the code that carries it, the test.

``policies/coverage.yaml`` says what cannot be found by reading; the lines of the packs are found. ``docs/coverage.md``
is made from both.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from chassis.policy import Policy, PolicyError, Problem, line_of, load
from chassis.regulations import DEFAULT, Regulations

FILE = "coverage.yaml"
PAGE = Path("docs") / "coverage.md"
_CITED = re.compile(r"\brule: ?([A-Z]+\d{2}-\d{2}[a-z]?)\b")
_ID = re.compile(r"([A-Z]+\d{2})-(\d{2})([a-z]?)")


class How(StrEnum):
    """What became of a rule."""

    BUILT = "built"
    PARTLY = "partly"
    NOT_BUILT = "not_built"
    NOT_SOFTWARE = "not_software"


SAID = {How.BUILT: "built", How.PARTLY: "partly", How.NOT_BUILT: "**not built**", How.NOT_SOFTWARE: "not software"}


class Row(Policy):
    """One rule. What is only partly built, not built or no software says why."""

    article: Annotated[str, Field(min_length=1)]
    how: How
    says: Annotated[str, Field(min_length=1)]
    code: tuple[str, ...] = ()
    # "<file>" or "<file>::<test>".
    tests: tuple[str, ...] = ()
    note: str = ""


class Coverage(Policy):
    """``policies/coverage.yaml``."""

    rules: dict[Annotated[str, Field(pattern=_ID.pattern)], Row]


def read(policies: Path, root: Path) -> Coverage:
    """The table, complete and true as far as a program can tell. Raises PolicyError."""
    path = policies / FILE
    table = load(path, Coverage)
    named = load(policies / "regulations.yaml", Regulations)
    problems = [*_of_the_ids(path, table, named), *_of_the_rows(path, table, root)]
    lines = lines_of_the_packs(policies)
    for id, row in table.rules.items():
        if row.how in (How.BUILT, How.PARTLY) and not row.code and id not in lines:
            problems.append(_at(path, id, "没有规则包条目，也没有代码", "neither a line of a pack nor code"))
    if problems:
        raise PolicyError(problems)
    return table


def lines_of_the_packs(policies: Path) -> Mapping[str, list[str]]:
    """By rule: "packs/fujian-2016/sla.yaml:99", released versions left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in yaml_of_the_packs(policies):
        place = path.relative_to(policies).as_posix()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            for id in () if line.lstrip().startswith("#") else dict.fromkeys(_CITED.findall(line)):
                found[id].append(f"{place}:{number}")
    return found


def yaml_of_the_packs(policies: Path) -> Iterator[Path]:
    """Every file that rests rules on texts; a release stays as it was."""
    for path in sorted(policies.rglob("*.yaml")):
        place = path.relative_to(policies)
        if "released" not in place.parts and place.as_posix() != FILE:
            yield path


def page(policies: Path, table: Coverage) -> str:
    """The whole of docs/coverage.md."""
    named, lines = load(policies / "regulations.yaml", Regulations), lines_of_the_packs(policies)
    parts = [_HEAD, _counts(named, table)]
    for code, text in named.regulations.items():
        parts.append(f"## {code}: {text.title}\n\n| id | art. | rule | state | pack lines | code | tests | note |")
        parts.append("|---|---|---|---|---|---|---|---|")
        rows = ((id, row) for id, row in table.rules.items() if id.startswith(f"{code}-"))
        parts += [_line(id, row, lines.get(id, [])) for id, row in rows]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


_HEAD = """\
# Which rule stands where

Made by `make coverage` from `policies/coverage.yaml` and the packs: do not write here. One row for each rule of each
regulation: the lines of the packs that rest on it (those under `examples/` are worked examples and run as tests), the
code that carries it, the tests that prove it; and where it is not built, or is no software, why.
"""


def _counts(named: Regulations, table: Coverage) -> str:
    rows = ["| regulation | " + " | ".join(SAID.values()) + " | all |", "|---|" + "---|" * (len(How) + 1)]
    for code in (*named.regulations, ""):
        hows = [row.how for id, row in table.rules.items() if id.startswith(code)]
        cells = [str(hows.count(how)) for how in How] + [str(len(hows))]
        rows.append(f"| {code or 'all'} | " + " | ".join(cells) + " |")
    return "\n".join([*rows, ""])


def _line(id: str, row: Row, lines: list[str]) -> str:
    cells = (
        *(id, row.article, row.says, SAID[row.how], _of_files(lines)),
        "<br>".join(f"`{path}`" for path in row.code),
        "<br>".join(_test(test) for test in row.tests),
        row.note,
    )
    return "| " + " | ".join(cells) + " |"


def _of_files(lines: list[str]) -> str:
    """``packs/fujian-2016/sla.yaml`` 99, 184"""
    by_file: dict[str, list[str]] = defaultdict(list)
    for place in lines:
        file, _, number = place.rpartition(":")
        by_file[file].append(number)
    return "<br>".join(f"`{file}` {', '.join(numbers)}" for file, numbers in by_file.items())


def _test(test: str) -> str:
    file, _, name = test.partition("::")
    said = name.removeprefix("test_").replace("_", " ")
    return f"`{file}`: {said}" if said else f"`{file}`"


def _of_the_ids(path: Path, table: Coverage, named: Regulations) -> Iterator[Problem]:
    rules = named.rules - {DEFAULT}
    for id in sorted(rules - table.rules.keys()):
        lettered = any(re.fullmatch(rf"{id}[a-z]", other) for other in table.rules)
        if not lettered:
            yield Problem(path, 1, f"缺少 {id}", f"{id} is missing")
    for id in sorted(table.rules.keys() - rules):
        yield _at(path, id, "没有此条", "there is no such rule")


def _of_the_rows(path: Path, table: Coverage, root: Path) -> Iterator[Problem]:
    for id, row in table.rules.items():
        for place in (*row.code, *row.tests):
            if not _is_there(root, place):
                yield _at(path, id, f"没有 {place}", f"there is no {place}")
        if row.how in (How.BUILT, How.PARTLY) and not row.tests:
            yield _at(path, id, "没有测试", "no test is named")
        if row.how is not How.BUILT and not row.note:
            yield _at(path, id, "须说明原因", "the note must say why")


def _is_there(root: Path, place: str) -> bool:
    file, _, name = place.partition("::")
    if not (root / file).is_file():
        return False
    return not name or name in _tests_in(root / file)


@cache
def _tests_in(file: Path) -> frozenset[str]:
    return frozenset(re.findall(r"^\s*(?:async )?def (test_\w+)", file.read_text("utf-8"), re.MULTILINE))


def _at(path: Path, id: str, zh: str, en: str) -> Problem:
    return Problem(path, line_of(path, "rules", id), f"{id}：{zh}", f"{id}: {en}")
