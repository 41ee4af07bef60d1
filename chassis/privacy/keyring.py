"""The platform's own keys: several with ids, of which the newest seals and every one opens."""

import base64
import binascii
import hashlib
import hmac
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.utils import random as random_bytes

from chassis.keyfiles import KeysUnusable, read_or_create

ENVIRONMENT = "HUYING_KEYS"
FILE_NAME = "keys"
KEY_BYTES = 32
_NONCE_BYTES = 24
_KEY_ID = re.compile(r"[0-9A-Za-z._-]{1,32}")


class CannotOpen(Exception):
    """The value was altered, belongs to another context, or its key is gone."""


@dataclass(frozen=True, repr=False)
class KeyRing:
    """Keys by id in order of age. Never printed."""

    keys: Mapping[str, bytes]
    _derived: dict[tuple[str, str], bytes] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if not self.keys:
            raise KeysUnusable("the key ring holds no key")
        for key_id, key in self.keys.items():
            if not _KEY_ID.fullmatch(key_id) or len(key) != KEY_BYTES:
                raise KeysUnusable(f"key {key_id!r} needs a plain id and {KEY_BYTES} bytes")

    @classmethod
    def parse(cls, text: str) -> Self:
        """`id:base64` entries, separated by white space or commas, the newest last."""
        keys: dict[str, bytes] = {}
        for number, entry in enumerate(re.split(r"[\s,]+", text.strip()), start=1):
            key_id, _, value = entry.partition(":")
            try:
                key = base64.b64decode(value, validate=True)
            except (binascii.Error, ValueError):
                raise KeysUnusable(f"entry {number} of the key ring is not id:base64") from None
            if key_id in keys:
                raise KeysUnusable(f"key id {key_id!r} appears twice")
            keys[key_id] = key
        return cls(keys)

    @classmethod
    def load(
        cls,
        directory: Path | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        before_making: Callable[[], None] = lambda: None,
    ) -> Self:
        """From HUYING_KEYS, or from the file `keys` (mode 0600) in the data folder, made at the first start.

        `before_making` may refuse that by raising KeysUnusable.
        """
        given = (os.environ if environment is None else environment).get(ENVIRONMENT, "")
        if given.strip():
            return cls.parse(given)
        if directory is None:
            raise KeysUnusable(f"set {ENVIRONMENT} or name a data folder")
        path = directory / FILE_NAME
        if not path.exists():
            before_making()
        return cls.parse(read_or_create(path, _first_key).decode())

    @classmethod
    def fresh(cls) -> Self:
        """One new key, for tests and throw-away demonstrations."""
        return cls.parse(new_entry("k1"))

    @property
    def newest_first(self) -> tuple[str, ...]:
        return tuple(self.keys)[::-1]

    @property
    def newest(self) -> str:
        return self.newest_first[0]

    def seal_own(self, context: str, value: bytes) -> bytes:
        """Seals what belongs to no citizen; `context` says what it is and must be named again to open it."""
        key_id = self.newest
        nonce = random_bytes(_NONCE_BYTES)
        sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(value, context.encode(), nonce, self.derive("seal", key_id))
        name = key_id.encode()
        return bytes([len(name)]) + name + nonce + sealed

    def open_own(self, context: str, sealed: bytes) -> bytes:
        """Raises CannotOpen for an altered value, another context or an unknown key."""
        start = 1 + sealed[0] if sealed else 0
        key_id = sealed[1:start].decode("ascii", "replace")
        if key_id not in self.keys or len(sealed) < start + _NONCE_BYTES:
            raise CannotOpen("no key for this value")
        nonce, body = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
        try:
            return crypto_aead_xchacha20poly1305_ietf_decrypt(
                body, context.encode(), nonce, self.derive("seal", key_id)
            )
        except CryptoError:
            raise CannotOpen(f"altered, or not sealed as {context!r}") from None

    def derive(self, purpose: str, key_id: str = "") -> bytes:
        """A key of its own for each purpose, so that no key serves two."""
        name = (purpose, key_id or self.newest)
        if name not in self._derived:
            self._derived[name] = hashlib.blake2b(
                purpose.encode(), key=self.keys[name[1]], digest_size=KEY_BYTES, person=b"huying-derive"
            ).digest()
        return self._derived[name]


def new_entry(key_id: str) -> str:
    """One line for the ring with a new random key, for rotation: append it, start again, and it seals from then on."""
    if not _KEY_ID.fullmatch(key_id):
        raise KeysUnusable(f"{key_id!r} is not a plain key id")
    return f"{key_id}:{base64.b64encode(random_bytes(KEY_BYTES)).decode()}"


def _first_key() -> bytes:
    return f"{new_entry('k1')}\n".encode()


def same(left: bytes, right: bytes) -> bool:
    """Compares without telling by its duration where they differ."""
    return hmac.compare_digest(left, right)
