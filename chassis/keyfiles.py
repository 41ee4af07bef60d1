"""Files that hold keys: made once at the first start, readable by their owner alone."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from chassis.files import sync_folder


class KeysUnusable(Exception):
    """A key cannot be read; the start stops here, since nothing may be sealed or signed with a guess."""


def read_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's content; at the first start, that of `make`. Raises KeysUnusable when others may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _create_once(path, make())
    if path.stat().st_mode & 0o077:
        raise KeysUnusable(f"{path} can be read by others; run: chmod 600 {path}")
    return path.read_bytes()


def _create_once(path: Path, content: bytes) -> None:
    # Written aside and linked: of several processes that start at once, the first wins and no one reads half a file.
    aside = path.with_name(f".{path.name}.{os.getpid()}.{token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(aside, path)
        sync_folder(path.parent)
    finally:
        aside.unlink()
