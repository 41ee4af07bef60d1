"""A province whose Elasticsearch is away: cases flow on as if nothing were missing but the suggestions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from grpc import StatusCode

from chassis.domain import DomainError
from chassis.grpckit.errors import to_rpc_status
from chassis.postgres import EmbeddedPostgres
from chassis.settings import Settings
from tests.e2e.conftest import Stage, new_stage, seat
from tests.e2e.test_one_case import accepted, handled

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def without_search(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Stage]:
    with new_stage(postgres, tmp_path, settings=Settings(data_dir=tmp_path, elasticsearch_url=NOBODY)) as made:
        yield made


def test_a_case_flows_to_its_end_while_the_search_is_away(without_search: Stage) -> None:
    case = accepted(without_search)
    assert handled(without_search, case.name).state == 5, "completed"


def test_a_search_is_answered_with_a_named_error(without_search: Stage) -> None:
    with pytest.raises(DomainError) as raised:
        without_search.call(seat(), "knowledge", "SearchArticles", city="350100", query="路灯")
    assert raised.value.reason == "SEARCH_UNAVAILABLE"
    assert to_rpc_status(raised.value).code == StatusCode.UNAVAILABLE.value[0]
    assert "知识库检索暂不可用" in raised.value.message_zh
