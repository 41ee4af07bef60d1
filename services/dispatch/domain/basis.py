"""What a rule of a pack rests on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Basis:
    rule: str
    article: str

    def __str__(self) -> str:
        return f"{self.rule}, {self.article}"
