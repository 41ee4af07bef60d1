"""Regulations as data: strict reading of the YAML files under ``policies/``, every fault named with file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from chassis.regulations import RULE, Regulations

Node: TypeAlias = yaml.nodes.Node


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


class Policy(BaseModel):
    """Base of every policy model: frozen, strict types, unknown keys refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)


class Basis(Policy):
    """Where a rule comes from: its id in the requirements catalogue and the article, or ``platform-default``."""

    rule: Annotated[str, Field(pattern=RULE)]
    article: Annotated[str, Field(min_length=1)]

    @field_validator("rule")
    @classmethod
    def _there_is_one(cls, rule: str, info: ValidationInfo) -> str:
        if info.context is not None and rule not in info.context:
            raise ValueError(f"no regulation has a rule {rule}")
        return rule

    def __str__(self) -> str:
        return f"{self.rule} {self.article}"


class Words(Policy):
    """A text for people, in Chinese and English."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Level(StrEnum):
    """Administrative level of a hotline office."""

    PREFECTURE = "prefecture"
    COUNTY = "county"


class Session(Policy):
    """One office session of a working day, local time."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("a session must close after it opens")
        return self


class Season(Policy):
    """Working hours from one day of the year (MM-DD) until the next season starts."""

    since: Annotated[str, Field(alias="from", pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(a.closes > b.opens for a, b in zip(self.sessions, self.sessions[1:], strict=False)):
            raise ValueError("sessions must not overlap and must stand in order")
        return self


class WorkingHours(Policy):
    """Working hours of a city over the year."""

    basis: Basis
    seasons: Annotated[tuple[Season, ...], Field(min_length=1)]


class City(Policy):
    """``cities/<code>/city.yaml``: one hotline office and the rule pack it follows."""

    code: Annotated[str, Field(pattern=r"^\d{6}$")]
    name: Words
    province: Words
    level: Level
    pack: str
    calendar: str = "china"
    hotline_office: Words
    working_hours: WorkingHours


M = TypeVar("M", bound=BaseModel)


def load(path: Path, model: type[M]) -> M:
    """Read one policy file into its model, or raise a PolicyError that names file, line and reason."""
    root = _compose(path)
    problems: list[Problem] = []
    data = _plain(root, path, problems)
    if problems:
        raise PolicyError(problems)
    try:
        # JSON mode: strict about types, yet reads dates, times and enumerations from their text.
        return model.model_validate_json(json.dumps(data), context=_rules_near(path))
    except ValidationError as error:
        raise PolicyError([_problem(path, root, detail) for detail in error.errors()]) from None


def _rules_near(path: Path) -> frozenset[str] | None:
    """The ids of the ``regulations.yaml`` above the file; where there is none, any id will do."""
    above = (folder / "regulations.yaml" for folder in path.parents)
    found = next((file for file in above if file.is_file() and file != path), None)
    return _rules_of(found, found.stat().st_mtime_ns) if found else None


@lru_cache(maxsize=16)
def _rules_of(file: Path, _written: int) -> frozenset[str]:
    return load(file, Regulations).rules


def load_cities(policies: Path) -> dict[str, City]:
    """Read every city, by its code; each must name a pack that exists."""
    cities: dict[str, City] = {}
    for folder in sorted((policies / "cities").iterdir()):
        path = folder / "city.yaml"
        if not path.is_file():
            continue
        city = load(path, City)
        if city.code != folder.name:
            raise PolicyError([mismatch(path, folder.name, city.code)])
        if not (policies / "packs" / city.pack / "pack.yaml").is_file():
            raise PolicyError([fault(path, "pack", f"没有规则包 {city.pack}", f"there is no rule pack {city.pack}")])
        cities[city.code] = city
    return cities


def fault(path: Path, key: str, zh: str, en: str) -> Problem:
    """A problem found after loading, placed at the first line that holds the key or value."""
    lines = path.read_text(encoding="utf-8").splitlines()
    whole_word = re.compile(rf"(?<![\w.-]){re.escape(key)}(?![\w.-])")
    found = (number for number, text in enumerate(lines, 1) if whole_word.search(text))
    return Problem(path, next(found, 1), zh, en)


def line_of(path: Path, *location: int | str) -> int:
    """The line of a value inside a file, such as `"examples", 3`."""
    return _line(_compose(path), location)


class _Loader(yaml.CSafeLoader):
    """YAML 1.2 scalars only: true/false, integers, decimals, null; dates, times and yes/no stay text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # declared so by the base class


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?\d+\.\d+$"), list("-0123456789"))


def _compose(path: Path) -> Node:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PolicyError([Problem(path, 1, "文件不存在", "the file does not exist")]) from None
    except UnicodeDecodeError:
        raise PolicyError([Problem(path, 1, "文件不是 UTF-8 编码", "the file is not UTF-8")]) from None
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


def _plain(node: Node, path: Path, problems: list[Problem]) -> Any:
    if isinstance(node, yaml.MappingNode):
        plain: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in plain:
                line = key.start_mark.line + 1
                problems.append(Problem(path, line, f"键 {key.value} 重复", f"key {key.value} stands twice"))
            plain[key.value] = _plain(value, path, problems)
        return plain
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path, problems) for item in node.value]
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


_ZH: Mapping[str, str] = {
    "extra_forbidden": "未知的键",
    "missing": "缺少必填项",
    "string_type": "应为文本(数字请加引号)",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "enum": "不在允许的取值之中",
    "literal_error": "不在允许的取值之中",
    "string_pattern_mismatch": "格式不符",
    "date_from_datetime_parsing": "日期格式不符",
    "time_parsing": "时间格式不符",
    "value_error": "取值不合规则",
}


def _problem(path: Path, root: Node, detail: Any) -> Problem:
    location: tuple[int | str, ...] = detail["loc"]
    where = ".".join(str(part) for part in location) or "-"
    reason = str(detail["msg"])
    if detail["type"] == "extra_forbidden":
        reason = "unknown key"
    zh = _ZH.get(detail["type"], "取值不合规则")
    return Problem(path, _line(root, location), f"{where}:{zh}({reason})", f"{where}: {reason}")


def _line(root: Node, location: tuple[int | str, ...]) -> int:
    """The line of the deepest node that the location reaches; union tags inside it are skipped."""
    line, node = root.start_mark.line + 1, root
    for part in location:
        for mark, child in _children(node, part):
            line, node = mark.line + 1, child
            break
    return line


def _children(node: Node, part: int | str) -> Iterator[tuple[Any, Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.start_mark, value) for key, value in node.value if key.value == str(part))
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        yield node.value[part].start_mark, node.value[part]


def mismatch(path: Path, folder: str, name: str) -> Problem:
    return fault(path, name, f"文件夹 {folder} 与文件内的 {name} 不一致", f"folder {folder} and {name} inside differ")
