"""The KPIs by hand: what people did, from the event log of intake and dispatch; from sla's log the deadlines only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.e2e.invariants import Databases
from tests.e2e.recount_intake import calls_of, counter_of

Said = dict[str, Any]
Key = tuple[str, str, str, str]  # city, unit, category, kpi
Counts = dict[Key, tuple[int, int]]
RATES = {"sign": "on_time_sign", "contact": "response", "first_response": "response", "finish": "on_time"}
RESPONDED = {
    "contact": ("citizen_contacted", "citizen_answered"),
    "first_response": ("citizen_contacted", "citizen_answered", "progress_reported", "reply_submitted"),
}


@dataclass(frozen=True)
class Act:
    """One event of the log."""

    name: str
    said: Said

    @property
    def at(self) -> datetime:
        """The instant that the event tells: its own, never that of its arrival."""
        own = _OWN.get(self.name)
        fields = [own] if own else [k for k in self.said if k.endswith("_at") and k not in _OTHERS and self.said[k]]
        return datetime.fromisoformat(self.said[fields[-1]])


_OWN = {
    "rating_verified": "verified_at",
    "work_order_completed": "completed_at",
    "case_corrected": "corrected_at",
    "case_limit_set": "set_at",
    "work_order_corrected": "corrected_at",
}
_OTHERS = {"registered_at", "upstream_due_at"}


def log_of(databases: Databases) -> Iterator[Act]:
    """All events of three services, in the order in which each wrote them."""
    for service in ("intake", "dispatch", "sla"):
        for type, payload in databases.rows(service, "select type, envelope->'payload' from outbox order by id"):
            yield Act(type.split(".")[1], payload)


@dataclass
class Log:
    """The log, found again by what the counting asks for."""

    of_case: dict[str, list[Act]] = field(default_factory=lambda: defaultdict(list))
    due: dict[str, tuple[Said, datetime]] = field(default_factory=dict)
    calls: list[Said] = field(default_factory=list)

    @classmethod
    def of(cls, acts: Iterable[Act]) -> "Log":
        log = cls()
        for act in acts:
            if act.name == "clock_started":
                log.due[act.said["clock_id"]] = (act.said, datetime.fromisoformat(act.said["due_at"]))
            elif act.name == "clock_moved":
                log.due[act.said["clock_id"]] = (
                    log.due[act.said["clock_id"]][0], datetime.fromisoformat(act.said["due_at"]))  # fmt: skip
            elif act.name == "call_recorded":
                log.calls.append(act.said)
            elif "case_id" in act.said:
                log.of_case[act.said["case_id"]].append(act)
        return log

    def acts(self, case: str, *names: str, **said: object) -> list[Act]:
        found = (a for a in self.of_case[case] if not names or a.name in names)
        return [a for a in found if all(a.said.get(k) == v for k, v in said.items())]


def recount(log: Log, start: datetime, end: datetime, as_of: datetime) -> Counts:
    """Numerator and denominator of every rate, as decisions.md words them."""
    found: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for key, hit in _hits(log, start, end, as_of):
        found[key][0] += hit
        found[key][1] += 1
    return {key: (n, d) for key, (n, d) in found.items()}


def _hits(log: Log, start: datetime, end: datetime, as_of: datetime) -> Iterator[tuple[Key, bool]]:
    def falls(instant: datetime) -> bool:
        return start <= instant < end and instant <= as_of

    for clock, due in log.due.values():
        if not falls(due) or not clock["case_id"] or _excused(log, clock, due):
            continue
        place = (clock["city"], clock["unit"], _category(log, clock["case_id"]))
        if clock["kind"] == "citizen":
            verdict = _citizens_clock(log, clock, due)
            if verdict is not None:
                yield (*place, "case_on_time"), verdict
        elif clock["kind"] == "supervision_reply":
            verdict = _written_reply(log, clock, due)
            if verdict is not None:
                yield (*place, "supervision_reply"), verdict
        elif clock["kind"] in RATES:
            verdict = _units_clock(log, clock, due)
            if verdict is not None:
                yield (*place, RATES[clock["kind"]]), verdict
            if verdict is not None and clock["kind"] == "finish":
                done = log.acts(clock["case_id"], "work_order_completed", **_round(clock))
                yield (*place, "completion"), bool(done)
    yield from _opinions(log, falls)
    yield from counter_of(log.of_case.values(), falls)
    yield from calls_of(log.calls, falls)


def _excused(log: Log, clock: Said, due: datetime) -> bool:
    """Force majeure is on record for it in that round, and it was not kept."""
    of_order = {} if clock["kind"] == "citizen" else _round(clock)
    recorded = log.acts(clock["case_id"], "force_majeure_recorded", **of_order)
    if not any(clock["kind"] in act.said["clocks"] for act in recorded):
        return False
    if clock["kind"] == "citizen":
        return not _citizens_clock(log, clock, due)
    act = _act_of(log, clock, {"assignment_id": clock["assignment_id"]})
    return act is None or act > due


def _category(log: Log, case: str) -> str:
    return str(log.acts(case, "case_accepted", "case_corrected")[-1].said["category"])


def _round(clock: Said) -> Said:
    return {"work_order_id": clock["work_order_id"], "round": clock["round"]}


def _citizens_clock(log: Log, clock: Said, due: datetime) -> bool | None:
    # A case that had joined another and went its own way has a second clock from then on.
    ends = log.acts(clock["case_id"], "case_replied", "case_withdrawn", "case_joined", "case_closed")
    ends = [act for act in ends if act.at >= datetime.fromisoformat(clock["started_at"])]
    return None if ends and ends[0].name != "case_replied" else bool(ends) and ends[0].at <= due


def _written_reply(log: Log, clock: Said, due: datetime) -> bool | None:
    mine = {"supervision_id": clock["supervision_id"]}
    answered = log.acts(clock["case_id"], "supervision_answered", **mine)
    if answered:
        return answered[0].at <= due
    return None if log.acts(clock["case_id"], "supervision_closed", **mine) else False


# The order goes on with other units, and what this one did or missed is counted.
_GOES_ON = {"redispatched", "lead_changed"}


def _units_clock(log: Log, clock: Said, due: datetime) -> bool | None:
    """In time, or not; None: it does not count."""
    mine = {"assignment_id": clock["assignment_id"]}
    if (
        RATES[clock["kind"]] == "response"
        and not log.acts(clock["case_id"], "case_accepted")[-1].said["citizen_reachable"]
    ):
        return None
    act = _act_of(log, clock, mine)
    if _no_longer_asked(log, clock, act):
        return None
    gone = _gone(log, clock, mine)
    if gone is not None and (gone.name == "dispute_opened" or gone.said.get("why") == "disputed"):
        return _disputed(clock, act, gone, due, pending=_pending(log, clock, mine, due))
    if gone is not None and not gone.said.get("late") and gone.said.get("why") not in _GOES_ON:
        return None  # in-time return, withdrawal, recall, end: in no denominator, whatever was done before
    if act is not None and (gone is None or act <= gone.at):
        return act <= due and not _denied(log, clock, act)
    if gone is not None:
        if gone.said.get("why") == "lead_changed":
            return False if due < gone.at else None  # what was overdue already stays so
        late = gone.name == "return_agreed" and gone.said.get("late")
        if late and clock["kind"] != "finish":
            late = log.acts(clock["case_id"], "return_requested", **mine)[-1].at > due
        return False if late else None
    return None if _pending(log, clock, mine, due) else False


def _disputed(clock: Said, act: datetime | None, gone: Act, due: datetime, *, pending: bool) -> bool | None:
    """Nobody's while it lasts: what was overdue stays so, and a late return counts as overdue."""
    if act is None and due < gone.at and not pending:
        return False
    if not gone.said.get("late"):
        return None
    if act is not None:
        return act <= due
    return False if clock["kind"] == "finish" else None


