"""Objects in a real MinIO: the promises of the folder, and what only a store can do."""

import io
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
import structlog.testing
from minio.commonconfig import ENABLED, Filter
from minio.lifecycleconfig import Expiration, LifecycleConfig, Rule
from minio.sseconfig import Rule as SSERule
from minio.sseconfig import SSEConfig
from minio.versioningconfig import VersioningConfig

from chassis.clock import SimulatedClock, WallClock, monotonic
from chassis.objects import ObjectExists, ObjectsAway, ObjectsRefused
from chassis.s3 import Address, S3Objects
from chassis.transfers import UPLOAD_LIFE, AttachmentNotUploaded
from tests.contract.object_store_suite import KEY, ObjectStoreSuite
from tests.integration.objects.store import EncryptingMinio, fetch, objects_at, post
from tests.sealed import Certificate, SealedMinio
from tests.servers import OwnServer


class TestS3Objects(ObjectStoreSuite):
    """The behaviour suite of every store."""


class TestEncryptedS3Objects(ObjectStoreSuite):
    @pytest.fixture
    def store(self, url: str) -> S3Objects:
        return objects_at(url, encrypted="sse-s3")


class TestS3ObjectsUnderAKeyOfTheKeyService(ObjectStoreSuite):
    @pytest.fixture
    def store(self, url: str) -> S3Objects:
        return objects_at(url, encrypted="sse-kms:test-key")


def test_of_many_writers_of_one_key_one_wins_and_nobody_replaces_it(store: S3Objects) -> None:
    def write(number: int) -> bool:
        try:
            store.put(KEY, b"%d" % number)
        except ObjectExists:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(write, range(8)))
    assert won.count(True) == 1
    assert store.get(KEY) == b"%d" % won.index(True)


def test_what_is_kept_is_encrypted_where_it_was_asked_for(url: str) -> None:
    store = objects_at(url, encrypted="sse-s3")
    store.put(KEY, b"secret")
    form = store.upload_form("incoming/1", size_bytes=5)
    assert post(form, b"12345") == 204
    for key in (KEY, "incoming/1"):
        facts = store._client.stat_object(store.address.bucket, key)
        assert (facts.metadata or {}).get("x-amz-server-side-encryption") == "AES256"


def test_the_store_itself_forgets_what_nobody_took_over(store: S3Objects) -> None:
    store.prepare()
    (rule,) = store._client.get_bucket_lifecycle(store.address.bucket).rules
    assert rule.rule_filter.prefix == "incoming/"
    assert rule.expiration.days == 2


def test_the_rules_of_the_operator_stay_beside_ours(url: str) -> None:
    first = objects_at(url, encrypted="sse-s3")
    first.prepare()
    client, bucket = first._client, first.address.bucket
    theirs = Rule(ENABLED, rule_filter=Filter(prefix="other/"), rule_id="theirs", expiration=Expiration(days=7))
    client.set_bucket_lifecycle(bucket, LifecycleConfig([theirs]))
    client.set_bucket_encryption(bucket, SSEConfig(SSERule.new_sse_kms_rule("test-key")))
    for _ in range(2):
        objects_at(url, encrypted="sse-s3").prepare()
        rules = client.get_bucket_lifecycle(bucket).rules
        assert [(rule.rule_id, rule.expiration.days) for rule in rules] == [("theirs", 7), ("huying-incoming", 2)]
    assert client.get_bucket_encryption(bucket).rule.sse_algorithm == "aws:kms"


def test_a_bucket_that_keeps_what_is_deleted_is_told_of(store: S3Objects) -> None:
    with structlog.testing.capture_logs() as logs:
        store.prepare()
        assert logs == []
        store._client.set_bucket_versioning(store.address.bucket, VersioningConfig(ENABLED))
        store.prepare()
    assert [entry["event"] for entry in logs] == ["bucket_keeps_deleted_versions"]


# -- directly ----------------------------------------------------------------------------------------------------------


def test_a_file_comes_by_its_form_and_goes_by_a_link(store: S3Objects) -> None:
    content = bytes(range(256)) * 4096
    assert post(store.upload_form("incoming/1", size_bytes=len(content)), content) == 204
    read = io.BytesIO()
    arrived = store.arrived("incoming/1", read, at_most=10**9)
    assert (arrived.size_bytes, arrived.sha256) == (len(content), sha256(content).hexdigest())
    assert read.read() == content
    store.adopt("incoming/1", arrived, KEY)
    assert store.put(KEY, content).sha256 == arrived.sha256, "known as the same"
    link = store.download_link(KEY, filename="文件.png", media_type="image/png")
    answer = fetch(link.url)
    assert (answer.status, answer.data) == (200, content)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E6%96%87")


