"""督办: on which grounds a pack supervises, by which methods, and what opens a supervision by itself."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
    # 报送: another authority is told, and does what is its own.
    REFERRAL = "referral"


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
    CASE_URGED = "case_urged"
    # The case is watched: its mark was set.
    CASE_MARKED = "case_marked"


class Opener(StrEnum):
    """The role whose ground it is: it alone opens it by hand, and closes what it has opened."""

    CITY = "supervisor"
    # 省级主管部门: the city's office answers, not a unit.
    PROVINCE = "province"
    # 热线主管部门: of the line whose unit has a part in the order; that unit answers.
    LINE_DEPARTMENT = "line_department"


OF_CLOCKS = frozenset({Trigger.CLOCK_WARNED, Trigger.CLOCK_BREACHED})


@dataclass(frozen=True, slots=True)
class Opening:
    """By rule: on this, of these clocks or marks, from so many times on; of an order that is overdue, from fewer on.

    And only of one that is so many months old.
    """

    on: Trigger
    clocks: frozenset[str] = frozenset()
    times: int = 1
    times_when_overdue: int = 0
    marks: frozenset[str] = frozenset()
    months: int = 0

    def fits(
        self, trigger: Trigger, clock: str, times: int, *, overdue: bool = False, mark: str = "", months: int = 0
    ) -> bool:
        needed = self.times_when_overdue or self.times if overdue else self.times
        of_clock, of_mark = not self.clocks or clock in self.clocks, not self.marks or mark in self.marks
        return self.on is trigger and of_clock and of_mark and times >= needed and months >= self.months


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
    by: Opener = Opener.CITY

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

    def opened_by(
        self,
        trigger: Trigger,
        *,
        clock: str = "",
        times: int = 1,
        overdue: bool = False,
        mark: str = "",
        months: int = 0,
    ) -> Iterator[SupervisionGround]:
        for ground in self.grounds.values():
            opens = ground.opens
            if opens and opens.fits(trigger, clock, times, overdue=overdue, mark=mark, months=months):
                yield ground

    @property
    def decides_after_redo(self) -> bool:
        """Whether a finding must close the case when no redo is left."""
        return any(ground.decides_case for ground in self.grounds.values())


def months_over(since: date, today: date) -> int:
    """Whole months that are over: each ends with the day of its number, or its last one (Civil Code art. 202)."""
    months = (today.year - since.year) * 12 + today.month - since.month
    over = today.day > min(since.day, monthrange(today.year, today.month)[1])
    return max(0, months if over else months - 1)
