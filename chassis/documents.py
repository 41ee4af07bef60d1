"""YAML files as trees that know file and line of every value, so that a fault can be named where it stands."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Node: TypeAlias = yaml.nodes.Node
Place: TypeAlias = tuple[Path, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a policy file: where it is and what is wrong, in Chinese and English."""

    file: Path
    line: int
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.zh} / {self.en}"


class PolicyError(Exception):
    """A policy file cannot be used; all its problems are told at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
        first = problems[0]
        self.file, self.line, self.zh, self.en = first.file, first.line, first.zh, first.en


class _Loader(yaml.CSafeLoader):
    """YAML 1.2 scalars only: true/false, integers, decimals, null; dates, times and yes/no stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # declared so by the base class


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?\d+\.\d+$"), list("-0123456789"))


def compose(path: Path) -> yaml.nodes.MappingNode:
    """The tree of a file, whose marks name it; read again only when it has changed. Raises PolicyError."""
    try:
        written = path.stat()
    except FileNotFoundError:
        raise PolicyError([Problem(path, 1, "文件不存在", "the file does not exist")]) from None
    return _composed(path, written.st_mtime_ns, written.st_size)


@lru_cache(maxsize=1024)  # several services and several stacks of packs read the same files; nobody changes a tree
def _composed(path: Path, _written: int, _size: int) -> yaml.nodes.MappingNode:
    try:
        text = _Named(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise PolicyError([Problem(path, 1, "文件不是 UTF-8 编码", "the file is not UTF-8")]) from None
    text.name = str(path)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = error.problem or "cannot be read"
        raise PolicyError([Problem(path, line, f"YAML 语法错误:{reason}", f"YAML syntax: {reason}")]) from None
    except yaml.YAMLError:
        raise PolicyError([Problem(path, 1, "含有不允许的字符", "the file holds a forbidden character")]) from None
    if not isinstance(node, yaml.MappingNode):
        raise PolicyError([Problem(path, 1, "文件须为键值映射", "the file must be a mapping")])
    return node


class _Named(io.StringIO):
    """A text whose marks name its file."""

    name = ""


def plain(root: Node) -> Any:
    """The values alone. Raises PolicyError where a key stands twice."""
    problems: list[Problem] = []
    values = _plain(root, problems)
    if problems:
        raise PolicyError(problems)
    return values


def _plain(node: Node, problems: list[Problem]) -> Any:
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in values:
                problems.append(at(key, f"键 {key.value} 重复", f"key {key.value} stands twice"))
            values[key.value] = _plain(value, problems)
        return values
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, problems) for item in node.value]
    return _scalar(node)


def _scalar(node: Node) -> Any:
    match node.tag.rpartition(":")[2]:
        case "bool":
            return node.value == "true"
        case "null":
            return None
        case "int":
            return int(node.value)
        case "float":
            return float(node.value)
        case _:
            return node.value


def at(node: Node, zh: str, en: str) -> Problem:
    """A problem at the line of that node."""
    return Problem(Path(node.start_mark.name), node.start_mark.line + 1, zh, en)


def place(root: Node, location: Sequence[int | str]) -> Place:
    """File and line of the deepest node that the location reaches; union tags inside it are skipped."""
    mark, node = root.start_mark, root
    for part in location:
        for found, child in _children(node, part):
            mark, node = found, child
            break
    return Path(mark.name), mark.line + 1


def _children(node: Node, part: int | str) -> Iterator[tuple[Any, Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.start_mark, value) for key, value in node.value if key.value == str(part))
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        yield node.value[part].start_mark, node.value[part]
