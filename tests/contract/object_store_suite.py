"""What every object store must do; subclass it and give the fixture `store`."""

from datetime import UTC, datetime
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

    def test_an_object_moves_to_another_key(self, store: ObjectStore) -> None:
        store.put(KEY, b"content")
        store.move(KEY, "quarantine/reason/case-1/attachment-1")
        assert not store.exists(KEY)
        assert store.get("quarantine/reason/case-1/attachment-1") == b"content"

    def test_moving_what_is_gone_or_moved_already_is_harmless(self, store: ObjectStore) -> None:
        store.move(KEY, "quarantine/x")
        assert not store.exists("quarantine/x")
        store.put(KEY, b"content")
        store.put("quarantine/x", b"content")
        store.move(KEY, "quarantine/x")
        assert [listed.key for listed in store.listed()] == ["quarantine/x"]

    def test_objects_are_listed_page_by_page_in_the_order_of_their_keys(self, store: ObjectStore) -> None:
        keys = ["a", "a-b/c", "a.b", "b/a/x", "b/a0", "b/b/x", "c"]
        for key in reversed(keys):
            store.put(key, key.encode())
        found: list[str] = []
        while page := store.listed(after=found[-1] if found else "", limit=2):
            assert len(page) <= 2
            assert all(listed.size_bytes == len(listed.key) for listed in page)
            assert all(abs((listed.modified_at - datetime.now(UTC)).total_seconds()) < 60 for listed in page)
            found += [listed.key for listed in page]
        assert found == keys
        assert store.listed(after="c") == []

    def test_an_empty_store_lists_nothing(self, store: ObjectStore) -> None:
        assert store.listed() == []

    @pytest.mark.parametrize(
        "key",
        ["", "/", "/etc/passwd", "..", "../x", "a/../b", "a//b", "a/", ".hidden", "a/.b", "a\\b", "a\0b", "文件", "a b",
         "x" * 129, "/".join("abcdefghi"), "a\n"],
    )  # fmt: skip
    def test_a_key_that_could_lead_elsewhere_is_refused(self, store: ObjectStore, key: str) -> None:
        for call in (lambda: store.put(key, b"x"), lambda: store.get(key), lambda: store.exists(key)):
            with pytest.raises(ObjectKeyInvalid):
                call()
        for move in (lambda: store.move(key, "to"), lambda: store.move("from", key)):
            with pytest.raises(ObjectKeyInvalid):
                move()
        with pytest.raises(ObjectKeyInvalid):
            store.delete(key)
