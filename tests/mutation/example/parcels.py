"""A small module whose tests have known holes: the machinery must find these and no others."""

from functools import cache

STEPS = {"sent": {"lost", "delivered"}}


def doubled(weight: int) -> int:
    return weight * 2


HEAVY = doubled(10)


class Parcel:
    def __init__(self, weight: int) -> None:
        self.weight = weight
        self.state = "sent"

    @property
    def is_heavy(self) -> bool:
        return self.weight >= HEAVY

    def become(self, state: str) -> None:
        if state not in STEPS.get(self.state, ()):
            raise ValueError(state)
        self.state = state


@cache
def stamps(weight: int) -> int:
    """How many it takes, by tens."""
    found = 0
    while weight > 0:
        weight -= 10
        found += 1
    return found


def shipped() -> Parcel:
    parcel = Parcel(30)
    parcel.become("delivered")
    return parcel


def is_insured() -> bool:
    return True
