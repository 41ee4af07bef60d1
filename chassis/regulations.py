"""The texts that rules rest on (``policies/regulations.yaml``): no file may cite a rule that does not exist."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

DEFAULT = "platform-default"
CODE = r"[A-Z]+\d{2}"
"""The short name of a text: letters and its year."""
RULE = rf"^{CODE}-\d{{2}}[a-z]?$|^{DEFAULT}$"


class Regulation(BaseModel):
    """One catalogue of rules, 01 to `last`; a number may stand for several rules, told apart by letters."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    title: Annotated[str, Field(min_length=1)]
    last: Annotated[int, Field(ge=1, le=99)]
    letters: dict[Annotated[str, Field(pattern=r"^\d{2}$")], Annotated[str, Field(pattern=r"^[a-z]+$")]] = {}
    # In force everywhere, whichever pack a city follows.
    national: bool = False

    def numbers(self) -> list[str]:
        plain = [f"{number:02}" for number in range(1, self.last + 1)]
        return plain + [number + letter for number, letters in self.letters.items() for letter in letters]


class Regulations(BaseModel):
    """All of them, by the code that their rules begin with."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    regulations: dict[Annotated[str, Field(pattern=rf"^{CODE}$")], Regulation]

    @property
    def rules(self) -> frozenset[str]:
        ids = {f"{code}-{number}" for code, text in self.regulations.items() for number in text.numbers()}
        return frozenset(ids | {DEFAULT})

    @property
    def national(self) -> frozenset[str]:
        """The codes of the texts that are in force everywhere."""
        return frozenset(code for code, text in self.regulations.items() if text.national)
