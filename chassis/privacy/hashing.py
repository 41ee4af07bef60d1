"""Keyed hashes: values can be compared and found, not guessed from a stolen table."""

import hashlib

from chassis.privacy.keyring import KeyRing, same

_DIGEST_BYTES = 20


def keyed_hash(ring: KeyRing, purpose: str, value: str | bytes, *, key_id: str = "") -> str:
    """`<key id>.<hex>` of the value under the purpose's own key; the newest one unless a key is named."""
    key_id = key_id or ring.newest
    data = value.encode() if isinstance(value, str) else value
    digest = hashlib.blake2b(data, key=ring.derive(f"hash/{purpose}", key_id), digest_size=_DIGEST_BYTES)
    return f"{key_id}.{digest.hexdigest()}"


def all_hashes(ring: KeyRing, purpose: str, value: str | bytes) -> list[str]:
    """The hash under every key of the ring, newest first: a row written before a rotation is still found."""
    return [keyed_hash(ring, purpose, value, key_id=key_id) for key_id in ring.newest_first]


def hash_fits(ring: KeyRing, purpose: str, value: str | bytes, kept: str) -> bool:
    """Whether a kept hash is that of the value, whichever key of the ring wrote it."""
    key_id = kept.rpartition(".")[0]
    if key_id not in ring.keys:
        key_id, kept = ring.newest, ""
    return same(keyed_hash(ring, purpose, value, key_id=key_id).encode(), kept.encode())
