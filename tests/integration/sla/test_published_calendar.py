"""The notice of a year is loaded: provisional deadlines move, each once, whatever worker dies."""

import multiprocessing
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.access import Principal, Role
from chassis.database import direct
from services.sla.adapters import recounting
from services.sla.application.messages import ListClocks
from tests.integration.sla.conftest import Office, at
from tests.integration.sla.publishing import LONGER, SHORTER, loaded, published, recount, worker
from tests.replicas import at_once, second

LEAD = {"assignment_id": "c1-a1", "unit": "u1", "role": "lead"}
CO = {"assignment_id": "c1-a2", "unit": "u2", "role": "co"}
NEXT_YEAR = timedelta(days=365)


def after(text: str) -> datetime:
    """ "01-12 17:30" of 2027, local time."""
    return at(text) + NEXT_YEAR


@pytest.fixture
def december(office: Office) -> Office:
    """A complaint under F16, dispatched on Monday 28 December 2026: finish 10 working days."""
    office.clock.move_to(at("12-28 09:00"))
    office.accepted()
    office.dispatched(assignments=[LEAD, CO])
    return office


def moves(office: Office) -> dict[str, int]:
    rows = office.rows(
        "select envelope->'payload'->>'kind', count(*) from outbox where type = 'sla.clock_moved.v1' group by 1"
    )
    return dict(rows)


def test_a_later_deadline_moves_at_once_with_all_that_hangs_on_it(december: Office, tmp_path: Path) -> None:
    before = december.clocks()
    assert before["finish"].due_at == after("01-12 17:30")
    assert before["co_reply"].due_at == after("01-11 17:30")
    assert recount(loaded(december.runtime, published(tmp_path, **LONGER))) == 3
    now = december.clocks()
    assert now["finish"].due_at == after("01-14 17:30")
    assert now["finish"].first_due_at == before["finish"].due_at
    assert now["finish"].last_extension_at == after("01-14 14:30")
    assert now["finish"].warn_at > before["finish"].warn_at
    assert now["co_reply"].due_at == after("01-13 17:30"), "one working day before the lead's deadline"
    assert now["citizen"].due_at == after("01-15 17:30")
    assert not now["finish"].provisional
    assert moves(december) == {"finish": 1, "co_reply": 1, "citizen": 1}
    assert {e["why"] for e in december.said("clock_moved")} == {"calendar_published"}
    facts = dict(december.rows("select kind, due_at from kpi_fact"))
    assert {kind: facts[kind] for kind in now} == {kind: clock.due_at for kind, clock in now.items()}
    lanes = december.rows("select distinct bulk from outbox where type = 'sla.clock_moved.v1'")
    assert lanes == [(True,)]
    columns = december.rows("select count(*) from clock where due_at <> (body->>'due_at')::timestamptz")
    assert columns == [(0,)]


def test_the_reason_stands_in_the_steps_in_two_languages(december: Office, tmp_path: Path) -> None:
    recount(loaded(december.runtime, published(tmp_path, **LONGER)))
    step = december.clocks()["finish"].steps[-1]
    assert step.zh == (
        "2027 年节假日安排已公布（国办通知）；自 2026年12月31日（周四）24:00 起尚余 7 个工作日；"
        "休息日共 7 天不计：元旦1月1日至5日、周末1月9日至10日；到期：2027年1月14日（周四）17:30"
    )
    assert step.en.startswith("the holidays of 2027 are published (the notice); 7 working days were left from Thursday")


def test_an_earlier_deadline_moves_while_it_is_more_than_a_working_day_ahead(december: Office, tmp_path: Path) -> None:
    recount(loaded(december.runtime, published(tmp_path, **SHORTER)))
    assert december.clocks()["finish"].due_at == after("01-08 17:30")
    assert moves(december) == {"finish": 1, "co_reply": 1, "citizen": 1}


