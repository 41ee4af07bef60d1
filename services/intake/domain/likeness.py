"""How alike two texts are, and a few keys by which alike ones are found without reading all."""

import re
import zlib
from itertools import pairwise

KEYS = 10
_SHINGLE = 3
# What a case is about is said at its beginning; longer texts must not cost more.
_READ = 400
_NOISE = re.compile(r"[^\w]+|［[^］]*］")


def keys_of(*, subject: str, text: str, area: str, item: str) -> list[int]:
    """At most 10 + 1 numbers: the smallest hashes of the text's three-character pieces, and its place and item.

    Two texts share such a key about as often as they share pieces (bottom-k sketch), however many cases are stored.
    """
    plain = _plain(f"{subject}{text}")
    hashes = {zlib.crc32(plain[i : i + _SHINGLE].encode()) for i in range(max(1, len(plain) - _SHINGLE + 1))}
    keys = sorted(hashes)[:KEYS]
    if area and item:
        keys.append(zlib.crc32(f"{area}/{item}".encode()) + (1 << 32))
    return keys


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """From 0 to 1: the shared two-character pieces among those of the shorter text."""
    if not left or not right:
        return 0.0
    return len(left & right) / min(len(left), len(right))


def pieces_of(text: str) -> frozenset[str]:
    plain = _plain(text)
    return frozenset(a + b for a, b in pairwise(plain))


def _plain(text: str) -> str:
    return _NOISE.sub("", text[:_READ]).lower()
