"""What a pack says of return visits."""

from typing import Annotated, Literal

from pydantic import Field

from chassis.policy import Basis, Policy


class AtExpiry(Policy):
    """Also when the limit of the unit is over and the case is not done."""

    basis: Basis


class Sample(Policy):
    """随机回访: how many of a thousand completed cases are visited."""

    per_mille: Annotated[int, Field(ge=0, le=1000)]
    basis: Basis


class Revisits(Policy):
    """Calls where nobody rates, each on a day of its own, and whether dispatch looks into a dissatisfied answer."""

    calls: Annotated[int, Field(ge=1, le=10)]
    dissatisfied: Literal["verified", "closed"]
    basis: Basis
    at_expiry: AtExpiry | None = None
    sample: Sample | None = None
