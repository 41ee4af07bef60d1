"""What a rule pack says of the telephone: which calls are called back, when people answer, who may be kept from it,
how experts of units are reached."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from chassis.policy import Basis, Policy, Unsound, Words
from services.intake.domain.expert_errors import NoExperts
from services.intake.domain.restriction_errors import NoPowerToRestrict, UnknownRestrictionGround

LONGEST_HOURS = 72
"""No pack calls more than three days a short time."""


class CallRules(Policy):
    """Which calls that came in are called back, and how often it is tried; by when, says sla.yaml."""

    called_back: tuple[Literal["missed", "dropped"], ...]
    attempts: Annotated[int, Field(ge=1, le=9)]
    basis: Basis


class Telephone(Policy):
    """People answer the telephone day and night: no shift ends without the next one."""

    hours: Literal["around_the_clock"]
    basis: Basis


class RestrictionGround(Policy):
    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{1,39}$")]
    name: Words


class Restrictions(Policy):
    """Why a number may be kept from the telephone, for how long at most, and where its caller complains."""

    grounds: Annotated[tuple[RestrictionGround, ...], Field(min_length=1)]
    most_hours: Annotated[int, Field(ge=1, le=LONGEST_HOURS)]
    appeal: Words
    basis: Basis
    length_basis: Basis

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        codes = [ground.code for ground in self.grounds]
        if len(set(codes)) != len(codes):
            raise Unsound("限制事由重复", "a ground of restriction stands twice")
        return self

    def ground(self, code: str) -> RestrictionGround:
        found = self.known(code)
        if found is None:
            raise UnknownRestrictionGround(field="ground", ground=code)
        return found

    def known(self, code: str) -> RestrictionGround | None:
        return next((ground for ground in self.grounds if ground.code == code), None)


def power(restrictions: Restrictions | None, pack: str) -> Restrictions:
    """Raises NoPowerToRestrict: without a rule nobody is kept from the telephone."""
    if restrictions is None:
        raise NoPowerToRestrict(pack=pack)
    return restrictions


class ExpertRules(Policy):
    """How experts that units name are reached: at a seat of the hotline, or by a transfer."""

    reached: Annotated[tuple[Literal["seat", "phone"], ...], Field(min_length=1, max_length=2)]
    basis: Basis


def expert_rules(rules: ExpertRules | None, pack: str) -> ExpertRules:
    """Raises NoExperts."""
    if rules is None:
        raise NoExperts(pack=pack)
    return rules
