"""What the citizen said about one work order: by rating, by return visit; the latest round counts."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Rating:
    """A score given by the citizen; `apart` when the platform found it unreasonable."""

    round: int
    at: datetime
    satisfied: bool
    scored: bool
    apart: bool = False


@dataclass
class Answer:
    """What the citizen answered when asked "solved?", in a return visit or with the rating."""

    round: int
    solved: bool
    in_visit: bool
    # None: written by a version that did not keep it.
    at: datetime | None = None


@dataclass
class Visit:
    """Whether the citizen is satisfied, as told in a return visit."""

    round: int
    satisfied: bool
    at: datetime


@dataclass
class Opinion:
    """One per work order, by the order's id. `due_at` is the finish deadline of the round, the day it counts for."""

    id: str
    case_id: str
    city: str
    unit: str
    category: str
    due_at: datetime
    rating: Rating | None = None
    answered: Answer | None = None
    handled_as: str = ""
    """`mediation` or `enforcement`: handled by that law, satisfaction is not pursued one-sidedly (F21-18, S24-32)."""
    visit: Visit | None = None
    version: int = 0

    def rate(self, rating: Rating) -> None:
        """The second rating replaces the first after a redo."""
        if self.rating is None or rating.round >= self.rating.round:
            self.rating = rating

    def answer(self, answer: Answer) -> None:
        """The answer of the latest round counts; a visit outweighs a rating of the same round."""
        old = self.answered
        if old is None or (answer.round, answer.in_visit) >= (old.round, old.in_visit):
            self.answered = answer

    def hear(self, visit: Visit) -> None:
        """The latest visit of the latest round counts."""
        if self.visit is None or (visit.round, visit.at) >= (self.visit.round, self.visit.at):
            self.visit = visit

    def set_apart(self, round: int) -> bool:
        """Found unreasonable: shown apart. False when there is no such rating."""
        if self.rating is None or self.rating.round != round:
            return False
        self.rating.apart = True
        return True

    @property
    def apart(self) -> bool:
        """Whether the score is shown apart from the satisfaction rate."""
        return bool(self.handled_as) or (self.rating is not None and self.rating.apart)

    @property
    def solved(self) -> bool | None:
        """None: nobody asked, or nobody answered."""
        return self.answered.solved if self.answered else None

    @property
    def satisfied(self) -> bool | None:
        """None: no score of the handling."""
        return self.rating.satisfied if self.rating and self.rating.scored else None

    @property
    def revisit_satisfied(self) -> bool | None:
        """None: not asked in a return visit."""
        return self.visit.satisfied if self.visit else None
