"""A rebuild for an index that replaces everything at once: entries are gathered and shown at the end."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from services.knowledge.application.ports import Entry


class GatheredRebuild:
    """An interrupted one leaves nothing behind."""

    def __init__(self, replace_all: Callable[[Iterable[Entry]], object]) -> None:
        self._replace_all = replace_all
        self._entries: list[Entry] = []

    def lacking(self, versions: Mapping[str, int]) -> list[str]:
        return list(versions)

    def put(self, entries: Sequence[Entry]) -> None:
        self._entries += entries

    def finish(self) -> None:
        self._replace_all(self._entries)
