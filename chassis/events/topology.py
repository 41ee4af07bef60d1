"""Who publishes what and who hears whom: one table, declared before the first publish."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[2] / "protos" / "topology.yaml"


class TopologyUnusable(Exception):
    """The file that names publishers and consumers cannot be used."""

    def __init__(self, file: Path, zh: str, en: str) -> None:
        self.zh, self.en = f"{file}：{zh}", f"{file}: {en}"
        super().__init__(f"{self.zh} / {self.en}")


@dataclass(frozen=True)
class Topology:
    """`types` by publisher; `hears` by consumer; `unheard` types with the reason why they are published."""

    types: Mapping[str, frozenset[str]]
    hears: Mapping[str, frozenset[str]]
    unheard: Mapping[str, str] = field(default_factory=dict)

    def consumers_of(self, publisher: str) -> tuple[str, ...]:
        return tuple(sorted(c for c, publishers in self.hears.items() if publisher in publishers))

    def consumers(self) -> tuple[str, ...]:
        """Those who hear anybody."""
        return tuple(sorted(consumer for consumer, publishers in self.hears.items() if publishers))

    def knows(self, type: str) -> bool:
        return type in self.types.get(type.partition(".")[0], frozenset())


def load(file: Path = FILE) -> Topology:
    """The province's topology. Raises TopologyUnusable for anything that is not as it should be."""
    given = yaml.safe_load(file.read_text("utf-8"))
    if not isinstance(given, dict):
        raise TopologyUnusable(file, "应为以服务名为键的表", "a table keyed by service is wanted")
    entries = {str(name): _entry(file, str(name), entry) for name, entry in given.items()}
    topology = Topology(
        types={name: frozenset(entry["types"]) for name, entry in entries.items()},
        hears={name: frozenset(p for p, entry in entries.items() if name in entry["heard_by"]) for name in entries},
        unheard={type: str(why) for entry in entries.values() for type, why in entry.get("unheard", {}).items()},
    )
    _check(file, topology, {c for entry in entries.values() for c in entry["heard_by"]})
    return topology


def _entry(file: Path, name: str, entry: Any) -> dict[str, Any]:
    wanted = {"types": list, "heard_by": list, "unheard": dict}
    if not isinstance(entry, dict) or not {"types", "heard_by"} <= entry.keys() <= wanted.keys():
        raise TopologyUnusable(file, f"{name} 的键有误", f"the keys of {name} are wrong")
    if any(not isinstance(entry[key], wanted[key]) for key in entry):
        raise TopologyUnusable(file, f"{name} 的值类型有误", f"a value of {name} has the wrong type")
    for type in [*entry["types"], *entry.get("unheard", {})]:
        if not str(type).startswith(f"{name}."):
            raise TopologyUnusable(file, f"{name} 不能发布 {type}", f"{name} cannot publish {type}")
    return entry


def _check(file: Path, topology: Topology, heard_by: set[str]) -> None:
    strangers = sorted(heard_by - topology.types.keys())
    if strangers:
        raise TopologyUnusable(file, f"没有服务 {strangers[0]}", f"there is no service {strangers[0]}")
    unknown = sorted(type for type in topology.unheard if not topology.knows(type))
    if unknown:
        raise TopologyUnusable(file, f"没有事件 {unknown[0]}", f"there is no event {unknown[0]}")
