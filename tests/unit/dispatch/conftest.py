"""Fixtures of the tests of dispatch's domain."""

from collections.abc import Iterator
from itertools import count

import pytest


@pytest.fixture
def ids() -> Iterator[str]:
    return (f"id-{n}" for n in count(1))
