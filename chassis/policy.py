"""Regulations as data: strict reading of the YAML files under ``policies/``, every fault named with file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from chassis.documents import Node, PolicyError, Problem, compose, place, plain
from chassis.regulations import RULE, Regulations

# Where everybody looks for them.
__all__ = [
    "Basis", "City", "CityChannel", "Level", "Policy", "PolicyError", "Problem", "Season", "Session",
    "Unsound", "Words", "WorkingHours", "fault", "line_of", "load", "load_cities", "mismatch", "read", "reason_of",
    "rules_near",
]  # fmt: skip


class Unsound(ValueError):
    """What a validator finds wrong in a policy file, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh


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
            raise Unsound(f"没有条文 {rule}", f"no regulation has a rule {rule}")
        return rule

    def __str__(self) -> str:
        return f"{self.rule} {self.article}"


class Words(Policy):
    """A text for people, in Chinese and English."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Level(StrEnum):
    """Administrative level of a hotline office."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


class Session(Policy):
    """One office session of a working day, local time."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.opens >= self.closes:
            raise Unsound("办公时段须先始后止", "a session must close after it opens")
        return self


class Season(Policy):
    """Working hours from one day of the year (MM-DD) until the next season starts."""

    since: Annotated[str, Field(alias="from", pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(a.closes > b.opens for a, b in zip(self.sessions, self.sessions[1:], strict=False)):
            raise Unsound("各办公时段须依次排列，不得重叠", "sessions must not overlap and must stand in order")
        return self


class WorkingHours(Policy):
    """Working hours of a city over the year."""

    basis: Basis
    seasons: Annotated[tuple[Season, ...], Field(min_length=1)]


class CityChannel(Policy):
    """Where else than by telephone the citizen may turn; published with the rules."""

    kind: Literal["web", "app", "sms"]
    name: Words
    address: Annotated[str, Field(min_length=1)]
    basis: Basis


class City(Policy):
    """``cities/<code>/city.yaml``: one hotline office and the rule pack it follows."""

    code: Annotated[str, Field(pattern=r"^\d{6}$")]
    name: Words
    province: Words
    level: Level
    pack: str
    # What lies over the pack here, such as a national text; the last lies on top.
    overlays: tuple[str, ...] = ()
    calendar: str = "china"
    hotline_office: Words
    working_hours: WorkingHours
    channels: tuple[CityChannel, ...] = ()


M = TypeVar("M", bound=BaseModel)


def load(path: Path, model: type[M]) -> M:
    """Read one policy file into its model, or raise a PolicyError that names file, line and reason."""
    return read(compose(path), model, rules_near(path))


def read(root: Node, model: type[M], rules: frozenset[str] | None) -> M:
    """A tree into its model; `rules`: the ids that a basis may name, None for any. Raises PolicyError."""
    try:
        # JSON mode: strict about types, yet reads dates, times and enumerations from their text.
        return model.model_validate_json(_text(root), context=rules)
    except ValidationError as error:
        raise PolicyError([_problem(root, detail) for detail in error.errors()]) from None


@lru_cache(maxsize=1024)  # several services read the same trees, each into models of its own
def _text(root: Node) -> str:
    return json.dumps(plain(root))


def rules_near(path: Path) -> frozenset[str] | None:
    """The ids of the ``regulations.yaml`` above the file; where there is none, any id will do."""
    above = (folder / "regulations.yaml" for folder in path.parents)
    found = next((file for file in above if file.is_file() and file != path), None)
    return _rules_of(found, found.stat().st_mtime_ns) if found else None


@lru_cache(maxsize=16)
def _rules_of(file: Path, _written: int) -> frozenset[str]:
    return load(file, Regulations).rules


def load_cities(policies: Path) -> dict[str, City]:
    """Read every city, by its code; each must name packs that exist."""
    if not (policies / "cities").is_dir():
        raise PolicyError([Problem(policies / "cities", 1, "没有城市", "there are no cities")])
    cities: dict[str, City] = {}
    for path in sorted((policies / "cities").glob("*/city.yaml")):
        folder = path.parent
        city = load(path, City)
        if city.code != folder.name:
            raise PolicyError([mismatch(path, folder.name, city.code)])
        for key, pack in (("pack", city.pack), *(("overlays", name) for name in city.overlays)):
            if not (policies / "packs" / pack / "pack.yaml").is_file():
                raise PolicyError([fault(path, key, f"没有规则包 {pack}", f"there is no rule pack {pack}")])
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
    return place(compose(path), location)[1]


_ZH: Mapping[str, str] = {
    "extra_forbidden": "未知的键",
    "missing": "缺少必填项",
    "string_type": "应为文本（数字请加引号）",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "tuple_type": "应为列表",
    "model_type": "应为键值映射",
    "dict_type": "应为键值映射",
    "enum": "不在允许的取值之中：{expected}",
    "literal_error": "不在允许的取值之中：{expected}",
    "string_pattern_mismatch": "格式不符：{pattern}",
    "string_too_short": "至少 {min_length} 个字",
    "too_short": "至少 {min_length} 项",
    "greater_than_equal": "不得小于 {ge}",
    "less_than_equal": "不得大于 {le}",
    "date_from_datetime_parsing": "日期格式不符，应如 2026-09-24",
    "time_parsing": "时间格式不符，应如 08:30",
}


def reason_of(detail: Any) -> tuple[str, str]:
    """What pydantic finds wrong, in Chinese and English."""
    kind, context = detail["type"], detail.get("ctx", {})
    en = "unknown key" if kind == "extra_forbidden" else str(detail["msg"]).removeprefix("Value error, ")
    if isinstance(error := context.get("error"), Unsound):
        return error.zh, en
    if kind in _ZH:
        return _ZH[kind].format(**context).replace(" or ", "、"), en
    return f"取值不合规则（{en}）", en


def _problem(root: Node, detail: Any) -> Problem:
    location: tuple[int | str, ...] = detail["loc"]
    where = ".".join(str(part) for part in location) or "-"
    zh, en = reason_of(detail)
    return Problem(*place(root, location), f"{where}：{zh}", f"{where}: {en}")


def mismatch(path: Path, folder: str, name: str) -> Problem:
    return fault(path, name, f"文件夹 {folder} 与文件内的 {name} 不一致", f"folder {folder} and {name} inside differ")
