"""``packs/<name>/assessment.yaml``: who is compared with whom by what, what units may contest, what may be left out."""

from typing import Annotated, Literal

from pydantic import Field

from chassis.domain import DomainError, Status
from chassis.policy import Basis, Policy
from services.sla.domain.matters import MatterRules
from services.sla.domain.reports import CopyRule, Recipient, ReportRule
from services.sla.domain.rules import LegalLimit


class UnknownReason(DomainError):
    """The pack has no such reason for leaving a fact out."""

    status = Status.INVALID_ARGUMENT
    zh = "规则包没有剔除事由 {code}"
    en = "the pack has no reason {code} for excluding a fact"


class UnknownNamingGround(DomainError):
    """The pack has no such ground for naming a unit."""

    status = Status.INVALID_ARGUMENT
    zh = "规则包没有点名事由 {code}"
    en = "the pack has no ground {code} for naming a unit"


class AppealRules(Policy):
    """How long a unit may appeal, from the moment at which the fact counts against it."""

    window: LegalLimit
    basis: Basis


class ExclusionReason(Policy):
    """Why a fact is left out, as code and in words."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]
    basis: Basis


Rate = Literal[
    "on_time_sign", "response", "on_time", "completion", "solution", "satisfaction", "revisit_satisfaction",
    "supervision_reply", "knowledge_upkeep",
]  # fmt: skip


class UnitClass(Policy):
    """Units that are compared with each other (分类); without levels: all that no other class has."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]
    # Of the city's units.yaml.
    levels: tuple[str, ...] = ()
    basis: Basis


class Ranking(Policy):
    """By which rates the units of a class are put in order, each rate by itself: the texts give no sum of them."""

    rates: Annotated[tuple[Rate, ...], Field(min_length=1)]
    basis: Basis


class LowSatisfaction(Policy):
    """What is low in return visits, and after how many such months in a row a unit is marked."""

    below_percent: Annotated[int, Field(ge=1, le=100)]
    least_answers: Annotated[int, Field(ge=1)]
    months: Annotated[int, Field(ge=1, le=12)]
    basis: Basis


class CircularGround(Policy):
    """Why a unit is named in a circular; one that counts nothing is found by people alone."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]
    # Kinds of clocks that the unit let pass.
    late: tuple[str, ...] = ()
    # Findings of supervisions that were closed.
    findings: tuple[str, ...] = ()
    # So many low months in a row, by `low_satisfaction` of the pack.
    low_satisfaction: bool = False
    basis: Basis

    @property
    def counts(self) -> bool:
        return bool(self.late or self.findings or self.low_satisfaction)


class CircularRules(Policy):
    """What a circular (通报) may name units for."""

    grounds: Annotated[tuple[CircularGround, ...], Field(min_length=1)]
    basis: Basis


class AssessmentRules(Policy):
    """The assessment of units (考核) as one pack has it."""

    pack: str
    appeals: AppealRules
    exclusions: Annotated[tuple[ExclusionReason, ...], Field(min_length=1)]
    classes: Annotated[tuple[UnitClass, ...], Field(min_length=1)]
    ranking: Ranking
    low_satisfaction: LowSatisfaction | None = None
    reports: tuple[ReportRule, ...] = ()
    copies: tuple[CopyRule, ...] = ()
    circulars: CircularRules
    matters: MatterRules

    def report(self, code: str) -> ReportRule | None:
        return next((rule for rule in self.reports if rule.code == code), None)

    def copied_to(self, report: str) -> list[Recipient]:
        """Each once, in the order of the pack."""
        return list(dict.fromkeys(rule.to for rule in self.copies if rule.report == report))

    def ground(self, code: str) -> CircularGround:
        """Raises UnknownNamingGround."""
        for ground in self.circulars.grounds:
            if ground.code == code:
                return ground
        raise UnknownNamingGround(field="ground", code=code)

    def class_of(self, level: str) -> UnitClass | None:
        """None: the pack assesses no such units."""
        rest = next((one for one in self.classes if not one.levels), None)
        return next((one for one in self.classes if level in one.levels), rest)

    def reason(self, code: str) -> ExclusionReason:
        """Raises UnknownReason."""
        for reason in self.exclusions:
            if reason.code == code:
                return reason
        raise UnknownReason(field="reason", code=code)
