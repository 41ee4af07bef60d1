"""An article from its draft to its end, through the real commands."""

from datetime import timedelta

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import BadFields, DomainError, NotFound, StepNotAllowed
from services.knowledge.domain.article import State
from services.knowledge.domain.errors import (
    AlreadyOutdated,
    ArticleNotPublished,
    CityUnknown,
    EffectiveTimeTooFar,
    PolicyUnknown,
    RevisionUnderReview,
    TextBarred,
    UnitUnknown,
    ValidityReversed,
)
from tests.integration.knowledge.conftest import (
    AGENT,
    AUTHOR,
    CITIZEN,
    CITY,
    DISPATCHER,
    LEADER,
    START,
    SUPERVISOR,
    UNIT,
    Knowledge,
    principal,
)


def test_an_approved_article_takes_effect_at_once_and_is_found(knowledge: Knowledge) -> None:
    view = knowledge.publish()
    assert (view.state, view.revision, view.version, view.effective_time) == (State.EFFECTIVE, 1, 3, START)
    knowledge.work()
    assert knowledge.search("路灯坏了") == ["路灯不亮找谁修"]
    assert knowledge.events() == [("article_approved", view.name), ("article_effective", view.name)]


def test_a_draft_and_an_article_under_review_are_not_found(knowledge: Knowledge) -> None:
    name = knowledge.draft().name
    knowledge.work()
    assert knowledge.search("路灯") == []
    knowledge.do(AUTHOR, "SubmitArticle", name=name)
    knowledge.work()
    assert knowledge.search("路灯") == []
    with pytest.raises(NotFound):
        knowledge.ask(CITIZEN, "GetArticle", name=name)
    assert knowledge.ask(AUTHOR, "GetArticle", name=name).state is State.IN_REVIEW


def test_an_article_with_a_day_is_found_from_that_day_until_it_expires(knowledge: Knowledge) -> None:
    view = knowledge.publish(effective_time=START + timedelta(days=2), expire_time=START + timedelta(days=5))
    assert view.state is State.APPROVED
    knowledge.work()
    assert knowledge.search("路灯") == []
    knowledge.pass_time(days=2)
    knowledge.work()
    assert knowledge.search("路灯") == ["路灯不亮找谁修"]
    knowledge.pass_time(days=3)
    assert knowledge.search("路灯") == [], "not even before the job has run"
    knowledge.work()
    assert knowledge.search("路灯") == []
    assert [event for event, _ in knowledge.events()] == ["article_approved", "article_effective", "article_expired"]
    assert knowledge.payloads("article_expired")[0]["how"] == "expired"
    assert knowledge.ask(AUTHOR, "GetArticle", name=view.name).state is State.EXPIRED


def test_one_that_was_missed_while_nothing_ran_takes_effect_and_expires_in_order(knowledge: Knowledge) -> None:
    knowledge.publish(effective_time=START + timedelta(days=2), expire_time=START + timedelta(days=5))
    knowledge.pass_time(days=30)
    knowledge.work()
    assert [event for event, _ in knowledge.events()] == ["article_approved", "article_effective", "article_expired"]


def test_the_worker_knows_the_next_instant_at_which_something_changes(knowledge: Knowledge) -> None:
    knowledge.publish(effective_time=START + timedelta(days=2))
    due = next(job.next_due for job in knowledge.runtime.service.jobs if job.name == "advance_articles")
    with knowledge.runtime.engine.connect() as connection:
        assert due(connection) == START + timedelta(days=2)


def test_the_leader_sends_back_and_the_unit_writes_anew(knowledge: Knowledge) -> None:
    name = knowledge.draft().name
    knowledge.do(AUTHOR, "SubmitArticle", name=name)
    with pytest.raises(RevisionUnderReview):
        knowledge.draft("路灯报修", name=name)
    assert knowledge.do(LEADER, "SendBackArticle", name=name, reason="请写明时限").state is State.DRAFT
    assert knowledge.draft("路灯报修", name=name).revision == 1
    knowledge.do(AUTHOR, "SubmitArticle", name=name)
    assert knowledge.do(LEADER, "ApproveArticle", name=name).title == "路灯报修"


