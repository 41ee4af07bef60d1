"""Sections and tables of the page; each row ends with the regulation and its article."""

from collections.abc import Iterable, Sequence

from chassis.policy import Basis
from cli.markup import tag, text
from cli.publishing.city_rules import CityRules
from cli.publishing.told import basis


def section(id: str, title: str, inner: str, note: str = "") -> str:
    told = tag("p", text(note), class_="note") if note else ""
    return tag("section", tag("h2", text(title)) + told + inner, id=id)


def table(heads: Sequence[str], rows: Iterable[str]) -> str:
    """The last column is that of the article."""
    head = "".join(tag("th", text(one), scope="col") for one in (*heads, "依据"))
    return tag("div", tag("table", tag("thead", tag("tr", head)) + tag("tbody", "".join(rows))), class_="scroll")


def row(rules: CityRules, cells: Sequence[str], found: Basis | Sequence[Basis]) -> str:
    """The first cell names the row."""
    first, *others = cells
    bases = (found,) if isinstance(found, Basis) else dict.fromkeys(found)
    told = "".join(tag("div", basis(rules, one)) for one in bases)
    cells_told = "".join(tag("td", text(cell)) for cell in others)
    return tag("tr", tag("th", text(first), scope="row") + cells_told + tag("td", told, class_="basis"))
