"""Guards over the text of the sources."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.architecture.guards.tree import files, python_files

LONGEST = 300
# Spelt in parts, so that this file does not accuse itself.
_MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:" + "|".join(("home", "root", "Users", "work", "mnt")) + r")/[\w.]")
_ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|\bregistry\s*=")
_TEXT_TOO_LARGE_BYTES = 2_000_000


def long_files(root: Path, allowed: Mapping[str, str]) -> list[str]:
    """Modules over 300 lines; migrations tell a story and may be long."""
    found = []
    for path in python_files(root):
        place = path.relative_to(root).as_posix()
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST and place not in allowed and "/migrations/" not in place:
            found.append(f"{place}: {lines} lines")
    return found


def machine_paths(root: Path) -> list[str]:
    """Absolute paths of somebody's machine in files that others will read."""
    found = []
    for path in files(root):
        for number, line in _lines(path):
            if _MACHINE_PATH.search(line):
                found.append(f"{path.relative_to(root).as_posix()}:{number}")
    return found


def registry_addresses(root: Path) -> list[str]:
    """Lock files name versions and hashes; where they come from is the reader's affair."""
    locks = (p for p in files(root) if p.suffix == ".lock" or p.name.startswith("requirements"))
    return [
        f"{path.relative_to(root).as_posix()}:{number}"
        for path in locks
        for number, line in _lines(path)
        if _ADDRESS.search(line)
    ]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    if path.stat().st_size > _TEXT_TOO_LARGE_BYTES:
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    yield from enumerate(text.splitlines(), start=1)


# -- time, randomness, ids ---------------------------------------------------------------------------------------------

_BANNED = {
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "os.urandom", "os.getrandom",
    "chassis.clock.uuid7", "chassis.clock.WallClock",
}  # fmt: skip
_BANNED_MODULES = ("uuid", "random", "secrets")
_SEEDED = "random.Random"


def impure_calls(root: Path, folders: tuple[str, ...], allowed: Mapping[str, str]) -> list[str]:
    """Who asks the machine for the time, for randomness or for a new id, or hands that question on; a seeded Random
    is none of them."""
    found = []
    for path in python_files(root, *folders):
        place = path.relative_to(root).as_posix()
        if place not in allowed:
            found += [f"{place}:{line} {name}" for line, name in _impure(ast.parse(path.read_text(encoding="utf-8")))]
    return found


def _impure(module: ast.Module) -> Iterator[tuple[int, str]]:
    names = dict(_imported(module))
    spared = {id(node) for above in ast.walk(module) for node in _spared(above, names)}
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in spared:
            name = _dotted(node, names)
            if name in _BANNED or (name.partition(".")[0] in _BANNED_MODULES and "." in name):
                yield node.lineno, name


def _spared(node: ast.AST, names: Mapping[str, str]) -> Iterator[ast.AST]:
    """Types, what a parameter is when nobody passes another, and seeded chance."""
    for field in ("annotation", "returns"):
        if isinstance(hint := getattr(node, field, None), ast.AST):
            yield from ast.walk(hint)
    if isinstance(node, ast.arguments):
        yield from (d for d in (*node.defaults, *node.kw_defaults) if isinstance(d, ast.Attribute | ast.Name))
    if isinstance(node, ast.Call) and (node.args or node.keywords) and _dotted(node.func, names) == _SEEDED:
        yield node.func


def _imported(module: ast.Module) -> Iterator[tuple[str, str]]:
    """What each local name stands for."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _dotted(node: ast.expr, names: Mapping[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, names)}.{node.attr}"
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""
