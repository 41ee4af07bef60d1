"""What a rule pack says of partners with whom data are shared, so that no matter is handled twice (N25 sec. 5)."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from chassis.policy import Basis, Policy, Unsound, Words
from services.intake.domain.partner_errors import NoPartner


class PartnerPlatform(Policy):
    """A platform, by the id of its account; the grounds of refusal on which a citizen is sent there."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    name: Words
    grounds: tuple[str, ...] = ()


class Partners(Policy):
    """With whom data are shared, and how far back the hotline's cases are looked through for them."""

    platforms: Annotated[tuple[PartnerPlatform, ...], Field(min_length=1, max_length=20)]
    days: Annotated[int, Field(ge=1, le=730)]
    basis: Basis
    days_basis: Basis

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        codes = [platform.code for platform in self.platforms]
        if twice := [code for code in codes if codes.count(code) > 1]:
            raise Unsound(f"平台 {twice[0]} 重复", f"the platform {twice[0]} stands twice")
        return self

    @property
    def grounds(self) -> frozenset[str]:
        return frozenset(ground for platform in self.platforms for ground in platform.grounds)

    def known(self, code: str) -> PartnerPlatform | None:
        return next((platform for platform in self.platforms if platform.code == code), None)


def partner(partners: Partners | None, account: str, pack: str) -> tuple[Partners, PartnerPlatform]:
    """The platform whose account it is. Raises NoPartner: without a rule nothing is shared with anybody."""
    found = partners.known(account) if partners else None
    if partners is None or found is None:
        raise NoPartner(pack=pack, platform=account)
    return partners, found
