"""The articles that a new city starts with."""

from chassis.access import Role
from services.knowledge.domain.article import Article, State
from services.knowledge.entrypoints.seed import Seeded, seed_articles
from tests.integration.knowledge.conftest import Knowledge, principal

CITY = "610926"
AGENT = principal(Role.AGENT, city=CITY)


def test_a_new_city_is_filled_once_and_answers(knowledge: Knowledge) -> None:
    first = seed_articles(knowledge.runtime, [CITY])
    assert first.published >= 60
    knowledge.work()
    events = len(knowledge.events())
    assert seed_articles(knowledge.runtime, [CITY]) == Seeded(published=0, present=first.published)
    assert len(knowledge.events()) == events
    assert knowledge.search("老板欠我工钱不给", AGENT, city=CITY)[0] == "农民工被拖欠工资怎样投诉"
    assert knowledge.search("外地交的公积金能在平利贷款吗", AGENT, city=CITY)[0] == "异地缴存公积金能否在本地贷款买房"


def test_an_interrupted_seeding_goes_on_where_it_stopped(knowledge: Knowledge) -> None:
    seed_articles(knowledge.runtime, [CITY])
    with knowledge.runtime.reading() as read:
        article = read.find_by(Article, "unit", f"{CITY}-housing-fund")[0]
    with knowledge.runtime.engine.begin() as connection:  # as if killed before approval
        connection.exec_driver_sql(
            "update article set body = jsonb_set(body, '{revisions,0,state}', '\"in_review\"') where id = %s",
            (article.id,),
        )
        connection.exec_driver_sql("delete from remembered where command = 'ApproveArticle'")
    assert seed_articles(knowledge.runtime, [CITY]).published == 1


def test_what_a_supervisor_retired_does_not_come_back(knowledge: Knowledge) -> None:
    seed_articles(knowledge.runtime, [CITY])
    with knowledge.runtime.reading() as read:
        article = read.find_by(Article, "unit", f"{CITY}-housing-fund")[0]
    supervisor = principal(Role.SUPERVISOR, city=CITY)
    knowledge.do(supervisor, "RetireArticle", name=f"cities/{CITY}/articles/{article.id}", reason="过时")
    assert seed_articles(knowledge.runtime, [CITY]).published == 0
    with knowledge.runtime.reading() as read:
        assert read.get(Article, article.id).latest.state is State.RETIRED
