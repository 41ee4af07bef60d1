"""What dispatch tells the audit of a case: its orders with their assignments."""

import sqlalchemy as sa

from chassis.audit.answering import Audited
from chassis.audit.shapes import OrderFact, SubjectFacts
from chassis.database import direct
from services.dispatch.application.reactions import HEARS


def orders(connection: sa.Connection, known: dict[str, SubjectFacts]) -> None:
    for case_id, *facts in direct.fetch(connection, _ORDERS, {"of": list(known)}):
        known[case_id].orders.append(OrderFact(*facts))


AUDITED = Audited(HEARS, orders)

_ORDERS = """
select case_id, id, (body->>'index')::int, state,
    array(select a->>'id' from jsonb_array_elements(body->'assignments') a),
    array(select a->>'id' from jsonb_array_elements(body->'assignments') a where a->>'role' <> 'co')
from work_order where case_id = any(%(of)s) order by id
"""
