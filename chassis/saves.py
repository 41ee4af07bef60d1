"""What one unit of work has saved so far, found again by its columns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from chassis.database.store import Store

Key = tuple[type, str]


class By(NamedTuple):
    """A key to load: all aggregates of a kind whose column has the value."""

    kind: type
    column: str
    value: str


class Saves:
    """Saved aggregates, each with the step that saved it first."""

    def __init__(self, stores: Mapping[type, Store[Any]]) -> None:
        self._stores = stores
        self._aggregates: dict[Key, Any] = {}
        self._indexed: dict[type, set[str]] = defaultdict(set)
        """The columns by which somebody has asked; most are never asked for, and few cases touch two kinds."""
        self._index: dict[By, set[str]] = defaultdict(set)
        self._entries: dict[Key, list[By]] = {}
        self.steps: dict[Key, int] = {}
        self.step = 0

    def add(self, aggregate: Any) -> None:
        key = (type(aggregate), aggregate.id)
        self._aggregates[key] = aggregate
        self.steps.setdefault(key, self.step)
        if self._indexed[key[0]]:
            self._enter(key)

    def remove(self, key: Key) -> None:
        self._take_out(key)
        self._aggregates.pop(key, None)
        self.steps.pop(key, None)

    def ids(self, key: By) -> set[str]:
        """Of those saved so far, all whose column has the value."""
        columns = self._indexed[key.kind]
        if key.column not in columns:
            columns.add(key.column)
            for saved in [saved for saved in self._aggregates if saved[0] is key.kind]:
                self._enter(saved)
        return self._index.get(key, set())

    def _enter(self, key: Key) -> None:
        self._take_out(key)
        values = self._stores[key[0]].columns_of(self._aggregates[key])
        self._entries[key] = [By(key[0], column, str(values[column])) for column in self._indexed[key[0]]]
        for entry in self._entries[key]:
            self._index[entry].add(key[1])

    def _take_out(self, key: Key) -> None:
        for entry in self._entries.pop(key, ()):
            self._index[entry].discard(key[1])

    def in_order(self) -> Iterable[tuple[type, list[Any], list[Any]]]:
        """New and changed ones by kind; kinds by name, aggregates by id."""
        kinds = {key[0] for key in self._aggregates}
        for kind in sorted(kinds, key=lambda k: k.__name__):
            mine = [a for (k, _), a in sorted(self._aggregates.items(), key=lambda item: item[0][1]) if k is kind]
            yield kind, [a for a in mine if not a.version], [a for a in mine if a.version]

    def clear(self) -> None:
        self._aggregates.clear()
