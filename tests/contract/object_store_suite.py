"""What every object store must do; subclass it and give the fixture `store`."""

from hashlib import sha256

import pytest

from chassis.objects import ObjectExists, ObjectKeyInvalid, ObjectNotFound, ObjectStore

KEY = "350100/case-1/attachment-1"


class ObjectStoreSuite:
    """A store comes in by the fixture `store`, empty."""

    def test_it_gives_back_what_was_put(self, store: ObjectStore) -> None:
        content = bytes(range(256)) * 100
        stored = store.put(KEY, content)
        assert (stored.key, stored.size_bytes, stored.sha256) == (KEY, 25_600, sha256(content).hexdigest())
        assert store.get(KEY) == content
        assert store.exists(KEY)

    def test_an_empty_object_is_an_object(self, store: ObjectStore) -> None:
        assert store.put(KEY, b"").size_bytes == 0
        assert store.exists(KEY)
        assert store.get(KEY) == b""

    def test_putting_the_same_again_is_harmless(self, store: ObjectStore) -> None:
        assert store.put(KEY, b"same") == store.put(KEY, b"same")

    def test_other_content_under_the_same_key_is_refused_and_changes_nothing(self, store: ObjectStore) -> None:
        store.put(KEY, b"first")
        with pytest.raises(ObjectExists):
            store.put(KEY, b"second")
        assert store.get(KEY) == b"first"

    def test_a_missing_object_is_a_named_error(self, store: ObjectStore) -> None:
        assert not store.exists(KEY)
        with pytest.raises(ObjectNotFound):
            store.get(KEY)

    def test_deleting_twice_is_harmless(self, store: ObjectStore) -> None:
        store.put(KEY, b"content")
        store.delete(KEY)
        store.delete(KEY)
        assert not store.exists(KEY)

    def test_a_deleted_key_can_be_put_again(self, store: ObjectStore) -> None:
        store.put(KEY, b"first")
        store.delete(KEY)
        store.put(KEY, b"second")
        assert store.get(KEY) == b"second"

    @pytest.mark.parametrize(
        "key",
        ["", "/", "/etc/passwd", "..", "../x", "a/../b", "a//b", "a/", ".hidden", "a/.b", "a\\b", "a\0b", "文件", "a b",
         "x" * 129, "/".join("abcdefghi"), "a\n"],
    )  # fmt: skip
    def test_a_key_that_could_lead_elsewhere_is_refused(self, store: ObjectStore, key: str) -> None:
        for call in (lambda: store.put(key, b"x"), lambda: store.get(key), lambda: store.exists(key)):
            with pytest.raises(ObjectKeyInvalid):
                call()
        with pytest.raises(ObjectKeyInvalid):
            store.delete(key)
