"""What was drawn, counted by kind: a run proves what it has judged, and names what never came."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import fill

from tests.law.deadlines import WHATS, Question
from tests.law.moments import FIRST_YEAR, LAST_YEAR
from tests.law.pack import Pack, read_packs
from tests.law.stories import INSTANT, Story
from tests.law.worlds import UNITS, World

Tally = Counter[tuple[str, str]]
"""By subject and name."""
STATES = ("running", "warned", "held", "breached", "met", "late", "voided", "cancelled")
WIDTH = 118


def count_world(tally: Tally, world: World) -> None:
    tally["worlds", "shipped" if len(world.packs) > 1 else "made up"] += 1


def count_question(tally: Tally, world: World, asked: Question) -> None:
    pack = world.packs[asked.city]
    tally["cases", asked.what] += 1
    tally["packs", pack.regime] += 1
    tally["cities", asked.city] += 1
    tally["years", str(asked.start.year)] += 1
    if asked.limit:
        tally["units", asked.limit.partition(" ")[2]] += 1
    if asked.kind:
        tally[clocks_of(pack), asked.kind] += 1


def count_life(tally: Tally, told: Story) -> None:
    """The clocks as they stood when nothing more was told."""
    tally["cases", "a life"] += 1
    tally["packs", told.pack.regime] += 1
    tally["cities", told.city] += 1
    tally["years", str(told.began.year)] += 1
    for heard in told.heard:
        tally["events", heard.event.type] += 1
    for clock in told.file.clocks:
        tally[clocks_of(told.pack), clock.rule.kind] += 1
        tally["units", clock.timing.limit.unit] += 1
        tally["states", clock.state(told.now)] += 1


def expected(policies: Path) -> dict[str, list[str]]:
    """All that could be drawn, by subject, as the shipped files have it."""
    packs = read_packs(policies)
    named = {name for pack in packs.values() for rule in pack.rules for name in rule.names}
    found = {
        "worlds": ["shipped", "made up"],
        "cases": [*WHATS, "a life"],
        "packs": sorted({pack.regime for pack in packs.values()}),
        "cities": sorted(packs),
        "years": [str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)],
        "units": list(UNITS),
        "states": list(STATES),
        "events": sorted({*INSTANT, *named}),
    }
    for pack in packs.values():
        found[clocks_of(pack)] = [rule.kind for rule in pack.rules]
    return found


def clocks_of(pack: Pack) -> str:
    """By the regulation, whatever lies over it."""
    return f"clocks of {pack.regime.partition('+')[0]}"


def missing(tally: Tally, wanted: Mapping[str, Iterable[str]]) -> list[str]:
    """What never came, by name."""
    return [f"{subject}: {name}" for subject, names in wanted.items() for name in names if not tally[subject, name]]


def told(tally: Tally, wanted: Mapping[str, list[str]]) -> Iterator[str]:
    """A paragraph for each subject, and one for what never came."""
    for subject in [*wanted, *sorted({subject for subject, _ in tally} - wanted.keys())]:
        more = sorted(name for of, name in tally if of == subject and name not in wanted.get(subject, ()))
        names = [*wanted.get(subject, ()), *more]
        counts = ", ".join(f"{name} {tally[subject, name]:,}" for name in names)
        total = sum(tally[subject, name] for name in names)
        yield fill(f"{subject} ({len(names)} kinds, {total:,}): {counts}", WIDTH, subsequent_indent="  ")
    never = missing(tally, wanted)
    yield fill(
        f"never drawn: {'; '.join(never) or 'nothing of all that the packs name'}", WIDTH, subsequent_indent="  "
    )
