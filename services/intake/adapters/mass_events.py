"""Crowds of similar cases, and mass events, as rows; the work is bounded, however many cases are stored."""

from collections.abc import Sequence
from datetime import datetime

from chassis.database import direct
from chassis.work import Read, Work
from services.intake.adapters.newest import newest
from services.intake.adapters.similar import BY_ID
from services.intake.application.ports import Around, Near
from services.intake.domain.case import Case
from services.intake.domain.likeness import keys_of, likeness, pieces_of
from services.intake.domain.mass_event import MassEvent

PER_KEY, AT_ONCE = 20, 10


class MassEventRows:
    def around(self, work: Work, case: Case, *, since: datetime, least: float, most: int) -> Around:
        keys = keys_of(subject=case.masked_subject, text=case.masked_text, area=case.area, item=case.item)
        place = {"city": case.city, "area": case.area, "since": since}
        # Of a case without an area nobody knows whom it lives beside.
        asked = [(_ALIKE, place | {"keys": keys, "case": case.id, "most": most})] if case.area else []
        there, *crowds = direct.fetch_together(work.connection, [(_THERE, place), *asked])
        crowd = [near for found in crowds for near in found]
        mine = pieces_of(case.masked_subject + case.masked_text)
        alike = sorted(id for id, subject, text in crowd if likeness(mine, pieces_of(subject + text)) >= least)
        store = work.stores[MassEvent]
        events = [
            Near(store.decode(body, version), likeness(mine, pieces_of(main or ""))) for body, version, main in there
        ]
        return Around(alike, events)

    def followers(self, work: Work, case_id: str) -> list[str]:
        return [str(id) for (id,) in direct.fetch(work.connection, _FOLLOWERS, {"case": case_id})]

    def page(self, read: Read, *, city: str, states: Sequence[str], size: int, before: str) -> list[MassEvent]:
        values = {"city": city, "states": [str(state) for state in states], "size": size, "before": before}
        store = read.stores[MassEvent]
        rows = direct.fetch(read.connection, newest(_CHOSEN, before), values)
        return [store.decode(body, version) for body, version in rows]


_ALIKE = f"""
    with hits as (
        select distinct near.case_id from unnest(%(keys)s::bigint[]) as k(key)
        cross join lateral (
            select case_id from likeness
            where city = %(city)s and likeness.key = k.key and registered_at > %(since)s
            order by registered_at desc limit {PER_KEY}
        ) as near
    )
    select id, masked_subject, masked_text from hits {BY_ID}
    where id <> %(case)s and area = %(area)s
        and state not in ('refused', 'transferred', 'withdrawn') and confidentiality <> 'platform_only'
    order by id desc limit %(most)s
"""
_THERE = f"""
    select m.body::text, m.version, (c.body->>'masked_subject') || (c.body->>'masked_text')
    from mass_event m left join case_file c on c.id = m.main_case_id
    where m.city = %(city)s and (m.area = %(area)s or %(area)s = '')
        and (m.state in ('proposed', 'active') or (m.body->>'ended_at')::timestamptz > %(since)s)
    order by m.id desc limit {AT_ONCE}
"""
_FOLLOWERS = (
    "select id from case_file where main_case_id = %(case)s and main_case_id <> '' and state = 'joined' order by id"
)
_CHOSEN = "select body::text, version from mass_event where city = %(city)s and state = any(%(states)s::text[])"
