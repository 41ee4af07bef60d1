"""Search and suggestions, and how either index keeps up with the database whatever dies."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import sqlalchemy as sa

from chassis.access import PermissionDenied, Role, system
from chassis.audit.auditor import Auditor
from chassis.questions import InProcessQuestions
from services.knowledge.adapters.embedded_index import EmbeddedIndex
from services.knowledge.adapters.index_queue import IndexQueue
from services.knowledge.application.ports import Entry, Search, SearchIndex
from services.knowledge.domain.errors import PageTokenInvalid, ReindexRunning
from tests.integration.knowledge.conftest import AGENT, CITIZEN, CITY, SUPERVISOR, Knowledge, Start, principal, waiting
from tests.integration.knowledge.elastic import prepared

NewIndex = Callable[[], SearchIndex]


@pytest.fixture(params=["embedded", "elasticsearch"])
def new_index(request: pytest.FixtureRequest) -> NewIndex:
    """Each time one that nobody has written to."""
    if request.param == "embedded":
        return EmbeddedIndex
    address, numbers = request.getfixturevalue("elasticsearch_prefix"), count(1)
    return lambda: prepared(replace(address, prefix=f"{address.prefix}{next(numbers)}"))


@pytest.fixture
def knowledge(start: Start, new_index: NewIndex) -> Knowledge:
    return start(new_index())


def _queue(knowledge: Knowledge) -> IndexQueue:
    queue = knowledge.runtime.service.dependencies["index_queue"]
    assert isinstance(queue, IndexQueue)
    return queue


def test_citizens_and_agents_search_alike(knowledge: Knowledge) -> None:
    knowledge.publish()
    knowledge.work()
    assert knowledge.search("路灯", CITIZEN) == knowledge.search("路灯", AGENT) == ["路灯不亮找谁修"]


def test_pages_follow_each_other(knowledge: Knowledge) -> None:
    for number in range(7):
        knowledge.publish(f"路灯问题{number}")
    knowledge.work()
    titles: list[str] = []
    token, pages = "", 0
    while pages == 0 or token:
        page = knowledge.ask(AGENT, "SearchArticles", city=CITY, query="路灯", page_size=3, page_token=token)
        titles += [hit.title for hit in page.hits]
        token, pages = page.next_page_token, pages + 1
    assert pages == 3
    assert sorted(titles) == [f"路灯问题{n}" for n in range(7)]


def test_a_page_token_belongs_to_its_search(knowledge: Knowledge) -> None:
    for number in range(3):
        knowledge.publish(f"路灯问题{number}")
    knowledge.work()
    token = knowledge.ask(AGENT, "SearchArticles", city=CITY, query="路灯", page_size=1).next_page_token
    for wrong in ({"query": "噪音", "page_token": token}, {"query": "路灯", "page_token": "不是"}):
        with pytest.raises(PageTokenInvalid):
            knowledge.ask(AGENT, "SearchArticles", city=CITY, page_size=1, **wrong)


def test_suggestions_answer_other_services_in_plain_data(knowledge: Knowledge) -> None:
    view = knowledge.publish()
    knowledge.work()
    values = {"city": CITY, "text": "路灯\n门口路灯坏了三天没人修", "at_most": 3}
    [hit] = knowledge.runtime.answer(system("intake"), "suggest", values)
    assert (hit["article"], hit["title"]) == (view.name, view.title)
    assert "【路灯】" in hit["snippet"]
    found = knowledge.runtime.answer(system("dispatch"), "search", {"city": CITY, "query": "路灯"})
    assert [h["article"] for h in found["hits"]] == [view.name]
    assert [h.title for h in knowledge.ask(AGENT, "SuggestArticles", city=CITY, text="路灯坏了").hits] == [view.title]


def test_search_answers_page_by_page(knowledge: Knowledge) -> None:
    for number in range(3):
        knowledge.publish(f"路灯问题{number}")
    knowledge.work()
    values = {"city": CITY, "query": "路灯", "at_most": 2}
    first = knowledge.runtime.answer(AGENT, "search", values)
    second = knowledge.runtime.answer(AGENT, "search", values | {"page_token": first["next_page_token"]})
    assert (len(first["hits"]), len(second["hits"]), second["next_page_token"]) == (2, 1, "")


def test_only_services_and_agents_get_suggestions(knowledge: Knowledge) -> None:
    assert knowledge.runtime.answer(AGENT, "suggest", {"city": CITY, "text": "路灯"}) == []
    with pytest.raises(PermissionDenied):
        knowledge.runtime.answer(CITIZEN, "suggest", {"city": CITY, "text": "路灯"})
    with pytest.raises(PermissionDenied):
        knowledge.ask(CITIZEN, "SuggestArticles", city=CITY, text="路灯")
    with pytest.raises(PermissionDenied):
        knowledge.ask(principal(Role.AGENT, city="350200"), "SearchArticles", city=CITY, query="路灯")


def test_what_was_committed_before_a_crash_is_found_after_it(start: Start, new_index: NewIndex) -> None:
    index = new_index()
    start(index).publish()
    again = start(index)
    again.work()
    assert again.search("路灯") == ["路灯不亮找谁修"]


def test_a_lost_index_is_built_anew_at_the_next_start(start: Start, new_index: NewIndex) -> None:
    before = start(new_index())
    before.publish()
    before.work()
    assert waiting(before) == 0
    after = start(new_index())
    after.work()
    assert after.search("路灯") == ["路灯不亮找谁修"]


def test_an_index_older_than_the_database_is_brought_up_to_date(start: Start, new_index: NewIndex) -> None:
    old = new_index()
    before = start(old)
    name = before.publish().name
    before.work()
    other = start(new_index())
    other.do(SUPERVISOR, "RetireArticle", name=name, reason="废止")
    other.publish("窨井盖丢失")
    other.work()
    again = start(old)
    again.work()
    found = old.search(Search(city=CITY, text="路灯 窨井盖", at=again.clock.now()))
    assert [hit.title for hit in found] == ["窨井盖丢失"]


def test_an_index_of_another_database_is_built_anew(start: Start, new_index: NewIndex) -> None:
    index = new_index()
    first = start(index)
    first.publish()
    first.work()
    with first.runtime.engine.begin() as connection:
        connection.exec_driver_sql("delete from article")
    again = start(index)
    again.work()
    assert index.versions() == {}


def test_the_whole_index_can_be_built_anew_on_demand(knowledge: Knowledge) -> None:
    knowledge.publish()
    knowledge.draft("窨井盖")
    knowledge.work()
    assert _queue(knowledge).reindex(knowledge.runtime.engine) == 2
    assert knowledge.search("路灯") == ["路灯不亮找谁修"]


def test_an_article_saved_while_the_index_was_written_is_not_forgotten(
    start: Start, new_index: NewIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = new_index()
    knowledge, other = start(index), start(new_index())
    name = [knowledge.publish().name]
    put = index.put

    def saving(entries: Sequence[Entry]) -> None:
        """Somebody retires the article between the read and the end of the catch-up."""
        put(entries)
        if name:
            other.do(SUPERVISOR, "RetireArticle", name=name.pop(), reason="废止")

    monkeypatch.setattr(index, "put", saving)
    _queue(knowledge).catch_up(knowledge.runtime)
    assert waiting(knowledge) == 1
    knowledge.work()
    assert index.search(Search(city=CITY, text="路灯", at=knowledge.clock.now())) == []


def test_an_article_saved_while_the_index_was_rebuilt_is_not_forgotten(knowledge: Knowledge) -> None:
    names = [knowledge.publish(f"路灯问题{number}").name for number in range(2)]
    knowledge.work()

    def meanwhile(done: int, _of: int) -> None:
        if done == 2 and names:
            knowledge.do(SUPERVISOR, "RetireArticle", name=names.pop(), reason="废止")
            knowledge.publish("窨井盖丢失")
            knowledge.work()

    _queue(knowledge).reindex(knowledge.runtime.engine, meanwhile)
    knowledge.work()
    assert waiting(knowledge) == 0
    assert knowledge.search("路灯 窨井盖") == ["窨井盖丢失", "路灯问题0"]


def test_only_one_rebuild_runs_at_a_time(knowledge: Knowledge) -> None:
    knowledge.publish()

    def second(_done: int, _of: int) -> None:
        with pytest.raises(ReindexRunning):
            _queue(knowledge).reindex(knowledge.runtime.engine)

    assert _queue(knowledge).reindex(knowledge.runtime.engine, second) == 1


def test_the_audit_sees_that_the_search_shows_what_stands(knowledge: Knowledge) -> None:
    knowledge.publish()
    behind = knowledge.runtime.answer(system("audit"), "audit_facts", {})
    assert behind["waiting_for_index"] == 1
    assert [(a["version"], a["indexed_version"]) for a in behind["articles"]] == [(3, 0)]
    knowledge.work()
    level = knowledge.runtime.answer(system("audit"), "audit_facts", {})
    assert level["waiting_for_index"] == level["overdue_changes"] == 0
    assert [(a["version"], a["indexed_version"]) for a in level["articles"]] == [(3, 3)]


def test_the_audit_names_an_article_that_is_not_found_as_it_stands(knowledge: Knowledge) -> None:
    article = knowledge.publish()
    knowledge.work()
    only_us = InProcessQuestions()
    only_us.register("knowledge", knowledge.runtime.answer)
    auditor = Auditor(only_us, {}, ("knowledge",), grace=timedelta())

    invariant = "article_not_found_as_it_stands"

    def wrong() -> list[str]:
        of_news = datetime.now(UTC) + timedelta(days=1)  # as the periodic one asks
        reports = auditor.audit(), auditor.audit(since=of_news)
        found, found_too = ([str(v) for v in r.violations if v.invariant == invariant] for r in reports)
        assert found == found_too
        return found

    assert wrong() == []
    with knowledge.runtime.engine.begin() as connection:
        connection.execute(sa.text("update article set version = version + 1"))
    (named,) = wrong()
    assert article.name.rpartition("/")[2] in named
    _queue(knowledge).reindex(knowledge.runtime.engine)
    assert wrong() == []
