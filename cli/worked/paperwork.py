"""A transaction that reads and writes nothing, for the parts of a pack that are applied in the services' handlers."""

from typing import Any

from chassis.access import Principal, Role
from cli.worked.bench import NOW, Bench, ids

# Each command has one; these go nowhere.
REQUEST = "worked-example"


class PaperWork:
    """What a handler loads is what lies here, what it saves stays here, and nothing is sealed."""

    now = NOW

    def __init__(self, bench: Bench, role: str, *lie_here: Any, unit: str = "", line: str = "") -> None:
        held, cities = frozenset({Role(role)}), frozenset({bench.city.code})
        self.principal = Principal(f"{role}-1", held, cities, unit, line=line)
        self.known: list[Any] = list(lie_here)
        self.told: list[object] = []
        self._ids = ids()

    @property
    def as_it_stands(self) -> "PaperWork":
        return self

    def new_id(self) -> str:
        return next(self._ids)

    def find(self, kind: type[Any], id: str) -> Any:
        return next((one for one in self.known if isinstance(one, kind) and one.id == id), None)

    def get(self, kind: type[Any], id: str) -> Any:
        return self.find(kind, id)

    def save(self, thing: object, *events: object) -> None:
        if thing not in self.known:
            self.known.append(thing)
        self.told += events

    def to_citizen(self, *_: object) -> None:
        """No words are needed."""

    def own(self, *_: object) -> bytes:
        return b""
