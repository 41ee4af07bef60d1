"""A real MinIO that encrypts, and what callers from outside do with its forms and links."""

import base64
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import urllib3

from chassis.s3 import Address, S3Objects
from chassis.transfers import UploadForm
from cli.servers.minio import Minio


class EncryptingMinio(Minio):
    """With a key of its own at hand, as a store beside a key service has."""

    def command(self) -> tuple[list[str], dict[str, str]]:
        command, env = super().command()
        return command, env | {"MINIO_KMS_SECRET_KEY": f"test-key:{base64.b64encode(bytes(range(32))).decode()}"}

    def new_bucket_url(self) -> str:
        """Of a bucket that does not exist yet."""
        return f"{self.address.url.rpartition('/')[0]}/test-{uuid4().hex[:12]}"

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """Its process may not write a byte to any file: what a full disk, or a broken one, does to it."""
        process = self.process
        assert process is not None
        before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            yield
        finally:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)


def objects_at(url: str, *, encrypted: str = "") -> S3Objects:
    return S3Objects(Address.parse(url), encrypted=encrypted)


def post(form: UploadForm, content: bytes) -> int:
    """Sends the form as a browser does; the status that the store answers."""
    answer = urllib3.request("POST", form.url, fields={**form.fields, "file": ("x", content)}, retries=False)
    return answer.status


def fetch(url: str) -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", url, retries=False)
