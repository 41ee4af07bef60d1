"""What two packs, or two versions of one, say differently: limits, clocks, grounds, and everything else."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from chassis.documents import Node, plain
from chassis.overlays import identity, key_of
from chassis.packs import PackFolder
from cli.speech import words

FILES = {
    "sla.yaml": ("时限", "clocks"),
    "intake.yaml": ("受理", "intake"),
    "dispatch.yaml": ("派单", "dispatch"),
    "notify.yaml": ("告知", "messages"),
    "knowledge.yaml": ("知识库", "knowledge"),
    "assessment.yaml": ("考核", "assessment"),
}
_SAME = frozenset({"pack"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what it was, what it becomes, and where that is written. Absent: empty."""

    file: str
    what: str
    was: str
    becomes: str
    place: str


def changes(a: PackFolder, b: PackFolder) -> list[Change]:
    """In the order of the files. Raises PolicyError."""
    found: list[Change] = []
    names = sorted({path.name for folder in (a, b) for layer in folder.layers for path in layer.path.glob("*.yaml")})
    for name in sorted(set(names) - {"pack.yaml"}, key=lambda n: (list(FILES).index(n) if n in FILES else 9, n)):
        trees = [_tree(folder, name) for folder in (a, b)]
        found += _compared(name, "", trees[0], trees[1])
    return found


def _tree(folder: PackFolder, name: str) -> Node | None:
    file = folder.file(name)
    return file.tree() if file.paths[0].is_file() else None


def _compared(file: str, at: str, a: Node | None, b: Node | None) -> Iterator[Change]:
    if isinstance(a, yaml.MappingNode) and isinstance(b, yaml.MappingNode) and not _is_leaf(a):
        ours, theirs = ({key.value: value for key, value in node.value} for node in (a, b))
        for name in [*ours, *(name for name in theirs if name not in ours)]:
            if at or name not in _SAME:
                yield from _compared(file, f"{at}.{name}" if at else name, ours.get(name), theirs.get(name))
        return
    if isinstance(a, yaml.SequenceNode) and isinstance(b, yaml.SequenceNode):
        key = key_of(at.rpartition(".")[2], [*a.value, *b.value])
        if key is not None:
            ours, theirs = ({identity(member, key): member for member in node.value} for node in (a, b))
            for name in [*ours, *(name for name in theirs if name not in ours)]:
                label = f"{at}[{_label(theirs.get(name) or ours[name], key)}]"
                yield from _compared(file, label, ours.get(name), theirs.get(name))
            return
    was, becomes = _said(a), _said(b)
    if was != becomes:
        mark = (b or a).start_mark  # type: ignore[union-attr]
        yield Change(file, at, was, becomes, f"{mark.name}:{mark.line + 1}")


def _is_leaf(node: yaml.nodes.MappingNode) -> bool:
    """Words in two languages, a basis, and a limit with its basis are one thing to a reader."""
    keys = {key.value for key, _ in node.value}
    return keys in ({"zh", "en"}, {"rule", "article"}) or {"limit", "basis"} <= keys


def _label(member: Node, key: tuple[str, ...]) -> str:
    """ "finish 办结", "category=complaint"."""
    values = plain(member)
    if key == ("when",):
        when = values.get("when", {})
        return ", ".join(f"{k}={'|'.join(v) if isinstance(v, list) else _text(v)}" for k, v in when.items()) or "*"
    named = values.get("name")
    told = words(named["zh"], named["en"]) if isinstance(named, dict) else ""
    parts = (_text(values[part]) for part in key if part in values)
    return " ".join([*parts, told]).strip()


def _said(node: Node | None) -> str:
    """In as few words as tell it; nothing for what is not there."""
    if node is None:
        return ""
    values = plain(node)
    if isinstance(values, dict):
        for leading in ("limit", "text", "name", "template", words("zh", "en")):
            if leading in values and not _is_leaf_of_words(values):
                others = (values[part] for part in ("at_most", "basis") if part in values)
                return " ".join([_text(values[leading]), *map(_text, others)])
    return _text(values)


def _is_leaf_of_words(values: dict[str, object]) -> bool:
    return values.keys() == {"zh", "en"}


def _text(value: object) -> str:
    match value:
        case {"zh": zh, "en": en, **others} if not others:
            return words(str(zh), str(en))
        case {"rule": rule, "article": article, **others} if not others:
            return f"({rule} {article})"
        case str():
            return value
        case [*members] if all(isinstance(member, str) for member in members):
            return ", ".join(map(str, members))
        case _:
            return json.dumps(value, ensure_ascii=False)