def _no_longer_asked(log: Log, clock: Said, act: datetime | None) -> bool:
    """A correction made it an emergency, or none: the contact that was waited for is another one then."""
    asks_emergency = {"contact": False, "first_response": True}.get(clock["kind"])
    for one in log.acts(clock["case_id"], "work_order_corrected", work_order_id=clock["work_order_id"]):
        overdue = clock["kind"] == "contact" and log.due[clock["clock_id"]][1] <= one.at
        turned = not overdue and asks_emergency is not None and bool(one.said["emergency_class"]) is not asks_emergency
        if turned and one.said["round"] == clock["round"] and (act is None or one.at < act):
            return True
    return False


def _act_of(log: Log, clock: Said, mine: Said) -> datetime | None:
    """When the unit did what the clock waits for."""
    case = clock["case_id"]
    if clock["kind"] == "finish":
        done = log.acts(case, "work_order_completed", **mine)
        instants = [done[0].said[k] for k in ("replied_at", "answered_at")] if done else []
        return max((datetime.fromisoformat(i) for i in instants), default=None)
    names = RESPONDED.get(clock["kind"], ("assignment_signed",))
    return min((a.at for a in log.acts(case, *names, **mine)), default=None)


def _gone(log: Log, clock: Said, mine: Said) -> Act | None:
    """The order left the unit without its act."""
    case = clock["case_id"]
    left = log.acts(case, "return_agreed", "assignment_released", **mine)
    if clock["kind"] == "finish":
        # Who makes a hazard safe meanwhile keeps the assignment, and no deadline.
        left += log.acts(case, "dispute_opened", work_order_id=clock["work_order_id"], made_safe_by=clock["unit"])
    return min(left, key=lambda a: a.at, default=None)


