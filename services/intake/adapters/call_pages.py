"""Calls by page: a page may begin among those that are owed a call-back and end among the others."""

from chassis.database import direct
from chassis.domain import BadFields, Violation
from chassis.work import Read
from services.intake.adapters.newest import newest
from services.intake.domain.calls import Call


class CallRows:
    def page(
        self, read: Read, *, city: str, state: str, outcome: str, case_id: str, size: int, after: str
    ) -> list[Call]:
        part, _, last = after.partition(".")
        if after and (part not in ("owed", "other") or not last):
            raise BadFields([Violation("page_token", "不是有效的翻页标记", "is no page token")])
        values = {"city": city, "state": state, "outcome": outcome, "case": case_id, "size": size}
        found = [] if part == "other" else self._decoded(read, _OWED, values | {"after": last})
        if len(found) < size:
            before = last if part == "other" else ""
            rest = values | {"before": before, "size": size - len(found)}
            found += self._decoded(read, newest(_OTHERS, before), rest)
        return found

    def _decoded(self, read: Read, statement: str, values: dict[str, object]) -> list[Call]:
        store = read.stores[Call]
        return [store.decode(body, version) for body, version in direct.fetch(read.connection, statement, values)]


_CHOSEN = (
    "select body::text, version from call_file c where city = %(city)s and (%(state)s = '' or call_back = %(state)s) "
    "and (%(outcome)s = '' or outcome = %(outcome)s) and (%(case)s = '' or exists "
    "(select from call_case l where l.call_id = c.id and l.case_id = %(case)s))"
)
_OWED = f"{_CHOSEN} and owed_to <> '' and id > %(after)s order by id limit %(size)s"
_OTHERS = f"{_CHOSEN} and owed_to = ''"
