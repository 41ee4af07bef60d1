"""What a service's bootstrap is given to build from; in a simulation clock and ids are simulated ones."""

from dataclasses import dataclass, field

from chassis.clock import Clock, Ids, WallClock, uuid7
from chassis.privacy.keyring import KeyRing
from chassis.questions import Questions
from chassis.settings import Settings


@dataclass(frozen=True)
class Runtime:
    settings: Settings
    keys: KeyRing
    questions: Questions
    clock: Clock = field(default_factory=WallClock)
    ids: Ids = uuid7
