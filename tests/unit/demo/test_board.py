"""The board: a table on a terminal, a line per simulated day elsewhere."""

import io
from datetime import UTC, datetime

from rich.console import Console

from cli.demo.board import Board, BoardState, CityState, Said, picture

CITY = CityState("福州市", "Fuzhou", {"in_handling": 7, "closed": 3, "joined": 2, "refused": 1}, 5, 2, 1)


def state(day: int, hour: int) -> BoardState:
    now = datetime(2026, 9, day, hour, tzinfo=UTC)
    return BoardState(now, (CITY,), (Said(now, "voice", "福州", "请尽快签收"),), 13, 175, "调休")


def test_without_a_terminal_each_simulated_day_prints_one_line() -> None:
    out = io.StringIO()
    with Board(Console(file=out, width=160)) as board:
        for day, hour in ((14, 1), (14, 5), (14, 9), (15, 1)):
            board.show(state(day, hour))
    lines = out.getvalue().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("2026-09-14 周一 调休  诉求 13/175  办理7 办结3 不予1 其他2  黄灯2 红灯1")


def test_on_a_terminal_the_board_shows_city_lights_and_messages() -> None:
    out = io.StringIO()
    Console(file=out, width=140, force_terminal=True, color_system=None).print(picture(state(14, 1)))
    shown = out.getvalue()
    assert all(word in shown for word in ("Fuzhou", "● 5", "请尽快签收", "2026-09-14 周一 09:00"))
