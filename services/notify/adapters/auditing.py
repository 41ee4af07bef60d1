"""What notify tells the audit of a case: its messages, and what the provider knows of them."""

import sqlalchemy as sa

from chassis.audit.answering import Audited
from chassis.audit.shapes import MessageFact, SubjectFacts
from chassis.database import direct

HEARS = ("intake", "dispatch", "sla", "knowledge")


def messages(connection: sa.Connection, known: dict[str, SubjectFacts]) -> None:
    for case_id, *facts in direct.fetch(connection, _MESSAGES, {"of": list(known)}):
        known[case_id].messages.append(MessageFact(*facts))


AUDITED = Audited(HEARS, messages)

# Only the embedded provider keeps its book here: of others nobody knows what they know. Each reference is looked up by
# its key: as a join, the planner would read the whole book for every message once the book is large.
_MESSAGES = """
select m.case_id, m.id, m.body->>'template', (m.body->>'may_repeat')::boolean, m.body->>'reference',
    m.state in ('handed_over', 'delivered'),
    case when m.body->>'provider' like 'recorder%%' then
        (select true from recorded r where r.reference = m.body->>'reference') is not null end,
    (select count(*) from generate_series(1, (m.body->>'attempts')::int) n
        where (select r.refusals > 0 from recorded r where r.reference = m.id || '-' || n))
from message m where m.case_id = any(%(of)s) and m.case_id <> '' order by m.id
"""
