"""What a rule pack says of replies: decisions to file, classes of redo, statements of units, proposals to end."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.dispatch.domain.basis import Basis
from services.dispatch.domain.states import Filing, Finding


@dataclass(frozen=True, slots=True)
class FilingRules:
    """立案: what the form states of each decision; any one of its groups of fields is enough (P18 art. 15(3))."""

    wanted: Mapping[Filing, tuple[frozenset[str], ...]]
    basis: Basis


@dataclass(frozen=True, slots=True)
class RedoClass:
    """重办分类: why it is done again; where nothing more can be done, the unit states its performance (履责意见)."""

    code: str
    zh: str
    en: str
    statement: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class StatementRules:
    """What a unit may state against a dissatisfied rating, and what it must send with it (S24 art. 22)."""

    claims: frozenset[Finding]
    required: frozenset[str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class EndGround:
    """A ground on which nothing more is done."""

    zh: str
    en: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class EndRules:
    """不再办理: on which grounds a unit may propose it, and whether it explains to the citizen first (S24 art. 23)."""

    grounds: Mapping[str, EndGround]
    citizen_answered: bool
    basis: Basis
