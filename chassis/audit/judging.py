"""The invariants, judged from the facts of all services about one subject. Pure; every violation names its case."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis.audit.shapes import NOTHING, Facts, Heard, OrderFact, Published, SubjectFacts

CLOCKED = "sla"
_ACCEPTED = "case_accepted"
_DISPUTE = "dispute_"
# Clocks that every pack starts whatever the case is about; a test holds the packs to it.
OF_A_CASE = ("citizen", "dispatch")
OF_AN_ASSIGNMENT = ("sign",)
OF_THE_END = "finish"
OF_A_LEAD = ("sign", OF_THE_END)
# Who is supervised, or asked by the province, owes a written reply, whatever has become of the case meanwhile.
OUTLIVES_THE_ORDER = frozenset({"province_reply"})
OUTLIVES_THE_CASE = OUTLIVES_THE_ORDER | {"supervision_reply"}


@dataclass(frozen=True, slots=True)
class Stream:
    """Events of one publisher about one subject that a consumer lacks: from, to. From 0: it is heard anew."""

    publisher: str
    consumer: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Violation:
    invariant: str
    subject: str
    detail: str = ""
    lacks: tuple[Stream, ...] = ()
    """What may be sent again to mend it; nothing: a person decides."""

    def __str__(self) -> str:
        return f"{self.invariant}: {self.subject}{f' ({self.detail})' if self.detail else ''}"


@dataclass(frozen=True, slots=True)
class Case:
    """A subject before the judge. `settled_before`: what is younger may still be on its way."""

    subject: str
    facts: Facts
    hears: Mapping[str, frozenset[str]]
    settled_before: datetime

    def of(self, service: str) -> SubjectFacts:
        return self.facts.get(service, NOTHING)

    @property
    def settled(self) -> bool:
        """Whether nobody has published anything about it lately."""
        instants = (f.published.changed_at for f in self.facts.values() if f.published)
        return all(at is None or at <= self.settled_before for at in instants)


Invariant = Callable[[Case], Iterator[Violation]]


def judged(case: Case) -> list[Violation]:
    """What is violated, each by its name; of an unsettled subject only what its own age proves."""
    found = [v for invariant in AT_ANY_TIME for v in invariant(case)]
    if case.settled:
        found += [v for invariant in WHEN_SETTLED for v in invariant(case)]
    return found


# -- the books of every service ----------------------------------------------------------------------------------------


def broken_sequence(case: Case) -> Iterator[Violation]:
    """Sequences are dense from 1 and rise in the order in which the rows were written."""
    for service, facts in case.facts.items():
        kept = facts.published
        if kept is None or not kept.kept:
            continue
        dense = kept.kept == kept.last_kept - kept.first_kept + 1 and kept.last_kept == kept.last
        if kept.inverted or not dense:
            yield Violation("broken_sequence", case.subject, service)


def unpublished_event(case: Case) -> Iterator[Violation]:
    """Outboxes are drained."""
    for service, facts in case.facts.items():
        oldest = facts.published.oldest_unpublished_at if facts.published else None
        if oldest is not None and oldest <= case.settled_before:
            yield Violation("unpublished_event", case.subject, service)


def parked_message(case: Case) -> Iterator[Violation]:
    """Nothing waits for long, and nothing is dead."""
    for service, facts in case.facts.items():
        for row in facts.parked:
            if row.state == "dead" or row.parked_at <= case.settled_before:
                detail = f"{row.publisher} -> {service}, {row.type}, {row.state}: {row.why}"
                yield Violation("parked_message", case.subject, detail)
                break  # the others of the stream wait behind it


def event_without_its_effect(case: Case) -> Iterator[Violation]:
    """Every consumer has applied every event of the streams it hears, each once: its inbox stands at the last one."""
    for consumer, publishers in case.hears.items():
        heard = {row.publisher: row for row in case.of(consumer).heard}
        for publisher in sorted(publishers):
            yield from _lacking(case, publisher, consumer, heard.get(publisher, Heard(publisher, 0, 0)))


def _lacking(case: Case, publisher: str, consumer: str, heard: Heard) -> Iterator[Violation]:
    published = case.of(publisher).published
    last = published.last if published else 0
    if published and published.unpublished:
        return  # still on its way, or named already
    detail = f"{publisher} -> {consumer}, {heard.last} of {last}"
    waiting = [row.sequence for row in case.of(consumer).parked if row.publisher == publisher]
    until = min(waiting, default=last + 1) - 1
    if heard.last > last:
        yield Violation("event_without_its_effect", case.subject, detail)
    elif heard.last < until:
        lacks = (Stream(publisher, consumer, heard.last + 1, until),) if _keeps(published, heard.last + 1) else ()
        yield Violation("event_without_its_effect", case.subject, detail, lacks)


def _keeps(published: Published | None, first: int) -> bool:
    """Whether nothing from there on was deleted: half a stream would wait for its beginning for ever."""
    return published is not None and 0 < published.first_kept <= first


# -- what a case has ---------------------------------------------------------------------------------------------------


def accepted_case_without_order(case: Case) -> Iterator[Violation]:
    """Every accepted case has its order, or stands in the dispatchers' queue (which is an order too)."""
    known = case.of("intake").case
    if known and known.accepted and not case.of("dispatch").orders:
        yield Violation("accepted_case_without_order", case.subject, lacks=_anew(case, "dispatch"))


