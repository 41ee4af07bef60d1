"""One policy file laid over another: an overlay holds only what it changes, and every value keeps its file and line.

Mappings are merged key by key. A list whose members have a name of their own (a ground its code, a clock its kind, a
limit its condition) is merged member by member; any other list is replaced as a whole. What an overlay adds comes last;
a limit that it adds comes first, for the first that fits is taken. ``remove: true`` takes a member or a key away.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import yaml

from chassis.documents import Node, PolicyError, Problem, at, plain

Key: TypeAlias = tuple[str, ...]
# What tells the members of a list apart, by the name of the list; of any other list the first that all members have.
MEMBERS: Mapping[str, Key] = {
    "limits": ("when",),
    "holds": ("starts",),
    "examples": ("kind", "facts", "start", "corrected", "own_limit"),
    "notices": ("moment", "audience", "medium"),
}
ANY_LIST: Sequence[Key] = (("code",), ("id",), ("kind",), ("name",))
FIRST = frozenset({"limits"})
REMOVE, BASIS = "remove", "basis"


def laid_over(base: yaml.nodes.MappingNode, over: yaml.nodes.MappingNode) -> yaml.nodes.MappingNode:
    """A new tree; neither of the two is changed. Raises PolicyError with the overlay's own line."""
    problems: list[Problem] = []
    merged = _mapping(base, over, problems)
    if problems:
        raise PolicyError(problems)
    return merged


def key_of(name: str, members: Sequence[Node]) -> Key | None:
    """What tells the members of that list apart; None: it is replaced as a whole."""
    if not members or not all(isinstance(member, yaml.MappingNode) for member in members):
        return None
    if name in MEMBERS:
        return MEMBERS[name]
    return next((key for key in ANY_LIST if all(_get(member, key[0]) is not None for member in members)), None)


def identity(member: Node, key: Key) -> str:
    """Comparable; a limit without a condition is the one for all the rest."""
    return json.dumps([plain(found) if (found := _get(member, part)) else None for part in key], sort_keys=True)


# -- inside ------------------------------------------------------------------------------------------------------------


def _mapping(
    base: yaml.nodes.MappingNode, over: yaml.nodes.MappingNode, problems: list[Problem]
) -> yaml.nodes.MappingNode:
    plain(over)  # a key that stands twice
    changes = {key.value: (key, value) for key, value in over.value}
    pairs = []
    for key, value in base.value:
        if key.value not in changes:
            pairs.append((key, value))
            continue
        new_key, new = changes.pop(key.value)
        if not _removes(new):
            pairs.append((new_key, _merged(key.value, value, new, problems)))
    for key, value in changes.values():
        if _removes(value):
            problems.append(at(key, f"没有可删除的 {key.value}", f"there is no {key.value} to remove"))
        else:
            pairs.append((key, value))
    return _like(over, pairs)


def _merged(name: str, base: Node, over: Node, problems: list[Problem]) -> Node:
    if isinstance(base, yaml.MappingNode) and isinstance(over, yaml.MappingNode):
        problems += _without_basis(base, over)
        return _mapping(base, over, problems)
    if isinstance(base, yaml.SequenceNode) and isinstance(over, yaml.SequenceNode):
        key = key_of(name, [*base.value, *over.value])
        if key is not None:
            return _sequence(name, key, base, over, problems)
    return over


def _sequence(
    name: str, key: Key, base: yaml.nodes.SequenceNode, over: yaml.nodes.SequenceNode, problems: list[Problem]
) -> yaml.nodes.SequenceNode:
    changes: dict[str, yaml.nodes.MappingNode] = {}
    for member in over.value:
        if changes.setdefault(identity(member, key), member) is not member:
            problems.append(at(member, f"{name} 中重复", f"it stands twice in {name}"))
    members = []
    for member in base.value:
        change = changes.pop(identity(member, key), None)
        if change is None:
            members.append(member)
        elif not _removes(change, key):
            problems += _without_basis(member, change, key)
            members.append(_mapping(member, change, problems))
    added = [member for member in changes.values() if not _removes(member, key)]
    missing = [member for member in changes.values() if _removes(member, key)]
    problems += [at(member, f"{name} 中没有可删除的此项", f"{name} has no such member to remove") for member in missing]
    together = [*added, *members] if name in FIRST else [*members, *added]
    return yaml.SequenceNode(over.tag, together, over.start_mark, over.end_mark)


def _removes(node: Node, key: Key = ()) -> bool:
    """``{code: other, remove: true}``: nothing but its name stands beside it."""
    if not isinstance(node, yaml.MappingNode):
        return False
    values = {name.value: value for name, value in node.value}
    return REMOVE in values and values[REMOVE].value == "true" and values.keys() <= {REMOVE, *key}


def _without_basis(base: yaml.nodes.MappingNode, over: yaml.nodes.MappingNode, key: Key = ()) -> Sequence[Problem]:
    """A number may not change while the article beside it stays that of another regulation."""
    if _get(base, BASIS) is None or _get(over, BASIS) is not None:
        return ()
    for name, value in over.value:
        old = _get(base, name.value)
        same = old is not None and plain(old) == plain(value)
        within = isinstance(value, yaml.MappingNode) or _is_keyed(name.value, old, value)
        if not (name.value in key or same or within):
            zh, en = f"改动 {name.value} 须写明依据 basis", f"what changes {name.value} must name its basis"
            return (at(name, zh, en),)
    return ()


def _is_keyed(name: str, old: Node | None, new: Node) -> bool:
    """Lists whose members have a basis each."""
    both = isinstance(old, yaml.SequenceNode) and isinstance(new, yaml.SequenceNode)
    return both and key_of(name, [*old.value, *new.value]) is not None  # type: ignore[union-attr]


def _get(node: Node, name: str) -> Node | None:
    found = (value for key, value in node.value if key.value == name)
    return next(found, None)


def _like(over: yaml.nodes.MappingNode, pairs: list[tuple[Node, Node]]) -> yaml.nodes.MappingNode:
    """Where a merged node is at fault as a whole, the overlay is: it was sound before."""
    return yaml.MappingNode(over.tag, pairs, over.start_mark, over.end_mark)
