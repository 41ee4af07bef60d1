"""Numbers, likeness, and the limit on look-ups."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.adapters.limiter import TokenBuckets
from services.intake.domain.likeness import KEYS, keys_of, likeness, pieces_of
from services.intake.domain.numbers import case_number, day_of, normalise_number

NOW = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)


@given(st.integers(1, 12_000_000), st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_a_number_is_known_again_however_it_is_typed(running: int, day: date) -> None:
    number = case_number("350100", day, running)
    wide = number.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert {normalise_number(w) for w in (number, number.replace("-", ""), number.replace("-", " "), wide)} == {number}


def test_one_wrong_digit_is_no_number() -> None:
    number = case_number("350100", date(2026, 9, 24), 123)
    assert normalise_number(number[:-1] + str((int(number[-1]) + 1) % 10)) is None
    assert normalise_number("") is None
    assert normalise_number("9" * 60) is None


def test_the_day_of_a_number_is_chinas() -> None:
    assert day_of(datetime(2026, 9, 23, 16, 0, tzinfo=UTC)) == date(2026, 9, 24)


@given(st.text(max_size=400), st.text(max_size=400))
def test_likeness_is_symmetric_and_bounded(left: str, right: str) -> None:
    one, other = pieces_of(left), pieces_of(right)
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0


@given(st.text(min_size=1, max_size=5000))
def test_a_text_leaves_a_bounded_number_of_keys(text: str) -> None:
    keys = keys_of(subject="", text=text, area="350102", item="15")
    assert 1 <= len(keys) <= KEYS + 1
    assert all(0 <= key < 2**63 for key in keys)


def test_texts_about_the_same_matter_share_keys_and_others_do_not() -> None:
    first = keys_of(subject="", text="五四路88号门口的路灯不亮三天了，晚上没法走路", area="", item="")
    again = keys_of(subject="", text="五四路88号门口的路灯不亮，三天了，没人修", area="", item="")
    other = keys_of(subject="", text="请问异地就医的医药费怎么报销需要什么材料", area="", item="")
    assert set(first) & set(again)
    assert not set(first) & set(other)


@pytest.mark.parametrize(("kind", "most", "refill"), [("number", 10, 60), ("caller", 300, 1)])
def test_a_bucket_empties_and_fills_again(kind: str, most: int, refill: int) -> None:
    buckets = TokenBuckets()
    assert all(buckets.take(f"{kind}/x", NOW) for _ in range(most))
    assert not buckets.take(f"{kind}/x", NOW)
    assert buckets.take(f"{kind}/other", NOW)
    assert buckets.take(f"{kind}/x", NOW + timedelta(seconds=refill))
