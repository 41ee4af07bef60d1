"""Similar open cases by a few indexed keys; the work is bounded, however many cases are stored."""

from datetime import datetime

from chassis.database import direct
from chassis.work import Work
from services.intake.adapters.tables import likeness_table
from services.intake.application.ports import Similar
from services.intake.domain.case import Case
from services.intake.domain.likeness import keys_of, likeness, pieces_of

PER_KEY, CANDIDATES, OWN = 20, 8, 4
SAME_CITIZEN_BONUS = 0.2


class LikenessRows:
    def find(self, work: Work, case: Case, *, since: datetime, least: float, most: int) -> list[Similar]:
        keys = keys_of(subject=case.masked_subject, text=case.masked_text, area=case.area, item=case.item)
        values = {"keys": keys, "city": case.city, "since": since, "citizen": case.citizen_id}
        rows = direct.fetch(work.connection, _CANDIDATES, values)
        mine = pieces_of(case.masked_subject + case.masked_text)
        found = []
        for id, number, citizen_id, subject, text in rows:
            bonus = SAME_CITIZEN_BONUS if citizen_id == case.citizen_id else 0.0
            score = min(1.0, likeness(mine, pieces_of(subject + text)) + bonus)
            if score >= least:
                found.append(Similar(id, number, subject, round(score, 3)))
        self._remember(work, case, keys)
        return sorted(found, key=lambda s: (-s.score, s.id))[:most]

    def _remember(self, work: Work, case: Case, keys: list[int]) -> None:
        for key in keys:
            row = {"city": case.city, "key": key, "registered_at": case.registered_at, "case_id": case.id}
            work.write(likeness_table, row)


# Case by case through the key, each body opened once: else the planner reads every case that there is to find eight.
BY_ID = """
    cross join lateral (select * from case_file where id = case_id limit 1) as c
    cross join lateral jsonb_to_record(c.body)
        as said(masked_subject text, masked_text text, area text, confidentiality text)
"""
_CANDIDATES = f"""
    with hits as (
        select near.case_id, count(*) as shared
        from unnest(%(keys)s::bigint[]) as k(key)
        cross join lateral (
            select case_id from likeness
            where city = %(city)s and likeness.key = k.key and registered_at > %(since)s
            order by registered_at desc limit {PER_KEY}
        ) as near
        group by near.case_id order by shared desc, near.case_id desc limit {CANDIDATES}
    ), own as (
        select id as case_id from case_file where citizen_id = %(citizen)s order by id desc limit {OWN}
    )
    select id, number, citizen_id, masked_subject, masked_text
    from (select case_id from hits union select case_id from own) as near {BY_ID}
    where state in ('accepted', 'in_handling') and confidentiality <> 'platform_only'
"""
