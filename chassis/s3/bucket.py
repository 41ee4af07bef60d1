"""The bucket itself: made when it is missing, encrypting by default, and forgetting by itself what nobody fetched."""

from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree

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
RULE = "huying-incoming"


def prepare_bucket(client: "Minio", address: Address, sse: "Sse | None") -> None:
    """Raises what the client raises, but for rules that our key may not set: those are the operator's."""
    from minio.error import S3Error

    if not _exists(client, address.bucket):
        try:
            client.make_bucket(address.bucket, location=address.region)
        except S3Error as error:  # another process was faster
            if error.code not in ("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):
                raise
    for step in (_forget_incoming, partial(_encrypt_by_default, sse=sse), _tell_of_versions):
        try:
            step(client, address)
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


def _forget_incoming(client: "Minio", address: Address) -> None:
    """Adds our rule to the operator's, which go back as they came: the client would drop what it does not know."""
    from minio.helpers import md5sum_hash
    from minio.xml import marshal

    wanted = ElementTree.fromstring(marshal(_lifecycle()))  # noqa: S314
    rules = _rules(client, address.bucket)
    ours = next((rule for rule in rules or () if rule.findtext("{*}ID") == RULE), None)
    if ours is not None and ours.findtext("{*}Expiration/{*}Days") == str(INCOMING_DAYS):
        return
    wanted[:0] = [rule for rule in rules or () if rule is not ours]
    body = ElementTree.tostring(wanted)
    headers: dict[str, str | list[str] | tuple[str]] = {"Content-MD5": str(md5sum_hash(body))}
    client._execute("PUT", address.bucket, body=body, headers=headers, query_params={"lifecycle": ""})


def _rules(client: "Minio", bucket: str) -> "ElementTree.Element | None":
    from minio.error import S3Error

    try:
        answer = client._execute("GET", bucket, query_params={"lifecycle": ""})
    except S3Error as error:
        if error.code != "NoSuchLifecycleConfiguration":
            raise
        return None
    return ElementTree.fromstring(answer.data)  # noqa: S314 the operator's own store


def _encrypt_by_default(client: "Minio", address: Address, *, sse: "Sse | None") -> None:
    """Where the operator has chosen none; what we send asks for ours in any case."""
    if sse is not None and client.get_bucket_encryption(address.bucket) is None:
        client.set_bucket_encryption(address.bucket, _encryption(sse))


def _tell_of_versions(client: "Minio", address: Address) -> None:
    """In such a bucket a deletion, also that of an erased citizen's files, hides the content and keeps it."""
    status = client.get_bucket_versioning(address.bucket).status
    if status:
        log.warning("bucket_keeps_deleted_versions", store=str(address), versioning=status)


def _lifecycle() -> "LifecycleConfig":
    from minio.commonconfig import ENABLED, Filter
    from minio.lifecycleconfig import AbortIncompleteMultipartUpload, Expiration, LifecycleConfig, Rule

    return LifecycleConfig(
        [
            Rule(
                ENABLED,
                rule_filter=Filter(prefix="incoming/"),
                rule_id=RULE,
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
