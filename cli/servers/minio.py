"""MinIO: the S3 store of attachments."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import quote

from cli.servers.http import ask, require
from cli.servers.places import built, program
from cli.servers.server import Server

USER = "huying"


@dataclass(frozen=True)
class MinioAddress:
    """How to reach the store; `bucket` belongs to one user of it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    bucket: str = "huying"

    @property
    def endpoint(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.user}:{quote(self.password, safe='')}@{self.endpoint}/{self.bucket}"


class Minio(Server):
    name = "minio"
    title = "MinIO"
    port_names: ClassVar[tuple[str, ...]] = ("port", "console")

    @property
    def address(self) -> MinioAddress:
        return MinioAddress("127.0.0.1", self.ports["port"], USER, self.password)

    def prepare(self) -> None:
        (self.data_dir / "data").mkdir(mode=0o700, exist_ok=True)

    def command(self) -> tuple[list[str], dict[str, str]]:
        minio = str(program("MinIO", "minio", built()))
        addresses = [
            f"--address=127.0.0.1:{self.ports['port']}",
            f"--console-address=127.0.0.1:{self.ports['console']}",
        ]
        return [minio, "server", "--quiet", *addresses, str(self.data_dir / "data")], {
            "MINIO_ROOT_USER": USER,
            "MINIO_ROOT_PASSWORD": self.password,
            "MINIO_BROWSER": "off",
            "MINIO_UPDATE": "off",
            "MINIO_PROMETHEUS_AUTH_TYPE": "public",
            "CI": "true",  # else it refuses folders on the disk of the system
        }

    def check(self) -> None:
        require(f"http://{self.address.endpoint}/minio/health/ready", timeout=5)
        # It is ready before its users are: a client that came now would be told to come back in a minute, and would.
        if ask(f"http://{self.address.endpoint}/", timeout=5)[0] == 503:
            raise OSError("it is still reading its users")

    # -- buckets -------------------------------------------------------------------------------------------------------

    def create_bucket(self, name: str) -> MinioAddress:
        """Makes it, or leaves the one that exists."""
        if not self._client.bucket_exists(name):
            self._client.make_bucket(name)
        return replace(self.address, bucket=name)

    def drop_bucket(self, name: str) -> None:
        """Also what is in it, in all versions."""
        header = {"x-minio-force-delete": "true"}
        self._client._execute("DELETE", bucket_name=name, headers=header)

    @cached_property
    def _client(self) -> Any:
        from minio import Minio as Client

        address = self.address
        return Client(address.endpoint, access_key=address.user, secret_key=address.password, secure=False)