def _pending(log: Log, clock: Said, mine: Said, due: datetime) -> bool:
    """Asked for in time and not decided yet: a return, an extension, the review of the reply."""
    waits = [("return_requested", {"return_agreed", "return_refused"})]
    if clock["kind"] == "finish":
        waits.append(("extension_filed", {"extension_granted", "extension_refused"}))
        waits.append(("reply_submitted", {"reply_sent_back", "work_order_completed"}))
    for asked, decided in waits:
        last = log.acts(clock["case_id"], asked, *decided, **mine)[-1:]
        if last and last[0].name == asked and last[0].at <= due:
            return True
    return False


def _denied(log: Log, clock: Said, act: datetime) -> bool:
    """The citizen said in a revisit after it that nobody had called."""
    if RATES[clock["kind"]] != "response":
        return False
    visits = log.acts(clock["case_id"], "revisit_recorded", reached=True, **_round(clock))
    return any(v.said.get("contacted") is False and v.at >= act for v in visits)


def _opinions(log: Log, falls: Any) -> Iterator[tuple[Key, bool]]:
    """The latest word on each order counts, for the unit and the deadline of its round."""
    finish = {(c["work_order_id"], c["round"]): (c, due) for c, due in log.due.values() if c["kind"] == "finish"}
    for order in {key[0] for key in finish}:
        case = next(c["case_id"] for (o, _), (c, _) in finish.items() if o == order)
        rated = log.acts(case, "case_rated", work_order_id=order)
        asked = log.acts(case, "revisit_recorded", work_order_id=order, reached=True)
        visits, contents = ([v for v in asked if v.said.get(f) is not None] for f in ("solved", "satisfied"))
        answers = sorted([*(r for r in rated if r.said.get("solved") is not None), *visits], key=_weight)
        last = max([*rated, *visits, *contents], key=lambda a: a.at, default=None)
        if last is None or not falls(finish[order, last.said["round"]][1]):
            continue
        clock, _ = finish[order, last.said["round"]]
        place = (clock["city"], clock["unit"], _category(log, case))
        if answers:
            yield (*place, "solution"), bool(answers[-1].said["solved"])
        if contents:
            yield (*place, "revisit_satisfaction"), bool(contents[-1].said["satisfied"])
        explained = log.acts(case, "work_order_dispatched", **_round(clock))[-1].said.get("explain_only")
        if rated and rated[-1].said["handling_score"] and not explained:
            findings = log.acts(case, "rating_verified", work_order_id=order, round=rated[-1].said["round"])
            completed = log.acts(case, "work_order_completed", work_order_id=order)
            apart = completed[-1].said["handled_as"] or any(f.said["finding"] == "unreasonable" for f in findings)
            kpi = "satisfaction_apart" if apart else "satisfaction"
            yield (*place, kpi), bool(rated[-1].said["handling_satisfied"])


def _weight(answer: Act) -> tuple[int, bool]:
    """The latest round outweighs, then a visit a rating."""
    return answer.said["round"], answer.name == "revisit_recorded"


def families(counts: Mapping[Key, tuple[int, int]]) -> dict[tuple[str, str, str, str], tuple[int, int]]:
    """As reports and gauges give them: per city and category, and per city and unit."""
    found: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for (city, unit, category, kpi), (numerator, denominator) in counts.items():
        keys = [(city, "", category, kpi), *([(city, unit, "", kpi)] if unit else [])]
        for key in keys:
            found[key][0] += numerator
            found[key][1] += denominator
    return {key: (n, d) for key, (n, d) in found.items()}
