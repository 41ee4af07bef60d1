"""What intake tells the audit of a case."""

import sqlalchemy as sa

from chassis.audit.answering import Audited
from chassis.audit.shapes import CaseFact, SubjectFacts
from chassis.database import direct

HEARS = ("dispatch", "sla")


def cases(connection: sa.Connection, known: dict[str, SubjectFacts]) -> None:
    for id, *facts in direct.fetch(connection, _CASES, {"of": list(known)}):
        known[id].case = CaseFact(*facts)


AUDITED = Audited(HEARS, cases)

_CASES = """
select id, state, body->>'accepted_at' is not null, state in ('closed', 'withdrawn', 'ended'),
    (select count(*) from outbox where subject = c.id and type = 'intake.case_accepted.v1')
from case_file c where id = any(%(of)s)
"""
