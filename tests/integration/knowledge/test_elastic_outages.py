"""Elasticsearch is away, refuses, is lost or killed: articles and cases go on, and the search catches up by itself."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from chassis.access import system
from chassis.clock import monotonic
from cli.servers.elasticsearch import ElasticAddress, Elasticsearch
from cli.servers.toxiproxy import Proxy
from services.knowledge.adapters import index_queue
from services.knowledge.adapters.elastic import index as elastic_index
from services.knowledge.adapters.elastic.index import ElasticIndex
from services.knowledge.adapters.index_queue import IndexQueue
from services.knowledge.domain.errors import SearchIndexMismatched, SearchUnavailable
from tests.integration.knowledge.conftest import SUPERVISOR, Knowledge, Start, waiting
from tests.integration.knowledge.elastic import Outside, settings_for
from tests.servers import OwnServer


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rests between attempts are for people's servers; here every call is an attempt."""
    monkeypatch.setattr(index_queue, "LONGEST_REST_SECONDS", 0.0)
    monkeypatch.setattr(index_queue, "LOOK_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(elastic_index, "SPARED_SECONDS", 0.0)


@pytest.fixture
def line(elasticsearch_prefix: ElasticAddress, bad_line: Callable[[str], Proxy]) -> Proxy:
    return bad_line(f"{elasticsearch_prefix.host}:{elasticsearch_prefix.port}")


@pytest.fixture
def knowledge(start: Start, elasticsearch_prefix: ElasticAddress, line: Proxy) -> Knowledge:
    return start(ElasticIndex(settings_for(elasticsearch_prefix, port=line.port)))


@pytest.fixture
def outside(elasticsearch_prefix: ElasticAddress) -> Iterator[Outside]:
    seen = Outside(elasticsearch_prefix)
    with closing(seen.client):
        yield seen


def _index(knowledge: Knowledge) -> ElasticIndex:
    index = knowledge.runtime.service.dependencies["index"]
    assert isinstance(index, ElasticIndex)
    return index


# -- away --------------------------------------------------------------------------------------------------------------


def test_a_service_starts_and_its_articles_live_on_while_the_server_is_away(knowledge: Knowledge, line: Proxy) -> None:
    line.cut()
    knowledge.publish()
    knowledge.publish("窨井盖丢失", effective_time=knowledge.clock.now().replace(hour=8))
    knowledge.pass_time(hours=3)
    assert knowledge.work() > 0, "what is due takes effect all the same"
    assert waiting(knowledge) == 2
    with pytest.raises(SearchUnavailable, match="unreachable"):
        knowledge.search("路灯")
    line.mend()
    knowledge.work()
    assert waiting(knowledge) == 0
    assert sorted(knowledge.search("路灯 窨井盖")) == ["窨井盖丢失", "路灯不亮找谁修"]


def test_other_services_get_the_named_error_and_go_on(knowledge: Knowledge, line: Proxy) -> None:
    line.cut()
    with pytest.raises(SearchUnavailable) as raised:
        knowledge.runtime.answer(system("intake"), "suggest", {"city": "350100", "text": "路灯"})
    assert raised.value.reason == "SEARCH_UNAVAILABLE"


def test_the_audit_goes_on_and_says_that_the_search_is_away(knowledge: Knowledge, line: Proxy) -> None:
    knowledge.publish()
    line.cut()
    facts = knowledge.runtime.answer(system("audit"), "audit_facts", {})
    assert facts["search_away"] == "SEARCH_UNAVAILABLE"
    assert (len(facts["articles"]), facts["waiting_for_index"]) == (1, 1)
    line.mend()
    knowledge.work()
    assert knowledge.runtime.answer(system("audit"), "audit_facts", {})["search_away"] == ""


def test_what_was_retired_during_an_outage_is_not_found_after_it(knowledge: Knowledge, line: Proxy) -> None:
    name = knowledge.publish().name
    knowledge.work()
    line.cut()
    knowledge.do(SUPERVISOR, "RetireArticle", name=name, reason="废止")
    knowledge.work()
    line.mend()
    assert knowledge.search("路灯") == [], "also before the index has caught up"
    knowledge.work()
    assert _index(knowledge).versions() != {}
    assert waiting(knowledge) == 0


def test_a_server_that_hangs_holds_nobody_up_for_long(
    knowledge: Knowledge, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge.publish()
    knowledge.work()
    assert knowledge.search("路灯")
    index = _index(knowledge)
    monkeypatch.setattr(index, "_quick", index._client.options(request_timeout=2.0))
    monkeypatch.setattr(elastic_index, "SPARED_SECONDS", 60.0)
    line.hang()
    began = monotonic()
    with pytest.raises(SearchUnavailable, match="time limit"):
        knowledge.search("路灯")
    first = monotonic()
    assert first - began < 2 * 2.0
    with pytest.raises(SearchUnavailable, match="a moment ago"):
        knowledge.search("路灯")
    assert monotonic() - first < 2.0, "the next caller does not wait again"
    line.mend()


def test_connections_that_are_reset_in_the_middle_lose_nothing(knowledge: Knowledge, line: Proxy) -> None:
    line.reset()
    knowledge.publish()
    knowledge.work()
    assert waiting(knowledge) == 1
    line.mend()
    knowledge.work()
    assert knowledge.search("路灯") == ["路灯不亮找谁修"]


def test_it_rests_between_attempts_and_longer_each_time(
    knowledge: Knowledge, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_queue, "LONGEST_REST_SECONDS", 5.0)
    now = [1000.0]
    monkeypatch.setattr(index_queue, "monotonic", lambda: now[0])
    queue = IndexQueue(_index(knowledge))
    line.cut()
    rests = []
    for _ in range(6):
        queue.catch_up(knowledge.runtime)
        rests.append(queue._rest_until - now[0])
        now[0] = queue._rest_until
    assert rests == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]


# -- refused -----------------------------------------------------------------------------------------------------------


def test_writes_refused_for_a_full_disk_are_made_good(knowledge: Knowledge, outside: Outside) -> None:
    knowledge.publish()
    knowledge.work()
    outside.refuse_writes(refuse=True)
    knowledge.publish("窨井盖丢失")
    knowledge.work()
    assert waiting(knowledge) == 1
    assert knowledge.search("路灯 窨井盖") == ["路灯不亮找谁修"], "what is there is found meanwhile"
    outside.refuse_writes(refuse=False)
    knowledge.work()
    assert waiting(knowledge) == 0
    assert len(knowledge.search("路灯 窨井盖")) == 2


def test_an_article_that_is_refused_holds_up_no_other(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.knowledge.adapters.elastic import writing

    document = writing.document
    monkeypatch.setattr(writing, "document", lambda e: document(e) | ({"unheard-of": 1} if "窨井盖" in e.title else {}))
    knowledge.publish("窨井盖丢失")
    knowledge.publish()
    knowledge.work()
    assert waiting(knowledge) == 1
    assert knowledge.search("路灯 窨井盖") == ["路灯不亮找谁修"]
    monkeypatch.undo()
    knowledge.work()
    assert waiting(knowledge) == 0


# -- lost and foreign --------------------------------------------------------------------------------------------------


def test_an_index_lost_while_the_service_runs_is_filled_again(knowledge: Knowledge, outside: Outside) -> None:
    knowledge.publish()
    knowledge.work()
    outside.delete_all()
    with pytest.raises(SearchUnavailable, match="index missing"):
        knowledge.search("路灯")
    knowledge.work()
    assert knowledge.search("路灯") == ["路灯不亮找谁修"]


def test_nothing_is_written_to_a_foreign_index_until_it_is_rebuilt(knowledge: Knowledge, outside: Outside) -> None:
    outside.client.indices.create(index=f"{outside.name}-1", aliases={f"{outside.name}-read": {}})
    knowledge.publish()
    knowledge.work()
    assert waiting(knowledge) == 1
    with pytest.raises(SearchIndexMismatched):
        knowledge.search("路灯")
    IndexQueue(_index(knowledge)).reindex(knowledge.runtime.engine)
    knowledge.work()
    assert knowledge.search("路灯") == ["路灯不亮找谁修"]
    assert waiting(knowledge) == 0


def test_a_rebuild_that_breaks_goes_on_where_it_was(
    knowledge: Knowledge, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_queue, "_PAGE", 2)
    for number in range(5):
        knowledge.publish(f"路灯问题{number}")
    knowledge.work()
    queue = IndexQueue(_index(knowledge))

    def breaks(done: int, _of: int) -> None:
        if done == 4:
            line.cut()

    with pytest.raises(SearchUnavailable):
        queue.reindex(knowledge.runtime.engine, breaks)
    line.mend()
    assert len(knowledge.search("路灯")) == 5, "the old one is searched meanwhile"
    written: list[str] = []
    load = index_queue.stores.articles.load
    monkeypatch.setattr(index_queue.stores, "articles", _Noting(load, written))
    assert queue.reindex(knowledge.runtime.engine) == 5
    assert len(written) == 1, "the four of the first run were not written again"
    assert len(knowledge.search("路灯")) == 5


class _Noting:
    """The store, with a note of which articles were loaded."""

    def __init__(self, load: Callable[..., list[object]], noted: list[str]) -> None:
        self._load, self._noted = load, noted

    def load(self, connection: object, column: str, ids: list[str], *, lock: bool) -> list[object]:
        self._noted += ids
        return self._load(connection, column, ids, lock=lock)


# -- killed ------------------------------------------------------------------------------------------------------------


def test_a_server_that_is_killed_and_comes_back_has_all_that_it_took(start: Start, own_server: OwnServer) -> None:
    server = own_server(Elasticsearch)
    knowledge = start(ElasticIndex(settings_for(replace(server.address, prefix="killed"))))
    knowledge.publish()
    knowledge.work()
    server.kill()
    knowledge.publish("窨井盖丢失")
    knowledge.work()
    assert waiting(knowledge) == 1
    server.start()
    knowledge.work()
    assert waiting(knowledge) == 0
    assert len(knowledge.search("路灯 窨井盖")) == 2
