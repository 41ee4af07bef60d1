"""Servers that are not there yet: named with their address and with what to do, and waited for with back-off."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
import structlog

from chassis.database.migrate import Step, pending
from chassis.domain import DomainError
from chassis.events.topology import load
from chassis.settings import Settings, shown

log = structlog.get_logger()
FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 5.0
OLDEST_POSTGRES = 15


class Unusable(Exception):
    """A server or setting with which this process will never work; waiting does not help."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class NotThereYet(Exception):
    """A server that may come; `zh` and `en` say what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Stopped(Exception):
    """SIGTERM came while waiting."""


def wait_until(what: str, address: str, check: Callable[[], None], stopping: threading.Event) -> None:
    """Raises Unusable or Stopped; every further try is logged with what is missing."""
    wait, told = FIRST_WAIT_SECONDS, False
    while True:
        try:
            check()
            if told:
                log.info("there_now", server=what, address=address)
            return
        except NotThereYet as missing:
            told = True
            log.warning("waiting_for", server=what, address=address, zh=missing.zh, en=missing.en, again_in=wait)
        if stopping.wait(wait):
            raise Stopped()
        wait = min(2 * wait, LONGEST_WAIT_SECONDS)


# -- what a service does without for a while --------------------------------------------------------------------------


@dataclass(frozen=True)
class Store:
    """A server whose absence stops no start: what needs it answers with a named error until it is there."""

    name: str
    address: str
    setting: str
    use: Callable[[], object]
    """Makes it ready; raises while it cannot be used."""


def name_while_away(stores: Iterable[Store], stopping: threading.Event) -> None:
    """Tries beside the work, each store in a thread of its own, until it can be used."""
    for store in stores:
        threading.Thread(target=_name, args=(store, stopping), name=f"at-start-{store.name}", daemon=True).start()


def _name(store: Store, stopping: threading.Event) -> None:
    def check() -> None:
        try:
            store.use()
        except DomainError as away:
            zh, en = away.message_zh, away.message_en
        except Exception as error:  # of what else may answer there
            zh = en = type(error).__name__
        else:
            return
        raise NotThereYet(
            f"{store.name}（{store.address}）：{zh}。若未启动请启动它，否则检查 {store.setting}",
            f"{store.name} at {store.address}: {en}. Start it if it is down, else check {store.setting}",
        )

    with suppress(Stopped):
        wait_until(store.name, store.address, check, stopping)


# -- PostgreSQL --------------------------------------------------------------------------------------------------------


def check_database(engine: sa.Engine, migrations: Path | None = None) -> None:
    """Raises NotThereYet or Unusable. With `migrations`, the tables must be those that this version needs."""
    address = shown(engine.url.render_as_string(hide_password=True))
    try:
        with engine.connect() as connection:
            version = int(connection.execute(sa.text("show server_version_num")).scalar_one()) // 10_000
            lacking = pending(connection, migrations, Step.PRE) if migrations else []
    except (sa.exc.OperationalError, sa.exc.ProgrammingError, sa.exc.TimeoutError) as error:
        raise _database_fault(address, error) from None
    if version < OLDEST_POSTGRES:
        raise Unusable(
            f"{address} 是 PostgreSQL {version}，需要 {OLDEST_POSTGRES} 以上版本",
            f"{address} is PostgreSQL {version}: {OLDEST_POSTGRES} or later is needed",
        )
    if lacking:
        raise NotThereYet(
            f"{address} 尚缺数据表版本 {lacking[-1]}：请运行 migrate --step pre",
            f"{address} lacks revision {lacking[-1]}: run `migrate --step pre`",
        )


_REFUSED = re.compile(
    r"password|pg_hba|certificate|authentication failed|does not support SSL|SSL error: (?!.*(?i:eof|closed))"
    r'|role ".*" (does not exist|is not permitted)|认证失败|角色 ?".*" ?(不存在|进行登录)'
)
"""libpq tells no code of a refused login: its own words, and the server's in the languages that we may meet."""


def _database_fault(address: str, error: sa.exc.SQLAlchemyError) -> NotThereYet | Unusable:
    said = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error).splitlines()[0]
    code = str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
    if code.startswith("28") or (not code and _REFUSED.search(said)):
        return Unusable(
            f"{address} 拒绝连接（{said}）：请检查 HUYING_DATABASE_URL 的用户、口令和证书",
            f"{address} refuses us ({said}): check user, password and certificate of HUYING_DATABASE_URL",
        )
    if code == "42501" or "permission denied" in said or "权限不够" in said:
        return NotThereYet(  # what another process is just migrating is granted at the end
            f"{address} 权限不足（{said}）：请以属主角色运行 migrate",
            f"{address}: {said}: run `migrate` with the owner's role, which grants what we need",
        )
    if code.startswith(("3D", "3F", "42P01")) or "does not exist" in said or "不存在" in said:
        return NotThereYet(
            f"{address} 尚未建立（{said}）：请管理员执行 migrate --print-roles 的输出",
            f"{address} is not there yet ({said}): let an administrator run what `migrate --print-roles` prints",
        )
    return NotThereYet(
        f"{address} 的 PostgreSQL 无应答（{said}）：请启动它或修改 HUYING_DATABASE_URL",
        f"PostgreSQL at {address} does not answer ({said}): start it, or change HUYING_DATABASE_URL",
    )


# -- RabbitMQ ----------------------------------------------------------------------------------------------------------


def check_rabbit(settings: Settings) -> None:
    """Opens a connection and closes it. Raises NotThereYet or Unusable."""
    from chassis.rabbit.connection import Broker, close, connect

    with broker_faults():
        close(connect(Broker.parse(settings.amqp_url), "huying start"))


def declare_all(settings: Settings) -> None:
    """Every exchange and queue of the province: nothing is published into the void. Raises NotThereYet or Unusable."""
    from chassis.rabbit.topology import declare

    with broker_faults():
        declare(settings.amqp_url, load(), partitions=settings.partitions, quorum=settings.quorum_queues)


@contextmanager
def broker_faults() -> Iterator[None]:
    """What is wrong with the broker, as something to wait for or to give up on."""
    from chassis.rabbit.errors import BrokerAway, BrokerSilent

    try:
        yield
    except (BrokerAway, BrokerSilent) as away:
        raise NotThereYet(away.message_zh, away.message_en) from None
    except DomainError as refused:
        raise Unusable(refused.message_zh, refused.message_en) from None
