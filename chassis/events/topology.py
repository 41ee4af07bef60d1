"""Who publishes what and who hears whom: one table, declared before the first publish."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Topology:
    """`types` by publisher; `hears` by consumer."""

    types: Mapping[str, frozenset[str]]
    hears: Mapping[str, frozenset[str]]

    def consumers_of(self, publisher: str) -> tuple[str, ...]:
        return tuple(sorted(c for c, publishers in self.hears.items() if publisher in publishers))

    def knows(self, type: str) -> bool:
        return type in self.types.get(type.partition(".")[0], frozenset())
