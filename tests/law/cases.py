"""One case by its number: the same seed and number make the same world and the same case for ever."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.law import deadlines, lives
from tests.law.playing import Differences, Play
from tests.law.stories import Heard
from tests.law.tally import Tally, count_life, count_question, count_world
from tests.law.worlds import World, world

# A world takes as long to read as some hundred deadlines to find.
CASES_PER_WORLD = 1000
# One world in so many is that of the shipped policies.
SHIPPED = 8
# So many cases in a hundred are whole lives; the others are single deadlines.
LIVES = 10


@dataclass(frozen=True)
class Found:
    """A disagreement, and the case in which it shows."""

    number: int
    case: str
    differences: Differences

    def __str__(self) -> str:
        return "\n".join([f"case {self.number}", self.case, *self.differences])


def world_of(seed: int, number: int) -> World:
    index = number // CASES_PER_WORLD
    return world(Random(f"{seed} world {index}"), shipped=(seed + index) % SHIPPED == 0)


def cases_of(seed: int, numbers: Sequence[int], tally: Tally | None = None) -> Iterator[Found]:
    """The disagreements among cases of one world."""
    lie, tally = world_of(seed, numbers[0]), Tally() if tally is None else tally
    count_world(tally, lie)
    for number in numbers:
        found = judged(Random(f"{seed} case {number}"), lie, number, tally)
        if found is not None:
            yield found


def judged(chance: Random, lie: World, number: int = 0, tally: Tally | None = None) -> Found | None:
    """What both sides find; a side that fails disagrees."""
    one = judged_life if chance.randrange(100) < LIVES else judged_deadline
    return one(chance, lie, number, Tally() if tally is None else tally)


def judged_deadline(chance: Random, lie: World, number: int, tally: Tally) -> Found | None:
    asked = deadlines.question(chance, lie)
    count_question(tally, lie, asked)
    law = _or_failure(lambda: deadlines.by_the_law(lie, asked))
    platform = _or_failure(lambda: deadlines.by_the_platform(lie, asked))
    differences = [
        f"  {what}: by the law {law.get(what)}, the platform {platform.get(what)}"
        for what in sorted({*law, *platform})
        if law.get(what) != platform.get(what)
    ]
    return Found(number, str(asked), differences) if differences else None


def judged_life(chance: Random, lie: World, number: int, tally: Tally) -> Found | None:
    city = chance.choice(sorted(lie.packs))
    told = lives.story(chance, lie, city)
    count_life(tally, told)
    differences = played(lie, city, told.heard)
    if not differences:
        return None
    shortest = shortened(told.heard, lambda heard: about(played(lie, city, heard)) == about(differences))
    return Found(number, table(city, shortest), played(lie, city, shortest))


def played(lie: World, city: str, heard: Sequence[Heard]) -> Differences:
    found = _or_failure(lambda: {"": Play.of(lie, city).run(heard)})
    return [f"fails: {found['fails']}"] if "fails" in found else list(found[""])


def about(differences: Differences) -> str:
    """The clock and the field of the first difference, or what failed."""
    return differences[-1].partition(":")[0] if differences else ""


def shortened(heard: Sequence[Heard], disagree: Callable[[Sequence[Heard]], bool]) -> list[Heard]:
    """Leaves out what the disagreement does not need, the last events first."""
    kept = list(heard)
    for event in reversed(heard):
        fewer = [other for other in kept if other is not event]
        if disagree(fewer):
            kept = fewer
    return kept


def table(city: str, heard: Sequence[Heard]) -> str:
    """A life as a table: when it happened, when it was heard, what it was."""
    lines = [f"in {city}", f"  {'happened':26}  {'heard':26}  event"]
    for news in heard:
        told = {name: value for name, value in news.event.told.items() if name not in ("city", "case_id")}
        lines.append(f"  {news.event.at!s:26}  {news.at!s:26}  {news.event.type} {told}")
    return "\n".join(lines)


def _or_failure(call: Callable[[], deadlines.Found]) -> deadlines.Found:
    try:
        return call()
    except Exception as error:
        return {"fails": repr(error)}
