"""PostgreSQL stops and comes back under running processes: nobody restarts them."""

from pathlib import Path

from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitAddress
from tests.e2e.process import wait_for
from tests.processes import processes
from tests.servers import OwnServer
from tests.surroundings import access_of, administer, surroundings

ROLES = ("grpc", "worker", "bus")


def test_each_role_survives_the_loss_of_its_connections(
    own_server: OwnServer, rabbitmq_vhost: RabbitAddress, tmp_path: Path
) -> None:
    server = own_server(Postgres)
    with surroundings(server, rabbitmq_vhost, tmp_path / "data") as told, processes(tmp_path, told) as start:
        administer(server, access_of(told, "sla"))
        assert start("sla", "migrate").wait(120) == 0
        running = [start("sla", role).wait_ready(120) for role in ROLES]
        numbers = [process.process.pid for process in running if process.process]
        server.stop()
        for process in running:
            wait_for(lambda process=process: process.get("/readyz")[0] == 503)
            assert process.get("/livez")[0] == 200
        server.start()
        for process in running:
            process.wait_ready(60)
        assert [process.process.pid for process in running if process.process] == numbers
        wait_for(lambda: 'huying_outbox_shards_owned{service="sla"} 64.0' in running[1].get("/metrics")[1], 60)
        for process in running:
            assert process.stop()[0] == 0, process.said[-2000:]
