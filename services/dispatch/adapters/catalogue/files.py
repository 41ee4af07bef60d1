"""The shapes of the routing files under policies/."""

from typing import Annotated, Literal

from pydantic import Field

from chassis.policy import Basis, Policy

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{1,63}$")]
Terms = tuple[Annotated[str, Field(min_length=1, max_length=20)], ...]


class UnitEntry(Policy):
    """A unit of the directory."""

    id: Id
    name: Annotated[str, Field(min_length=2)]
    level: Literal["department", "county", "section", "township", "enterprise", "province"]
    area: str = ""
    supervised_by: str = ""
    domain: Literal["", "城乡建设", "环境保护", "交通运输", "教育文体", "劳动和社会保障", "商贸旅游", "卫生计生"] = ""
    duties: tuple[Id, ...] = ()


class UnitsFile(Policy):
    """``cities/<code>/units.yaml``."""

    city: str
    units: Annotated[tuple[UnitEntry, ...], Field(min_length=1)]


class AreaEntry(Policy):
    """An area and the unit that answers for it."""

    code: Annotated[str, Field(pattern=r"^\d{6,12}$")]
    name: Annotated[str, Field(min_length=2)]
    built_up: bool
    unit: Id


class AreasFile(Policy):
    """``cities/<code>/areas.yaml``."""

    city: str
    areas: Annotated[tuple[AreaEntry, ...], Field(min_length=1)]


class AttributeEntry(Policy):
    """A fact on which the ownership of an item turns."""

    zh: str
    values: tuple[str, ...]


class ItemEntry(Policy):
    """One of the ninety items."""

    code: Annotated[str, Field(pattern=r"^\d{2}$")]
    name: str
    category: str
    project: str
    attribute: str = ""
    unclear: bool = False


class ItemsFile(Policy):
    """``items.yaml``."""

    basis: Basis
    attributes: dict[str, AttributeEntry]
    items: tuple[ItemEntry, ...]


class WhenEntry(Policy):
    """The facts that a rule asks for."""

    category: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    emergency_class: tuple[str, ...] = ()
    attributes: dict[str, str] = {}
    without_item: bool = False
    after_return: bool = False


class WordsEntry(Policy):
    """The terms that a rule looks for, by how much each says."""

    strong: Terms = ()
    words: Terms = ()
    weak: Terms = ()


class RuleEntry(Policy):
    """A rule: whose it is (a duty, a unit, or the area's unit), when, for which words, on what basis."""

    id: Id
    duty: str = ""
    unit: str = ""
    to: Literal["", "area"] = ""
    otherwise: str = ""
    co: tuple[str, ...] = ()
    led: bool = True
    items: tuple[str, ...] = ()
    when: WhenEntry = WhenEntry()
    words: WordsEntry = WordsEntry()
    basis: Basis


class RuleLists(Policy):
    """Rules by the step of routing that they belong to."""

    emergency: tuple[RuleEntry, ...] = ()
    items: tuple[RuleEntry, ...] = ()
    catalogue: tuple[RuleEntry, ...] = ()
    territory: tuple[RuleEntry, ...] = ()
    fallback: tuple[RuleEntry, ...] = ()


class ScoringEntry(Policy):
    """Weights of the terms."""

    strong: Annotated[int, Field(gt=0)]
    words: Annotated[int, Field(gt=0)]
    weak: Annotated[int, Field(gt=0)]
    subject_factor: Annotated[int, Field(gt=0)]
    least: Annotated[int, Field(gt=0)]


class BaseFile(RuleLists):
    """``catalogue/base.yaml``: what the cities share."""

    scoring: ScoringEntry
    duties: dict[str, str]


class CityFile(RuleLists):
    """``cities/<code>/catalogue.yaml``: a city's own rules; one with the id of a shared rule replaces it."""

    city: str
    drop: tuple[str, ...] = ()
