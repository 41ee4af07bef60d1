"""The index on a real Elasticsearch does what every index does, and what only a shared server asks for."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.settings import ROOT, Settings
from cli.servers.elasticsearch import ElasticAddress, Elasticsearch
from services.knowledge.adapters.elastic.index import ElasticIndex
from services.knowledge.adapters.embedded_index import EmbeddedIndex
from services.knowledge.application.ports import Search
from services.knowledge.domain.errors import SearchIndexMismatched, SearchUnavailable
from services.knowledge.entrypoints.quality import read_petitions
from tests.contract.search_suite import FUND, LAMP, NOISE, NOW, SearchSuite
from tests.integration.knowledge.elastic import Outside, prepared, settings_for
from tests.unit.knowledge.test_quality import DATA


class TestElasticIndex(SearchSuite):
    @pytest.fixture
    def index(self, elasticsearch_prefix: ElasticAddress) -> ElasticIndex:
        return prepared(elasticsearch_prefix)


@pytest.fixture
def outside(elasticsearch_prefix: ElasticAddress) -> Iterator[Outside]:
    seen = Outside(elasticsearch_prefix)
    with closing(seen.client):
        yield seen


def _lamp(index: ElasticIndex) -> list[str]:
    return [hit.article for hit in index.search(Search(city="350100", text="路灯", at=NOW))]


# -- versions of the index ---------------------------------------------------------------------------------------------


def test_the_index_lies_behind_an_alias_for_searching_and_one_for_writing(
    elasticsearch_prefix: ElasticAddress, outside: Outside
) -> None:
    prepared(elasticsearch_prefix)
    assert outside.indexes() == {"1": {"read", "write-1"}}


def test_preparing_twice_changes_nothing_and_a_lost_index_is_another_one(
    elasticsearch_prefix: ElasticAddress, outside: Outside
) -> None:
    index = prepared(elasticsearch_prefix)
    first = index.prepare()
    assert index.prepare() == first
    outside.delete_all()
    assert index.prepare() != first
    assert index.versions() == {}


def test_while_an_index_is_rebuilt_both_take_what_is_put_and_the_old_one_is_searched(
    elasticsearch_prefix: ElasticAddress, outside: Outside
) -> None:
    index = prepared(elasticsearch_prefix)
    index.put([LAMP])
    rebuild = index.rebuild(anew=False)
    assert outside.indexes() == {"1": {"read", "write-1"}, "2": {"write-2"}}
    index.put([replace(LAMP, version=3, since=None)])
    assert _lamp(index) == [], "the searched one follows while the next is built"
    rebuild.put([LAMP, FUND])  # read from the database before the retirement
    rebuild.finish()
    assert outside.indexes() == {"2": {"read", "write-2"}}
    assert index.versions() == {"lamp": 3, "fund": 1}
    assert _lamp(index) == []


def test_an_interrupted_rebuild_goes_on_where_it_was(elasticsearch_prefix: ElasticAddress, outside: Outside) -> None:
    prepared(elasticsearch_prefix).rebuild(anew=False).put([LAMP])
    again = prepared(elasticsearch_prefix).rebuild(anew=False)
    assert again.lacking({"lamp": 1, "fund": 1}) == ["fund"]
    assert again.lacking({"lamp": 2, "fund": 1}) == ["lamp", "fund"]
    assert again.lacking({}) == []
    assert set(outside.indexes()) == {"1", "2"}


def test_a_rebuild_from_the_start_leaves_nothing_of_the_interrupted_one(
    elasticsearch_prefix: ElasticAddress, outside: Outside
) -> None:
    index = prepared(elasticsearch_prefix)
    index.rebuild(anew=False).put([LAMP])
    again = index.rebuild(anew=True)
    assert again.lacking({"lamp": 1}) == ["lamp"]
    again.finish()
    assert list(outside.indexes()) == ["2"], "the number of the one that was dropped is free again"
    assert index.versions() == {}


def test_a_writer_that_saw_only_the_old_index_writes_to_the_new_one(
    elasticsearch_prefix: ElasticAddress, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, other = prepared(elasticsearch_prefix), prepared(elasticsearch_prefix)
    generations = index._generations
    seen = generations.written

    def stalled() -> list[str]:
        answer = seen()
        monkeypatch.undo()
        other.rebuild(anew=True).finish()  # a whole rebuild passes between the look and the write
        return answer

    monkeypatch.setattr(generations, "written", stalled)
    index.put([LAMP])
    assert _lamp(index) == ["lamp"]
    assert outside.indexes() == {"2": {"read", "write-2"}}, "no index without mapping came up under the old name"


# -- another mapping ---------------------------------------------------------------------------------------------------


@pytest.fixture
def foreign(elasticsearch_prefix: ElasticAddress, outside: Outside) -> ElasticIndex:
    """Our aliases point to an index that somebody else has made."""
    outside.client.indices.create(
        index=f"{outside.name}-1",
        aliases={f"{outside.name}-read": {}, f"{outside.name}-write-1": {}},
        mappings={"properties": {"title": {"type": "text"}}},
    )
    return ElasticIndex(settings_for(elasticsearch_prefix))


def test_an_index_of_another_mapping_is_named_and_not_touched(foreign: ElasticIndex, outside: Outside) -> None:
    for attempt in (foreign.prepare, lambda: foreign.put([LAMP]), lambda: _lamp(foreign)):
        with pytest.raises(SearchIndexMismatched) as raised:
            attempt()
        assert raised.value.values["index"] == f"{outside.name}-1"
        assert "huying knowledge reindex" in raised.value.message_zh
    assert outside.client.count(index=f"{outside.name}-1")["count"] == 0


def test_a_rebuild_takes_the_place_of_an_index_of_another_mapping(foreign: ElasticIndex, outside: Outside) -> None:
    rebuild = foreign.rebuild(anew=False)
    foreign.put([LAMP])  # to the one that fits
    rebuild.finish()
    assert _lamp(foreign) == ["lamp"]
    assert outside.indexes() == {"2": {"read", "write-2"}}


def test_somebody_elses_index_only_loses_our_alias(elasticsearch_prefix: ElasticAddress, outside: Outside) -> None:
    outside.client.indices.create(index=f"{outside.name}-theirs", aliases={f"{outside.name}-read": {}})
    index = ElasticIndex(settings_for(elasticsearch_prefix))
    with pytest.raises(SearchIndexMismatched):
        index.prepare()
    index.rebuild(anew=False).finish()
    assert outside.indexes() == {"1": {"read", "write-1"}, "theirs": set()}


def test_an_index_that_took_the_name_of_the_alias_is_named(
    elasticsearch_prefix: ElasticAddress, outside: Outside
) -> None:
    outside.client.indices.create(index=f"{outside.name}-read")
    index = ElasticIndex(settings_for(elasticsearch_prefix))
    with pytest.raises(SearchIndexMismatched):
        index.prepare()
    with pytest.raises(SearchUnavailable, match=r"delete it"):
        index.rebuild(anew=False).finish()


def test_an_index_whose_texts_were_cut_otherwise_does_not_fit(
    elasticsearch_prefix: ElasticAddress, outside: Outside
) -> None:
    index = prepared(elasticsearch_prefix)
    outside.client.indices.put_mapping(index=f"{outside.name}-1", meta={"huying": "of an earlier version"})
    with pytest.raises(SearchIndexMismatched):
        _lamp(index)


# -- remembered counts -------------------------------------------------------------------------------------------------


def test_what_was_counted_is_not_asked_again(
    elasticsearch_prefix: ElasticAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = prepared(elasticsearch_prefix)
    index.put([FUND, LAMP, NOISE])
    first = _found(index, "路灯坏了，夜间施工")
    assert _found(index, "路灯坏了") == ["lamp"]
    monkeypatch.setattr(index._quick, "termvectors", _nobody)
    assert _found(index, "路灯坏了，夜间施工") == first


def test_a_word_that_no_article_had_is_found_as_soon_as_another_process_has_written_it(
    elasticsearch_prefix: ElasticAddress,
) -> None:
    searching, writing = prepared(elasticsearch_prefix), prepared(elasticsearch_prefix)
    writing.put([LAMP, FUND])
    for _ in range(2):
        assert _found(searching, "路灯与蟹黄") == ["lamp"]
        assert _found(searching, "蟹黄") == []
    writing.put([replace(NOISE, title="蟹黄", question="", answer="蟹黄")])
    assert _found(searching, "蟹黄") == ["noise"]
    assert set(_found(searching, "路灯与蟹黄")) == {"lamp", "noise"}


def test_weights_follow_what_another_process_has_written(elasticsearch_prefix: ElasticAddress) -> None:
    searching, writing = prepared(elasticsearch_prefix), prepared(elasticsearch_prefix)
    writing.put([LAMP, FUND, NOISE])
    text = Search(city="350100", text="路灯坏了，夜间施工", at=NOW)
    searching.search(text)
    writing.put([replace(LAMP, article=f"lamp-{n}", city="350200") for n in range(5)])
    assert searching.search(text) == prepared(elasticsearch_prefix).search(text)


def _found(index: ElasticIndex, text: str) -> list[str]:
    return [hit.article for hit in index.search(Search(city="350100", text=text, at=NOW))]


def _nobody(**_: object) -> object:
    raise AssertionError("it is asked again")


# -- ranking -----------------------------------------------------------------------------------------------------------


def test_scores_and_snippets_are_those_of_the_embedded_index(elasticsearch_prefix: ElasticAddress) -> None:
    indexes = [prepared(elasticsearch_prefix), EmbeddedIndex()]
    for index in indexes:
        index.put([FUND, LAMP, NOISE, replace(LAMP, article="later", since=NOW + timedelta(days=1))])
    for text in ("夜间路灯施工公积金", "公积金\n外地买房", "灯"):
        ours, embedded = (index.search(Search(city="350100", text=text, at=NOW)) for index in indexes)
        assert [replace(hit, score=0.0) for hit in ours] == [replace(hit, score=0.0) for hit in embedded]
        assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in embedded], rel=0.01)


@pytest.mark.skipif(not DATA.exists(), reason=f"needs {DATA}; set HUYING_DATA")
def test_real_petitions_find_the_same_answers_as_in_the_embedded_index(elasticsearch_prefix: ElasticAddress) -> None:
    petitions = read_petitions(DATA)
    answers = list(dict.fromkeys(p.answer for p in petitions))
    entries = [replace(LAMP, article=str(i), title="", question="", answer=a) for i, a in enumerate(answers)]
    found = []
    for index in (prepared(elasticsearch_prefix), EmbeddedIndex()):
        index.put(entries)
        asked = (Search(city="350100", text=p.words, at=NOW, limit=5) for p in petitions[::40])
        found.append([[hit.article for hit in index.search(search)] for search in asked])
    same = sum(ours == embedded for ours, embedded in zip(*found, strict=True))
    assert same >= 0.95 * len(found[0])


# -- the way there -----------------------------------------------------------------------------------------------------


def test_user_password_and_key_reach_the_server_and_no_log() -> None:
    from services.knowledge.adapters.elastic.client import address, connect

    settings = Settings(elasticsearch_url="http://ada:pass%2Fword@127.0.0.1:9")
    with closing(connect(settings)) as client:
        assert client._headers["authorization"] == "Basic YWRhOnBhc3Mvd29yZA=="
    with closing(connect(Settings(elasticsearch_url="http://[::1]", elasticsearch_api_key="a2V5"))) as client:  # type: ignore[arg-type]
        assert client._headers["authorization"] == "ApiKey a2V5"
        [node] = client.transport.node_pool.all()
        assert (node.host, node.port) == ("::1", 9200)
    assert address(settings) == "http://127.0.0.1:9"
    assert "a2V5" not in repr(Settings(elasticsearch_api_key="a2V5"))  # type: ignore[arg-type]


def test_a_server_that_is_no_elasticsearch_is_named(elasticsearch_server: Elasticsearch) -> None:
    """Its port for other nodes speaks no HTTP."""
    settings = Settings(elasticsearch_url=f"http://127.0.0.1:{elasticsearch_server.ports['transport']}")
    with pytest.raises(SearchUnavailable):
        ElasticIndex(settings).prepare()


_FRESH = """
import sys
import cli.main, cli.province
from chassis.settings import Settings
from services.knowledge.bootstrap import search_index
search_index(Settings(data_dir=sys.argv[1], elasticsearch_url=sys.argv[2]))
print("elasticsearch" in sys.modules)
"""


@pytest.mark.parametrize(("url", "loaded"), [("", "False"), ("http://127.0.0.1:9", "True")])
def test_the_client_is_loaded_only_where_it_is_asked_for(url: str, loaded: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FRESH, str(tmp_path), url], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == loaded, done.stderr
