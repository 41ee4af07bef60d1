"""How a service answers `audit_facts`: its subjects page by page, and for some subjects all that it knows."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field, StringConstraints

from chassis.answering import Answers
from chassis.audit.shapes import AuditPage, Counts, Heard, Parked, Published, SubjectFacts
from chassis.database import direct
from chassis.message import Code, Instant
from chassis.work import Read, Work

Subject = Annotated[str, StringConstraints(max_length=300)]
Subjects = Annotated[list[Subject], Field(max_length=1000)]
Number = Annotated[int, Field(ge=1)]
PAGE = 500


DomainFacts = Callable[[sa.Connection, dict[str, SubjectFacts]], None]
"""Adds to each subject what the service's own tables say of it."""


def _none(_connection: sa.Connection, _known: dict[str, SubjectFacts]) -> None:
    return


def _no_faults(_read: Read) -> Iterable[str]:
    return ()


class Audited:
    """The books that every service keeps, with the facts of its own domain."""

    def __init__(
        self,
        hears: Sequence[str],
        domain: DomainFacts = _none,
        faults: Callable[[Read], Iterable[str]] = _no_faults,
    ) -> None:
        self._hears, self._domain, self._faults = list(hears), domain, faults

    def page(self, read: Read, since: datetime | None, after: str, of: Sequence[str]) -> AuditPage:
        """What is known `of` some subjects; without them the next ones, `since` an instant only those with news."""
        if of:
            return AuditPage(read.now, facts=self._facts(read.connection, of))
        values: dict[str, Any] = {"after": after, "size": PAGE}
        if since:
            rows = direct.fetch(read.connection, _NEWS, {**values, "floor": floor_of(since)})
        else:
            rows = direct.fetch(read.connection, _ALL, {**values, "hears": self._hears})
        page = AuditPage(read.now, [subject for (subject,) in rows])
        if not after:
            page.counts = Counts(*direct.fetch(read.connection, _COUNTS, {})[0])
            page.faults = list(self._faults(read))
        return page

    def _facts(self, connection: sa.Connection, of: Sequence[str]) -> list[SubjectFacts]:
        known = {subject: SubjectFacts(subject) for subject in of}
        values = {"of": list(of)}
        for subject, *numbers in direct.fetch(connection, _PUBLISHED, values):
            known[subject].published = Published(*numbers)
        for subject, *stream in direct.fetch(connection, _HEARD, values):
            known[subject].heard.append(Heard(*stream))
        for subject, *row in direct.fetch(connection, _PARKED, values):
            known[subject].parked.append(Parked(*row))
        self._domain(connection, known)
        return [facts for facts in known.values() if facts.known or _has_domain(facts)]


def _has_domain(facts: SubjectFacts) -> bool:
    return bool(facts.case or facts.orders or facts.clocks or facts.messages)


def floor_of(since: datetime) -> str:
    """The smallest event id of that instant: ids tell when they were made (RFC 9562), by the machine's clock."""
    stamp = f"{int(since.astimezone(UTC).timestamp() * 1000):012x}"
    return f"{stamp[:8]}-{stamp[8:]}-7000-8000-000000000000"


def audit_facts(
    read: Read, *, audited: Audited, since: Instant | None = None, after: Subject = "", subjects: Subjects | None = None
) -> AuditPage:
    """For the audit across services: what this one keeps of each subject, to be judged with what the others keep."""
    return audited.page(read, since, after, subjects or [])


def answer_audits(answers: Answers) -> None:
    """The questions of the audit; each service's bootstrap gives the dependency `audited`."""
    answers.on("audit_facts")(audit_facts)
    answer_repairs(answers)


def answer_repairs(answers: Answers) -> None:
    answers.on("send_again", writes=True)(send_again)
    answers.on("hear_again", writes=True)(hear_again)


# -- repairs -----------------------------------------------------------------------------------------------------------


def send_again(work: Work, *, subject: Subject, first: Number, last: Number) -> dict[str, Any]:
    """Events that are still kept go out once more; who has them knows them as duplicates. How many there are."""
    values = {"subject": subject, "first": first, "last": last}
    return {"events": len(direct.fetch(work.connection, _SEND_AGAIN, values))}


def hear_again(work: Work, *, publisher: Code, subject: Subject) -> dict[str, Any]:
    """A stream that left no trace here is taken from its beginning. Whether it was rewound.

    Only where this service has never published a word about the subject: it did nothing, so nothing is done twice.
    """
    values = {"publisher": publisher, "subject": subject}
    return {"rewound": bool(direct.fetch(work.connection, _HEAR_AGAIN, values))}


_ALL = """
select subject from (
    (select subject from outbox_sequence where subject > %(after)s order by subject limit %(size)s)
    union
    (select i.subject from unnest(%(hears)s::text[]) p, lateral (
        select subject from inbox where publisher = p and subject > %(after)s order by subject limit %(size)s) i)
) s order by subject limit %(size)s
"""
_NEWS = """
select subject from (
    select subject from outbox where event_id >= %(floor)s
    union select subject from outbox where published_at is null
    union select subject from parked
) s where subject > %(after)s order by subject limit %(size)s
"""
_COUNTS = """
select (select count(*) from outbox where published_at is null), (select count(*) from parked),
    (select count(*) from parked where state = 'dead'), (select count(*) from undecodable)
"""
# What goes in the bulk lane may take its time: it is an hour younger. Nothing is settled before it was published.
_PUBLISHED = """
select s.subject, s.last, coalesce(kept, 0), coalesce(first, 0), coalesce(highest, 0), coalesce(inverted, false),
    coalesce(unpublished, 0), oldest, changed_at
from outbox_sequence s left join (
    select subject, count(*) as kept, min(sequence) as first, max(sequence) as highest,
        count(distinct sequence - n) > 1 as inverted, count(*) filter (where published_at is null) as unpublished,
        min(occurred_at + bulk::int * interval '1 hour') filter (where published_at is null) as oldest,
        max(greatest(occurred_at, published_at)) as changed_at
    from (
        select *, row_number() over (partition by subject order by id) as n from outbox where subject = any(%(of)s)
    ) rows group by subject
) o using (subject)
where s.subject = any(%(of)s)
"""
_HEARD = "select subject, publisher, last, parked from inbox where subject = any(%(of)s) order by 1, 2"
_PARKED = (
    "select subject, publisher, sequence, type, state, why, parked_at from parked where subject = any(%(of)s) "
    "order by subject, publisher, sequence"
)
_SEND_AGAIN = (
    "update outbox set published_at = null where subject = %(subject)s and sequence between %(first)s and %(last)s "
    "and published_at is not null returning 1"
)
_HEAR_AGAIN = """
update inbox set last = 0 where publisher = %(publisher)s and subject = %(subject)s and parked = 0
    and not exists (select from outbox_sequence where subject = %(subject)s) returning 1
"""
