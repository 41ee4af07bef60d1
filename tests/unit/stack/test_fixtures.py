"""A server that cannot start: locally its tests are skipped with the reason, in continuous integration they fail."""

import pytest

from cli.servers.errors import ServerError
from tests.servers import _refuse, unique

NOT_THERE = ServerError("未安装", "not installed")


def test_locally_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="not installed"):
        _refuse(NOT_THERE)


def test_in_continuous_integration_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="not installed"):
        _refuse(NOT_THERE)


def test_no_two_tests_share_a_place() -> None:
    assert len({unique("place") for _ in range(100)}) == 100
