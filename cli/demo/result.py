"""What a demonstration leaves behind: plain data for the page and the closing table. No ids, no personal data.

Whoever fills it sorts what has no natural order, so that the same seed gives the same page. Instants are aware.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Tone(StrEnum):
    """How an outcome is to be seen."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    CALM = "calm"


class DayKind(StrEnum):
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class Ratio:
    numerator: int
    denominator: int
    # Facts left out of both.
    excluded: int = 0


@dataclass(frozen=True, slots=True)
class CityResult:
    """KPIs by the kinds of KpiReport: response, on_time, on_time_sign, case_on_time, solution, satisfaction …"""

    zh: str
    en: str
    regulation_zh: str
    regulation_en: str
    cases: int
    kpis: Mapping[str, Ratio]


@dataclass(frozen=True, slots=True)
class Path:
    """How many cases went this way, as names of states from the channel to the end (`charts.NODES` knows them)."""

    states: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class ClockTally:
    """Clocks of one kind by how they ended; `running` ones are not yet due at the end of the demonstration."""

    kind: str
    met: int
    late: int
    running: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class UnitTally:
    zh: str
    city_zh: str
    orders: int
    due: int
    on_time: int


@dataclass(frozen=True, slots=True)
class MessageTally:
    """`template`: notify's key; `zh`, `en`: its title."""

    template: str
    zh: str
    en: str
    sms: int
    voice: int


@dataclass(frozen=True, slots=True)
class SupervisionTally:
    """Entries of one city's supervision ledger on one ground; those answered wait for a finding."""

    city_zh: str
    city_en: str
    ground_zh: str
    ground_en: str
    opened: int
    answered: int
    closed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    kind: DayKind
    zh: str
    cases: int


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened; `who` in words (诉求人, 坐席, the unit's name …)."""

    at: datetime
    who_zh: str
    zh: str
    en: str
    tone: Tone = Tone.CALM


@dataclass(frozen=True, slots=True)
class DeadlineTold:
    """One clock of the story with the steps to its deadline; `moved_from`: the first deadline, if it moved."""

    kind: str
    start_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    outcome: str
    rule: str
    article: str
    steps: tuple[tuple[str, str], ...]
    moved_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One case told whole, without naming its citizen; `subject` is the masked one."""

    city_zh: str
    city_en: str
    category_zh: str
    category_en: str
    subject: str
    lines: tuple[StoryLine, ...]
    deadlines: tuple[DeadlineTold, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A case told whole for what it shows. `facts`: how it went, in a few lines, each in Chinese and English."""

    code: str
    zh: str
    en: str
    facts: tuple[tuple[str, str], ...]
    story: Story


@dataclass(frozen=True, slots=True)
class DemoResult:
    seed: int
    cities: tuple[CityResult, ...]
    paths: tuple[Path, ...]
    clocks: tuple[ClockTally, ...]
    units: tuple[UnitTally, ...]
    messages: tuple[MessageTally, ...]
    days: tuple[Day, ...]
    story: Story
    supervisions: tuple[SupervisionTally, ...] = ()
    chapters: tuple[Chapter, ...] = ()