def order_twice(case: Case) -> Iterator[Violation]:
    """One acceptance makes each of a case's orders once."""
    places = [order.index for order in case.of("dispatch").orders if order.state != "ended"]
    if len(places) > len(set(places)):
        yield Violation("order_twice", case.subject)


def assignment_without_clocks(case: Case) -> Iterator[Violation]:
    """Every assignment of every order has the clock of its sign-off, the lead's that of the order's end too."""
    running = {(clock.assignment_id, clock.kind) for clock in case.of(CLOCKED).clocks}
    orders = case.of("dispatch").orders
    wanted = [(a, kind) for order in orders for a in order.assignments for kind in _clocks_of(a, order)]
    missing = [f"{a}: {kind}" for a, kind in wanted if (a, kind) not in running]
    if missing:
        yield Violation("assignment_without_clocks", case.subject, ", ".join(missing), _anew(case, CLOCKED))


def _clocks_of(assignment: str, order: OrderFact) -> tuple[str, ...]:
    return OF_A_LEAD if assignment in order.leads else OF_AN_ASSIGNMENT


def accepted_case_without_clock(case: Case) -> Iterator[Violation]:
    """Every accepted case has the citizen's own clock, and that of its dispatch while it waits for a unit."""
    known, running = case.of("intake").case, {clock.kind for clock in case.of(CLOCKED).clocks}
    missing = [kind for kind in OF_A_CASE if kind not in running]
    if known and known.accepted and missing:
        yield Violation("accepted_case_without_clock", case.subject, ", ".join(missing), _anew(case, CLOCKED))


def open_clock_of_an_ended_case(case: Case) -> Iterator[Violation]:
    """A closed, withdrawn or ended case has no clock that still runs, but for what a unit owes a supervisor."""
    known = case.of("intake").case
    running = sorted({c.kind for c in case.of(CLOCKED).clocks if c.open and c.kind not in OUTLIVES_THE_CASE})
    if known and known.over and running:
        yield Violation("open_clock_of_an_ended_case", case.subject, ", ".join(running))


def open_clock_of_an_ended_order(case: Case) -> Iterator[Violation]:
    """An order that was ended has no clock that still runs, but for what the city owes the province; of one that is
    completed, that of its end has stopped. (A sign-off that never came stays overdue.)
    """
    states = {order.id: order.state for order in case.of("dispatch").orders}
    left = [clock for clock in case.of(CLOCKED).clocks if clock.open]
    running = {c.kind for c in left if states.get(c.work_order_id) == "ended"} - OUTLIVES_THE_ORDER
    running |= {c.kind for c in left if states.get(c.work_order_id) == "completed"} & {OF_THE_END}
    if running:
        yield Violation("open_clock_of_an_ended_order", case.subject, ", ".join(sorted(running)))


