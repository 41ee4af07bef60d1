"""What cannot be installed by us is said so that a person can."""

from pathlib import Path

import pytest

from cli.servers import install, places
from cli.servers.errors import ServerError, ServerMissing


def missing() -> Path:
    raise ServerMissing("X", "x")


def test_without_apt_the_command_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HUYING_CACHE", str(tmp_path))
    monkeypatch.setitem(install._PACKAGES, "rabbitmq-server", missing)
    with pytest.raises(ServerError, match=r"apt-get install .*rabbitmq-server") as caught:
        install.install()
    assert "请先安装" in caught.value.zh
    assert "maven" in caught.value.en


def test_what_is_there_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in install._PACKAGES:
        monkeypatch.setitem(install._PACKAGES, name, lambda: tmp_path)
    monkeypatch.setenv("HUYING_CACHE", str(tmp_path))
    (places.built()).mkdir()
    for name in ("minio", "toxiproxy-server"):
        (places.built() / name).touch()
    script = tmp_path / f"elasticsearch-{places.ELASTICSEARCH_VERSION}" / "bin" / "elasticsearch"
    script.parent.mkdir(parents=True)
    script.touch()
    monkeypatch.setattr(install, "_run", lambda *_, **__: pytest.fail("it ran something"))
    install.install()


def test_what_fails_says_its_last_words_and_the_way_by_hand() -> None:
    with pytest.raises(ServerError, match=r"(?s)boom.*do it by hand"):
        install._run(["sh", "-c", "echo boom >&2; exit 1"], "do it by hand")


@pytest.mark.parametrize(("said", "version"), [("go1.26.8", (1, 26)), ("devel", (0,)), ("", (0,))])
def test_a_version_of_go_is_read(tmp_path: Path, said: str, version: tuple[int, ...]) -> None:
    fake = tmp_path / "go"
    fake.write_text(f"#!/bin/sh\necho {said}\n")
    fake.chmod(0o755)
    assert install._version_of(str(fake)) == version
