"""What a start makes of what PostgreSQL says: given up, or waited for, in either language."""

import threading

import psycopg
import pytest
import sqlalchemy as sa

from chassis.process.waiting import LONGEST_WAIT_SECONDS, NotThereYet, Unusable, check_database, wait_until

FAILED = 'connection failed: connection to server at "10.0.0.7", port 5432 failed: '
ENGINE = "postgresql+psycopg://huying:secret@10.0.0.7/intake"


def fault(error: psycopg.Error) -> NotThereYet | Unusable:
    engine = sa.create_engine(ENGINE, creator=lambda: _raise(error))
    try:
        check_database(engine)
    except (NotThereYet, Unusable) as found:
        return found
    raise AssertionError("nothing was found")


def _raise(error: psycopg.Error) -> None:
    raise error


@pytest.mark.parametrize(
    "words",
    [
        'FATAL:  password authentication failed for user "huying"',
        '致命错误:  用户 "huying" Password 认证失败',
        'FATAL:  role "huying" does not exist',
        '致命错误:  角色 "huying" 不存在',
        '致命错误:  没有用于主机 "10.0.0.8", 用户 "huying", 数据库 "intake", SSL 关闭 的 pg_hba.conf 记录',
        "SSL error: certificate verify failed",
        "SSL error: tlsv1 alert unknown ca",
        "SSL error: sslv3 alert handshake failure",
        "server does not support SSL, but SSL was required",
    ],
)
def test_a_refused_login_ends_the_start(words: str) -> None:
    found = fault(psycopg.OperationalError(FAILED + words))
    assert isinstance(found, Unusable), found
    assert "HUYING_DATABASE_URL" in found.zh
    assert "secret" not in found.zh + found.en


@pytest.mark.parametrize(
    ("error", "helps"),
    [
        (psycopg.OperationalError(FAILED + "Connection refused"), "start it"),
        (psycopg.OperationalError("SSL connection has been closed unexpectedly"), "start it"),
        (psycopg.OperationalError("SSL SYSCALL error: EOF detected"), "start it"),
        (psycopg.OperationalError("SSL error: unexpected eof while reading"), "start it"),
        (psycopg.OperationalError(FAILED + "FATAL:  the database system is starting up"), "start it"),
        (psycopg.OperationalError(FAILED + '致命错误:  由角色"huying"发起的连接太多了'), "start it"),
        (psycopg.OperationalError(FAILED + 'FATAL:  too many connections for role "huying"'), "start it"),
        (psycopg.OperationalError(FAILED + '致命错误:  数据库 "intake" 不存在'), "--print-roles"),
        (psycopg.errors.InsufficientPrivilege("错误:  对表 alembic_version 权限不够"), "run `migrate`"),
        (psycopg.errors.UndefinedTable('错误:  关系 "alembic_version" 不存在'), "--print-roles"),
    ],
)
def test_what_may_pass_is_waited_for_with_what_helps(error: psycopg.Error, helps: str) -> None:
    found = fault(error)
    assert isinstance(found, NotThereYet), found
    assert helps in found.en


def test_a_server_that_does_not_come_is_asked_ever_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    class Stopping(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0.0)
            return False

    def check() -> None:
        if len(waits) < 8:
            raise NotThereYet("未启动", "not there")

    wait_until("PostgreSQL", "10.0.0.7:5432", check, Stopping())
    assert waits == sorted(waits)
    assert waits[0] < 1
    assert waits[-2:] == [LONGEST_WAIT_SECONDS] * 2
