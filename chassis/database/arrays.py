"""Arrays as PostgreSQL reads them: psycopg's own dumper asks a regular expression about each quote of each element.

An event is JSON, which is full of quotes: a third of what a consumer computed went into escaping them.
"""

from typing import Any

import psycopg
from psycopg.adapt import AdaptersMap, PyFormat
from psycopg.types.array import ListDumper

_END = "\0"
"""Stands between texts while all are escaped at once: PostgreSQL keeps none that holds it."""


class ArrayDumper(ListDumper):
    """Its type is what the statement casts it to; so an empty one is no other statement."""

    oid = 0

    def get_key(self, obj: list[Any], format: PyFormat) -> type:
        return self.cls

    def upgrade(self, obj: list[Any], format: PyFormat) -> "ArrayDumper":
        return self

    def dump(self, obj: list[Any]) -> Any:
        """Raises psycopg.DataError for a text that PostgreSQL cannot keep."""
        kinds = set(map(type, obj))
        if kinds == {str}:
            return _texts(obj)
        if kinds == {int}:
            return ("{" + ",".join(map(str, obj)) + "}").encode()
        return super().dump(obj)


class WithArrays:
    """What psycopg calls a context: a connection, and its adapters with this one for lists."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection
        self.adapters = AdaptersMap(connection.adapters)
        self.adapters.register_dumper(list, ArrayDumper)


def _texts(texts: list[str]) -> bytes:
    joined = _END.join(texts)
    if joined.count(_END) >= len(texts):
        raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    escaped = joined.replace("\\", "\\\\").replace('"', '\\"').replace(_END, '","')
    return ('{"' + escaped + '"}').encode()
