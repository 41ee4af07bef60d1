"""Ten fault schedules on the real servers with two replicas of each role: the short form of `make chaos N=100`.

One or two faults in each, or continuous integration would wait for half an hour. How soon the survivors go on is judged
by `make chaos`, on a machine that has nothing else to do; here only what is lost, doubled or inverted counts, and an
effect that comes so late that no busy machine explains it.
"""

import os
from pathlib import Path

import pytest

from cli.servers.elasticsearch import ElasticAddress
from cli.servers.minio import MinioAddress
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitMQ
from cli.servers.toxiproxy import Toxiproxy
from tests.chaos import table
from tests.chaos.ground import Elsewhere, ground
from tests.chaos.journal import Line
from tests.chaos.running import running
from tests.chaos.schedule import short_ones
from tests.servers import OwnServer

SCHEDULES = int(os.environ.get("HUYING_CHAOS_SCHEDULES", "10"))


def test_faults_on_the_real_servers_lose_double_and_invert_nothing(
    whole_machine: None,
    own_server: OwnServer,
    elasticsearch_prefix: ElasticAddress,
    minio_bucket: MinioAddress,
    toxiproxy_server: Toxiproxy,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = {
        "HUYING_ELASTICSEARCH_URL": elasticsearch_prefix.url,
        "HUYING_ELASTICSEARCH_PREFIX": elasticsearch_prefix.prefix,
        "HUYING_OBJECTS_URL": minio_bucket.url,
    }
    servers = own_server(RabbitMQ), own_server(Postgres)
    schedules, lines = short_ones(SCHEDULES), list[Line]()
    with (
        ground(tmp_path, *servers, Elsewhere(toxiproxy_server, settings), str) as made,
        running(made, str) as run,
    ):
        for schedule in schedules:
            lines.append(run.carry_out(schedule, str))
    with capsys.disabled():
        table.show(lines)
    assert [(line.number, line.wrong) for line in lines if any(line.wrong.values())] == []
    assert table.late(lines, table.FAR_TOO_LATE_SECONDS) == []
    assert all(line.events for line in lines)
    for schedule, line in zip(schedules, lines, strict=True):
        assert line.cases >= schedule.cases
        assert line.hits == [fault.point for fault in schedule.faults if fault.point], "a death that did not come"
