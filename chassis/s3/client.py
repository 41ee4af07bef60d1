"""The client of the store, with limits on everything, and its faults in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from chassis.domain import DomainError
from chassis.objects import ObjectsAway, ObjectsRefused
from chassis.s3.address import Address

if TYPE_CHECKING:
    from minio import Minio
    from minio.sse import Sse

log = structlog.get_logger()
CONNECT_SECONDS = 2.0
READ_SECONDS = 15.0
MISSING = frozenset({"NoSuchKey", "NoSuchObject", "NoSuchVersion"})
_PASSING = frozenset(
    {"InternalError", "ServiceUnavailable", "SlowDown", "SlowDownRead", "SlowDownWrite", "RequestTimeout",
     "XMinioServerNotInitialized", "XMinioReadQuorum", "XMinioWriteQuorum", "OperationAborted"}
)  # fmt: skip


def connect(address: Address) -> "Minio":
    """Connects only when it is used; two tries, since a kept connection may have died."""
    import urllib3
    from minio import Minio

    pool = urllib3.PoolManager(
        maxsize=8,
        ca_certs=address.ca or None,
        timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        retries=urllib3.Retry(total=1, connect=1, read=1, redirect=0, status=0, backoff_factor=0.05),
    )
    return Minio(
        address.host,
        access_key=address.user or None,
        secret_key=address.password or None,
        secure=address.secure,
        region=address.region,
        http_client=pool,
    )


def encryption(wanted: str) -> "Sse | None":
    """ "" none, "sse-s3" with the store's key, "sse-kms:<key id>" with a key of its key service."""
    from minio.sse import SseKMS, SseS3

    if not wanted:
        return None
    return SseS3() if wanted == "sse-s3" else SseKMS(wanted.removeprefix("sse-kms:"), {})


class Missing(Exception):
    """The store has no such object."""


class Present(Exception):
    """There is one already."""


@contextmanager
def spoken(address: Address) -> Iterator[None]:
    """Raises ObjectsAway, ObjectsRefused, Missing or Present for what the client raises."""
    import urllib3.exceptions
    from minio.error import MinioException, S3Error

    try:
        yield
    except S3Error as error:
        raise _of(error.code or "", address) from error
    except (MinioException, urllib3.exceptions.HTTPError, OSError) as error:
        log.warning("objects_away", store=str(address), error=type(error).__name__)
        raise ObjectsAway() from error


def _of(code: str, address: Address) -> Exception:
    if code in MISSING:
        return Missing()
    if code == "PreconditionFailed":
        return Present()
    fault: DomainError = ObjectsAway() if code in _PASSING else ObjectsRefused(code=code)
    log.warning("objects_refused", store=str(address), code=code)
    return fault
