"""All servers by name."""

from cli.servers.elasticsearch import Elasticsearch
from cli.servers.minio import Minio
from cli.servers.postgres import Postgres
from cli.servers.prometheus import Prometheus
from cli.servers.rabbitmq import RabbitMQ
from cli.servers.server import Server
from cli.servers.toxiproxy import Toxiproxy

KINDS: dict[str, type[Server]] = {
    kind.name: kind for kind in (RabbitMQ, Postgres, Elasticsearch, Minio, Prometheus, Toxiproxy)
}
