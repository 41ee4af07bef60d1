"""Reads the kept clocks of past cases, case by case, for whoever asks what other rules would have made of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from services.sla.adapters import stores
from services.sla.domain.clock import Clock

BATCH = 500
_CASES = sa.text(
    "select case_id from clock where case_id > :after and case_id <> '' and (:city = '' or body->>'city' = :city) "
    "group by case_id having min((body->>'started_at')::timestamptz) >= :since "
    "and min((body->>'started_at')::timestamptz) < :until order by case_id limit :batch"
)


def database_now(connection: sa.Connection) -> datetime:
    found: datetime = connection.execute(sa.text("select now()")).scalar_one()
    return found


def past_cases(connection: sa.Connection, since: datetime, until: datetime, city: str) -> Iterator[Sequence[Clock]]:
    """The clocks of each case whose first one started in the period; without a city, of all."""
    after = ""
    while True:
        asked = {"after": after, "city": city, "since": since, "until": until, "batch": BATCH}
        cases = [row.case_id for row in connection.execute(_CASES, asked)]
        if not cases:
            return
        clocks = sorted(stores.clocks.load(connection, "case_id", cases, lock=False), key=lambda c: c.case_id)
        for _, same in groupby(clocks, key=lambda c: c.case_id):
            yield list(same)
        after = cases[-1]
