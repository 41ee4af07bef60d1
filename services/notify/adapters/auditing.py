"""What notify tells the audit of a case, or of a message without one: its messages, and what the provider knows."""

import sqlalchemy as sa

from chassis.audit.answering import Audited
from chassis.audit.shapes import MessageFact, SubjectFacts
from chassis.database import direct

HEARS = ("intake", "dispatch", "sla", "knowledge")


def messages(connection: sa.Connection, known: dict[str, SubjectFacts]) -> None:
    without_case = [subject.rpartition("/")[2] for subject in known if "/messages/" in subject]
    for subject, *facts in direct.fetch(connection, _MESSAGES, {"of": list(known), "without_case": without_case}):
        known[subject].messages.append(MessageFact(*facts))


AUDITED = Audited(HEARS, messages)

# Only the embedded provider keeps its book here: of others nobody knows what they know. Each reference is looked up by
# its key: as a join, the planner would read the whole book for every message once the book is large.
_MESSAGES = """
select case when m.case_id <> '' then m.case_id else 'cities/' || m.city || '/messages/' || m.id end,
    m.id, m.body->>'template', (m.body->>'may_repeat')::boolean, m.body->>'reference',
    m.state in ('handed_over', 'delivered'),
    case when m.body->>'provider' like 'recorder%%' then
        (select true from recorded r where r.reference = m.body->>'reference') is not null end,
    (select count(*) from generate_series(1, (m.body->>'attempts')::int) n
        where (select r.refusals > 0 from recorded r where r.reference = m.id || '-' || n))
from (
    select * from message where case_id = any(%(of)s) and case_id <> ''
    union all select * from message where id = any(%(without_case)s) and case_id = ''
) m order by m.id
"""
