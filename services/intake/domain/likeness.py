"""How alike two texts are, and a few keys by which alike ones are found without reading all."""

import re
import zlib

KEYS = 12
_SHINGLE = 3
_NOISE = re.compile(r"[^\w]+|［[^］]*］")


def keys_of(*, subject: str, text: str, area: str, item: str) -> list[int]:
    """At most 12 + 1 numbers: the smallest hashes of the text's three-character pieces, and its place and item.

    Two texts share such a key about as often as they share pieces (bottom-k sketch), however many cases are stored.
    """
    plain = _plain(f"{subject}{text}")
    hashes = {zlib.crc32(plain[i : i + _SHINGLE].encode()) for i in range(max(1, len(plain) - _SHINGLE + 1))}
    keys = sorted(hashes)[:KEYS]
    if area and item:
        keys.append(zlib.crc32(f"{area}/{item}".encode()) + (1 << 32))
    return keys


def likeness(left: str, right: str) -> float:
    """From 0 to 1: the shared two-character pieces among those of the shorter text."""
    one, other = _pieces(left), _pieces(right)
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other))


def _pieces(text: str) -> set[str]:
    plain = _plain(text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _plain(text: str) -> str:
    return _NOISE.sub("", text).lower()
