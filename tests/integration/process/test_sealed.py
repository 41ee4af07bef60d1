"""The roles of a service with TLS to broker and database: they start, answer, and say whom they do not trust."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.access import system
from chassis.process.asking import asked_over_rabbit
from chassis.settings import Settings
from tests.processes import processes
from tests.sealed import Certificate, SealedPostgres, SealedRabbitMQ
from tests.servers import OwnServer
from tests.surroundings import access_of, administer, surroundings

Sealed = tuple[dict[str, str], SealedRabbitMQ]


@pytest.fixture
def sealed(own_server: OwnServer, tmp_path: Path) -> Iterator[Sealed]:
    broker, postgres = own_server(SealedRabbitMQ), own_server(SealedPostgres)
    with surroundings(postgres, broker.address, tmp_path / "data") as told:
        told["HUYING_AMQP_URL"] = broker.sealed_url()
        for name in ("HUYING_DATABASE_URL", "HUYING_DATABASE_OWNER_URL"):
            told[name] = postgres.sealed_url(told[name])
        administer(postgres, access_of(told, "sla"))
        yield told, broker


def test_the_roles_serve_over_sealed_lines_and_refuse_a_stranger(sealed: Sealed, tmp_path: Path) -> None:
    told, broker = sealed
    with processes(tmp_path, told) as start:
        migrate = start("sla", "migrate", "--step", "pre")
        assert migrate.wait() == 0, migrate.said[-3000:]
        started = [start("sla", role) for role in ("bus", "worker", "grpc")]
        for process in started:
            process.wait_ready()
        settings = Settings(amqp_url=broker.sealed_url(), data_dir=Path(told["HUYING_DATA_DIR"]))
        with asked_over_rabbit(settings) as questions:
            facts = questions.ask(system("audit"), "sla", "audit_facts", limit=10.0)
        assert facts["counts"]["unpublished"] == 0
        for process in started:
            assert process.stop()[0] == 0

        (tmp_path / "other").mkdir()
        stranger = Certificate.made(tmp_path / "other").file
        refused = start("sla", "bus", HUYING_AMQP_URL=broker.sealed_url(stranger))
        assert refused.wait() == 1
        assert "cacertfile" in refused.said
