"""Events into the outbox: numbered densely by subject, in one statement."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from chassis.database import direct
from chassis.events.envelope import Unnumbered, shard_of


def published(made: Sequence[Unnumbered], *, now: datetime, bulk: bool) -> direct.Statement:
    """Each subject's counter goes on by the number of its events; the last of these gets where it then stands."""
    counts = Counter(envelope.subject for envelope in made)
    subjects = sorted(counts)
    place = {subject: at for at, subject in enumerate(subjects, start=1)}
    left, behind = dict(counts), []
    for envelope in made:
        left[envelope.subject] -= 1
        behind.append(left[envelope.subject])
    return _PUBLISH, {
        "subjects": subjects,
        "counts": [counts[subject] for subject in subjects],
        "ids": [envelope.event_id for envelope in made],
        "types": [envelope.type for envelope in made],
        "of": [envelope.subject for envelope in made],
        "shards": [shard_of(envelope.subject) for envelope in made],
        "places": [place[envelope.subject] for envelope in made],
        "behind": behind,
        "envelopes": [envelope.up_to_its_number() for envelope in made],
        "now": now,
        "bulk": bulk,
    }


# A number is found by the subject's place among the subjects: a join would be planned for a few rows and meet hundreds.
# The envelope is read as JSON once, when it is whole.
_PUBLISH = """
with numbered as (
    insert into outbox_sequence as s (subject, last)
    select * from unnest(cast(%(subjects)s as text[]), cast(%(counts)s as bigint[])) as r(subject, count)
    order by subject collate "C"
    on conflict (subject) do update set last = s.last + excluded.last returning subject, last
), reached as materialized (
    select array_agg(last order by subject collate "C") as lasts from numbered
)
insert into outbox (event_id, subject, shard, sequence, type, occurred_at, envelope, bulk)
select id, subject, shard, lasts[place] - behind, type, %(now)s,
    cast(envelope || lasts[place] - behind || '}' as jsonb), %(bulk)s
from reached, unnest(
    cast(%(ids)s as text[]), cast(%(types)s as text[]), cast(%(of)s as text[]), cast(%(shards)s as smallint[]),
    cast(%(places)s as int[]), cast(%(behind)s as bigint[]), cast(%(envelopes)s as text[])
) with ordinality as r(id, type, subject, shard, place, behind, envelope, n)
order by n
"""