def test_the_text_in_force_stays_found_until_the_next_revision_takes_its_place(knowledge: Knowledge) -> None:
    name = knowledge.publish().name
    knowledge.work()
    assert knowledge.draft("窨井盖丢失找谁", name=name).revision == 2
    knowledge.work()
    assert knowledge.search("路灯") == ["路灯不亮找谁修"]
    assert knowledge.ask(CITIZEN, "GetArticle", name=name).title == "路灯不亮找谁修"
    knowledge.do(AUTHOR, "SubmitArticle", name=name)
    knowledge.do(LEADER, "ApproveArticle", name=name)
    knowledge.work()
    assert knowledge.search("路灯") == []
    assert knowledge.search("窨井盖") == ["窨井盖丢失找谁"]
    assert [event for event, _ in knowledge.events()][2:] == ["article_approved", "article_effective"]


def test_a_retired_article_is_gone_before_the_index_knows(knowledge: Knowledge) -> None:
    name = knowledge.publish().name
    knowledge.work()
    assert knowledge.do(SUPERVISOR, "RetireArticle", name=name, reason="政策已废止").state is State.RETIRED
    assert knowledge.search("路灯") == []
    knowledge.work()
    assert knowledge.search("路灯") == []
    assert knowledge.payloads("article_expired")[0]["how"] == "retired"
    with pytest.raises(NotFound):
        knowledge.ask(CITIZEN, "GetArticle", name=name)
    with pytest.raises(ArticleNotPublished):
        knowledge.do(SUPERVISOR, "RetireArticle", name=name, reason="再次")


def test_one_found_wrong_before_its_day_can_be_taken_out(knowledge: Knowledge) -> None:
    name = knowledge.publish(effective_time=START + timedelta(days=2)).name
    knowledge.do(LEADER, "RetireArticle", name=name, reason="写错了")
    knowledge.pass_time(days=3)
    knowledge.work()
    assert knowledge.search("路灯") == []


def test_a_seats_doubt_reaches_the_unit_without_personal_data(knowledge: Knowledge) -> None:
    name = knowledge.publish().name
    knowledge.do(AGENT, "QuestionArticle", name=name, question="市民13812345678说电话已停用")
    event = knowledge.payloads("article_questioned")[0]
    assert (event["unit"], event["city"]) == (UNIT, CITY)
    with knowledge.runtime.engine.connect() as connection:
        body = connection.exec_driver_sql("select body::text from article").scalar_one()
    assert "13812345678" not in body
    assert "电话已停用" in body


def test_a_draft_cannot_be_questioned(knowledge: Knowledge) -> None:
    with pytest.raises(ArticleNotPublished):
        knowledge.do(AGENT, "QuestionArticle", name=knowledge.draft().name, question="不对")


def test_a_registered_policy_starts_the_upload_duty_and_its_article_names_it(knowledge: Knowledge) -> None:
    policy = knowledge.do(
        SUPERVISOR, "RegisterPolicy", city=CITY, unit=UNIT, title="市容管理新规定", effective_time=START
    )
    assert knowledge.publish("新规定怎么执行", policy=policy.name).policy == policy.name
    registered, approved = knowledge.payloads("policy_registered")[0], knowledge.payloads("article_approved")[0]
    assert registered["policy_id"] == approved["policy_id"] == policy.name.rpartition("/")[2]
    assert knowledge.events()[0] == ("policy_registered", policy.name)


@pytest.mark.parametrize("year", [2000, 2050])
def test_a_policy_beyond_the_working_calendar_is_refused(knowledge: Knowledge, year: int) -> None:
    fields = {"city": CITY, "unit": UNIT, "title": "市容管理新规定", "effective_time": START.replace(year=year)}
    with pytest.raises(EffectiveTimeTooFar) as refused:
        knowledge.do(SUPERVISOR, "RegisterPolicy", **fields)
    assert refused.value.field == "effective_time"
    assert knowledge.events() == []


def test_a_policy_of_another_unit_is_unknown(knowledge: Knowledge) -> None:
    other = knowledge.do(
        SUPERVISOR, "RegisterPolicy", city=CITY, unit="350100-housing", title="住房新规", effective_time=START
    )
    with pytest.raises(PolicyUnknown):
        knowledge.draft(policy=other.name)


