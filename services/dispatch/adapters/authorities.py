"""``authorities.yaml``: who is competent for what the hotline does not handle."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from chassis.policy import Policy, PolicyError, Words, fault, load


class _Authority(Policy):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    name: Words
    telephone: Annotated[str, Field(pattern=r"^\d{3,12}$")] = ""

    def __str__(self) -> str:
        """As the citizen is told."""
        return f"{self.name.zh}（{self.telephone}）" if self.telephone else self.name.zh


class _File(Policy):
    authorities: tuple[_Authority, ...]


def load_authorities(policies: Path) -> Mapping[str, str]:
    """Their names in Chinese, by code. Raises PolicyError."""
    path = policies / "authorities.yaml"
    known: dict[str, str] = {}
    for authority in load(path, _File).authorities:
        if authority.code in known:
            raise PolicyError([fault(path, authority.code, f"{authority.code} 重复", f"{authority.code} stands twice")])
        known[authority.code] = str(authority)
    return known
