"""What lies over a pack, laid on as docs/policy-authoring.md tells it. Nothing here is taken from the platform."""

import json
from dataclasses import dataclass
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any

import yaml

# What tells the members of a list apart, in words of the page: limits by their condition, holds by what starts them.
BY = {"limits": "when", "holds": "starts"}
NAMES = ("code", "id", "kind", "name")


@dataclass(frozen=True)
class Stack:
    """The folders of what one city follows, the lowest first."""

    folders: list[Path]

    @classmethod
    def of_city(cls, policies: Path, city: dict[str, Any]) -> "Stack":
        packs = policies / "packs"
        found = [packs / city["pack"]]
        while below := read(found[0] / "pack.yaml").get("extends"):
            found.insert(0, packs / below)
        return cls([*found, *(packs / name for name in city.get("overlays", ()))])

    @property
    def ref(self) -> str:
        heads = [read(folder / "pack.yaml") for folder in self.folders]
        return "+".join(f"{head['name']}@{head['version']}" for head in heads)

    def file(self, name: str) -> dict[str, Any]:
        """All layers that have the file, one over the other."""
        there = [read(folder / name) for folder in self.folders if (folder / name).is_file()]
        return reduce(_mapping, there)


def read(path: Path) -> dict[str, Any]:
    """Nobody may change it: another world has the same file."""
    return _parsed(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _parsed(text: str) -> dict[str, Any]:
    """JSON is YAML too, and read far sooner."""
    found: dict[str, Any] = json.loads(text) if text.startswith('{"') else yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def _mapping(below: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Key by key; what is new comes last."""
    found = dict(below)
    for key, value in over.items():
        if isinstance(value, dict) and value.get("remove") is True:
            del found[key]
        else:
            found[key] = _one(key, found[key], value) if key in found else value
    return found


def _one(key: str, below: Any, over: Any) -> Any:
    if isinstance(below, dict) and isinstance(over, dict):
        return _mapping(below, over)
    members = [*below, *over] if isinstance(below, list) and isinstance(over, list) else []
    if not members or not all(isinstance(member, dict) for member in members):
        return over
    by = BY.get(key) or next((name for name in NAMES if all(name in member for member in members)), None)
    return _members(key, by, below, over) if by else over


def _members(key: str, by: str, below: list[dict[str, Any]], over: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Member by member; a new limit comes first, for the first that fits is taken; anything else new comes last."""
    changes = list(over)
    found = []
    for member in below:
        change = next((one for one in changes if one.get(by) == member.get(by)), None)
        if change is not None:
            changes.remove(change)
        if change is None or not change.get("remove"):
            found.append(_mapping(member, change or {}))
    return [*changes, *found] if key == "limits" else [*found, *changes]
