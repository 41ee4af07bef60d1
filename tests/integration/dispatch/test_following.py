"""A unit's system follows its orders: everything of its own, nothing of others', from any cursor on."""

from datetime import timedelta
from time import monotonic
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from prometheus_client import REGISTRY

from chassis.access import PermissionDenied, Principal, Role
from chassis.database.roles import Access, grant
from chassis.domain import NotFound
from chassis.grpckit import streams
from chassis.grpckit.client import Client, reason_of
from chassis.grpckit.server import Served, create_server
from chassis.message import Message
from chassis.tokens import TokenSigner
from cli.province import descriptor_of
from services.dispatch.adapters import tables
from services.dispatch.adapters.feed import forget_news
from services.dispatch.application import messages as m
from services.dispatch.domain.feed_errors import CursorTooOld, CursorUnknown
from tests.integration.dispatch.conftest import FORM, Desk, of_unit, office

HOUSING, MARKET = of_unit("350100-housing"), of_unit("350100-market")


def follow(desk: Desk, cursor: str = "", who: Principal = HOUSING, **more: Any) -> Any:
    """Somebody else may be writing in the same cluster: what was written before is waited for."""
    until, newest = monotonic() + 10, _newest(desk)
    while True:
        page = desk.runtime.query(who, m.FollowOrders(city="350100", cursor=cursor, **more))
        if page.more or int(page.cursor.partition(".")[0]) >= newest or monotonic() > until:
            return page


def _newest(desk: Desk) -> int:
    with desk.runtime.engine.connect() as connection:
        newest = "select greatest((select max(id) from outbox), (select max(number) from order_news), 0)"
        return int(connection.execute(sa.text(newest)).scalar_one())


def lag_of(who: Principal) -> float | None:
    return REGISTRY.get_sample_value("huying_dispatch_feed_lag_seconds", {"unit": who.unit})


def told(page: Any) -> list[str]:
    return [change.what for change in page.changes]


@pytest.fixture
def start(desk: Desk) -> str:
    return str(follow(desk).cursor)


def test_a_unit_is_told_everything_of_its_orders_in_order_and_a_stranger_nothing(desk: Desk, start: str) -> None:
    desk.accept()
    order = desk.order()
    desk.start_clock("finish", order)
    desk.completed()
    said = {"round": 1, "handling_satisfied": True, "solved": True, "handling_score": "satisfied"}
    desk.hear("intake.case_rated.v1", work_order_id=order.name.rpartition("/")[2], **said)
    page = follow(desk, start)
    assert told(page) == [
        "work_order_dispatched", "deadline_set", "assignment_signed", "citizen_contacted", "citizen_answered",
        "reply_submitted", "work_order_completed", "rated",
    ]  # fmt: skip
    numbers = [change.number for change in page.changes]
    assert numbers == sorted(set(numbers))
    assert not page.more
    (seen,) = page.work_orders
    assert seen == desk.runtime.query(HOUSING, m.GetWorkOrder(name=order.name))
    (evaluation,) = seen.evaluations
    assert (evaluation.kind, evaluation.solved, evaluation.satisfied, evaluation.score) == (
        "rating", True, True, "satisfied",
    )  # fmt: skip
    strange = follow(desk, start, MARKET)
    assert (strange.changes, strange.work_orders) == ([], [])
    assert strange.cursor.split(".")[0] == page.cursor.split(".")[0], "it has looked through what is not its own"


def test_it_goes_on_from_any_cursor_and_tells_again_what_was_not_kept(desk: Desk, start: str) -> None:
    for number in range(3):
        desk.accept(case_id=f"case-{number}")
    first = follow(desk, start, page_size=2)
    assert (told(first), first.more) == (["work_order_dispatched"] * 2, True)
    assert follow(desk, start, page_size=2).changes == first.changes
    second = follow(desk, first.cursor, page_size=2)
    assert (len(second.changes), second.more) == (1, False)
    assert second.changes[0].number > first.changes[-1].number
    assert follow(desk, second.cursor).changes == []


def test_what_commits_late_is_told_later_and_never_left_out(desk: Desk, start: str) -> None:
    desk.accept()
    with desk.runtime.engine.connect() as slow:
        slow.execute(sa.text("select pg_current_xact_id()"))
        news = sa.text("insert into order_news (work_order_id, what, happened_at) values (:id, 'urged', now())")
        slow.execute(news, {"id": desk.order().name.rpartition("/")[2]})
        desk.accept(case_id="case-2")
        held = follow(desk, start)
        assert told(held) in ([], ["work_order_dispatched"]), "the second order has a higher number than the news"
        slow.commit()
    rest = follow(desk, held.cursor)
    assert told(held) + told(rest) == ["work_order_dispatched", "urged", "work_order_dispatched"]


