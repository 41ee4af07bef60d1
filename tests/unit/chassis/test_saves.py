"""What a unit of work has saved is found by its newest columns and can be undone step by step."""

from dataclasses import dataclass

import sqlalchemy as sa

from chassis.database import Store, aggregate_table
from chassis.saves import By, Saves


@dataclass
class Parcel:
    id: str
    shelf: str
    version: int = 0


PARCELS = aggregate_table(sa.MetaData(), "parcels", sa.Column("shelf", sa.Text))


def saves() -> Saves:
    return Saves({Parcel: Store(Parcel, PARCELS, columns=lambda p: {"shelf": p.shelf})})


def test_it_is_found_where_it_is_now_and_no_longer_where_it_was() -> None:
    kept, parcel = saves(), Parcel("p1", "left")
    kept.add(parcel)
    parcel.shelf = "right"
    kept.add(parcel)
    assert kept.ids(By(Parcel, "shelf", "left")) == set()
    assert kept.ids(By(Parcel, "shelf", "right")) == {"p1"}


def test_what_is_removed_is_found_no_more() -> None:
    kept = saves()
    kept.add(Parcel("p1", "left"))
    kept.remove((Parcel, "p1"))
    assert kept.ids(By(Parcel, "id", "p1")) == set()
    assert list(kept.in_order()) == []


def test_new_and_changed_ones_come_apart_and_in_order_of_their_ids() -> None:
    kept = saves()
    for parcel in (Parcel("p3", "x", 1), Parcel("p2", "x"), Parcel("p1", "x", 4), Parcel("p0", "x")):
        kept.add(parcel)
    ((kind, new, changed),) = kept.in_order()
    assert (kind, [p.id for p in new], [p.id for p in changed]) == (Parcel, ["p0", "p2"], ["p1", "p3"])
