"""Toxiproxy: connections through it can be cut, delayed and reset, for fault tests."""

import json
from dataclasses import dataclass
from typing import Any

from cli.servers.http import require
from cli.servers.places import built, program
from cli.servers.server import Server, free_port


@dataclass(frozen=True)
class Proxy:
    """One way to a server, at a port of its own, that can be made bad."""

    api: str
    name: str
    host: str
    port: int

    def cut(self) -> None:
        """Closes all connections and refuses new ones."""
        self._send("", {"enabled": False})

    def mend(self) -> None:
        """All is well again: also without toxics."""
        for toxic in json.loads(require(f"{self.api}/proxies/{self.name}/toxics")):
            require(f"{self.api}/proxies/{self.name}/toxics/{toxic['name']}", method="DELETE")
        self._send("", {"enabled": True})

    def delay(self, milliseconds: int, *, jitter: int = 0, stream: str = "downstream") -> None:
        self.toxic("latency", stream=stream, latency=milliseconds, jitter=jitter)

    def reset(self, *, after_milliseconds: int = 0, stream: str = "downstream") -> None:
        """Every connection is reset (TCP RST)."""
        self.toxic("reset_peer", stream=stream, timeout=after_milliseconds)

    def hang(self, *, stream: str = "downstream") -> None:
        """Connections stay open and nothing comes through."""
        self.toxic("timeout", stream=stream, timeout=0)

    def toxic(self, kind: str, *, stream: str = "downstream", **attributes: int) -> None:
        body = {"name": f"{kind}-{stream}", "type": kind, "stream": stream, "attributes": attributes}
        self._send("/toxics", body)

    def remove(self) -> None:
        require(f"{self.api}/proxies/{self.name}", method="DELETE")

    def _send(self, place: str, body: Any) -> None:
        require(f"{self.api}/proxies/{self.name}{place}", method="POST", body=body)


@dataclass(frozen=True)
class ToxiproxyAddress:
    """How to reach its API."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def proxy(self, name: str, upstream: str) -> Proxy:
        """A new way to upstream (host:port)."""
        port = free_port()
        body = {"name": name, "listen": f"{self.host}:{port}", "upstream": upstream, "enabled": True}
        require(f"{self.url}/proxies", method="POST", body=body)
        return Proxy(self.url, name, self.host, port)


class Toxiproxy(Server):
    name = "toxiproxy"
    title = "toxiproxy"

    @property
    def address(self) -> ToxiproxyAddress:
        return ToxiproxyAddress("127.0.0.1", self.ports["port"])

    def prepare(self) -> None:
        """It keeps nothing."""

    def command(self) -> tuple[list[str], dict[str, str]]:
        server = str(program("toxiproxy", "toxiproxy-server", built()))
        return [server, "-host", "127.0.0.1", "-port", str(self.ports["port"])], {}

    def check(self) -> None:
        require(f"{self.address.url}/version", timeout=5)