def test_an_earlier_deadline_that_is_too_near_stays_and_says_so(december: Office, tmp_path: Path) -> None:
    due = december.clocks()["finish"].due_at
    december.clock.move_to(after("01-07 17:30"))
    runtime = loaded(december.runtime, published(tmp_path, **SHORTER))
    recount(runtime)
    assert december.clocks()["finish"].due_at == due
    assert "finish" not in moves(december)
    seat = Principal("seat", frozenset({Role.AGENT}), frozenset({"350100"}))
    shown = runtime.query(seat, ListClocks(case="cities/350100/cases/c1")).clocks
    finish = next(clock for clock in shown if clock.kind == "finish")
    assert not finish.provisional
    assert "维持原期限" in finish.steps[-1].zh


def test_a_second_look_and_a_second_start_move_nothing_more(december: Office, tmp_path: Path) -> None:
    policies = published(tmp_path, **LONGER)
    runtime = loaded(december.runtime, policies)
    recount(runtime)
    december.clock.move_to(december.clock.now() + timedelta(minutes=11))
    assert recount(runtime) == 0
    assert recount(loaded(december.runtime, policies)) == 0


def test_what_an_old_process_has_started_meanwhile_is_moved_at_the_second_look(
    december: Office, tmp_path: Path
) -> None:
    runtime = loaded(december.runtime, published(tmp_path, **LONGER))
    recount(runtime)
    december.accepted("c2")
    december.clock.move_to(december.clock.now() + timedelta(minutes=11))
    assert recount(runtime) == 1


def test_a_process_with_an_older_edition_moves_nothing_back(december: Office, tmp_path: Path) -> None:
    older = loaded(december.runtime, published(tmp_path, **LONGER))
    recount(older)
    recount(loaded(december.runtime, published(tmp_path, **SHORTER)))
    due = december.clocks()["finish"].due_at
    december.accepted("c2")
    december.clock.move_to(december.clock.now() + timedelta(minutes=11))
    assert recount(older) == 0
    assert december.clocks()["finish"].due_at == due


def test_a_breach_of_the_provisional_deadline_is_withdrawn(december: Office, tmp_path: Path) -> None:
    december.move_to(after("01-12 18:00"))
    assert december.states()["finish"] == "breached"
    recount(loaded(december.runtime, published(tmp_path, **LONGER)))
    assert december.states()["finish"] == "running"
    assert [e["why"] for e in december.said("breach_withdrawn", "finish")] == ["calendar_published"]
    december.move_to(after("01-14 18:00"))
    assert len(december.said("clock_breached", "finish")) == 2


def test_an_extension_that_is_provisional_moves_as_a_whole(december: Office, tmp_path: Path) -> None:
    december.unit("extension_granted", "granted_at", extension_id="e1", working_days=10)
    extended = december.clocks()["finish"].due_at
    assert extended == after("01-26 17:30")
    recount(loaded(december.runtime, published(tmp_path, **LONGER)))
    assert december.clocks()["finish"].due_at == after("01-28 17:30")


def test_a_clock_that_is_over_stays(december: Office, tmp_path: Path) -> None:
    december.unit("work_order_ended", "ended_at", assignment_id="")
    recount(loaded(december.runtime, published(tmp_path, **LONGER)))
    assert moves(december) == {"citizen": 1}


def test_clocks_of_the_version_before_are_moved_as_well(december: Office, tmp_path: Path) -> None:
    with december.runtime.engine.begin() as connection:
        columns = "city = '', due_at = null, beyond = null, ahead_of = ''"
        connection.execute(sa.text(f"update clock set {columns}, body = body - 'beyond' - 'ahead_of'"))
    recount(loaded(december.runtime, published(tmp_path, **LONGER)))
    assert december.clocks()["finish"].due_at == after("01-14 17:30")
    assert moves(december) == {"finish": 1, "co_reply": 1, "citizen": 1}


