"""A store of objects that lives as long as its test."""

from datetime import UTC, datetime
from hashlib import sha256

from chassis.objects import Listed, ObjectExists, ObjectNotFound, StoredObject, check_key


class MemoryObjects:
    """Behaves as every object store does: tests/contract/object_store_suite.py."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, datetime]] = {}

    def put(self, key: str, content: bytes) -> StoredObject:
        kept, _ = self._kept.setdefault(check_key(key), (content, datetime.now(UTC)))
        if kept != content:
            raise ObjectExists(field="key")
        return StoredObject(key, len(content), sha256(content).hexdigest())

    def get(self, key: str) -> bytes:
        if not self.exists(key):
            raise ObjectNotFound(field="key")
        return self._kept[key][0]

    def exists(self, key: str) -> bool:
        return check_key(key) in self._kept

    def delete(self, key: str) -> None:
        self._kept.pop(check_key(key), None)

    def move(self, key: str, to: str) -> None:
        check_key(to)
        if self.exists(key):
            self._kept.setdefault(to, self._kept[key])
            self.delete(key)

    def listed(self, *, after: str = "", limit: int = 1000) -> list[Listed]:
        keys = sorted(key for key in self._kept if key > after)[:limit]
        return [Listed(key, len(content), at) for key in keys for content, at in [self._kept[key]]]