@pytest.mark.parametrize("field", ["title", "question", "answer", "source"])
def test_state_secrets_do_not_enter(knowledge: Knowledge, field: str) -> None:
    with pytest.raises(TextBarred) as refused:
        knowledge.draft(**{field: "本件密级：机 密，请勿外传"})
    assert refused.value.field == field
    assert "F21-15" in refused.value.message_zh
    assert knowledge.events() == []


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"expire_time": START, "effective_time": START}, ValidityReversed),
        ({"unit": "350100-nothing"}, UnitUnknown),
        ({"title": ""}, BadFields),
        ({"answer": "字" * 100_000}, BadFields),
        ({"answer": "坏\x00字"}, BadFields),
        ({"effective_time": START.replace(tzinfo=None)}, BadFields),
        ({"policy": f"cities/{CITY}/policies/none"}, PolicyUnknown),
        ({"name": f"cities/{CITY}/articles/none"}, NotFound),
        ({"name": f"cities/{CITY}/policies/none"}, BadFields),
    ],
)
def test_bad_input_is_a_named_error_and_changes_nothing(
    knowledge: Knowledge, fields: dict[str, object], error: type[DomainError]
) -> None:
    who = Principal("d", frozenset({Role.DISPATCHER}), frozenset({"*"}))
    with pytest.raises(error) as refused:
        knowledge.draft(who=who, **fields)
    assert refused.value.message_zh
    assert refused.value.message_en
    with knowledge.runtime.engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from article").scalar() == 0


def test_an_unknown_city_is_a_named_error(knowledge: Knowledge) -> None:
    who = Principal("d", frozenset({Role.DISPATCHER}), frozenset({"*"}))
    with pytest.raises(CityUnknown):
        knowledge.draft(who=who, city="999999")


def test_what_is_outdated_cannot_be_approved(knowledge: Knowledge) -> None:
    name = knowledge.draft(expire_time=START + timedelta(days=1)).name
    knowledge.do(AUTHOR, "SubmitArticle", name=name)
    knowledge.pass_time(days=2)
    with pytest.raises(AlreadyOutdated):
        knowledge.do(LEADER, "ApproveArticle", name=name)
    assert knowledge.do(LEADER, "SendBackArticle", name=name, reason="改期限").state is State.DRAFT


def test_a_draft_cannot_be_approved_unseen(knowledge: Knowledge) -> None:
    with pytest.raises(StepNotAllowed):
        knowledge.do(LEADER, "ApproveArticle", name=knowledge.draft().name)


@pytest.mark.parametrize("command", ["SubmitArticle", "ApproveArticle", "SendBackArticle", "RetireArticle"])
def test_another_unit_cannot_tell_an_article_from_none(knowledge: Knowledge, command: str) -> None:
    role = Role.UNIT if command == "SubmitArticle" else Role.UNIT_LEADER
    stranger = principal(role, unit="350100-housing")
    reason = {} if command in {"SubmitArticle", "ApproveArticle"} else {"reason": "理由"}
    for name in (knowledge.draft().name, f"cities/{CITY}/articles/none"):
        with pytest.raises(NotFound):
            knowledge.do(stranger, command, name=name, **reason)


def test_an_article_named_under_another_city_is_not_there(knowledge: Knowledge) -> None:
    name = knowledge.publish().name.replace(CITY, "350200")
    with pytest.raises(NotFound):
        knowledge.ask(principal(Role.AGENT, city="350200"), "GetArticle", name=name)
    with pytest.raises(NotFound):
        knowledge.do(principal(Role.AGENT, city="350200"), "QuestionArticle", name=name, question="不对")


def test_a_unit_cannot_write_for_another_but_a_dispatcher_can(knowledge: Knowledge) -> None:
    with pytest.raises(NotFound):
        knowledge.draft(unit="350100-housing")
    with pytest.raises(PermissionDenied):
        knowledge.draft(who=CITIZEN)
    assert knowledge.draft(who=DISPATCHER, unit="350100-housing").unit == "350100-housing"
