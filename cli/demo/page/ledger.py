"""The supervision ledger on the page: one row for each city and ground."""

from collections.abc import Iterable

from cli.demo.result import SupervisionTally
from cli.markup import pair, tag, text

_HEAD = (("列入", "opened"), ("已回复", "answered"), ("已结办", "closed"), ("逾期未回复", "overdue"))


def table(tallies: Iterable[SupervisionTally]) -> str:
    names = tag("th", pair("城市", "city")) + tag("th", pair("督办事由", "ground"))
    head = tag("thead", tag("tr", names + "".join(tag("th", pair(*words)) for words in _HEAD)))
    body = tag("tbody", "".join(_row(tally) for tally in tallies))
    return tag("div", tag("table", head + body, class_="kpis"), class_="scroll")


def _row(tally: SupervisionTally) -> str:
    city = f'<b>{text(tally.city_zh)}</b> <span class="en" lang="en">{text(tally.city_en)}</span>'
    counts = (tally.opened, tally.answered, tally.closed, tally.overdue)
    cells = "".join(tag("td", f"<b>{count}</b>") for count in counts)
    return tag("tr", tag("th", city, scope="row") + tag("td", pair(tally.ground_zh, tally.ground_en)) + cells)
