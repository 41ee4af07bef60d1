"""Sealing to a citizen: every service can seal with the public half, only intake holds the private one."""

from dataclasses import dataclass

import msgspec
from nacl.bindings import crypto_box_keypair, crypto_box_seal, crypto_box_seal_open
from nacl.exceptions import CryptoError

from chassis.domain import Sealed
from chassis.privacy.keyring import CannotOpen

_MARK = b"hy1"


class CannotSeal(Exception):
    """The public key is none."""


@dataclass(frozen=True, slots=True, repr=False)
class KeyPair:
    """A citizen's X25519 keys. Destroying the private half destroys all that was sealed to it."""

    public: bytes
    private: bytes


def new_key_pair() -> KeyPair:
    public, private = crypto_box_keypair()
    return KeyPair(public=public, private=private)


def seal(public_key: bytes, *, citizen_id: str, case_id: str, field: str, text: str) -> Sealed:
    """Seals a text so that it opens only as this field of this case of this citizen."""
    bound = _MARK + msgspec.msgpack.encode((citizen_id, case_id, field, text))
    return Sealed(citizen_id=citizen_id, field=field, ciphertext=crypto_box_seal(bound, public_key))


def open_sealed(keys: KeyPair, sealed: Sealed, *, case_id: str) -> str:
    """Raises CannotOpen when the value was altered, moved to another citizen, case or field, or sealed to another."""
    try:
        plain = crypto_box_seal_open(sealed.ciphertext, keys.public, keys.private)
    except (CryptoError, ValueError, TypeError):
        raise CannotOpen("altered, or sealed to another key") from None
    if not plain.startswith(_MARK):
        raise CannotOpen("of another format")
    citizen, case, field, text = msgspec.msgpack.decode(plain[len(_MARK) :], type=tuple[str, str, str, str])
    if (citizen, case, field) != (sealed.citizen_id, case_id, sealed.field):
        raise CannotOpen("moved from another citizen, case or field")
    return text


class ReplyBox:
    """A key for one question: the asker sends `public_key`, the answer comes back sealed to it and opens only here."""

    def __init__(self) -> None:
        self._keys = new_key_pair()

    @property
    def public_key(self) -> bytes:
        return self._keys.public

    def open(self, answer: bytes) -> dict[str, str]:
        """Raises CannotOpen."""
        try:
            plain = crypto_box_seal_open(answer, self._keys.public, self._keys.private)
        except (CryptoError, ValueError, TypeError):
            raise CannotOpen("this answer is for another asker") from None
        return msgspec.msgpack.decode(plain, type=dict[str, str])


def seal_answer(public_key: bytes, answer: dict[str, str]) -> bytes:
    """Seals an answer with personal data to the one who asked. Raises CannotSeal for what is no key."""
    try:
        return crypto_box_seal(msgspec.msgpack.encode(answer), public_key)
    except (CryptoError, ValueError, TypeError):
        raise CannotSeal("not a public key") from None