@pytest.mark.parametrize("size", [9, 11])
def test_a_form_takes_exactly_as_many_bytes_as_were_announced(store: S3Objects, size: int) -> None:
    assert post(store.upload_form("incoming/1", size_bytes=10), b"x" * size) == 400
    assert not store.exists("incoming/1")


def test_a_form_is_for_one_key_only(store: S3Objects) -> None:
    form = store.upload_form("incoming/1", size_bytes=3)
    form.fields["key"] = "350100/case/other"
    assert post(form, b"abc") == 403
    assert store.listed() == []


def test_a_form_and_a_link_end(url: str) -> None:
    long_ago = SimulatedClock(WallClock().now() - UPLOAD_LIFE * 2)
    expired = S3Objects(Address.parse(url), clock=long_ago)
    assert post(expired.upload_form("incoming/1", size_bytes=3), b"abc") == 403
    store = objects_at(url)
    store.put(KEY, b"content")
    link = store.download_link(KEY, filename="x", media_type="image/png")
    assert "X-Amz-Expires=300" in link.url
    assert fetch(link.url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000")).status == 403
    assert fetch(link.url.partition("?")[0]).status == 403


def test_what_was_replaced_since_it_was_read_is_not_taken_over(store: S3Objects) -> None:
    form = store.upload_form("incoming/1", size_bytes=7)
    post(form, b"checked")
    arrived = store.arrived("incoming/1", io.BytesIO(), at_most=100)
    assert post(form, b"another") == 204
    with pytest.raises(AttachmentNotUploaded):
        store.adopt("incoming/1", arrived, KEY)
    assert not store.exists(KEY)


def test_no_more_is_read_than_may_arrive(store: S3Objects) -> None:
    store.put("incoming/1", bytes(2_000_000))
    read = io.BytesIO()
    assert store.arrived("incoming/1", read, at_most=1_000_000).size_bytes > 1_000_000
    assert len(read.getvalue()) <= 1_000_000
    with pytest.raises(AttachmentNotUploaded):
        store.arrived("incoming/2", read, at_most=10)


# -- bad surroundings --------------------------------------------------------------------------------------------------


def test_a_store_that_is_away_is_a_named_error_at_once_and_back_without_a_restart(
    server: EncryptingMinio, store: S3Objects
) -> None:
    store.put(KEY, b"before")
    server.kill()
    begun = monotonic()
    for call in (lambda: store.put("a", b"x"), lambda: store.get(KEY), lambda: store.exists(KEY),
                 lambda: store.delete(KEY), store.listed):  # fmt: skip
        with pytest.raises(ObjectsAway):
            call()
    assert monotonic() - begun < 5
    server.start()
    assert store.get(KEY) == b"before"
    assert [listed.key for listed in store.listed()] == [KEY]


def test_a_full_disk_is_a_named_error_and_leaves_nothing_half_written(
    server: EncryptingMinio, store: S3Objects
) -> None:
    store.put(KEY, b"before")
    with server.full_disk(), pytest.raises((ObjectsAway, ObjectsRefused)):
        store.put("350100/case/new", bytes(3_000_000))
    assert [listed.key for listed in store.listed()] == [KEY]
    store.put("350100/case/new", bytes(3_000_000))
    assert store.get(KEY) == b"before"


def test_a_wrong_password_is_refused_by_name_and_never_shown(url: str) -> None:
    wrong = url.replace(Address.parse(url).password, "wrong-password")
    store = objects_at(wrong)
    with pytest.raises(ObjectsRefused, match=r"SignatureDoesNotMatch|InvalidAccessKeyId") as caught:
        store.put(KEY, b"x")
    assert "wrong-password" not in f"{caught.value} {store.address} {store.address!r}"


def test_a_store_behind_tls_is_used_only_when_it_proves_who_it_is(own_server: OwnServer, tmp_path: Path) -> None:
    server = own_server(SealedMinio)
    store = objects_at(server.sealed_url("sealed"))
    store.put(KEY, b"secret")
    assert store.get(KEY) == b"secret"
    stranger = Certificate.made(tmp_path).file
    with pytest.raises(ObjectsAway):
        objects_at(server.sealed_url("sealed", stranger)).get(KEY)
