"""The servers of the full stack: reachable, the right version and rights, declared and mapped as we need them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from chassis.clock import Clock
from chassis.database import create_engine
from chassis.database.addresses import url_of
from chassis.events import topology
from chassis.process.limits import LIMITS, pool_of
from chassis.process.waiting import check_database, check_rabbit
from chassis.settings import Settings, shown
from cli.doctor.findings import Found
from cli.speech import words

HALF_A_SECOND = timedelta(milliseconds=500)
RESERVED = 10
"""For administrators, migrations and what looks at the database."""
APART = 4
"""Connections of a service beside its pools: what wakes others (bus, grpc), what listens and what shares (worker)."""
SERVICES = ("intake", "dispatch", "sla", "knowledge", "notify")
SKEW = timedelta(seconds=30)
"""Signatures, passes and the audit bear no more."""


def databases(settings: Settings) -> str:
    """Each service's database: there, ours, new enough, with the tables of this version."""
    for service in SERVICES:
        migrations = Path(import_module(f"services.{service}.bootstrap").MIGRATIONS)
        engine = _engine(settings, service)
        try:
            check_database(engine, migrations)
            version = _scalar(engine, "show server_version")
        finally:
            engine.dispose()
    where, count = shown(settings.database_url), len(SERVICES)
    return words(
        f"PostgreSQL {version}（{where}），{count} 个数据库均为最新",
        f"PostgreSQL {version} at {where}, {count} databases up to date",
    )


def connections(settings: Settings) -> str:
    """One process of each role of each service may take all that its pool allows; how often there is room for that."""
    of_server: dict[str, list[str]] = {}
    for service in SERVICES:
        url = sa.make_url(url_of(settings, service))
        of_server.setdefault(f"{url.host}:{url.port or 5432}", []).append(service)
    pools = sum(pool_of(settings, role) for role in LIMITS) + APART
    told = []
    for where, services in of_server.items():
        room, wanted = _room(settings, services[0]), pools * len(services)
        if room < wanted:
            raise Found(
                f"PostgreSQL（{where}）只容 {room} 个连接，而每个角色各一个进程时连接池合计可达 {wanted} 个："
                f"请把 max_connections 提高到 {wanted + RESERVED} 以上，或减小 HUYING_POOL_SIZE",
                f"PostgreSQL at {where} has room for {room} connections, and with one process of each role our pools "
                f"may hold {wanted}: raise max_connections to {wanted + RESERVED} or more, or lower HUYING_POOL_SIZE",
            )
        told.append((room, wanted))
    room, wanted = min(told, key=lambda one: one[0] / one[1])
    return words(
        f"每个角色各一个进程时至多 {wanted} 个，服务器容 {room} 个，够每个角色 {room // wanted} 个进程",
        f"at most {wanted} with one process of each role, room for {room}: enough for {room // wanted} of each",
    )


def _room(settings: Settings, service: str) -> int:
    engine = _engine(settings, service)
    try:
        kept_back = "superuser_reserved_connections"
        return int(_scalar(engine, "show max_connections")) - int(_scalar(engine, f"show {kept_back}"))
    finally:
        engine.dispose()


def queues(settings: Settings) -> str:
    """All exchanges and queues of the topology stand on the broker, as we would declare them; nothing is made."""
    from chassis.rabbit.topology import PARTITIONS, declaring

    check_rabbit(settings)
    known, address = topology.load(), shown(settings.amqp_url)
    with declaring(settings.amqp_url, quorum=settings.quorum_queues) as declarer:
        partitions = declarer.marked(settings.partitions or PARTITIONS)
        if partitions is None:
            raise Found(
                f"RabbitMQ（{address}）尚未声明队列：请运行 python -m services.intake migrate",
                f"RabbitMQ at {address} has none of our queues yet: run `python -m services.intake migrate`",
            )
        if missing := declarer.missing(known, partitions):
            service = missing.partition(".")[0]
            raise Found(
                f"RabbitMQ（{address}）缺少 {missing}：请运行 python -m services.{service} migrate",
                f"RabbitMQ at {address} lacks {missing}: run `python -m services.{service} migrate`",
            )
    count = f"{len(known.consumers())} × {partitions}"
    return words(f"RabbitMQ（{address}），{count} 个队列", f"RabbitMQ at {address}, {count} queues")


