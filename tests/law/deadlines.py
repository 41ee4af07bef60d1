"""One deadline by both readings: a limit, or a clock of a pack that starts, is counted anew, or is extended."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from services.sla.domain.facts import Facts as TheirFacts
from services.sla.domain.limits import Limit as TheirLimit
from tests.law.limits import Limit, due, last_moment_before
from tests.law.moments import moment, some_time_later, to_local, to_utc
from tests.law.pack import Facts, Pack, Rule, Timing
from tests.law.stories import INSTANT
from tests.law.worlds import LEADS, World, limit

Found = dict[str, Any]
WHATS = ("limit", "before", "starts", "again", "extended")
NO_FACTS = Facts()


@dataclass(frozen=True)
class Question:
    """What is asked of both sides, to be read by people."""

    what: str
    city: str
    start: datetime
    kind: str = ""
    facts: Facts = NO_FACTS
    limit: str = ""
    other_due: datetime | None = None
    working_days: int = 0


def question(chance: Random, world: World) -> Question:
    """Anything that a clock may be asked."""
    city = chance.choice(sorted(world.packs))
    pack = world.packs[city]
    start = moment(chance, pack.desk)
    what = chance.choice((*WHATS, "starts", "starts"))
    if what == "limit":
        return Question(what, city, start, limit=limit(chance))
    if what == "before":
        return Question(what, city, start, limit=limit(chance, only=LEADS))
    kept = [rule for rule in pack.rules if INSTANT.keys() >= set(rule.starts_on)]
    rules = [rule for rule in kept if what != "again" or rule.restarts_on]
    rules = [rule for rule in rules if what != "extended" or rule.moves_on] or kept
    rule = chance.choice(rules)
    facts = some_facts(chance, world, city, rule)
    other_due = some_time_later(start, chance, pack.desk) if rule.before or what == "extended" else None
    days = chance.randint(1, 20) if what == "extended" else 0
    return Question(what, city, start, rule.kind, facts, other_due=other_due, working_days=days)


def some_facts(chance: Random, world: World, city: str, rule: Rule) -> Facts:
    """For which the pack has a limit, also of the clocks that run first."""
    pack = world.packs[city]
    categories, classes, items = world.codes[city]
    while True:
        facts = Facts(
            category=chance.choice(categories),
            item=chance.choice(items) if chance.random() < 0.3 else "",
            emergency_class=chance.choice(classes) if chance.random() < 0.3 else "",
            round=chance.choice((1, 1, 1, 2, 3)),
            explain_only=chance.random() < 0.1,
            reachable=chance.random() < 0.8,
            role=chance.choice(("lead", "lead", "fallback_lead", "co")),
        )
        try:
            for needed in (rule, *(pack.rule(kind) for kind in rule.after)):
                needed.entry(facts)
        except LookupError:
            continue
        return facts


# -- the oracle's answer -----------------------------------------------------------------------------------------------


def by_the_law(world: World, asked: Question) -> Found:
    pack = world.packs[asked.city]
    if asked.what == "limit":
        return {"due": due(Limit.read(asked.limit), asked.start, pack.desk)}
    if asked.what == "before":
        return {"last moment": last_moment_before(Limit.read(asked.limit), asked.start, pack.desk)}
    rule = pack.rule(asked.kind)
    return shown(_timing(pack, rule, asked))


def _timing(pack: Pack, rule: Rule, asked: Question) -> Timing:
    if asked.what == "starts":
        return pack.timing(rule, asked.facts, asked.start, asked.other_due)
    if asked.what == "again":
        return pack.timing_alone(rule, asked.facts, asked.start)
    assert asked.other_due is not None
    if rule.before:
        return pack.ahead_of(rule, asked.facts, asked.start, asked.other_due)
    return pack.extended(rule, asked.facts, asked.start, asked.other_due, asked.working_days)


def shown(timing: Timing) -> Found:
    return {
        "due": timing.due,
        "yellow": timing.warn,
        "provisional": timing.provisional,
        "last moment to extend": timing.last_extension,
    }


# -- the platform's answer ---------------------------------------------------------------------------------------------


def by_the_platform(world: World, asked: Question) -> Found:
    book, city, start = world.book, asked.city, to_utc(asked.start)
    if asked.what == "limit":
        return {"due": to_local(TheirLimit.parse(asked.limit).due(start, book.calendar(city)))}
    if asked.what == "before":
        return {"last moment": to_local(TheirLimit.parse(asked.limit).before(start, book.calendar(city)))}
    pack = book.pack_of_city(city)
    rule, facts = pack.rule(asked.kind), their_facts(asked.facts)
    other = to_utc(asked.other_due) if asked.other_due else None
    if asked.what == "extended":
        assert other is not None
        if rule.before:
            found, _ = book.earlier_than(rule, other, start, pack, city)
        else:
            found = book.extended(pack, city, start, other, asked.working_days)
        last = book.last_extension(rule, facts, found.due, city)
    else:
        if asked.what == "again":
            timing = book.time_again(pack, city, rule, facts, start)
        else:
            timing = book.time(pack, city, rule, facts, start, other)
        found, last = timing.deadline, timing.last_extension
    return {
        "due": to_local(found.due),
        "yellow": to_local(found.warn),
        "provisional": found.provisional,
        "last moment to extend": to_local(last) if last else None,
    }


def their_facts(facts: Facts) -> TheirFacts:
    return TheirFacts(
        category=facts.category,
        item=facts.item,
        emergency_class=facts.emergency_class,
        round=facts.round,
        explain_only=facts.explain_only,
        citizen_reachable=facts.reachable,
        role=facts.role,
        kind=facts.return_kind,
        how=facts.extension,
    )
