"""What comes of a case beside what each case has: the lights of its clocks, and the messages to people."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.chaos.books import Books


@dataclass(frozen=True)
class Count:
    """How often something is there, and how often it must be."""

    case: str
    what: str
    has: int
    due: int

    @property
    def wrong(self) -> str:
        """Nothing when all is well."""
        return "" if self.has == self.due else "lost" if self.has < self.due else "doubled"

    def __str__(self) -> str:
        return f"{self.case}: {self.has} of {self.due} {self.what}"


@dataclass(frozen=True)
class Light:
    """A clock, what it says of itself, and how often the others were told so."""

    case: str
    clock: str
    kind: str
    warned: bool
    """By its own state; a new deadline takes it back."""
    overdue: bool
    told_warned: int
    told_overdue: int
    """Without those that were withdrawn."""
    told_reminded: int
    moved: int

    def counts(self) -> Iterator[Count]:
        """Each light once, and where the state says so exactly once; a new deadline brings new ones."""
        most = 1 + self.moved if self.moved else int(self.warned)
        yield self._count("warned", self.told_warned, between(int(self.warned), self.told_warned, most))
        yield self._count("breached", self.told_overdue, int(self.overdue))
        yield self._count("reminded", self.told_reminded, min(self.told_reminded, 1 + self.moved))

    def _count(self, what: str, has: int, due: int) -> Count:
        return Count(self.case, f"{what} by clock {self.kind} {self.clock}", has, due)


@dataclass(frozen=True)
class Told:
    """A message, and how often notify has said that it was delivered."""

    case: str
    message: str
    template: str
    to: str
    about: str
    delivered: bool
    told_delivered: int


def lights(books: Books, cases: Sequence[str]) -> list[Light]:
    return [Light(*row) for row in books.rows("sla", _LIGHTS, {"cases": list(cases)})]


def told(books: Books, cases: Sequence[str]) -> list[Told]:
    return [Told(*row) for row in books.rows("notify", _MESSAGES, {"cases": list(cases)})]


def in_doubt(books: Books, cases: Sequence[str]) -> list[str]:
    """Messages of which nobody knows whether they were handed over: after a death of notify that lasts a minute."""
    return [id for (id,) in books.rows("notify", _IN_DOUBT, {"cases": list(cases)})]


def by_template(messages: Sequence[Told], clocks: Sequence[Light]) -> dict[str, Counter[str]]:
    """How many messages of each kind a case has, but for those that tell of a light."""
    known = {light.clock for light in clocks}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for message in messages:
        if message.about not in known:
            found[message.case][message.template] += 1
    return found


def counted(
    messages: Sequence[Told], clocks: Sequence[Light], usual: Mapping[str, int], cases: Sequence[str]
) -> Iterator[Count]:
    """Each case has its messages once, each light is told once to whomever it is told, each delivery is told once."""
    found = by_template(messages, clocks)
    for case in cases:
        has = found[case]
        for template in sorted(usual.keys() | has.keys()):
            yield Count(case, f"message {template}", has[template], usual.get(template, 0))
    lit = {light.clock: light for light in clocks if light.told_warned or light.told_overdue}
    of_lights = Counter((m.about, m.template, m.to) for m in messages if m.about in lit)
    for (clock, template, to), times in sorted(of_lights.items()):
        yield Count(
            lit[clock].case, f"message {template} to {to} about {clock}", times, min(times, 1 + lit[clock].moved)
        )
    for clock in sorted(lit.keys() - {clock for clock, _, _ in of_lights}):
        yield Count(lit[clock].case, f"message about the light of {clock}", 0, 1)
    for message in messages:
        yield Count(message.case, f"delivered {message.message}", message.told_delivered, int(message.delivered))


def between(least: int, has: int, most: int) -> int:
    return max(least, min(has, most))


_LIGHTS = """
with told as (
    select envelope->'payload'->>'clock_id' as clock,
        count(*) filter (where type = 'sla.clock_warned.v1') as warned,
        count(*) filter (where type = 'sla.clock_breached.v1')
            - count(*) filter (where type = 'sla.breach_withdrawn.v1') as overdue,
        count(*) filter (where type = 'sla.clock_reminded.v1') as reminded,
        count(*) filter (where type = 'sla.clock_moved.v1') as moved
    from outbox where subject = any(%(cases)s) group by 1
)
select c.case_id, c.id, c.body->>'kind', (c.body->>'warned')::boolean, c.body->>'state' in ('breached', 'late'),
    coalesce(t.warned, 0), coalesce(t.overdue, 0), coalesce(t.reminded, 0), coalesce(t.moved, 0)
from clock c left join told t on t.clock = c.id where c.case_id = any(%(cases)s) order by c.id
"""
_IN_DOUBT = """
select id from message
where case_id = any(%(cases)s) and state in ('handing_over', 'unknown', 'needs_a_person') order by id
"""
_MESSAGES = """
with told as (
    select envelope->'payload'->>'message_id' as message, count(*) as times from outbox
    where subject = any(%(cases)s) and type = 'notify.message_delivered.v1' group by 1
)
select m.case_id, m.id, m.body->>'template',
    concat_ws(' ', m.body->>'audience', m.body->>'recipient', m.body->>'place'), m.about, m.state = 'delivered',
    coalesce(t.times, 0)
from message m left join told t on t.message = m.id where m.case_id = any(%(cases)s) order by m.id
"""