def disputed_order_without_clock(case: Case) -> Iterator[Violation]:
    """An order whose owner is disputed is the office's, and each step of the dispute has a clock."""
    disputed = {order.id for order in case.of("dispatch").orders if order.state == "disputed"}
    watched = {clock.work_order_id for clock in case.of(CLOCKED).clocks if clock.kind.startswith(_DISPUTE)}
    if missing := sorted(disputed - watched):
        yield Violation("disputed_order_without_clock", case.subject, ", ".join(missing))


def clock_without_its_fact(case: Case) -> Iterator[Violation]:
    """Every clock is counted as it stands."""
    wrong = [clock.kind for clock in case.of(CLOCKED).clocks if not clock.counted_as_it_stands]
    if wrong:
        yield Violation("clock_without_its_fact", case.subject, ", ".join(sorted(wrong)))


# -- what people were told ---------------------------------------------------------------------------------------------


def reference_handed_over_twice(case: Case) -> Iterator[Violation]:
    """A provider got each reference once; of classes that may repeat the doubles are only counted."""
    for message in case.of("notify").messages:
        if message.handed_over_twice and not message.may_repeat:
            yield Violation("reference_handed_over_twice", case.subject, message.reference)


def message_never_handed_over(case: Case) -> Iterator[Violation]:
    """What counts as handed over is known to the provider."""
    for message in case.of("notify").messages:
        if message.handed_over and message.known_to_provider is False:
            yield Violation("message_never_handed_over", case.subject, message.reference)


def case_told_its_number_twice(case: Case) -> Iterator[Violation]:
    """One acceptance, one message with the number."""
    published, known = case.of("intake").published, case.of("intake").case
    if known is None or published is None or published.first_kept != 1:
        return  # its first events are not kept any more
    told = sum(message.template == _ACCEPTED for message in case.of("notify").messages)
    if told > known.times_accepted:
        yield Violation("case_told_its_number_twice", case.subject, f"{told} > {known.times_accepted}")


def _anew(case: Case, consumer: str) -> tuple[Stream, ...]:
    """All that a service was told and nothing came of: only where it never said a word about the subject itself."""
    if case.of(consumer).published is not None or case.of(consumer).parked:
        return ()
    publishers = sorted(case.hears.get(consumer, frozenset()))
    known = [(name, found) for name in publishers if (found := case.of(name).published)]
    if not all(_keeps(published, 1) for _, published in known):
        return ()
    return tuple(Stream(name, consumer, 0, published.last) for name, published in known)


def repeated(facts: Iterable[SubjectFacts]) -> int:
    """Doubles of messages that may repeat."""
    return sum(m.handed_over_twice for f in facts for m in f.messages if m.may_repeat)


AT_ANY_TIME: tuple[Invariant, ...] = (
    broken_sequence,
    unpublished_event,
    parked_message,
    reference_handed_over_twice,
)
WHEN_SETTLED: tuple[Invariant, ...] = (
    event_without_its_effect,
    accepted_case_without_order,
    order_twice,
    assignment_without_clocks,
    accepted_case_without_clock,
    open_clock_of_an_ended_case,
    open_clock_of_an_ended_order,
    disputed_order_without_clock,
    clock_without_its_fact,
    message_never_handed_over,
    case_told_its_number_twice,
)
OF_A_SERVICE = ("undecodable_message", "article_not_found_as_it_stands")
"""Those that a service finds by itself, without a case."""
INVARIANTS = tuple(sorted([i.__name__ for i in (*AT_ANY_TIME, *WHEN_SETTLED)] + list(OF_A_SERVICE)))
