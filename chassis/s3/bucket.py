"""The bucket itself: made when it is missing, encrypting by default, and forgetting by itself what nobody fetched."""

from typing import TYPE_CHECKING

import structlog

from chassis.s3.address import Address

if TYPE_CHECKING:
    from minio import Minio
    from minio.lifecycleconfig import LifecycleConfig
    from minio.sse import Sse
    from minio.sseconfig import SSEConfig

log = structlog.get_logger()
# Days; the sweeper is faster, the store's own rule holds also while no service runs.
INCOMING_DAYS = 2


def prepare_bucket(client: "Minio", address: Address, sse: "Sse | None") -> None:
    """Raises what the client raises, but for rules that our key may not set: those are the operator's."""
    from minio.error import S3Error

    if not _exists(client, address.bucket):
        try:
            client.make_bucket(address.bucket, location=address.region)
        except S3Error as error:  # another process was faster
            if error.code not in ("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):
                raise
    try:
        client.set_bucket_lifecycle(address.bucket, _lifecycle())
        if sse is not None:
            client.set_bucket_encryption(address.bucket, _encryption(sse))
    except S3Error as error:
        log.warning("bucket_rules_not_set", store=str(address), code=error.code)


def _exists(client: "Minio", bucket: str) -> bool:
    """By a listing: the answer to the client's own question has no words for a wrong password."""
    from minio.error import S3Error

    try:
        next(iter(client.list_objects(bucket)), None)
    except S3Error as error:
        if error.code != "NoSuchBucket":
            raise
        return False
    return True


def _lifecycle() -> "LifecycleConfig":
    from minio.commonconfig import ENABLED, Filter
    from minio.lifecycleconfig import AbortIncompleteMultipartUpload, Expiration, LifecycleConfig, Rule

    return LifecycleConfig(
        [
            Rule(
                ENABLED,
                rule_filter=Filter(prefix="incoming/"),
                rule_id="huying-incoming",
                expiration=Expiration(days=INCOMING_DAYS),
                abort_incomplete_multipart_upload=AbortIncompleteMultipartUpload(days_after_initiation=INCOMING_DAYS),
            )
        ]
    )


def _encryption(sse: "Sse") -> "SSEConfig":
    from minio.sseconfig import Rule, SSEConfig

    headers = sse.headers()
    key = headers.get("X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id")
    return SSEConfig(Rule.new_sse_kms_rule(key) if key else Rule.new_sse_s3_rule())
