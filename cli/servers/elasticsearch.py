"""Elasticsearch: one node, no security (it listens on this machine only), half a gigabyte."""

import shutil
from dataclasses import dataclass
from typing import ClassVar

from chassis.postgres.account import Account
from cli.servers.http import ask, require
from cli.servers.places import elasticsearch_home, java_home
from cli.servers.process import lowered, require_open
from cli.servers.server import Server

_CONF = """\
cluster.name: huying
node.name: huying-1
path.data: {folder}/data
path.logs: {folder}/logs
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
discovery.type: single-node
xpack.security.enabled: false
action.auto_create_index: false
cluster.routing.allocation.disk.watermark.low: 1gb
cluster.routing.allocation.disk.watermark.high: 800mb
cluster.routing.allocation.disk.watermark.flood_stage: 500mb
"""
# Faster up on few cores, and no heap dumps: they would hold what people wrote.
_JAVA = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Djava.io.tmpdir=${ES_TMPDIR}",
    "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:ErrorFile=/dev/null",
)


@dataclass(frozen=True)
class ElasticAddress:
    """How to reach the node; `prefix` keeps the indexes of one user apart."""

    host: str
    port: int
    prefix: str = ""

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


class Elasticsearch(Server):
    name = "elasticsearch"
    title = "Elasticsearch"
    port_names: ClassVar[tuple[str, ...]] = ("port", "transport")
    ready_seconds = 180.0
    stop_seconds = 60.0
    heap = "512m"

    @property
    def address(self) -> ElasticAddress:
        return ElasticAddress("127.0.0.1", self.ports["port"])

    def prepare(self) -> None:
        account = Account.choose()
        if account.uid is not None:
            require_open(self.title, self.data_dir)
            require_open(self.title, elasticsearch_home())
        config = self.data_dir / "config"
        shutil.copytree(elasticsearch_home() / "config", config, dirs_exist_ok=True)
        (config / "elasticsearch.yml").write_text(_CONF.format(folder=self.data_dir, **self.ports))
        (config / "jvm.options").write_text("\n".join([*_JAVA, f"-Xms{self.heap}", f"-Xmx{self.heap}", ""]))
        for name in ("data", "logs", "tmp"):
            (self.data_dir / name).mkdir(mode=0o700, exist_ok=True)
            account.own(self.data_dir / name)
        for path in (config, *config.rglob("*")):
            account.own(path)

    def command(self) -> tuple[list[str], dict[str, str]]:
        home = elasticsearch_home()
        return lowered([str(home / "bin" / "elasticsearch")], self.data_dir, home), {
            "ES_PATH_CONF": str(self.data_dir / "config"),
            "ES_JAVA_HOME": str(java_home()),
            "ES_TMPDIR": str(self.data_dir / "tmp"),
        }

    def check(self) -> None:
        require(f"{self.address.url}/_cluster/health?wait_for_status=yellow&timeout=2s", timeout=10)

    def drop(self, prefix: str) -> None:
        """Removes the indexes that begin so, with their aliases."""
        content = require(f"{self.address.url}/_cat/indices/{prefix}*?h=index&expand_wildcards=all").decode()
        for index in content.split():
            ask(f"{self.address.url}/{index}", method="DELETE", timeout=30)
