"""Lists that are newest first begin with the newest, wherever the database's collation puts its id."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.access import Role
from tests.integration.intake import test_calls, test_clues, test_mass_events, test_shifts
from tests.integration.intake.conftest import FUZHOU, PINGLI, SUPERVISOR, Desk, principal

AFTER_EVERY_SIGN = "\N{CJK UNIFIED IDEOGRAPH-9F98}"
"""In front of an id it stands for all collations that put letters and digits after the signs."""


def declared(desk: Desk) -> None:
    main = desk.accept(**test_mass_events.HERE)
    desk.do(SUPERVISOR, "DeclareMassEvent", city=FUZHOU, main_case=main.name, **test_mass_events.WORDS)


def handed_over(desk: Desk) -> None:
    case = test_clues.refused(desk, "malicious", PINGLI)
    test_clues.handed_over(desk, principal(Role.SUPERVISOR, PINGLI), case)


def list_of(query: str, of: str, *, city: str = FUZHOU, **chosen: str) -> Callable[[Desk], list[Any]]:
    who = principal(Role.SUPERVISOR, city)
    return lambda desk: list(getattr(desk.ask(who, query, city=city, **chosen), of))


def calls(desk: Desk) -> list[Any]:
    return list(test_calls.ask(desk, SUPERVISOR, "ListCalls", city=FUZHOU).calls)


def shifts(desk: Desk) -> list[Any]:
    return list(test_shifts.ask(desk, SUPERVISOR, "ListShifts", city=FUZHOU).shifts)


@pytest.mark.parametrize(
    ("table", "make", "read"),
    [
        ("case_file", lambda desk: desk.register(), list_of("ListCases", "cases")),
        ("case_file", lambda desk: desk.register(), list_of("ListCases", "cases", state="registered")),
        ("clue", handed_over, list_of("ListClues", "clues", city=PINGLI)),
        ("clue", handed_over, list_of("ListClues", "clues", city=PINGLI, state="handed_over")),
        ("mass_event", declared, list_of("ListMassEvents", "mass_events")),
        ("call_file", lambda desk: test_calls.recorded(desk, outcome="answered"), calls),
        ("shift", test_shifts.begun, shifts),
    ],
)
def test_the_newest_is_on_the_first_page(
    desk: Desk, table: str, make: Callable[[Desk], object], read: Callable[[Desk], list[Any]]
) -> None:
    make(desk)
    with desk.runtime.engine.begin() as connection:
        connection.exec_driver_sql(f"update {table} set id = '{AFTER_EVERY_SIGN}' || id")
    assert len(read(desk)) == 1
