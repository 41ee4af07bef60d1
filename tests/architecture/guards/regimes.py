"""Code applies what the packs say; it never asks which of them it has before it."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from tests.architecture.guards.tree import python_files

ORDINARY_WORDS = {"national"}


def names_of_regimes(policies: Path) -> frozenset[str]:
    """Packs, regulations and cities, and the words that packs are called by."""
    packs = [path.parent.name for path in policies.glob("packs/*/pack.yaml")]
    texts = yaml.safe_load((policies / "regulations.yaml").read_text("utf-8"))["regulations"]
    cities = [path.parent.name for path in policies.glob("cities/*/city.yaml")]
    short = {name.rpartition("-")[0] for name in packs} - ORDINARY_WORDS
    return frozenset({*packs, *short, *texts, *cities})


def regimes_asked_for(root: Path, names: frozenset[str], allowed: Mapping[str, str]) -> list[str]:
    """Where a program says the name of a regime; comments and docstrings may tell of articles."""
    word = re.compile(
        rf"(?<![\w-])({'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?![A-Za-z0-9])", re.I
    )
    found = []
    for path in python_files(root, "services/", "chassis/", "cli/"):
        place = path.relative_to(root).as_posix()
        module = ast.parse(path.read_text(encoding="utf-8"))
        for line, text in _said(module):
            if (named := word.search(text)) and place not in allowed:
                found.append(f"{place}:{line} {named[1]}")
    return sorted(found)


def _said(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text and every name, docstrings left out."""
    told = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
