"""What is open in a city, and its shifts, as rows."""

from chassis.database import direct
from chassis.work import Read
from services.intake.adapters.newest import newest
from services.intake.domain.hand_over import OpenItem, OpenKind
from services.intake.domain.promises import PromiseKind
from services.intake.domain.shifts import Shift


class OpenRows:
    def of(self, read: Read, city: str, *, after: str = "", size: int = 0) -> list[OpenItem]:
        rows = direct.fetch(read.connection, _OPEN, {"city": city, "after": after, "size": size or None})
        return [
            OpenItem(OpenKind(kind), id, since, due, case_id, PromiseKind(promise) if promise else None)
            for kind, id, since, due, case_id, promise in rows
        ]


class ShiftRows:
    def running(self, read: Read, city: str) -> Shift | None:
        found = self._decoded(read, _RUNNING, {"city": city})
        return found[0] if found else None

    def page(self, read: Read, *, city: str, size: int, before: str) -> list[Shift]:
        return self._decoded(read, newest(_OF_CITY, before), {"city": city, "size": size, "before": before})

    def _decoded(self, read: Read, statement: str, values: dict[str, object]) -> list[Shift]:
        store = read.stores[Shift]
        return [store.decode(body, version) for body, version in direct.fetch(read.connection, statement, values)]


_OPEN = """
    select * from (
        select 'draft', id, (body->>'registered_at')::timestamptz, null::timestamptz, '', ''
        from case_file where city = %(city)s and state = 'registered' and id > %(after)s
        union all
        select 'queued', id, (body->>'accepted_at')::timestamptz, null, '', ''
        from case_file where city = %(city)s and state = 'accepted' and id > %(after)s
        union all
        select 'call_back', id, (body->>'ended_at')::timestamptz, (body->'call_back'->>'due_at')::timestamptz, '', ''
        from call_file where city = %(city)s and owed_to <> '' and id > %(after)s
        union all
        select 'promise', id, (body->>'made_at')::timestamptz, (body->>'due_at')::timestamptz, owed_case, body->>'kind'
        from promise where city = %(city)s and owed_case <> '' and id > %(after)s
    ) as open_now order by id limit %(size)s
"""
_OF_CITY = "select body::text, version from shift where city = %(city)s"
_RUNNING = f"{_OF_CITY} and state <> 'ended' order by id desc limit 1"
