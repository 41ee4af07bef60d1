"""The KPIs once more, naively: plain Python over the envelopes of intake, dispatch and sla, no table of sla's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from chassis.events.envelope import Envelope

RATE = {
    "sign": "on_time_sign",
    "contact": "response",
    "first_response": "response",
    "finish": "on_time",
    "citizen": "case_on_time",
    "supervision_reply": "supervision_reply",
}
Key = tuple[str, str, str, str]  # city, unit, category, kpi
Counts = dict[Key, tuple[int, int]]


@dataclass
class Watched:
    """A clock as its events tell it."""

    city: str
    unit: str
    kind: str
    case: str
    order: str
    assignment: str
    round: int
    due: datetime
    outcome: str = ""
    stopped: datetime | None = None
    breached: bool = False


@dataclass
class Recount:
    """Reads the log once, then counts."""

    clocks: dict[str, Watched] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    decided: dict[str, tuple[str, str, str, datetime]] = field(default_factory=dict)
    opinions: dict[str, dict[str, Any]] = field(default_factory=dict)
    completed: dict[tuple[str, int], datetime] = field(default_factory=dict)
    pending: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    late: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    denied: dict[tuple[str, int], datetime] = field(default_factory=dict)
    by_law: set[str] = field(default_factory=set)
    reachable: dict[str, bool] = field(default_factory=dict)
    calls: list[dict[str, Any]] = field(default_factory=list)
    # By exclusion, with the instants between which it holds.
    exclusions: dict[str, dict[str, Any]] = field(default_factory=dict)
    # What the last count left out, by place and reason.
    left_out: dict[Key, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, log: Iterable[Envelope]) -> "Recount":
        recount = cls()
        for envelope in log:
            said = msgspec.json.decode(envelope.payload)
            _, name, _ = envelope.type.split(".")
            step = getattr(recount, f"_{name}", None)
            if step:
                step(said)
        return recount

    # -- the log -------------------------------------------------------------------------------------------------------

    def _case_accepted(self, e: dict[str, Any]) -> None:
        self.categories[e["case_id"]] = e["category"]
        self.reachable[e["case_id"]] = e["citizen_reachable"]
        self.decided[e["case_id"]] = (e["city"], e["category"], "accepted", _at(e["accepted_at"]))

    def _case_corrected(self, e: dict[str, Any]) -> None:
        self.categories[e["case_id"]] = e["category"]
        city, _, outcome, instant = self.decided[e["case_id"]]
        self.decided[e["case_id"]] = (city, e["category"], outcome, instant)

    def _case_answered(self, e: dict[str, Any]) -> None:
        self.decided[e["case_id"]] = (e["city"], e["category"], "answered", _at(e["answered_at"]))

    def _case_refused(self, e: dict[str, Any]) -> None:
        self.decided[e["case_id"]] = (e["city"], e["category"], "refused", _at(e["refused_at"]))

    def _call_recorded(self, e: dict[str, Any]) -> None:
        self.calls.append(e)

    def _return_agreed(self, e: dict[str, Any]) -> None:
        (self.late if e.get("late") else self.gone).add(e["assignment_id"])

    def _assignment_released(self, e: dict[str, Any]) -> None:
        if e["why"] == "lead_changed":
            self.replaced.add(e["assignment_id"])
        elif e["why"] != "redispatched":
            self.gone.add(e["assignment_id"])

    def _work_order_completed(self, e: dict[str, Any]) -> None:
        self.completed[e["work_order_id"], e["round"]] = _at(e["completed_at"])
        if e["handled_as"]:
            self.by_law.add(e["work_order_id"])

    def _case_rated(self, e: dict[str, Any]) -> None:
        said = self.opinions.setdefault(e["work_order_id"], {})
        said["rating"] = e
        self._solved(e, in_visit=False)

    def _revisit_recorded(self, e: dict[str, Any]) -> None:
        if not e["reached"]:
            return
        self._solved(e, in_visit=True)
        if e.get("satisfied") is not None:
            said = self.opinions.setdefault(e["work_order_id"], {})
            said["heard"] = e["round"]
            said["visit"] = e
        if e.get("contacted") is False:
            self.denied[e["work_order_id"], e["round"]] = _at(e["recorded_at"])

    def _solved(self, e: dict[str, Any], *, in_visit: bool) -> None:
        if e.get("solved") is None:
            return
        said = self.opinions.setdefault(e["work_order_id"], {})
        said["heard"] = e["round"]
        rank = (e["round"], in_visit)
        if rank >= said.get("answer", (rank, None))[0]:
            said["answer"] = (rank, e["solved"])

    def _rating_verified(self, e: dict[str, Any]) -> None:
        if e["finding"] == "unreasonable":
            self.opinions[e["work_order_id"]]["apart"] = True

    def _clock_started(self, e: dict[str, Any]) -> None:
        self.clocks[e["clock_id"]] = Watched(
            e["city"], e["unit"], e["kind"], e["case_id"], e["work_order_id"], e["assignment_id"], e["round"],
            _at(e["due_at"]),
        )  # fmt: skip

    def _clock_breached(self, e: dict[str, Any]) -> None:
        self.clocks[e["clock_id"]].breached = True

    def _breach_withdrawn(self, e: dict[str, Any]) -> None:
        self.clocks[e["clock_id"]].breached = False

    def _clock_moved(self, e: dict[str, Any]) -> None:
        self.clocks[e["clock_id"]].due = _at(e["due_at"])

    def _clock_stopped(self, e: dict[str, Any]) -> None:
        clock = self.clocks[e["clock_id"]]
        clock.outcome, clock.stopped = e["outcome"], _at(e["judged_at"])

    def _fact_excluded(self, e: dict[str, Any]) -> None:
        self.exclusions[e["exclusion_id"]] = {**e, "lifted_at": None}

    def _exclusion_lifted(self, e: dict[str, Any]) -> None:
        self.exclusions[e["exclusion_id"]]["lifted_at"] = e["lifted_at"]

    # -- the counts ----------------------------------------------------------------------------------------------------

    def counts(self, held: set[str], start: datetime, end: datetime, as_of: datetime) -> Counts:
        """`held` are the clocks that wait for a decision now: in no denominator."""
        found: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
        self.left_out = defaultdict(lambda: defaultdict(int))

        def add(city: str, unit: str, category: str, kpi: str, hit: bool, why_not: str = "") -> None:
            pair = found[city, unit, category, kpi]
            if why_not:
                self.left_out[city, unit, category, kpi][why_not] += 1
                return
            pair[0] += hit
            pair[1] += 1

        def falls(due: datetime) -> bool:
            return start <= due < end and due <= as_of

        finishes = {}
        for id, clock in self.clocks.items():
            if not clock.case:
                continue  # a duty of the office, in no rate
            category = self.categories[clock.case]
            overdue = clock.kind == "finish" or clock.breached
            returned_late = clock.outcome == "cancelled" and overdue and clock.assignment in self.late
            left_overdue = clock.outcome == "cancelled" and clock.breached and clock.assignment in self.replaced
            if clock.kind == "finish":
                finishes[clock.order, clock.round] = (clock, category)
            if clock.kind not in RATE or id in held or not falls(clock.due) or clock.assignment in self.gone:
                continue
            if clock.outcome in ("cancelled", "voided") and not (returned_late or left_overdue):
                continue
            said_no = self.denied.get((clock.order, clock.round))
            response = RATE[clock.kind] == "response"
            if response and not self.reachable[clock.case]:
                continue
            denied = response and said_no is not None and clock.stopped is not None and clock.stopped <= said_no
            in_time = clock.outcome == "met" and not denied
            why_not = self._why_not(as_of, id, clock, in_time)
            add(clock.city, clock.unit, category, RATE[clock.kind], in_time, why_not)
            if clock.kind == "finish":
                done = self.completed.get((clock.order, clock.round)) if clock.outcome in ("met", "late") else None
                add(clock.city, clock.unit, category, "completion", done is not None and done <= as_of, why_not)
        self._opinions(finishes, falls, add, as_of)
        for city, category, outcome, instant in self.decided.values():
            if falls(instant):
                if outcome != "refused":
                    add(city, "", category, "instant_answer", outcome == "answered")
                add(city, "", category, "refused", outcome == "refused")
        for call in self.calls:
            if call["direction"] == "inbound" and not call.get("restricted_until") and falls(_at(call["queued_at"])):
                waited = _at(call["answered_at"]) - _at(call["queued_at"]) if call.get("answered_at") else None
                add(call["city"], "", "", "call_answer", waited is not None)
                add(call["city"], "", "", "prompt_answer", waited is not None and waited.total_seconds() <= 15)
        return {key: (n, d) for key, (n, d) in found.items()}

    def _why_not(self, as_of: datetime, id: str, clock: Watched, in_time: bool) -> str:
        """The first reason, in order of the alphabet, for which a fact of a clock is left out at that instant."""
        of_redo = {"kind": "redo", "work_order_id": clock.order, "unit": clock.unit, "round": clock.round}
        missed = [] if in_time else [{"kind": kind, "clock_id": id} for kind in ("breach", "late_return")]
        return self._excluded(as_of, of_redo, *missed)

    def _excluded(self, as_of: datetime, *any_of: dict[str, Any]) -> str:
        found = []
        for e in self.exclusions.values():
            holds = _at(e["excluded_at"]) <= as_of and (e["lifted_at"] is None or _at(e["lifted_at"]) > as_of)
            if holds and any(all(e[name] == value for name, value in one.items()) for one in any_of):
                found.append(e["reason"])
        return min(found, default="")

    def _opinions(
        self, finishes: dict[tuple[str, int], tuple[Watched, str]], falls: Any, add: Any, as_of: datetime
    ) -> None:
        for order, said in self.opinions.items():
            rating = said.get("rating")
            clock, category = finishes[order, max(said.get("heard", 0), rating["round"] if rating else 0)]
            if not falls(clock.due):
                continue
            if "answer" in said:
                rank, solved = said["answer"]
                unsolved = {"kind": "unsolved", "work_order_id": order, "round": rank[0]}
                why_not = "" if solved else self._excluded(as_of, unsolved)
                add(clock.city, clock.unit, category, "solution", solved, why_not)
            if "visit" in said:
                visit = {"kind": "revisit", "work_order_id": order, "round": said["visit"]["round"]}
                satisfied = said["visit"]["satisfied"]
                why_not = "" if satisfied else self._excluded(as_of, visit)
                add(clock.city, clock.unit, category, "revisit_satisfaction", satisfied, why_not)
            if rating and rating["handling_score"]:
                kpi = "satisfaction_apart" if said.get("apart") or order in self.by_law else "satisfaction"
                rated = {"kind": "rating", "work_order_id": order, "round": rating["round"]}
                satisfied = rating["handling_satisfied"]
                why_not = "" if satisfied else self._excluded(as_of, rated)
                add(clock.city, clock.unit, category, kpi, satisfied, why_not)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
