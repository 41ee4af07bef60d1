"""What the Prometheus of a stack scrapes and calculates."""

from collections.abc import Mapping
from pathlib import Path

from chassis.settings import ROOT
from cli.servers.minio import Minio
from cli.servers.prometheus import Prometheus
from cli.servers.rabbitmq import RabbitMQ
from cli.servers.server import Server
from cli.stack.plan import Part

SCRAPED_EVERY_SECONDS = 15
RULES = ROOT / "deploy" / "prometheus" / "rules"
"""Recording rules and alerts, the same as in every other installation."""


def watch(servers: Mapping[type[Server], Server], parts: Mapping[Part, int]) -> None:
    """All processes by service and role, and the servers that tell about themselves."""
    prometheus = servers[Prometheus]
    if not isinstance(prometheus, Prometheus):
        raise TypeError(prometheus)
    for part, port in parts.items():
        # As in deploy/prometheus: one job, and no label that replicas differ in but the address.
        labels = {"process": f"{part.service}-{part.role}"}
        prometheus.scrape(part.name, [f"127.0.0.1:{port}"], job="huying", seconds=SCRAPED_EVERY_SECONDS, labels=labels)
    if RabbitMQ in servers:
        metrics = f"127.0.0.1:{servers[RabbitMQ].ports['metrics']}"
        prometheus.scrape("rabbitmq", [metrics], seconds=SCRAPED_EVERY_SECONDS)
    if Minio in servers:
        path = {"__metrics_path__": "/minio/v2/metrics/cluster"}
        prometheus.scrape("minio", [servers[Minio].where], seconds=SCRAPED_EVERY_SECONDS, labels=path)
    for file in rule_files():
        prometheus.rules(file.stem, file)


def rule_files() -> list[Path]:
    return sorted(RULES.glob("*.yaml"))
