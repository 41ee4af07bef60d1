"""The shipped policies, read once."""

import pytest

from chassis.settings import ROOT
from services.sla.adapters.policies import load_rulebook
from services.sla.domain.calendar import OfficeCalendar
from services.sla.domain.rulebook import Rulebook

POLICIES = ROOT / "policies"


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return load_rulebook(POLICIES)


@pytest.fixture(scope="session")
def fuzhou(book: Rulebook) -> OfficeCalendar:
    return book.calendar("350100")
