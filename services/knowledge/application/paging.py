"""Page tokens: where the next page starts, at which instant the search began, and for which words."""

import base64
import binascii
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime

from services.knowledge.application.ports import Search
from services.knowledge.domain.errors import PageTokenInvalid

_FORM = struct.Struct(">IQI")
DEEPEST = 1000


def token_for_next(search: Search) -> str:
    """Empty where nobody reads any further."""
    offset = search.offset + search.limit
    if offset >= DEEPEST:
        return ""
    packed = _FORM.pack(offset, int(search.at.timestamp() * 1000), _words(search))
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def continued(search: Search, token: str) -> Search:
    """The search at the page of the token, at the instant of its first page. Raises PageTokenInvalid."""
    if not token:
        return search
    try:
        offset, milliseconds, words = _FORM.unpack(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (binascii.Error, struct.error, ValueError):
        raise PageTokenInvalid(field="page_token") from None
    began = milliseconds / 1000
    if words != _words(search) or offset >= DEEPEST or began > search.at.timestamp() + 1:
        raise PageTokenInvalid(field="page_token")
    return replace(search, offset=offset, at=datetime.fromtimestamp(began, UTC))


def _words(search: Search) -> int:
    return zlib.crc32("\0".join([search.city, search.unit, search.text]).encode())