def test_who_has_lost_an_order_is_told_that_and_no_more(desk: Desk, start: str) -> None:
    desk.accept()
    order = desk.order()
    asked = {"kind": "not_ours", "reason": "非本单位职责", "basis": "三定方案", "suggested_unit": MARKET.unit}
    desk.as_unit(m.RequestReturn, order, **asked)
    desk.do(office(), m.AgreeReturn, name=order.assignments[0].name, lead=MARKET.unit)
    desk.as_unit(m.SignAssignment, desk.order())
    mine = follow(desk, start)
    assert told(mine) == ["return_requested", "return_agreed"]
    (seen,) = mine.work_orders
    assert (seen.masked_text, [a.unit for a in seen.assignments]) == ("", [HOUSING.unit])
    assert "assignment_signed" in told(follow(desk, start, MARKET))


def test_a_confidential_case_is_told_as_its_unit_sees_it(desk: Desk, start: str) -> None:
    desk.accept(confidentiality="hidden_from_unit", attachments=[{"attachment_id": "a-1"}])
    (seen,) = follow(desk, start).work_orders
    assert seen.attachments == []
    assert desk.citizen.public not in str(seen).encode()


def test_what_citizens_and_clocks_do_is_told_without_an_event_of_ours(desk: Desk, start: str) -> None:
    desk.accept()
    order = desk.order()
    clock = desk.start_clock("finish", order)
    of_order = {"work_order_id": order.name.rpartition("/")[2]}
    desk.hear("intake.case_urged.v1", occurrence=1)
    desk.hear("intake.case_supplemented.v1", masked_text="还有三楼")
    desk.hear("intake.attachment_added.v1", attachment_id="a-1", media_type="image/png")
    desk.hear("sla.clock_warned.v1", clock_id=clock, kind="finish", **of_order)
    desk.as_unit(m.SignAssignment, order)
    desk.hear("intake.revisit_recorded.v1", round=1, solved=False, **of_order)
    page = follow(desk, start)
    assert told(page)[1:6] == ["deadline_set", "urged", "supplemented", "attachment_added", "light_changed"]
    assert told(page)[-1] == "revisited"
    assert [said.kind for said in page.work_orders[0].evaluations] == ["revisit"]


def test_each_step_of_the_leaders_review_is_told(desk: Desk) -> None:
    desk.accept()
    order = desk.as_unit(m.SignAssignment, desk.order())
    mine, cursor = order.assignments[0].name, follow(desk).cursor
    handler, leader = of_unit(HOUSING.unit, "350100", Role.UNIT), of_unit(HOUSING.unit, "350100", Role.UNIT_LEADER)

    def step(who: Principal, command: type[Message], **fields: Any) -> tuple[list[str], str]:
        nonlocal cursor
        desk.do(who, command, name=mine, **fields)
        page = follow(desk, cursor)
        cursor = page.cursor
        (seen,) = page.work_orders
        return told(page), seen.leader_review

    def version() -> int:
        return int(desk.order().version)

    assert step(handler, m.SubmitReply, **FORM) == (["leader_review_requested"], "waiting")
    assert step(leader, m.RejectReply, reason="请补充", version=version()) == (["leader_review_decided"], "")
    assert step(handler, m.SubmitReply, **FORM) == (["leader_review_requested"], "waiting")
    assert step(leader, m.ApproveReply, version=version()) == (["leader_review_decided"], "approved")
    answered = step(handler, m.AnswerCitizen, method="phone", proof="call-1")
    assert answered == (["citizen_answered", "reply_submitted"], ""), "the events tell it"


def test_another_city_another_role_and_nobodys_unit_are_refused(desk: Desk) -> None:
    for stranger in (of_unit(HOUSING.unit, "350200"), office()):
        with pytest.raises(PermissionDenied):
            follow(desk, who=stranger)
    with pytest.raises(NotFound):
        follow(desk, who=of_unit(""))


