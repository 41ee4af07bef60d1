"""The envelope of every event, as JSON (huying/common/v1/common.proto)."""

import zlib
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

SHARDS = 64

_NO_ZERO = r"\A[^\x00]*\Z"
"""PostgreSQL keeps no zero character."""
_Text = Annotated[str, Meta(pattern=_NO_ZERO)]
_Key = Annotated[str, Meta(pattern=_NO_ZERO, max_length=500)]
"""Stands in an index, which has a limit of 2,700 bytes."""
_Number = Annotated[int, Meta(ge=1, le=2**63 - 1)]


class Unnumbered(msgspec.Struct, frozen=True, kw_only=True):
    """As the publisher makes it; its place in its stream is given by the statement that writes it."""

    event_id: _Key
    type: _Key
    subject: _Key
    city: _Text
    occurred_at: datetime
    causation_id: _Text = ""
    trace: _Text = ""
    payload: msgspec.Raw

    def up_to_its_number(self) -> str:
        """The JSON of the envelope without the number and the brace that end it."""
        return encode(self)[:-1].decode() + ',"sequence":'

    def numbered(self, sequence: int) -> "Envelope":
        return Envelope(**msgspec.structs.asdict(self), sequence=sequence)


class Envelope(Unnumbered, frozen=True, kw_only=True):
    sequence: _Number

    @property
    def publisher(self) -> str:
        return self.type.partition(".")[0]

    @property
    def stream(self) -> tuple[str, str]:
        """Order is kept within one stream and nowhere else."""
        return self.publisher, self.subject


_decoder = msgspec.json.Decoder(Envelope)


def decode(raw: str | bytes) -> Envelope:
    """Raises msgspec.DecodeError for whatever could not be parked as a row: else it would hold its partition for good.

    Of the payload only that it is an object; a zero character in it makes a dead message (chassis/events/parking.py).
    """
    try:
        envelope = _decoder.decode(raw)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(type(error).__name__) from error
    if not bytes(envelope.payload).startswith(b"{"):
        raise msgspec.ValidationError("Expected `object` - at `$.payload`")
    return envelope


def encode(value: Any) -> bytes:
    return msgspec.json.encode(value)


def shard_of(subject: str) -> int:
    return zlib.crc32(subject.encode()) % SHARDS
