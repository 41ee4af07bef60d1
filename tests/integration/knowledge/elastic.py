"""Elasticsearch for the tests of knowledge: an index of the test's own, and a look at it from outside."""

from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from chassis.settings import Settings
from cli.servers.elasticsearch import ElasticAddress
from services.knowledge.adapters.elastic.index import ElasticIndex


def settings_for(address: ElasticAddress, *, port: int | None = None, folder: Path | None = None) -> Settings:
    given: dict[str, Any] = {"data_dir": folder} if folder else {}
    return Settings(
        elasticsearch_url=f"http://{address.host}:{port or address.port}",
        elasticsearch_prefix=address.prefix,
        **given,
    )


def prepared(address: ElasticAddress) -> ElasticIndex:
    index = ElasticIndex(settings_for(address))
    index.prepare()
    return index


class Outside:
    """What an operator sees and does with other tools."""

    def __init__(self, address: ElasticAddress) -> None:
        self.client = Elasticsearch(address.url, request_timeout=30)
        self.name = f"{address.prefix}-knowledge"

    def indexes(self) -> dict[str, set[str]]:
        """Aliases by index, named without the prefix."""
        found = self.client.indices.get_alias(index=f"{self.name}-*", expand_wildcards="all")
        return {self._short(index): {self._short(a) for a in state["aliases"]} for index, state in found.items()}

    def delete_all(self) -> None:
        for index in self.indexes():
            self.client.indices.delete(index=f"{self.name}-{index}")

    def refuse_writes(self, *, refuse: bool) -> None:
        """As Elasticsearch itself does when its disk is nearly full."""
        block = True if refuse else None
        self.client.indices.put_settings(
            index=f"{self.name}-*", settings={"index.blocks.read_only_allow_delete": block}
        )

    def _short(self, name: str) -> str:
        return name.removeprefix(f"{self.name}-")