def test_a_cursor_that_is_too_old_or_none_of_ours_is_named(desk: Desk, start: str) -> None:
    for wrong in ("x", "12", "-1.5", "12.x", "²."):
        with pytest.raises(CursorUnknown):
            follow(desk, wrong)
    desk.accept()
    ahead = f"99999.{start.split('.')[1]}"
    desk.clock.move_to(desk.clock.now() + timedelta(minutes=2))
    with pytest.raises(CursorUnknown):
        follow(desk, ahead)
    desk.clock.move_to(desk.clock.now() + timedelta(days=7))
    with pytest.raises(CursorTooOld):
        follow(desk, start)


def test_a_cursor_of_somebody_who_catches_up_is_as_old_as_its_place(desk: Desk, start: str) -> None:
    desk.accept()
    for occurrence in (1, 2):
        desk.hear("intake.case_urged.v1", occurrence=occurrence)
    assert len(follow(desk, start).changes) == 3
    desk.clock.move_to(desk.clock.now() + timedelta(days=6, hours=20))
    first = follow(desk, start, page_size=2)
    assert (told(first), first.more) == (["work_order_dispatched", "urged"], True)
    assert told(follow(desk, first.cursor)) == ["urged"]
    desk.clock.move_to(desk.clock.now() + timedelta(hours=8))
    assert forget_news(desk.runtime) == 2
    with pytest.raises(CursorTooOld):
        follow(desk, first.cursor)


def test_so_it_is_where_nothing_of_its_own_was_found(desk: Desk, start: str) -> None:
    desk.accept()
    of_others = "insert into order_news (work_order_id, what, happened_at) select 'x', 'urged', :at from "
    with desk.runtime.engine.begin() as connection:
        connection.execute(sa.text(f"{of_others} generate_series(1, 2001)"), {"at": desk.clock.now()})
    assert follow(desk, start, MARKET).more
    desk.clock.move_to(desk.clock.now() + timedelta(days=6, hours=20))
    first = follow(desk, start, MARKET)
    assert (first.changes, first.more) == ([], True)
    last = follow(desk, first.cursor, MARKET)
    desk.clock.move_to(desk.clock.now() + timedelta(hours=8))
    with pytest.raises(CursorTooOld):
        follow(desk, first.cursor, MARKET)
    assert follow(desk, last.cursor, MARKET).changes == [], "who has been told everything is as young as his last look"


def test_news_are_kept_as_long_as_events_are(desk: Desk) -> None:
    desk.accept()
    desk.hear("intake.case_urged.v1", occurrence=1)
    assert forget_news(desk.runtime) == 0
    desk.clock.move_to(desk.clock.now() + timedelta(days=7, hours=2))
    assert forget_news(desk.runtime) == 1


def test_the_role_of_the_processes_may_tell_news_too(desk: Desk) -> None:
    """Their numbers come from the sequence of another table."""
    with desk.runtime.engine.connect() as connection:
        connection.exec_driver_sql("create role news_user")
        connection.exec_driver_sql("grant usage on schema public to news_user")
        grant(connection, tables.metadata, Access("any", "owner", "news_user"))
        connection.exec_driver_sql("set local role news_user")
        connection.exec_driver_sql(
            "insert into order_news (work_order_id, what, happened_at) values ('1', 'rated', now())"
        )
        connection.rollback()


def test_its_form_is_not_told(desk: Desk, start: str) -> None:
    desk.accept()
    desk.completed()
    assert FORM["handler"] not in str(follow(desk, start))


def test_a_partner_follows_by_grpc_with_the_token_of_its_unit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PAUSE_SECONDS", 0.01)
    signer, contract = TokenSigner(Ed25519PrivateKey.generate()), descriptor_of("dispatch")
    server = create_server([Served(contract, desk.runtime)], signer.verifier, host="127.0.0.1", port=0)
    server.start()
    with Client(f"127.0.0.1:{server.port}", {"dispatch": contract}) as client:
        stream = client.follow(signer.issue(HOUSING), "dispatch", "FollowOrders", {"city": "350100"})
        begun = next(stream)
        assert (list(begun.changes), bool(begun.cursor)) == ([], True)
        desk.accept()
        message = next(stream)
        assert [change.what for change in message.changes] == ["work_order_dispatched"]
        assert message.work_orders[0].name == message.changes[0].work_order == desk.order().name
        assert lag_of(HOUSING) == 0
        with pytest.raises(grpc.RpcError) as refused:
            next(client.follow(signer.issue(HOUSING), "dispatch", "FollowOrders", {"city": "350100", "cursor": "x"}))
        assert reason_of(refused.value) == "CURSOR_UNKNOWN"
    server.stop(grace_seconds=1)
    assert lag_of(HOUSING) is None, "who listens no more is not behind"
