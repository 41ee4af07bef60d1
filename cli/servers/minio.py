"""MinIO: the S3 store of attachments."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from cli.servers.http import require
from cli.servers.places import built, program
from cli.servers.server import Server

USER = "huying"


@dataclass(frozen=True)
class MinioAddress:
    """How to reach the store; `bucket` belongs to one user of it."""

    host: str
    port: int
    user: str
    password: str
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
