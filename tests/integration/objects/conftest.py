"""One store of its own for these tests: they take it away, and fill its disk."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.s3 import S3Objects
from cli.servers.errors import ServerError
from tests.integration.objects.store import EncryptingMinio, objects_at


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EncryptingMinio]:
    yield from running(tmp_path_factory.mktemp("minio"))


def running(folder: Path) -> Iterator[EncryptingMinio]:
    """Where it cannot start, its tests are skipped with the reason; in CI they fail."""
    server = EncryptingMinio(folder)
    try:
        server.start()
    except ServerError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(error.en)
    yield server
    server.stop()


@pytest.fixture
def url(server: EncryptingMinio) -> str:
    return server.new_bucket_url()


@pytest.fixture
def store(url: str) -> S3Objects:
    return objects_at(url)
