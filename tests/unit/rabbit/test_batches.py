"""How large batches are: what takes long is done in smaller ones, long before it looks as if it hung."""

from chassis.rabbit.batches import BATCH, FIRST_BATCH, QUICK_SECONDS, SLOW_SECONDS, next_limit
from chassis.rabbit.watchdog import LIMIT_SECONDS


def sizes(seconds_for_one: float, batches: int = 12) -> list[int]:
    """Of a long backlog."""
    limit, made = FIRST_BATCH, []
    for _ in range(batches):
        made.append(limit)
        limit = next_limit(limit, limit, limit * seconds_for_one)
    return made


def test_quick_batches_grow_to_the_largest() -> None:
    assert sizes(0.0005) == [25, 50, 100, *[BATCH] * 9]


def test_slow_batches_shrink_until_they_are_far_from_the_watchdog() -> None:
    made = sizes(0.1)
    assert max(made[2:]) * 0.1 < LIMIT_SECONDS / 2
    assert made[-1] > 1


def test_one_message_is_the_smallest_batch() -> None:
    assert sizes(3.0)[-1] == 1


def test_a_small_batch_tells_nothing_of_a_large_one() -> None:
    assert next_limit(50, 3, QUICK_SECONDS / 2) == 50
    assert next_limit(50, 3, SLOW_SECONDS * 2) == 1
