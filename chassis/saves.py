"""What one unit of work has saved so far, found again by its columns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from chassis.database.store import Row, Store

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
        self._columns: dict[Key, Row] = {}
        self._index: dict[By, set[str]] = defaultdict(set)
        self.steps: dict[Key, int] = {}
        self.step = 0

    def add(self, aggregate: Any) -> None:
        key = (type(aggregate), aggregate.id)
        self._unindex(key)
        self._aggregates[key] = aggregate
        self._columns[key] = self._stores[key[0]].columns_of(aggregate)
        for column, value in self._columns[key].items():
            if isinstance(value, str):  # nothing is looked up by an instant or a number
                self._index[By(key[0], column, value)].add(aggregate.id)
        self.steps.setdefault(key, self.step)

    def remove(self, key: Key) -> None:
        self._unindex(key)
        self._aggregates.pop(key, None)
        self.steps.pop(key, None)

    def _unindex(self, key: Key) -> None:
        for column, value in self._columns.pop(key, {}).items():
            if isinstance(value, str):
                self._index[By(key[0], column, value)].discard(key[1])

    def ids(self, key: By) -> set[str]:
        return self._index.get(key, set())

    def in_order(self) -> Iterable[tuple[type, list[Any], list[Any]]]:
        """New and changed ones by kind; kinds by name, aggregates by id."""
        kinds = {key[0] for key in self._aggregates}
        for kind in sorted(kinds, key=lambda k: k.__name__):
            mine = [a for (k, _), a in sorted(self._aggregates.items(), key=lambda item: item[0][1]) if k is kind]
            yield kind, [a for a in mine if not a.version], [a for a in mine if a.version]

    def clear(self) -> None:
        self._aggregates.clear()
