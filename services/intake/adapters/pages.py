"""Cases by page and by number."""

from chassis.database import direct
from chassis.work import Read, Work
from services.intake.adapters.newest import newest
from services.intake.domain.case import Case


class CaseRows:
    def page(self, read: Read, *, city: str, state: str, size: int, before: str) -> list[Case]:
        values = {"city": city, "state": state, "size": size, "before": before}
        return self._decoded(read, newest(_OF_STATE if state else _OF_CITY, before), values)

    def visits_due(self, read: Read, *, city: str, why: str, size: int, after: str) -> list[Case]:
        values: dict[str, object] = {"city": city, "why": why, "size": size, "after": after}
        return self._decoded(read, _VISITS_OF_ONE_REASON if why else _VISITS, values)

    def by_number(self, read: Read, number: str) -> Case | None:
        found = self._decoded(read, _BY_NUMBER, {"number": number})
        return found[0] if found else None

    def id_of_number(self, work: Work, number: str) -> str:
        if not number:
            return ""
        found = direct.fetch(work.connection, _ID_OF_NUMBER, {"number": number})
        return str(found[0][0]) if found else ""

    def _decoded(self, read: Read, statement: str, values: dict[str, object]) -> list[Case]:
        store = read.stores[Case]
        return [store.decode(body, version) for body, version in direct.fetch(read.connection, statement, values)]


_SHAPE = "select body::text, version from case_file where"
_OF_CITY = f"{_SHAPE} city = %(city)s"
_OF_STATE = f"{_OF_CITY} and state = %(state)s"
_IN_ORDER = "id > %(after)s order by id limit %(size)s"
_VISITS = f"{_OF_CITY} and revisit_due <> '' and {_IN_ORDER}"
_VISITS_OF_ONE_REASON = f"{_OF_CITY} and revisit_due = %(why)s and revisit_due <> '' and {_IN_ORDER}"
_BY_NUMBER = f"{_SHAPE} number = %(number)s and number <> ''"
_ID_OF_NUMBER = "select id from case_file where number = %(number)s and number <> ''"
