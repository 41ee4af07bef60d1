"""回访评价: what the citizen said of the handling, kept with the order for the units that handled it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Evaluation:
    """A rating (评价) or a return visit (回访); words of the citizen are not among it."""

    kind: str
    round: int
    at: datetime
    solved: bool | None = None
    satisfied: bool | None = None
    score: str = ""
