"""Life-cycles: no state is a trap, and whoever moves a state says so by a domain event."""

import ast
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from chassis.domain import Transitions


def traps(name: str, table: Transitions[Any]) -> list[str]:
    """States that are not final and have no exit, and states that nothing leads to."""
    states: type[Enum] = type(next(iter(table.table)))
    first = next(iter(states))
    entered = {first}
    while more := {after for state in entered for after in table.table.get(state, ())} - entered:
        entered |= more
    return [f"{name}.{s} has no exit and is not final" for s in sorted(table.dead_ends())] + [
        f"{name}.{s} is never entered" for s in states if s not in entered
    ]


_MOVERS = {"move_to"}  # checks the table and sets the state, for those who speak


@dataclass
class _Step:
    """A function by its bare name: what it calls, whether it moves a state, whether it names an event."""

    calls: set[str] = field(default_factory=set)
    moves: bool = False
    speaks: bool = False


def silent_steps(domain: Iterable[str], events: Collection[str], *, application: Iterable[str] = ()) -> list[str]:
    """Functions of a domain that move a state while neither they nor all of their callers make an event of it."""
    domain = list(domain)
    steps = _steps([*domain, *application], events)
    moving = {name for name in _steps(domain, events) if _reaches(name, steps, "moves")}
    callers: dict[str, set[str]] = defaultdict(set)
    for name, step in steps.items():
        for called in step.calls & set(steps) - {name}:
            callers[called].add(name)
    silent = (name for name in moving if not _voiced(name, steps, callers, frozenset()))
    return sorted(name for name in silent if not name.startswith("_") and name not in _MOVERS)


def _voiced(name: str, steps: dict[str, _Step], callers: dict[str, set[str]], seen: frozenset[str]) -> bool:
    if _reaches(name, steps, "speaks"):
        return True
    above = callers[name] - seen
    return bool(above) and all(_voiced(caller, steps, callers, seen | {name}) for caller in above)


def _reaches(name: str, steps: dict[str, _Step], what: str) -> bool:
    seen, ahead = set(), [name]
    while ahead:
        step = steps.get(current := ahead.pop())
        if step is None or current in seen:
            continue
        if getattr(step, what):
            return True
        seen.add(current)
        ahead += step.calls
    return False


def _steps(sources: Iterable[str], events: Collection[str]) -> dict[str, _Step]:
    steps: dict[str, _Step] = defaultdict(_Step)
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                _read(node, steps[node.name], events)
    return dict(steps)


def _read(function: ast.FunctionDef, step: _Step, events: Collection[str]) -> None:
    for node in (inner for statement in function.body for inner in ast.walk(statement)):
        if getattr(node, "id", "") in events or getattr(node, "attr", "") in events:
            step.speaks = True
        elif isinstance(node, ast.Call):
            step.calls |= set(_called(node))
            step.moves |= _is_check(node.func)
        elif isinstance(node, ast.Assign):
            targets = (inner for target in node.targets for inner in ast.walk(target))
            step.moves |= any(isinstance(t, ast.Attribute) and t.attr == "state" and _is_set(t) for t in targets)


def _is_set(target: ast.Attribute) -> bool:
    """Not only read on the way to another place, as in `self.counts[self.state] = 1`."""
    return isinstance(target.ctx, ast.Store)


def _called(call: ast.Call) -> Iterator[str]:
    if isinstance(call.func, ast.Attribute):
        yield call.func.attr
    elif isinstance(call.func, ast.Name):
        yield call.func.id


def _is_check(function: ast.expr) -> bool:
    """`LIFE.check(…)`: a table is a constant, so its name is in capitals."""
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "check"
        and isinstance(function.value, ast.Name)
        and function.value.id.isupper()
    )
