"""How long to rest between batches: what gathers meanwhile costs hardly more than a few."""

from dataclasses import dataclass

WEIGHT_OF_THE_LAST = 0.25


@dataclass
class Pace:
    """As long as batches usually take, so that under load at most half of the time goes into small ones.

    Not as long as the last one took: one that had to wait for the disk would hold up the next as long again.
    """

    longest: float
    shortest: float = 0.0
    _usual: float = 0.0

    def rest(self, took: float) -> float:
        """After a batch that took so many seconds."""
        self._usual += (min(took, self.longest) - self._usual) * WEIGHT_OF_THE_LAST
        return max(self._usual, self.shortest)
