"""Limits to the second, and chains of them past the published part of a small calendar."""

from services.sla.domain.beyond import Beyond, CountedIn
from services.sla.domain.limits import Limit, Unit, deadline, share_of_time, warn_at
from tests.unit.sla.test_calendar import HALF, MOMENT, SECOND, SMALL, YELLOW, at, closing


def limits(*texts: str) -> list[Limit]:
    return [Limit.parse(text) for text in texts]


def test_an_hour_has_sixty_minutes_of_sixty_seconds() -> None:
    assert Limit.parse("1 working_hour").due(at(1, 8), SMALL) == at(1, 9)
    assert Limit.parse("1 clock_hour").due(at(1, 8), SMALL) == at(1, 9)
    assert Limit.parse("1 minute").due(at(1, 8), SMALL) == at(1, 8, 1)


def test_within_the_second_before_a_session_the_whole_session_lies_ahead() -> None:
    assert SMALL.after_sessions(at(1, 8) - SECOND + MOMENT, 1) == at(1, 12)


def test_shares_are_whole_seconds_of_working_time_or_of_clock_time_where_there_is_less_than_an_hour() -> None:
    assert warn_at(at(1, 8), at(1, 8, 0, 1), Unit.WORKING_HOUR, YELLOW, SMALL) == at(1, 8)
    assert share_of_time(at(1, 8), at(1, 9, 0, 1), 50, SMALL) == at(1, 8, 30)
    assert share_of_time(at(1, 11), at(1, 14), 50, SMALL) == at(1, 11, 30)
    assert share_of_time(at(1, 11, 0, 1), at(1, 14, 0, 1), 50, SMALL) == at(1, 12, 30, 1)


def test_calendar_days_run_day_and_night() -> None:
    assert warn_at(at(1), at(3), Unit.CALENDAR_DAY, YELLOW, SMALL) == at(2, 12)


def test_what_is_left_of_a_chain_begins_where_the_limit_before_it_ends() -> None:
    two = Beyond(at(4), 2, CountedIn.CALENDAR_DAY)
    assert deadline(at(2, 9), limits("1 calendar_day", "2 calendar_day"), YELLOW, HALF).beyond == two
    assert deadline(at(1, 9), limits("1 working_day", "1 working_day", "2 calendar_day"), YELLOW, HALF).beyond == two


def test_at_the_last_published_instant_what_runs_first_is_still_firm() -> None:
    start = at(3, 23, 59) + MOMENT
    assert deadline(start, limits("1 minute", "2 calendar_day"), YELLOW, HALF).beyond is not None
    assert deadline(start + MOMENT, limits("1 minute", "2 calendar_day"), YELLOW, HALF).beyond is None


def test_a_chain_of_working_days_ends_like_one_limit() -> None:
    assert deadline(at(1, 9), limits("1 working_day", "2 working_day"), YELLOW, SMALL).due == closing(4)
