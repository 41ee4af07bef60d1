"""The newest cases of a citizen, for what a partner asks."""

from chassis.database import direct
from chassis.work import Work
from services.intake.domain.case import Case


class CitizenCaseRows:
    def newest(self, work: Work, citizen_id: str, *, size: int) -> list[Case]:
        rows = direct.fetch(work.connection, _NEWEST, {"citizen": citizen_id, "size": size})
        store = work.stores[Case]
        return [store.decode(body, version) for body, version in rows]


_NEWEST = """
select body::text, version from case_file where citizen_id = %(citizen)s order by id desc limit %(size)s
"""
