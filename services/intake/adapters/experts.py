"""Experts by page and by unit, and what came of asking them."""

from datetime import datetime

from chassis.database import direct
from chassis.work import Read, Work
from services.intake.adapters.newest import newest
from services.intake.adapters.tables import expert_call_table
from services.intake.application.expert_views import UnitExpertFiguresView
from services.intake.domain.case import Case
from services.intake.domain.expert import Expert
from services.intake.domain.parts import ExpertCall

AT_MOST = 5_000
"""Named experts of a city that are looked through for one caller."""


class ExpertRows:
    def page(self, read: Read, *, city: str, unit: str, state: str, size: int, before: str) -> list[Expert]:
        chosen = _OF_CITY + (_OF_UNIT if unit else "") + (_OF_STATE if state else "")
        values = {"city": city, "unit": unit, "state": state, "size": size, "before": before}
        return _decoded(read, direct.fetch(read.connection, newest(chosen, before), values))

    def named(self, work: Work, *, city: str, unit: str) -> list[Expert]:
        chosen = newest(_OF_CITY + _OF_STATE + (_OF_UNIT if unit else ""), "")
        values = {"city": city, "unit": unit, "state": "named", "size": AT_MOST}
        return _decoded(work, direct.fetch(work.connection, chosen, values))

    def log(self, work: Work, case: Case, call: ExpertCall) -> None:
        row = {
            "id": work.new_id(),
            "city": case.city,
            "unit": call.unit,
            "case_id": case.id,
            "expert_id": call.expert_id,
            "outcome": str(call.outcome),
            "asked_at": call.at,
        }
        work.write(expert_call_table, row)

    def figures(
        self, read: Read, *, city: str, unit: str, since: datetime, until: datetime
    ) -> list[UnitExpertFiguresView]:
        values = {"city": city, "unit": unit, "since": since, "until": until}
        rows = direct.fetch(read.connection, _FIGURES, values)
        return [
            UnitExpertFiguresView(unit=of, asked=asked, reached=reached, answered=answered)
            for of, asked, reached, answered in rows
        ]


def _decoded(source: Read | Work, rows: list[tuple[str, int]]) -> list[Expert]:
    store = source.stores[Expert]
    return [store.decode(body, version) for body, version in rows]


_OF_CITY = "select body::text, version from expert where city = %(city)s"
_OF_UNIT = " and unit = %(unit)s"
_OF_STATE = " and state = %(state)s"
_FIGURES = """
select unit, count(*), count(*) filter (where outcome <> 'not_reached'), count(*) filter (where outcome = 'answered')
from expert_call
where city = %(city)s and asked_at >= %(since)s and asked_at < %(until)s and (%(unit)s = '' or unit = %(unit)s)
group by unit order by unit
"""
