"""Whom an order goes to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """The units that are to handle an order, and the rule or person that chose them."""

    lead: str
    co_units: tuple[str, ...] = ()
    fallback: bool = False
    step: str = ""
    rule: str = ""
    # The step of a dispute's ladder that named them.
    fixed_by: str = ""
