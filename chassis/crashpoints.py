"""Named places where tests let a process die, to prove that nothing is lost or doubled there."""

import os
import signal

POINTS = frozenset(
    {
        "command.before_commit",
        "command.after_commit",
        "relay.after_claim",
        "relay.after_publish",
        "receiver.before_commit",
        "receiver.after_commit",
        "parking.after_claim",
        "clocks.before_commit",
        "clocks.after_commit",
        "notify.after_claim",
        "notify.after_hand_over",
    }
)

_armed: dict[str, int] = {}


def arm(specification: str) -> None:
    """`relay.after_publish:3` kills the process the third time it passes there; several are separated by commas."""
    for entry in filter(None, specification.split(",")):
        point, _, count = entry.partition(":")
        if point not in POINTS:
            raise ValueError(f"no crash point {point}")
        _armed[point] = int(count or 1)


def crash_point(point: str) -> None:
    """Does nothing unless armed."""
    if point in _armed:
        _armed[point] -= 1
        if _armed[point] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
