"""Files that belong to cases, kept outside the database: the port, and a folder behind it (any S3 store: chassis/s3).

An object never changes: the same key with other content is refused, so a repeated upload is harmless.
"""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Protocol

from chassis.domain import DomainError, Status
from chassis.files import sync_folder

_SEGMENT = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,127}")


class ObjectKeyInvalid(DomainError):
    """The key could leave the store, or not be written in every kind of store."""

    status = Status.INVALID_ARGUMENT
    zh = "对象键无效"
    en = "the object key is not valid"


class ObjectNotFound(DomainError):
    """No object has this key."""

    status = Status.NOT_FOUND
    zh = "附件不存在"
    en = "there is no such object"


class ObjectExists(DomainError):
    """Another content is already kept under this key."""

    status = Status.ALREADY_EXISTS
    zh = "该附件已存在且内容不同"
    en = "another content is kept under this key"


class ObjectsAway(DomainError):
    """The store does not answer; nothing was kept, and all that needs no file goes on."""

    status = Status.UNAVAILABLE
    zh = "附件存储暂时不可用，请稍后重试"
    en = "the store of attachments is away, try again shortly"


class ObjectsRefused(DomainError):
    """The store answers, but does not take or give it: its disk is full, or our key has no right to it."""

    status = Status.UNAVAILABLE
    zh = "附件存储拒绝了该操作（{code}），请联系管理员"
    en = "the store of attachments refuses this ({code}); tell its operator"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What a store knows of an object."""

    key: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An object in a listing."""

    key: str
    size_bytes: int
    modified_at: datetime


class ObjectStore(Protocol):
    """Keeps immutable objects. A key is one to eight names joined by "/", such as `350100/<case>/<attachment>`.

    Every call may raise ObjectsAway or ObjectsRefused; then nothing was changed.
    """

    def put(self, key: str, content: bytes) -> StoredObject:
        """Keeps the content for good before it returns. Raises ObjectKeyInvalid, ObjectExists."""

    def get(self, key: str) -> bytes:
        """Raises ObjectKeyInvalid, ObjectNotFound."""

    def exists(self, key: str) -> bool:
        """Raises ObjectKeyInvalid."""

    def delete(self, key: str) -> None:
        """Removes it; a missing one is no error. Raises ObjectKeyInvalid."""

    def move(self, key: str, to: str) -> None:
        """Under another key; a missing one is no error, nor one that is there already. Raises ObjectKeyInvalid."""

    def listed(self, *, after: str = "", limit: int = 1000) -> list[Listed]:
        """The objects whose keys follow `after`, in the order of their keys."""


def check_key(key: str) -> str:
    """Raises ObjectKeyInvalid unless every store can keep the key."""
    parts = key.split("/")
    if not 1 <= len(parts) <= 8 or not all(_SEGMENT.fullmatch(part) for part in parts):
        raise ObjectKeyInvalid(field="key")
    return key


# A folder of another machine; all else is for who looks after this one.
_AWAY = frozenset({errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH})


@contextmanager
def _spoken() -> Iterator[None]:
    """Raises ObjectsAway or ObjectsRefused for what the file system says."""
    try:
        yield
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise (ObjectsAway() if error.errno in _AWAY else ObjectsRefused(code=code)) from error


class FolderObjects:
    """Objects as files below one folder; a file appears whole or not at all.

    What is being written lies in `incoming`: the sweep finds there what a killed process has left.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._incoming = self.root / "incoming"

    @_spoken()
    def put(self, key: str, content: bytes) -> StoredObject:
        path = self._path(key)
        stored = StoredObject(key, len(content), sha256(content).hexdigest())
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._make_folder(path.parent)
        with tempfile.NamedTemporaryFile(dir=self._incoming) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            try:
                os.link(file.name, path)  # unlike a rename, it never replaces what is there
            except FileExistsError:
                if sha256(path.read_bytes()).hexdigest() != stored.sha256:
                    raise ObjectExists(field="key") from None
        sync_folder(path.parent)
        return stored

    @_spoken()
    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise ObjectNotFound(field="key") from None

    @_spoken()
    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    @_spoken()
    def delete(self, key: str) -> None:
        path = self._path(key)
        with suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
            sync_folder(path.parent)

    @_spoken()
    def move(self, key: str, to: str) -> None:
        source, target = self._path(key), self._path(to)
        if not source.is_file():
            return
        self._make_folder(target.parent)
        with suppress(FileExistsError):
            os.link(source, target)
            os.utime(target)  # its age counts from now, as in every store
        sync_folder(target.parent)
        self.delete(key)

    @_spoken()
    def listed(self, *, after: str = "", limit: int = 1000) -> list[Listed]:
        return list(islice(self._below(self.root, after), limit))

    def _below(self, folder: Path, after: str) -> Iterator[Listed]:
        """In the order of the keys; folders that lie wholly before `after` are not opened."""
        try:
            found = [(e.name + "/" if e.is_dir(follow_symlinks=False) else e.name, e) for e in os.scandir(folder)]
        except FileNotFoundError:
            return
        for name, entry in sorted(found, key=lambda pair: pair[0]):
            key = Path(entry.path).relative_to(self.root).as_posix()
            if name.startswith(".") or entry.is_symlink():
                continue
            if name.endswith("/"):
                if f"{key}/" > after or after.startswith(f"{key}/"):
                    yield from self._below(Path(entry.path), after)
            elif key > after:
                with suppress(FileNotFoundError):  # it was deleted meanwhile
                    facts = entry.stat()
                    yield Listed(key, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))

    def _path(self, key: str) -> Path:
        path = self.root / check_key(key)
        if not path.parent.resolve().is_relative_to(self.root) or path.is_symlink():
            raise ObjectKeyInvalid(field="key")  # a link inside the store points out of it
        return path

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise ObjectKeyInvalid(field="key") from None
        for made in (folder, *folder.parents):
            if made.is_relative_to(self.root):
                sync_folder(made)
