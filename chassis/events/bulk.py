"""The bulk lane: what one cause changes in thousands of cases goes out in small pieces, behind all other events.

Reminders of a hundred thousand deadlines that passed at half past five may take minutes; the case that is registered
meanwhile may not.
"""

from dataclasses import dataclass

from chassis.clock import monotonic

PER_SECOND = 200
"""A consumer's batch stays so short that an event of a single case waits some milliseconds for it."""
PIECE_SECONDS = 0.1
LOOK_SECONDS = 0.5
HELD_SECONDS = 1.0
"""Longer than a batch takes of what fills the lane."""


@dataclass
class Trickle:
    """How many rows of the bulk lane may go now; while there are none it looks twice a second."""

    per_second: int = PER_SECOND
    waiting: bool = False
    """Whether the last piece left some behind."""
    _last: float = float("-inf")
    _held_until: float = float("-inf")

    def hold(self) -> None:
        """Nothing goes for a moment: what fills the lane is not done yet, and the lane would take its time from it."""
        self._held_until = monotonic() + HELD_SECONDS

    def piece(self, share: float) -> int:
        """`share`: the part of the outbox that is ours, since each of several relays has a lane."""
        now = monotonic()
        waited = now - self._last
        if now < self._held_until or waited < (PIECE_SECONDS if self.waiting else LOOK_SECONDS):
            return 0
        self._last = now
        return max(1, round(self.per_second * share * min(waited, 2 * PIECE_SECONDS)))
