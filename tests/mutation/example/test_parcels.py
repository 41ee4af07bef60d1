"""Tests that leave open what `survivors.yaml` lists."""

import pytest

from tests.mutation.example.parcels import HEAVY, Parcel, shipped, stamps


@pytest.fixture(scope="session")
def parcel() -> Parcel:
    return shipped()


def test_a_parcel_that_was_shipped_is_delivered(parcel: Parcel) -> None:
    assert (parcel.weight, parcel.state) == (30, "delivered")


def test_what_was_delivered_stays_so(parcel: Parcel) -> None:
    with pytest.raises(ValueError, match="lost"):
        parcel.become("lost")


def test_a_parcel_over_the_weight_is_heavy() -> None:
    assert Parcel(HEAVY + 1).is_heavy
    assert not Parcel(HEAVY - 1).is_heavy
    assert HEAVY == 20


def test_ten_need_one_stamp_each() -> None:
    assert stamps(25) == 3
