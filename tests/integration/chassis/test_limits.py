"""What runs out is said soon, and what fails unexpectedly can be found in the log."""

import pytest
import sqlalchemy as sa
import structlog

from chassis.clock import monotonic
from chassis.database.engine import TryAgainLater
from chassis.pipeline import ServiceRuntime
from tests.integration.chassis import toy
from tests.integration.chassis.conftest import Publisher
from tests.integration.chassis.toy import CITY, OpenOrder, agent


def test_who_waited_in_vain_for_a_connection_does_not_wait_again(shop: ServiceRuntime) -> None:
    url = shop.engine.url
    shop.engine.dispose()
    shop.engine = sa.create_engine(url, pool_size=1, max_overflow=0, pool_timeout=1.5)
    with shop.engine.connect():
        asked = monotonic()
        with pytest.raises(TryAgainLater):
            shop.execute(agent(), OpenOrder.of({"city": CITY, "case_id": "c1", "request_id": "open-one"}))
        assert monotonic() - asked < 2 * 1.5


@pytest.mark.usefixtures("default_logging")
def test_a_parked_defect_says_where_it_happened_but_not_what_it_said(
    province: toy.Province, faults: toy.Faults, publisher: Publisher
) -> None:
    faults.broken.add("x")
    with structlog.testing.capture_logs() as said:
        province.receiver.receive([publisher.opened(), publisher.added("x")])
    (parked,) = [line for line in said if line["event"] == "parked"]
    assert parked["why"] == "RuntimeError"
    assert parked["at"][-1].endswith("fill_shelf")
    assert "a defect" not in str(said)
