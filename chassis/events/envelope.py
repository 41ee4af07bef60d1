"""The envelope of every event, as JSON (huying/common/v1/common.proto)."""

import zlib
from datetime import datetime
from typing import Any

import msgspec

SHARDS = 64


class Unnumbered(msgspec.Struct, frozen=True, kw_only=True):
    """As the publisher makes it; its place in its stream is given by the statement that writes it."""

    event_id: str
    type: str
    subject: str
    city: str
    occurred_at: datetime
    causation_id: str = ""
    trace: str = ""
    payload: msgspec.Raw

    def up_to_its_number(self) -> str:
        """The JSON of the envelope without the number and the brace that end it."""
        return encode(self)[:-1].decode() + ',"sequence":'

    def numbered(self, sequence: int) -> "Envelope":
        return Envelope(**msgspec.structs.asdict(self), sequence=sequence)


class Envelope(Unnumbered, frozen=True, kw_only=True):
    sequence: int

    @property
    def publisher(self) -> str:
        return self.type.partition(".")[0]

    @property
    def stream(self) -> tuple[str, str]:
        """Order is kept within one stream and nowhere else."""
        return self.publisher, self.subject


_decoder = msgspec.json.Decoder(Envelope)


def decode(raw: str | bytes) -> Envelope:
    """Raises msgspec.DecodeError (also for a field of a wrong type)."""
    return _decoder.decode(raw)


def encode(value: Any) -> bytes:
    return msgspec.json.encode(value)


def shard_of(subject: str) -> int:
    return zlib.crc32(subject.encode()) % SHARDS
