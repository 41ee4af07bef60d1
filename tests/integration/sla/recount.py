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

    # -- the counts ----------------------------------------------------------------------------------------------------

    def counts(self, held: set[str], start: datetime, end: datetime, as_of: datetime) -> Counts:
        """`held` are the clocks that wait for a decision now: in no denominator."""
        found: dict[Key, list[int]] = defaultdict(lambda: [0, 0])

        def add(city: str, unit: str, category: str, kpi: str, hit: bool) -> None:
            pair = found[city, unit, category, kpi]
            pair[0] += hit
            pair[1] += 1

        def falls(due: datetime) -> bool:
            return start <= due < end and due <= as_of

        finishes = {}
        for id, clock in self.clocks.items():
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
            add(clock.city, clock.unit, category, RATE[clock.kind], clock.outcome == "met" and not denied)
            if clock.kind == "finish":
                done = self.completed.get((clock.order, clock.round)) if clock.outcome in ("met", "late") else None
                add(clock.city, clock.unit, category, "completion", done is not None and done <= as_of)
        self._opinions(finishes, falls, add)
        for city, category, outcome, instant in self.decided.values():
            if falls(instant):
                if outcome != "refused":
                    add(city, "", category, "instant_answer", outcome == "answered")
                add(city, "", category, "refused", outcome == "refused")
        return {key: (n, d) for key, (n, d) in found.items()}

    def _opinions(self, finishes: dict[tuple[str, int], tuple[Watched, str]], falls: Any, add: Any) -> None:
        for order, said in self.opinions.items():
            rating = said.get("rating")
            clock, category = finishes[order, max(said.get("heard", 0), rating["round"] if rating else 0)]
            if not falls(clock.due):
                continue
            if "answer" in said:
                add(clock.city, clock.unit, category, "solution", said["answer"][1])
            if rating and rating["handling_score"]:
                kpi = "satisfaction_apart" if said.get("apart") or order in self.by_law else "satisfaction"
                add(clock.city, clock.unit, category, kpi, rating["handling_satisfied"])


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