def search(settings: Settings) -> str:
    from services.knowledge.adapters.elastic.index import ElasticIndex
    from services.knowledge.domain.errors import SearchIndexMismatched, SearchUnavailable

    try:
        return ElasticIndex(settings).state()
    except SearchIndexMismatched:
        raise
    except SearchUnavailable as away:
        address = shown(settings.elasticsearch_url)
        raise Found(
            f"Elasticsearch（{address}）：{away.message_zh}。请启动它，或检查 HUYING_ELASTICSEARCH_URL；"
            "索引不存在时运行 huying knowledge reindex",
            f"Elasticsearch at {address}: {away.message_en}. Start it, or check HUYING_ELASTICSEARCH_URL; "
            "where the index is missing run: huying knowledge reindex",
        ) from None


def bucket(settings: Settings) -> str:
    """Something can be put there and taken away again."""
    from chassis.objects import ObjectsAway, ObjectsRefused
    from chassis.s3.address import Address
    from chassis.s3.client import connect, encryption, spoken

    address = Address.parse(settings.objects_url)
    key = "incoming/doctor"  # what is left there by a broken connection is forgotten by the bucket itself
    try:
        with spoken(address):
            client = connect(address)
            client.put_object(address.bucket, key, BytesIO(b"probe"), 5, sse=encryption(settings.objects_encryption))
            client.remove_object(address.bucket, key)
    except ObjectsAway:
        raise Found(
            f"附件存储（{address}）无应答：请启动它，或检查 HUYING_OBJECTS_URL",
            f"the store of attachments at {address} does not answer: start it, or check HUYING_OBJECTS_URL",
        ) from None
    except ObjectsRefused as refused:
        raise Found(
            f"附件存储（{address}）不可写：{refused.message_zh}。请检查桶是否存在、账号权限与磁盘",
            f"the bucket {address} cannot be written: {refused.message_en}. Check that it exists, the rights of our "
            "user, and its disk",
        ) from None
    return words(f"{address} 可写", f"{address} takes files")


# -- clocks ------------------------------------------------------------------------------------------------------------


def clocks(settings: Settings, clock: Clock) -> str:
    """This machine's clock beside those of the servers."""
    told = []
    if settings.database_url:
        engine = _engine(settings, SERVICES[0])
        try:
            told.append(_difference("PostgreSQL", clock, lambda: _scalar(engine, "select clock_timestamp()")))
        finally:
            engine.dispose()
    if settings.objects_url:
        told.append(_difference("MinIO", clock, lambda: _date(settings)))
    worst = f"{max(told, default=timedelta()).total_seconds():.1f}"
    return words(f"与各服务器最多相差 {worst} 秒", f"at most {worst} s apart from the servers'")


def _difference(server: str, clock: Clock, read: Callable[[], datetime]) -> timedelta:
    """How far apart, beyond what the question itself took. Raises Found."""
    before = clock.now()
    there = read()
    after = clock.now()
    apart = max(before - there, there - after, timedelta())
    if apart > SKEW:
        seconds = f"{apart.total_seconds():.0f}"
        raise Found(
            f"本机时钟与 {server} 相差 {seconds} 秒：请用 chrony 或 systemd-timesyncd 校时",
            f"the clock of this machine and that of {server} are {seconds} s apart: set them by chrony or "
            "systemd-timesyncd",
        )
    return apart


def _date(settings: Settings) -> datetime:
    """By the header that every HTTP server sends, also with a refusal; it knows whole seconds only."""
    from urllib3 import PoolManager, Timeout
    from urllib3.exceptions import HTTPError

    from chassis.s3.address import Address

    url = shown(settings.objects_url).rpartition("/")[0]
    ca = Address.parse(settings.objects_url).ca or None
    with PoolManager(timeout=Timeout(5.0), retries=False, ca_certs=ca) as pool:
        try:
            said = pool.request("GET", url).headers.get("Date", "")
        except HTTPError as error:
            raise OSError(f"{url}: {error}") from None
    return parsedate_to_datetime(said) + HALF_A_SECOND


def _engine(settings: Settings, service: str) -> sa.Engine:
    return create_engine(url_of(settings, service), pool_size=2, application="huying-doctor")


def _scalar(engine: sa.Engine, statement: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(sa.text(statement)).scalar_one()
