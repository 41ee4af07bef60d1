"""A limit that one case has for itself: of another law, agreed with the citizen, or set by who is above the hotline."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Step

# Rank of the document that is cited, the highest first.
RANKS = {
    "law": Step("法律", "law"),
    "regulation": Step("法规", "regulation"),
    "rule": Step("规章", "rule"),
    "normative_document": Step("规范性文件", "normative document"),
}


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """Counted from the start of the clock (`limit`), or a moment that is fixed (`due_at`)."""

    ground: str
    set_at: datetime
    limit: str = ""
    due_at: datetime | None = None
    rank: str = ""
    title: str = ""
    article: str = ""

    @property
    def cited(self) -> Step:
        """The document by its name, with article and rank; of other grounds what stands for it."""
        if self.rank not in RANKS:
            return Step(self.title, self.title)
        rank, title = RANKS[self.rank], self.title.strip("《》")
        zh = f"《{title}》" + (f"第{self.article}条" if self.article else "") + f"（{rank.zh}）"
        en = f"《{title}》" + (f" art. {self.article}" if self.article else "") + f" ({rank.en})"
        return Step(zh, en)


def with_limit(own: list[OwnLimit], new: OwnLimit) -> list[OwnLimit]:
    """One of each ground: the newest word replaces what was set before."""
    kept = [one for one in own if one.ground != new.ground]
    older = next((one for one in own if one.ground == new.ground), None)
    return [*kept, older if older and older.set_at > new.set_at else new]


def without_limit(own: list[OwnLimit], ground: str) -> list[OwnLimit]:
    return [one for one in own if one.ground != ground]
