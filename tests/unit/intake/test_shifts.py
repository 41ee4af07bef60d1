"""班次: the state table with its refusals, seats, the list that two people confirm, promises, rosters without gaps."""

from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from chassis.domain import StepNotAllowed
from chassis.policy import PolicyError
from chassis.settings import ROOT
from services.intake.adapters.regimes import PolicyRegimes
from services.intake.adapters.rosters import load_roster
from services.intake.domain import hand_over, promises, shifts
from services.intake.domain import shift_errors as errors
from services.intake.domain.hand_over import OpenItem, OpenKind, ShiftHandOver
from services.intake.domain.promises import PROMISE, Promise, PromiseKind, PromiseState
from services.intake.domain.shifts import SHIFT, SeatMode, Shift, ShiftState

NOW = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)  # 14:05 in China
REGIMES = PolicyRegimes(ROOT / "policies")
FUZHOU, XIAMEN, PINGLI = "350100", "350200", "610926"
EARLY = REGIMES.of(FUZHOU).roster.shift("early")
RULE = "F16-02 3"


def shift(state: ShiftState = ShiftState.RUNNING) -> Shift:
    made = shifts.begin("s1", FUZHOU, EARLY, lead="agent:lin", now=NOW)
    made.state = state
    return made


def item(id: str, kind: OpenKind = OpenKind.DRAFT) -> OpenItem:
    return OpenItem(kind, id, NOW)


def seats(of: Shift) -> dict[str, tuple[str, str]]:
    return {seat.code: (seat.agent, str(seat.mode)) for seat in of.seats}


# -- the state table ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "step"), list(product(ShiftState, ["offer", "take_over", "end"])))
def test_a_shift_ends_by_a_take_over_or_when_nothing_is_open(state: ShiftState, step: str) -> None:
    made = shift(state)
    wanted = {
        ("running", "offer"): "handing_over",
        ("handing_over", "offer"): "handing_over",
        ("handing_over", "take_over"): "ended",
        ("running", "end"): "ended",
        ("handing_over", "end"): "ended",
    }.get((str(state), step))
    try:
        if step == "offer":
            shifts.offer(made)
        elif step == "take_over":
            shifts.end_taken_over(made, next_shift="s2", now=NOW)
        else:
            shifts.end_empty(made, still_open=0, around_the_clock="", now=NOW)
    except (StepNotAllowed, errors.NothingOffered):
        assert (wanted, made.state) == (None, state)
    else:
        assert str(made.state) == wanted


def test_the_table_of_shifts_leads_to_their_end_alone() -> None:
    assert SHIFT.final == {ShiftState.ENDED}
    assert PROMISE.final == {PromiseState.KEPT, PromiseState.NEEDLESS}


def test_a_shift_with_something_open_is_handed_over_and_not_simply_ended() -> None:
    with pytest.raises(errors.StillOpen, match="3 things") as refused:
        shifts.end_empty(shift(), still_open=3, around_the_clock="", now=NOW)
    assert refused.value.message_zh == "尚有 3 项未办结事项，须交班后方可结束班次"


def test_where_the_telephone_is_answered_day_and_night_no_shift_ends_without_the_next_one() -> None:
    with pytest.raises(errors.NeverWithoutShift, match="F16-02"):
        shifts.end_empty(shift(), still_open=0, around_the_clock=RULE, now=NOW)


# -- seats -------------------------------------------------------------------------------------------------------------


def test_the_times_of_a_seat_are_counted_by_what_it_did() -> None:
    made = shift()
    for minutes, mode in ((0, SeatMode.READY), (50, SeatMode.BREAK), (60, SeatMode.READY), (90, SeatMode.WRAP_UP)):
        now = NOW + timedelta(minutes=minutes)
        shifts.set_seat(made, "A07", mode, by="agent:wang", may_end=False, now=now)
    shifts.offer(made)
    shifts.end_taken_over(made, next_shift="s2", now=NOW + timedelta(minutes=95))
    (seat,) = made.seats
    assert seat.mode is SeatMode.OFF
    assert seat.seconds == {SeatMode.READY: 80 * 60, SeatMode.BREAK: 600, SeatMode.WRAP_UP: 300}


def test_a_seat_is_one_persons_and_a_person_has_one_seat() -> None:
    made = shift()
    shifts.set_seat(made, "A07", SeatMode.READY, by="agent:wang", may_end=False, now=NOW)
    for mode in (SeatMode.READY, SeatMode.OFF):
        with pytest.raises(errors.SeatTaken, match="A07"):
            shifts.set_seat(made, "A07", mode, by="agent:chen", may_end=False, now=NOW)
    shifts.set_seat(made, "A08", SeatMode.READY, by="agent:wang", may_end=False, now=NOW)
    assert seats(made) == {"A07": ("agent:wang", "off"), "A08": ("agent:wang", "ready")}


def test_the_lead_ends_a_seat_that_somebody_left_without_a_word_but_sits_at_none_that_is_taken() -> None:
    made = shift()
    shifts.set_seat(made, "A07", SeatMode.READY, by="agent:wang", may_end=False, now=NOW)
    with pytest.raises(errors.SeatTaken):
        shifts.set_seat(made, "A07", SeatMode.BREAK, by="agent:lin", may_end=True, now=NOW)
    shifts.set_seat(made, "A07", SeatMode.OFF, by="agent:lin", may_end=True, now=NOW)
    shifts.set_seat(made, "A09", SeatMode.OFF, by="agent:lin", may_end=True, now=NOW)
    assert seats(made) == {"A07": ("agent:wang", "off")}


