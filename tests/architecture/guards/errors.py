"""Every error has a name of its own, words in both languages, and a place in gRPC."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from string import Formatter

from google.rpc import code_pb2

from chassis.domain import DomainError, snake

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def faults(kinds: Iterable[type[DomainError]]) -> list[str]:
    found: list[str] = []
    by_reason: dict[str, list[str]] = defaultdict(list)
    for kind in kinds:
        by_reason[snake(kind.__name__).upper()].append(f"{kind.__module__}.{kind.__name__}")
        found += _faults_of(kind)
    found += [f"{reason} is said by {', '.join(names)}" for reason, names in by_reason.items() if len(names) > 1]
    return found


def _faults_of(kind: type[DomainError]) -> list[str]:
    name = kind.__name__
    found = []
    if kind.zh is DomainError.zh or not _CHINESE.search(kind.zh):
        found.append(f"{name} says nothing in Chinese")
    if kind.en is DomainError.en or not kind.en.strip() or _CHINESE.search(kind.en):
        found.append(f"{name} says nothing in English")
    if kind.status.value not in code_pb2.Code.keys():  # noqa: SIM118 - an enum wrapper, not a mapping
        found.append(f"{name} has no code in gRPC: {kind.status}")
    return found


def placeholders(kind: type[DomainError]) -> set[str]:
    """The values that its words speak of; `field` comes by itself."""
    texts = (kind.zh, kind.en)
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name} - {"field"}


def silent_values(code: str, wanted: Mapping[str, set[str]]) -> list[str]:
    """Places that raise an error without a value its words speak of: people would read a gap."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
            continue
        call = node.exc
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = {keyword.arg for keyword in call.keywords}
        missing = wanted.get(name, set()) - given
        if missing and None not in given and not call.args:
            found.append(f"line {node.lineno}: {name} without {', '.join(sorted(map(str, missing)))}")
    return found
