"""The decision of routing, with everything that explains it."""

from dataclasses import dataclass
from enum import StrEnum

from services.dispatch.domain.routing import words
from services.dispatch.domain.routing.rules import Step


class Outcome(StrEnum):
    DISPATCHED = "dispatched"
    NO_ROUTE = "no_route"
    EQUAL_ROUTES = "equal_routes"
    CONFLICT_OF_INTEREST = "conflict_of_interest"


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that matched, for which unit, and why; `rank` is (facts asked for, score of its words)."""

    step: str
    rule: str
    unit: str
    basis: str
    why: str
    rank: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a case goes, stored with the order. Matches are best first; the first one won unless it had equals."""

    outcome: Outcome
    lead: str = ""
    co_units: tuple[str, ...] = ()
    # False where several units are to handle it each for itself (P18 art. 8(3)).
    led: bool = True
    step: str = ""
    rule: str = ""
    basis: str = ""
    matches: tuple[Match, ...] = ()
    attributes_that_matter: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""
    steps: tuple[str, ...] = ()

    @property
    def is_fallback(self) -> bool:
        return self.outcome is Outcome.DISPATCHED and self.step == Step.FALLBACK


def repeated(unit: str, name: str, rule: str, basis: str) -> Decision:
    """Back to the unit that answered the matter before; no rule of the catalogue is asked."""
    told = words.repeated_zh(name, basis), words.repeated_en(name, basis)
    return Decision(Outcome.DISPATCHED, lead=unit, step="repeat", rule=rule, basis=basis, zh=told[0], en=told[1])