def test_nobody_sits_down_in_a_shift_that_has_ended() -> None:
    with pytest.raises(errors.ShiftHasEnded):
        shifts.set_seat(shift(ShiftState.ENDED), "A07", SeatMode.READY, by="a", may_end=False, now=NOW)


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_taker_gets_what_was_offered_and_what_has_come_since() -> None:
    record = ShiftHandOver("s1", FUZHOU)
    hand_over.offer(record, [item("a"), item("b", OpenKind.CALL_BACK)], by="agent:lin", now=NOW)
    hand_over.take(record, [item("b", OpenKind.CALL_BACK), item("c")], by="agent:he", now=NOW + timedelta(minutes=5))
    assert [(h.item.id, h.settled, h.came_later) for h in record.items] == [
        ("a", True, False),
        ("b", False, False),
        ("c", False, True),
    ]
    assert (record.offered_by, record.taken_by) == ("agent:lin", "agent:he")


def test_whoever_offered_cannot_confirm_for_both_sides() -> None:
    record = ShiftHandOver("s1", FUZHOU)
    hand_over.offer(record, [], by="agent:lin", now=NOW)
    with pytest.raises(errors.TwoPeopleNeeded):
        hand_over.take(record, [], by="agent:lin", now=NOW)


def test_an_offer_that_is_made_anew_replaces_the_list() -> None:
    record = ShiftHandOver("s1", FUZHOU)
    hand_over.offer(record, [item("a")], by="agent:lin", now=NOW)
    hand_over.offer(record, [item("b")], by="supervisor:gao", now=NOW + timedelta(hours=1))
    assert ([h.item.id for h in record.items], record.offered_by) == (["b"], "supervisor:gao")


# -- promises ----------------------------------------------------------------------------------------------------------


def promise(**changed: object) -> Promise:
    given = {"id": "p1", "city": FUZHOU, "case_id": "c1", "kind": PromiseKind.CALL, "due_at": NOW + timedelta(hours=2)}
    return promises.make(Promise(**given | {"made_at": NOW, "made_by": "agent:lin"} | changed))  # type: ignore[arg-type]


def test_a_promise_is_of_something_to_come_and_ends_once() -> None:
    with pytest.raises(errors.PromiseInThePast):
        promise(due_at=NOW)
    made = promise()
    promises.end(made, PromiseState.KEPT, by="agent:he", now=NOW)
    assert (made.owed, made.ended_by) == (False, "agent:he")
    with pytest.raises(errors.PromiseNotOwed, match="kept"):
        promises.end(made, PromiseState.NEEDLESS, by="agent:he", now=NOW)


# -- rosters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("city", "code", "begins", "ends"),
    [
        (FUZHOU, "early", "2026-09-24 00:00", "2026-09-24 08:00"),
        (FUZHOU, "late", "2026-09-24 08:00", "2026-09-24 16:00"),  # midnight in China
        (XIAMEN, "night", "2026-09-24 12:35", "2026-09-25 00:30"),
        (XIAMEN, "night", "2026-09-24 23:00", "2026-09-25 00:30"),  # begun late, after midnight
    ],
)
def test_a_shift_is_planned_to_end_when_its_roster_says(city: str, code: str, begins: str, ends: str) -> None:
    of = REGIMES.of(city).roster.shift(code)
    assert of.until_after(at(begins)) == at(ends)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_shift_that_the_city_does_not_have_is_named() -> None:
    with pytest.raises(errors.UnknownShift, match="weekend"):
        REGIMES.of(FUZHOU).roster.shift("weekend")


def test_fujian_and_shuangyashan_have_the_telephone_answered_day_and_night() -> None:
    """F16 art. 3 with F21 1(1), S24 art. 3; the Pingli text names no hours."""
    rules = {city: REGIMES.of(city).rules.around_the_clock for city in ("350100", "230500", "610926")}
    assert rules == {"350100": "F16-02 3; F21 1(1)", "230500": "S24-02 3", "610926": ""}


HEAD = 'city: "350100"\nbasis: {rule: platform-default, article: "decisions: Daily, shifts"}\nshifts:\n'
DAY = '  - {code: day, name: {zh: 白班, en: day}, from: "08:00", until: "20:00"}\n'
NIGHT = '  - {code: night, name: {zh: 夜班, en: night}, from: "20:00", until: "07:30"}\n'


def roster(folder: Path, text: str, rule: str = RULE) -> str:
    place = folder / "cities" / "350100"
    place.mkdir(parents=True)
    (place / "shifts.yaml").write_text(text, encoding="utf-8")
    try:
        return " ".join(load_roster(folder, "350100", around_the_clock=rule).shifts)
    except PolicyError as error:
        return "; ".join(str(problem) for problem in error.problems)


def test_half_an_hour_without_anybody_is_found_with_its_line(tmp_path: Path) -> None:
    found = roster(tmp_path, HEAD + DAY + NIGHT)
    assert "shifts.yaml:5" in found
    assert "from 07:30 on nobody answers (F16-02 3)" in found


def test_a_gap_is_no_fault_where_no_rule_asks_for_day_and_night(tmp_path: Path) -> None:
    assert roster(tmp_path, HEAD + DAY + NIGHT, rule="") == "day night"


def test_shifts_may_overlap_but_stand_once(tmp_path: Path) -> None:
    long = NIGHT.replace("07:30", "08:30")
    assert roster(tmp_path / "a", HEAD + DAY + long) == "day night"
    assert "stands twice" in roster(tmp_path / "b", HEAD + DAY + DAY)
    assert "should be 350100" in roster(tmp_path / "c", HEAD.replace("350100", "350200") + DAY + long)


def test_a_city_without_the_file_has_no_shifts(tmp_path: Path) -> None:
    assert load_roster(tmp_path, "350100", around_the_clock=RULE).shifts == {}
