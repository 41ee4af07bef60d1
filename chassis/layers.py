"""The head of a rule pack, and one layer of what a city follows."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from chassis.policy import Basis, Policy, PolicyError, Words, load, mismatch

ANY = "any"
"""`extends: any`: it lies over whichever pack a city names, where the city says so."""


class InForce(Policy):
    """The time during which a regulation applies; a lapsed one may still be used, with a warning."""

    since: date = Field(alias="from")
    until: date | None = None
    status: Annotated[str, Field(pattern="^(in_force|lapsed|draft)$")]
    note: Words | None = None
    basis: Basis

    def outside(self, day: date) -> Words | None:
        """Why the regulation does not apply on that day, if it does not."""
        article = self.basis.article
        if day < self.since:
            return Words(zh=f"自 {self.since} 起方施行（{article}）", en=f"in force only from {self.since} ({article})")
        if self.until is not None and day >= self.until:
            zh = f"按其本文已于 {self.until} 失效（{article}）"
            return Words(zh=zh, en=f"by its own text it lapsed on {self.until} ({article})")
        return None


class Pack(Policy):
    """``packs/<name>/pack.yaml``: the head of a rule pack."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Words
    # The pack that it lies over; "any": whichever a city names. Empty: it stands by itself.
    extends: str = ""
    regulations: tuple[str, ...]
    in_force: InForce


@dataclass(frozen=True)
class Layer:
    """One version of a pack's own files."""

    head: Pack
    path: Path

    @property
    def ref(self) -> str:
        return f"{self.head.name}@{self.head.version}"


def load_pack(policies: Path, name: str) -> Pack:
    """Read the head of the pack of that name; the folder and the name inside must agree."""
    return load_head(policies / "packs" / name)


def load_head(folder: Path) -> Pack:
    """Raises PolicyError."""
    path = folder / "pack.yaml"
    pack = load(path, Pack)
    if pack.name != folder.name:
        raise PolicyError([mismatch(path, folder.name, pack.name)])
    return pack
