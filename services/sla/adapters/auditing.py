"""What sla tells the audit of a case: its clocks, and whether each is counted as it stands."""

import sqlalchemy as sa

from chassis.audit.answering import Audited
from chassis.audit.shapes import ClockFact, SubjectFacts
from chassis.database import direct
from services.sla.application.reactions import HEARS


def clocks(connection: sa.Connection, known: dict[str, SubjectFacts]) -> None:
    for case_id, *facts in direct.fetch(connection, _CLOCKS, {"of": list(known)}):
        known[case_id].clocks.append(ClockFact(*facts))


AUDITED = Audited(HEARS, clocks)

_CLOCKS = """
select c.case_id, c.id, c.body->>'kind', c.body->>'state' not in ('met', 'late', 'voided', 'cancelled'),
    coalesce(f.state = c.body->>'state', false), c.body->>'work_order_id', c.body->>'assignment_id'
from clock c left join kpi_fact f on f.natural_key = c.natural_key
where c.case_id = any(%(of)s) and c.case_id <> '' order by c.id
"""
