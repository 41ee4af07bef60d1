"""What belongs to a stack: which servers it starts itself, which processes of the services, at which ports."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chassis.settings import Settings, default_data_dir
from cli.servers.elasticsearch import Elasticsearch
from cli.servers.minio import Minio
from cli.servers.postgres import Postgres
from cli.servers.prometheus import Prometheus
from cli.servers.rabbitmq import RabbitMQ
from cli.servers.server import Server

SERVICES = ("intake", "dispatch", "sla", "knowledge", "notify")
ROLES = ("bus", "worker", "grpc")
STOP_ORDER = ("grpc", "worker", "bus")
"""Nobody asks for more, then nothing more is published, then what is under way has arrived."""

OWN: Mapping[type[Server], str] = {
    RabbitMQ: "amqp_url",
    Postgres: "database_url",
    Elasticsearch: "elasticsearch_url",
    Minio: "objects_url",
    Prometheus: "",
}
"""Each server with the setting that names one elsewhere instead."""


@dataclass(frozen=True)
class Part:
    """One process of a service."""

    service: str
    role: str
    replica: int = 1

    @property
    def name(self) -> str:
        more = f".{self.replica}" if self.replica > 1 else ""
        return f"{self.service}.{self.role}{more}"


@dataclass(frozen=True)
class Wish:
    """How a stack was asked for."""

    replicas: int = 1
    base_port: int = 0
    """gRPC of the services from here on, in their order; 0: any free ports."""

    def parts(self) -> list[Part]:
        return [
            Part(service, role, replica)
            for service in SERVICES
            for role in ROLES
            for replica in range(1, self.replicas + 1)
        ]

    def grpc_port(self, part: Part) -> int:
        """0 for a part without one of its own choice: it is given any."""
        if not self.base_port or part.role != "grpc":
            return 0
        return self.base_port + SERVICES.index(part.service) + (part.replica - 1) * len(SERVICES)


def own_servers(settings: Settings) -> list[type[Server]]:
    """Those that no setting names elsewhere."""
    return [kind for kind, name in OWN.items() if not name or not getattr(settings, name)]


def folder_of(settings: Settings) -> Path:
    """Where a stack keeps everything: in the data folder.

    For root that is /var/lib/huying unless HUYING_DATA_DIR names another: Elasticsearch runs under another account, and
    Java cannot pass the closed /root.
    """
    if os.geteuid() == 0 and settings.data_dir == default_data_dir():
        return Path("/var/lib/huying/stack")
    return settings.data_dir.absolute() / "stack"
