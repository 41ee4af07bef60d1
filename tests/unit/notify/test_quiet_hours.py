"""Citizens are not texted between nine in the evening and eight in the morning, Shanghai time."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.domain.quiet import CHINA, QuietHours

NIGHT = QuietHours(time(21), time(8))
NOON = QuietHours(time(12), time(14, 30))


def shanghai(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, second, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (shanghai(1, 20, 59, 59), shanghai(1, 20, 59, 59)),
        (shanghai(1, 21), shanghai(2, 8)),
        (shanghai(1, 23, 30), shanghai(2, 8)),
        (shanghai(2, 0), shanghai(2, 8)),
        (shanghai(2, 7, 59, 59), shanghai(2, 8)),
        (shanghai(2, 8), shanghai(2, 8)),
        (shanghai(31, 22), datetime(2026, 11, 1, 8, tzinfo=CHINA)),
    ],
)
def test_a_message_written_at_night_is_sent_in_the_morning(written: datetime, sent: datetime) -> None:
    assert NIGHT.first_allowed(written) == sent


def test_quiet_hours_within_one_day_end_on_that_day() -> None:
    assert NOON.first_allowed(shanghai(1, 12, 5)) == shanghai(1, 14, 30)
    assert NOON.first_allowed(shanghai(1, 11)) == shanghai(1, 11)


INSTANTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m))
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(INSTANTS, TIMES, TIMES)
def test_the_first_allowed_instant_is_not_quiet_and_less_than_a_day_away(
    instant: datetime, since: time, until: time
) -> None:
    hours = QuietHours(since, until)
    allowed = hours.first_allowed(instant)
    assert not hours.covers(allowed)
    assert instant <= allowed < instant + timedelta(days=1)
