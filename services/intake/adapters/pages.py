"""Cases by page and by number."""

import sqlalchemy as sa

from chassis.work import Read, Work
from services.intake.domain.case import Case


class CaseRows:
    def page(self, read: Read, *, city: str, state: str, size: int, before: str) -> list[Case]:
        statement = _PAGE_OF_STATE if state else _PAGE
        values = {"city": city, "state": state, "size": size, "before": before or "~"}
        return self._decoded(read, statement, values)

    def by_number(self, read: Read, number: str) -> Case | None:
        found = self._decoded(read, _BY_NUMBER, {"number": number})
        return found[0] if found else None

    def id_of_number(self, work: Work, number: str) -> str:
        if not number:
            return ""
        return str(work.connection.execute(_ID_OF_NUMBER, {"number": number}).scalar() or "")

    def _decoded(self, read: Read, statement: sa.TextClause, values: dict[str, object]) -> list[Case]:
        store = read.stores[Case]
        return [store.decode(body, version) for body, version in read.connection.execute(statement, values)]


_SHAPE = "select body::text, version from case_file where"
_PAGE = sa.text(f"{_SHAPE} city = :city and id < :before order by id desc limit :size")
_PAGE_OF_STATE = sa.text(f"{_SHAPE} city = :city and state = :state and id < :before order by id desc limit :size")
_BY_NUMBER = sa.text(f"{_SHAPE} number = :number and number <> ''")
_ID_OF_NUMBER = sa.text("select id from case_file where number = :number and number <> ''")
