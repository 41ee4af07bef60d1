"""RabbitMQ: a node of its own, with a virtual host for whoever needs one."""

import socket
from dataclasses import dataclass, field, replace
from typing import ClassVar
from urllib.parse import quote

from cli.servers.http import ask, require
from cli.servers.places import program, rabbitmq_scripts
from cli.servers.server import Server

USER = "huying"
_CONF = """\
listeners.tcp.local = 127.0.0.1:{port}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = {metrics}
default_user = {user}
default_pass = {password}
default_vhost = /
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 200MB
log.console = true
log.console.level = warning
log.file = false
"""


@dataclass(frozen=True)
class RabbitAddress:
    """How to reach the broker; `url` names the virtual host too."""

    host: str
    port: int
    management: int
    metrics: int
    user: str
    password: str = field(repr=False)
    vhost: str = "/"

    @property
    def url(self) -> str:
        vhost = quote(self.vhost, safe="")
        return f"amqp://{self.user}:{quote(self.password, safe='')}@{self.host}:{self.port}/{vhost}"

    @property
    def api(self) -> str:
        return f"http://{self.host}:{self.management}/api"


class RabbitMQ(Server):
    name = "rabbitmq"
    title = "RabbitMQ"
    port_names: ClassVar[tuple[str, ...]] = ("port", "management", "metrics", "dist", "epmd")
    ready_seconds = 90.0

    @property
    def address(self) -> RabbitAddress:
        known = self.ports
        return RabbitAddress(
            "127.0.0.1", known["port"], known["management"], known["metrics"], USER, self.password
        )  # fmt: skip

    def prepare(self) -> None:
        conf = self.data_dir / "rabbitmq.conf"
        conf.touch(mode=0o600)
        conf.write_text(_CONF.format(user=USER, password=self.password, **self.ports))
        (self.data_dir / "plugins").write_text("[rabbitmq_management,rabbitmq_prometheus].\n")
        (self.data_dir / "env.conf").write_text("")

    def command(self) -> tuple[list[str], dict[str, str]]:
        server = rabbitmq_scripts() / "rabbitmq-server"
        epmd = program("Erlang", "epmd")
        # The name service of Erlang nodes as part of this process group: one started by Erlang would outlive it.
        script = f'"{epmd}" -port "$ERL_EPMD_PORT" -address 127.0.0.1 & exec "{server}"'
        folder = self.data_dir
        return ["/bin/sh", "-c", script], {
            "ERL_EPMD_PORT": str(self.ports["epmd"]),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"huying-{self.ports['port']}@localhost",
            "RABBITMQ_DIST_PORT": str(self.ports["dist"]),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "env.conf"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_ALLOW_INPUT": "1",
            # Without busy waiting: the other processes need the cores.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-start_epmd false +sbwt none +sbwtdcpu none +sbwtdio none -noinput"
            " -kernel inet_dist_use_interface {127,0,0,1}",
        }

    def check(self) -> None:
        require(f"{self.address.api}/overview", user=(USER, self.password), timeout=5)
        status, _ = ask(f"{self.address.api}/health/checks/virtual-hosts", user=(USER, self.password), timeout=5)
        if status != 200:
            raise OSError("virtual hosts are not up")
        with socket.create_connection(("127.0.0.1", self.ports["port"]), timeout=5):
            pass  # it listens for clients last of all

    # -- virtual hosts -------------------------------------------------------------------------------------------------

    def in_vhost(self, name: str) -> RabbitAddress:
        return replace(self.address, vhost=name)

    def create_vhost(self, name: str) -> RabbitAddress:
        """Makes it, or leaves the one that exists."""
        address = self.in_vhost(name)
        place = quote(name, safe="")
        require(f"{address.api}/vhosts/{place}", method="PUT", user=(USER, self.password), timeout=30)
        rights = {"configure": ".*", "write": ".*", "read": ".*"}
        url = f"{address.api}/permissions/{place}/{USER}"
        require(url, method="PUT", body=rights, user=(USER, self.password))
        return address

    def drop_vhost(self, name: str) -> None:
        """Also closes its connections."""
        ask(f"{self.address.api}/vhosts/{quote(name, safe='')}", method="DELETE", user=(USER, self.password))