def test_a_clock_that_a_process_of_the_version_before_wrote_again_is_moved_as_it_stands_now(
    december: Office, tmp_path: Path
) -> None:
    with december.runtime.engine.begin() as connection:
        extended = "(body || jsonb_build_object('due_at', '2027-01-26T09:30:00Z')) - 'beyond' - 'ahead_of'"
        connection.execute(sa.text(f"update clock set body = {extended} where body->>'kind' = 'finish'"))
    recount(loaded(december.runtime, published(tmp_path, **LONGER)))
    assert december.clocks()["finish"].due_at == after("01-28 17:30")


def test_a_deadline_of_another_platform_stays(office: Office, tmp_path: Path) -> None:
    office.clock.move_to(at("12-28 09:00"))
    office.accepted(upstream_due_at=after("01-06 12:00"))
    recount(loaded(office.runtime, published(tmp_path, **LONGER)))
    assert office.clocks()["citizen"].due_at == after("01-06 12:00")


def test_a_pack_that_is_not_loaded_delays_no_other_clock(december: Office, tmp_path: Path) -> None:
    with december.runtime.engine.begin() as connection:
        lost = "body || jsonb_build_object('pack', 'fujian-2016@0.9.0')"
        connection.execute(sa.text(f"update clock set body = {lost} where body->>'kind' = 'citizen'"))
    recount(loaded(december.runtime, published(tmp_path, **LONGER)))
    assert moves(december) == {"finish": 1, "co_reply": 1}


def test_two_workers_move_each_clock_once(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recounting, "BATCH", 5)
    _many(office)
    policies = published(tmp_path, **LONGER)
    first, other = loaded(office.runtime, policies), second(loaded(office.runtime, policies))
    done = at_once(recount, [first, other])
    other.engine.dispose()
    assert sum(done) == 60
    _assert_each_once(office)


def test_a_worker_goes_on_when_another_moves_everything_while_it_plans(
    december: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policies, fetch = published(tmp_path, **LONGER), direct.fetch
    one, other = (loaded(december.runtime, policies) for _ in range(2))

    def and_the_other_comes_first(connection: sa.Connection, statement: str, values: direct.Values) -> direct.Rows:
        if statement == recounting._COUNTS:
            monkeypatch.setattr(direct, "fetch", fetch)
            assert recount(other) == 3
        return fetch(connection, statement, values)

    monkeypatch.setattr(direct, "fetch", and_the_other_comes_first)
    assert recount(one) == 0
    assert len(december.said("clock_moved")) == 3


@pytest.mark.parametrize("point", ["clocks.before_commit:1", "clocks.before_commit:4", "clocks.after_commit:2"])
def test_a_worker_that_is_killed_half_way_is_followed_by_one_that_does_the_rest(
    office: Office, tmp_path: Path, point: str
) -> None:
    _many(office)
    policies = published(tmp_path, **LONGER)
    url = office.runtime.engine.url.render_as_string(hide_password=False)
    arguments = (url, str(policies), office.clock.now().isoformat())
    killed = multiprocessing.get_context("forkserver").Process(target=worker, args=(*arguments, point))
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    assert sum(moves(office).values()) < 60
    recount(loaded(office.runtime, policies))
    _assert_each_once(office)


def _many(office: Office) -> None:
    office.clock.move_to(at("12-28 09:00"))
    for number in range(20):
        case = f"c{number}"
        office.accepted(case)
        lead, co = ({**one, "assignment_id": f"{case}-{one['role']}"} for one in (LEAD, CO))
        office.dispatched(case, assignments=[lead, co])


def _assert_each_once(office: Office) -> None:
    assert moves(office) == {"finish": 20, "co_reply": 20, "citizen": 20}
    query = "select distinct kind, due_at from kpi_fact where kind in ('finish', 'co_reply', 'citizen') order by 2"
    assert office.rows(query) == [
        ("co_reply", after("01-13 17:30")),
        ("finish", after("01-14 17:30")),
        ("citizen", after("01-15 17:30")),
    ]
    torn = "select 1 from clock where due_at <> (body->>'due_at')::timestamptz"
    assert office.rows(torn) == []
