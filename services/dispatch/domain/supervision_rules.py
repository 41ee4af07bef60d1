"""督办: on which grounds a pack supervises, by which methods, and what opens a supervision by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.dispatch.domain.basis import Basis


class Method(StrEnum):
    """How a unit is pressed; the words are the pack's."""

    PHONE = "phone"
    REMINDER = "reminder"
    NOTICE = "notice"
    SPECIAL_REPORT = "special_report"
    RECTIFICATION = "rectification"
    RECOMMENDATION = "recommendation"
    INTERVIEW = "interview"
    COORDINATION = "coordination"
    SITE_VISIT = "site_visit"
    REVISIT = "revisit"
    CIRCULAR = "circular"


class Trigger(StrEnum):
    """What may open a supervision without a supervisor."""

    CLOCK_WARNED = "clock_warned"
    CLOCK_BREACHED = "clock_breached"
    REPLY_SENT_BACK = "reply_sent_back"
    RETURN_AGREED = "return_agreed"
    REDO_ORDERED = "redo_ordered"
    # Dissatisfied and at fault once more, after the last redo: only a finding closes the case then.
    REDO_EXHAUSTED = "redo_exhausted"
    REVISIT_DISSATISFIED = "revisit_dissatisfied"


OF_CLOCKS = frozenset({Trigger.CLOCK_WARNED, Trigger.CLOCK_BREACHED})


@dataclass(frozen=True, slots=True)
class Opening:
    """By rule: on this, of these clocks, from so many times on."""

    on: Trigger
    clocks: frozenset[str] = frozenset()
    times: int = 1

    def fits(self, trigger: Trigger, clock: str, times: int) -> bool:
        return self.on is trigger and (not self.clocks or clock in self.clocks) and times >= self.times


@dataclass(frozen=True, slots=True)
class SupervisionGround:
    """事由. Without an opening only a supervisor opens it."""

    code: str
    zh: str
    en: str
    methods: tuple[Method, ...]
    written_reply: bool
    basis: Basis
    opens: Opening | None = None
    # It is over when its clock stops, without a supervisor's finding.
    ends_with_clock: bool = False

    @property
    def decides_case(self) -> bool:
        return self.opens is not None and self.opens.on is Trigger.REDO_EXHAUSTED


@dataclass(frozen=True, slots=True)
class MethodRule:
    """A method of the pack in its own words."""

    zh: str
    en: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class SupervisionRules:
    """The methods and grounds of one pack, by their codes."""

    methods: Mapping[Method, MethodRule]
    grounds: Mapping[str, SupervisionGround]

    def opened_by(self, trigger: Trigger, *, clock: str = "", times: int = 1) -> Iterator[SupervisionGround]:
        for ground in self.grounds.values():
            if ground.opens is not None and ground.opens.fits(trigger, clock, times):
                yield ground

    @property
    def decides_after_redo(self) -> bool:
        """Whether a finding must close the case when no redo is left."""
        return any(ground.decides_case for ground in self.grounds.values())
