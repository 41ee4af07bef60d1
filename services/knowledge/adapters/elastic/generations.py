"""The versions of the index: one alias says which is searched, an alias of each one's own whether it is written.

An index is written only through its own alias, and only where that exists: a name of an index that has just been
deleted would otherwise make an index without our mapping.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from services.knowledge.adapters.elastic.mapping import MAPPINGS, SETTINGS, fits
from services.knowledge.domain.errors import SearchIndexMismatched, SearchUnavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One index as it stands. `number` is 0 for one that is not ours though our alias points to it."""

    index: str
    number: int
    uuid: str
    searched: bool
    written_by: str
    fits: bool


class Generations:
    def __init__(self, client: Elasticsearch, name: str) -> None:
        self._client = client
        self._name = name
        self.alias = f"{name}-read"

    def all(self) -> list[Generation]:
        """Ours, and whatever else the alias for searching points to, the oldest first."""
        found = self._client.indices.get(index=f"{self._name}-*", expand_wildcards="open", features=_FEATURES)
        seen = [self._seen(index, state) for index, state in found.items()]
        return sorted((g for g in seen if g.number or g.searched), key=lambda g: g.number)

    def searched(self) -> Generation:
        """Raises SearchUnavailable, SearchIndexMismatched."""
        searched = [g for g in self.all() if g.searched]
        if not searched:
            raise SearchUnavailable(why="index missing")
        for generation in searched:
            if not generation.fits or len(searched) > 1:
                raise SearchIndexMismatched(index=generation.index, why="another mapping")
        return searched[0]

    def written(self) -> list[str]:
        """The aliases to write to; one of another mapping is left as it is. Raises as `searched`."""
        written = [g for g in self.all() if g.written_by]
        fitting = [g.written_by for g in written if g.fits]
        if written and not fitting:
            raise SearchIndexMismatched(index=written[0].index, why="another mapping")
        if not written:
            raise SearchUnavailable(why="index missing")
        return fitting

    def create(self, *, searched: bool) -> Generation:
        """The next one; to be called by one process at a time."""
        number = max((g.number for g in self.all()), default=0) + 1
        index = f"{self._name}-{number}"
        aliases: dict[str, Any] = {self._writing(number): {}} | ({self.alias: {}} if searched else {})
        self._client.indices.create(index=index, aliases=aliases, mappings=MAPPINGS, settings=SETTINGS)
        return next(g for g in self.all() if g.number == number)

    def search_only(self, chosen: Generation) -> None:
        """In one step the alias moves, and all other indexes of ours are gone; a foreign one only loses our alias."""
        actions: list[dict[str, Any]] = [{"add": {"index": chosen.index, "alias": self.alias}}]
        for other in self.all():
            if other.index == self.alias:
                raise SearchUnavailable(why=f"an index has the name of the alias {self.alias}: delete it")
            if other.index != chosen.index:
                actions.append(_gone(other) if other.number else _unnamed(other, self.alias))
        self._client.indices.update_aliases(actions=actions)

    def drop(self, generations: Sequence[Generation]) -> None:
        for generation in generations:
            self._client.options(ignore_status=404).indices.delete(index=generation.index)

    def _writing(self, number: int) -> str:
        return f"{self._name}-write-{number}"

    def _seen(self, index: str, state: dict[str, Any]) -> Generation:
        ours = re.fullmatch(re.escape(self._name) + r"-(\d+)", index)
        number = int(ours[1]) if ours else 0
        writing = self._writing(number)
        return Generation(
            index=index,
            number=number,
            uuid=state["settings"]["index"]["uuid"],
            # an index that bears the name of the alias was made by somebody who wrote to it before it was there
            searched=self.alias in {index, *state["aliases"]},
            written_by=writing if number and writing in state["aliases"] else "",
            fits=fits(state.get("mappings", {})),
        )


_FEATURES = ["aliases", "mappings", "settings"]


def _gone(generation: Generation) -> dict[str, Any]:
    return {"remove_index": {"index": generation.index}}


def _unnamed(generation: Generation, alias: str) -> dict[str, Any]:
    return {"remove": {"index": generation.index, "alias": alias}}
