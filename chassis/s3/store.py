"""The object store on S3: the same promises as the folder's, and files that come and go directly."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote

from chassis.clock import Clock, WallClock
from chassis.objects import Listed, ObjectExists, ObjectNotFound, StoredObject, check_key
from chassis.s3.address import Address
from chassis.s3.bucket import prepare_bucket
from chassis.s3.client import Missing, Present, connect, encryption, spoken
from chassis.transfers import DOWNLOAD_LIFE, UPLOAD_LIFE, Arrived, AttachmentNotUploaded, DownloadLink, UploadForm

if TYPE_CHECKING:
    from minio import Minio
    from minio.sse import Sse

_PART = 256 * 1024
_CHECKSUM = "x-amz-meta-sha256"


class S3Objects:
    """One bucket. Callers from outside reach it under `public`, where that differs from our own way to it."""

    def __init__(
        self, address: Address, *, public: Address | None = None, encrypted: str = "", clock: Clock | None = None
    ) -> None:
        self.address, self.public, self._encrypted = address, public or address, encrypted
        # The store judges by its own clock, so a simulated one would be of no use here.
        self._clock = clock or WallClock()
        self._prepared = threading.Event()

    @cached_property
    def _client(self) -> "Minio":
        return connect(self.address)

    @cached_property
    def _outside(self) -> "Minio":
        return connect(self.public)

    @cached_property
    def _sse(self) -> "Sse | None":
        return encryption(self._encrypted)

    def prepare(self) -> None:
        """The bucket is there, encrypts, and forgets what nobody fetched. Raises ObjectsAway, ObjectsRefused."""
        with spoken(self.address):
            prepare_bucket(self._client, self.address, self._sse)
        self._prepared.set()

    def _ready(self) -> None:
        if not self._prepared.is_set():
            self.prepare()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self._ready()
        with spoken(self.address):
            yield

    # -- objects -------------------------------------------------------------------------------------------------------

    def put(self, key: str, content: bytes) -> StoredObject:
        check_key(key)
        stored = StoredObject(key, len(content), sha256(content).hexdigest())
        headers: dict[str, Any] = {
            "If-None-Match": "*",
            _CHECKSUM: stored.sha256,
            **(self._sse.headers() if self._sse else {}),
        }
        try:
            with self._asking():
                # The client's own way to put knows no condition; without one an object would be replaced.
                self._client._execute("PUT", self.address.bucket, key, body=content, headers=headers)
        except Present:
            if self._checksum(key) != stored.sha256:
                raise ObjectExists(field="key") from None
        return stored

    def get(self, key: str) -> bytes:
        check_key(key)
        try:
            return b"".join(self._parts(key))
        except Missing:
            raise ObjectNotFound(field="key") from None

    def exists(self, key: str) -> bool:
        check_key(key)
        try:
            with self._asking():
                self._client.stat_object(self.address.bucket, key)
        except Missing:
            return False
        return True

    def delete(self, key: str) -> None:
        check_key(key)
        with self._asking():
            self._client.remove_object(self.address.bucket, key)

    def move(self, key: str, to: str) -> None:
        check_key(to)
        try:
            self._copy(key, to)
        except Missing:
            return
        self.delete(key)

    def listed(self, *, after: str = "", limit: int = 1000) -> list[Listed]:
        with self._asking():
            found = self._client.list_objects(self.address.bucket, recursive=True, start_after=after)
            return [_listed(entry) for entry in islice(found, limit)]

    def _checksum(self, key: str) -> str:
        with self._asking():
            known = self._client.stat_object(self.address.bucket, key).metadata or {}
        return str(known.get(_CHECKSUM) or sha256(self.get(key)).hexdigest())

    def _parts(self, key: str) -> Iterator[bytes]:
        with self._asking():
            answer = self._client.get_object(self.address.bucket, key)
            try:
                yield from answer.stream(_PART)
            finally:
                answer.close()
                answer.release_conn()

    def _copy(self, key: str, to: str, *, etag: str | None = None, checksum: str = "") -> None:
        from minio.commonconfig import REPLACE, CopySource

        with self._asking():
            self._client.copy_object(
                self.address.bucket,
                to,
                CopySource(self.address.bucket, check_key(key), match_etag=etag),
                sse=self._sse,
                metadata={_CHECKSUM: checksum} if checksum else None,
                metadata_directive=REPLACE if checksum else None,
            )

    # -- directly ------------------------------------------------------------------------------------------------------

    def upload_form(self, key: str, *, size_bytes: int) -> UploadForm:
        from minio.datatypes import PostPolicy

        self._ready()
        expires_at = self._after(UPLOAD_LIFE)
        policy = PostPolicy(self.public.bucket, expires_at)
        fixed = {"key": check_key(key), **(self._sse.headers() if self._sse else {})}
        for name, value in fixed.items():
            policy.add_equals_condition(name, str(value))
        policy.add_content_length_range_condition(size_bytes, size_bytes)
        fields = self._outside.presigned_post_policy(policy)
        return UploadForm(str(self.public), {**fields, **{n: str(v) for n, v in fixed.items()}}, expires_at)

    def download_link(self, key: str, *, filename: str, media_type: str) -> DownloadLink:
        expires_at = self._after(DOWNLOAD_LIFE)
        url = self._outside.presigned_get_object(
            self.public.bucket,
            check_key(key),
            expires=DOWNLOAD_LIFE,
            response_headers={
                # Never opened within the page: what a browser would run could act in the name of its reader.
                "response-content-disposition": f"attachment; filename*=UTF-8''{quote(filename)}",
                "response-content-type": media_type,
            },
        )
        return DownloadLink(url, expires_at)

    def arrived(self, key: str, into: BinaryIO, *, at_most: int) -> Arrived:
        check_key(key)
        try:
            with self._asking():
                etag = str(self._client.stat_object(self.address.bucket, key).etag)
            size, digest = 0, sha256()
            for part in self._parts(key):
                size += len(part)
                if size > at_most:
                    break
                digest.update(part)
                into.write(part)
        except Missing:
            raise AttachmentNotUploaded() from None
        into.seek(0)
        return Arrived(size, digest.hexdigest(), etag)

    def adopt(self, key: str, arrived: Arrived, to: str) -> None:
        check_key(to)
        try:
            self._copy(key, to, etag=arrived.etag, checksum=arrived.sha256)
        except (Missing, Present):  # gone, or replaced since it was read
            raise AttachmentNotUploaded() from None

    def _after(self, life: timedelta) -> datetime:
        return self._clock.now() + life


def _listed(entry: object) -> Listed:
    name, size, modified = (getattr(entry, part) for part in ("object_name", "size", "last_modified"))
    return Listed(str(name), int(size or 0), modified)
