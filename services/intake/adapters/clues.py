"""Clues by page."""

from chassis.database import direct
from chassis.work import Read
from services.intake.adapters.newest import newest
from services.intake.domain.clue import Clue


class ClueRows:
    def page(self, read: Read, *, city: str, state: str, size: int, before: str) -> list[Clue]:
        store = read.stores[Clue]
        values = {"city": city, "state": state, "size": size, "before": before}
        rows = direct.fetch(read.connection, newest(_OF_STATE if state else _OF_CITY, before), values)
        return [store.decode(body, version) for body, version in rows]


_OF_CITY = "select body::text, version from clue where city = %(city)s"
_OF_STATE = f"{_OF_CITY} and state = %(state)s"
