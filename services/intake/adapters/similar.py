"""Similar open cases by a few indexed keys; the work is bounded, however many cases are stored."""

from datetime import datetime

import sqlalchemy as sa

from chassis.work import Work
from services.intake.adapters.tables import likeness_table
from services.intake.application.ports import Similar
from services.intake.domain.case import Case
from services.intake.domain.likeness import keys_of, likeness

PER_KEY, CANDIDATES, OWN = 20, 10, 5
SAME_CITIZEN_BONUS = 0.2


class LikenessRows:
    def find(self, work: Work, case: Case, *, since: datetime, least: float, most: int) -> list[Similar]:
        rows = work.connection.execute(
            _CANDIDATES,
            {
                "keys": _keys(case),
                "city": case.city,
                "since": since,
                "citizen": case.citizen_id,
                "per_key": PER_KEY,
                "candidates": CANDIDATES,
                "own": OWN,
            },
        )
        text = f"{case.masked_subject}{case.masked_text}"
        found = []
        for row in rows:
            bonus = SAME_CITIZEN_BONUS if row.citizen_id == case.citizen_id else 0.0
            score = min(1.0, likeness(text, f"{row.subject}{row.text}") + bonus)
            if score >= least:
                found.append(Similar(row.id, row.number, row.subject, round(score, 3)))
        return sorted(found, key=lambda s: (-s.score, s.id))[:most]

    def remember(self, work: Work, case: Case) -> None:
        for key in _keys(case):
            row = {"city": case.city, "key": key, "registered_at": case.registered_at, "case_id": case.id}
            work.write(likeness_table, row)


def _keys(case: Case) -> list[int]:
    return keys_of(subject=case.masked_subject, text=case.masked_text, area=case.area, item=case.item)


_CANDIDATES = sa.text(
    """
    with hits as (
        select near.case_id, count(*) as shared
        from unnest(cast(:keys as bigint[])) as k(key)
        cross join lateral (
            select case_id from likeness
            where city = :city and likeness.key = k.key and registered_at > :since
            order by registered_at desc limit :per_key
        ) as near
        group by near.case_id order by shared desc, near.case_id desc limit :candidates
    ), own as (
        select id from case_file where citizen_id = :citizen order by id desc limit :own
    )
    select id, number, citizen_id, body->>'masked_subject' as subject, body->>'masked_text' as text
    from case_file
    where id in (select case_id from hits union select id from own) and state in ('accepted', 'in_handling')
    """
)
