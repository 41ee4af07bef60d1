"""What runs out is said soon, and what fails unexpectedly can be found in the log."""

import pytest
import sqlalchemy as sa
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from prometheus_client import REGISTRY

from chassis.clock import monotonic
from chassis.database.engine import TryAgainLater
from chassis.pipeline import ServiceRuntime
from chassis.rabbit.answerer import Answerer, Refusal
from chassis.telemetry import pools
from chassis.tokens import TokenSigner
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


def told(metric: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(metric, {"service": "shop", **labels}) or 0.0


def test_a_scrape_tells_how_many_connections_are_in_use(shop: ServiceRuntime) -> None:
    pools.watch(shop.name, shop.engine)
    before = told("huying_database_pool_in_use")
    with shop.engine.connect():
        assert told("huying_database_pool_in_use") == before + 1
    assert told("huying_database_pool_in_use") == before


def test_each_call_is_counted_with_its_duration(shop: ServiceRuntime) -> None:
    labels = {"kind": "command", "name": "OpenOrder"}
    before, started = told("huying_call_seconds_count", **labels), monotonic()
    seconds = told("huying_call_seconds_sum", **labels)
    shop.execute(agent(), OpenOrder.of({"city": CITY, "case_id": "c1", "request_id": "open-one"}))
    assert told("huying_call_seconds_count", **labels) == before + 1
    assert 0 < told("huying_call_seconds_sum", **labels) - seconds <= monotonic() - started


def test_a_question_is_counted_by_its_end_and_a_made_up_name_makes_no_series(shop: ServiceRuntime) -> None:
    answerer = Answerer(shop, TokenSigner(Ed25519PrivateKey.generate()).verifier)
    labels = {"question": "unknown", "code": "UNAUTHENTICATED"}
    before = told("huying_rpc_calls_total", **labels)
    assert isinstance(answerer.answer("made_up", (), {}, {}), Refusal)
    assert told("huying_rpc_calls_total", **labels) == before + 1
