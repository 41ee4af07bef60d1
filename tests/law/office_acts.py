"""What the office does in the life of a case: disputes, supervision, force majeure, corrections, other limits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.law.moments import to_utc
from tests.law.stories import Story

Act = Callable[["Order"], None]
# As intake keeps them: of other law a limit, of the others a moment.
MOMENTS = ("agreement", "upstream", "leader")
LAW_UNITS = ("working_day", "working_day", "calendar_day", "working_hour", "clock_hour")


@dataclass
class Order:
    """What dispatch knows of one work order."""

    id: str
    round: int = 1
    occurrence: int = 0
    lead: str = ""
    """The lead's assignment; none while the order waits for a unit."""
    roles: dict[str, str] = field(default_factory=dict)
    cos: list[str] = field(default_factory=list)
    signed: set[str] = field(default_factory=set)
    returning: dict[str, bool] = field(default_factory=dict)
    """Assignments with a return under review, and whether it came late."""
    kind: str = ""
    """Of the last return that was asked for."""
    extension: str = ""
    route: str = ""
    extensions: int = 0
    proposed: str = ""
    """The assignment whose proposal to end the order waits for the office."""
    replied_at: datetime | None = None
    answered_at: datetime | None = None
    disputed: str = ""
    """The step that a dispute has come to."""
    safe: str = ""
    """The assignment that makes the place safe meanwhile."""
    supervised: list[str] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    supervisions: int = 0
    completed: bool = False
    verifying: bool = False
    away: bool = False
    """With another tenant."""
    over: bool = False


class OfficeActs:
    """Of one case."""

    def __init__(self, told: Story) -> None:
        self.told = told
        self.orders: list[Order] = []
        self.numbers = 0
        self.replied = self.over = False
        self.grounds: list[str] = []

    def next_assignment(self) -> str:
        self.numbers += 1
        return f"a{self.numbers}"

    def nobody_has(self, order: Order) -> None:
        order.lead = order.extension = order.proposed = ""
        order.cos, order.signed, order.returning, order.replied_at = [], set(), {}, None

    def unit(self, type: str, order: Order, assignment: str, **told: Any) -> None:
        """An act of one unit, or a decision on it."""
        named = {"work_order_id": order.id, "assignment_id": assignment, "unit": f"u-{assignment}"}
        self.told.tell(f"dispatch.{type}", **named, **told)

    def dispatch(self, order: Order) -> None:
        raise NotImplementedError

    def end(self, order: Order) -> None:
        raise NotImplementedError

    def office_acts(self, order: Order) -> list[Act]:
        """What it may do beside the handling."""
        found: list[Act] = []
        if not self.over and not self.replied:
            found += [self.correct, self.correct, self.set_limit]
            found += [self.lift_limit] if self.grounds else []
        if not order.over:
            found += [self.supervise] if order.lead else []
            found += [self.excuse] if order.lead or order.completed or order.disputed else []
        found += [self.answer_supervision, self.close_supervision] if order.supervised else []
        return found

    # -- whose is it? --------------------------------------------------------------------------------------------------

    def begin(self, order: Order) -> None:
        """Nobody clearly owns it: the first that happens to it is a dispute."""
        self.open_dispute(order)

    def open_dispute(self, order: Order) -> None:
        """The office takes it over; whoever leads may have to make the place safe meanwhile."""
        told = self.told
        late = any(order.returning.values())
        kept = order.lead if self.pack_makes_safe() and told.perhaps(0.4) else ""
        for who in filter(None, (order.lead, *order.cos)):
            if who != kept:
                self.unit("assignment_released", order, who, why="disputed", late=order.returning.get(who, False))
        signed = {kept} & order.signed
        self.nobody_has(order)
        order.safe, order.signed = kept, signed
        named = {"dispute_id": f"{order.id}-d", "round": order.round, "work_order_id": order.id}
        told.tell("dispatch.dispute_opened", late=late, made_safe_by=f"u-{kept}" if kept else "", **named)
        order.disputed = "opened"
        self.take_step(order)

    def pack_makes_safe(self) -> bool:
        return self.told.pack.ref.startswith("fujian")

    def dispute_acts(self, order: Order) -> list[Act]:
        found: list[Act] = [self.record_step, self.settle, self.settle, self.end]
        found += [self.take_step] if self._steps_after(order) else []
        if order.safe:
            found += [self.make_safe, self.make_safe]
        return found

    def _steps_after(self, order: Order) -> list[str]:
        steps = [
            rule.kind.removeprefix("dispute_") for rule in self.told.pack.rules if rule.kind.startswith("dispute_")
        ]
        return steps[steps.index(order.disputed) + 1 :] if order.disputed in steps else steps

    def take_step(self, order: Order) -> None:
        """Downwards; one that does not fit is left out."""
        order.disputed = self.told.chance.choice(self._steps_after(order))
        self._of_dispute("dispute_step_begun", order, dispute_step=order.disputed)

    def record_step(self, order: Order) -> None:
        self._of_dispute("dispute_step_recorded", order, dispute_step=order.disputed)

    def settle(self, order: Order) -> None:
        """Whom the step names must take it."""
        self._of_dispute("dispute_settled", order, decided_by=order.disputed)
        if order.safe:
            self.unit("assignment_released", order, order.safe, why="redispatched")
        order.disputed = order.safe = ""
        order.signed = set()
        self.dispatch(order)

    def make_safe(self, order: Order) -> None:
        if order.safe not in order.signed and self.told.perhaps(0.5):
            order.signed.add(order.safe)
            told = {"role": order.roles[order.safe], "citizen_reachable": self.told.facts["citizen_reachable"]}
            self.unit("assignment_signed", order, order.safe, **told)
        else:
            self.unit(self.told.chance.choice(("citizen_contacted", "progress_reported")), order, order.safe)

    def _of_dispute(self, type: str, order: Order, **told: Any) -> None:
        named = {"dispute_id": f"{order.id}-d", "round": order.round, "work_order_id": order.id}
        self.told.tell(f"dispatch.{type}", **named, **told)

    def link(self, order: Order) -> None:
        """Another tenant has handed it over: it waits for a unit here."""
        told = {"work_order_id": order.id, "pack": self.told.pack.ref}
        self.told.tell("dispatch.work_order_linked", **told, **self.told.facts)

    def hand_over(self, order: Order) -> None:
        order.away = True
        self.told.tell("dispatch.order_handed_over", work_order_id=order.id)

    def come_back(self, order: Order) -> None:
        order.away = False
        self.told.tell("dispatch.hand_over_returned", work_order_id=order.id)

    # -- supervision, force majeure ------------------------------------------------------------------------------------

    def supervise(self, order: Order) -> None:
        order.supervisions += 1
        order.supervised.append(f"{order.id}-s{order.supervisions}")
        ground = self.told.chance.choice(self.told.world.grounds[self.told.city])
        told = {"ground": ground, "written_reply": self.told.perhaps(0.7), "unit": f"u-{order.lead}"}
        self._of_supervision("supervision_opened", order, order.supervised[-1], round=order.round, **told)

    def answer_supervision(self, order: Order) -> None:
        open_ones = [id for id in order.supervised if id not in order.answered]
        if open_ones:
            order.answered.add(open_ones[-1])
            self._of_supervision("supervision_answered", order, open_ones[-1])

    def close_supervision(self, order: Order) -> None:
        id = order.supervised.pop(self.told.chance.randrange(len(order.supervised)))
        self._of_supervision("supervision_closed", order, id, finding="withdrawn", why="found")

    def _of_supervision(self, type: str, order: Order, id: str, **told: Any) -> None:
        self.told.tell(f"dispatch.{type}", work_order_id=order.id, supervision_id=id, **told)

    def excuse(self, order: Order) -> None:
        """不可抗力, also once it is completed."""
        named = self.told.world.excusable[self.told.city]
        clocks = sorted(self.told.chance.sample(named, self.told.chance.randint(1, len(named))))
        told = {"work_order_id": order.id, "round": order.round, "clocks": clocks}
        self.told.tell("dispatch.force_majeure_recorded", **told)

    # -- what the case is, and what else limits it ---------------------------------------------------------------------

    def correct(self, _order: Order) -> None:
        """By intake, and taken over by every order that is not ended."""
        told, chance = self.told, self.told.chance
        categories, classes, items = told.world.codes[told.city]
        names = ("category", "item", "emergency_class")
        old = {f"old_{name}": told.facts[name] for name in names}
        told.facts[chance.choice(names)] = ""
        new = {
            "category": told.facts["category"] or chance.choice(categories),
            "item": chance.choice((told.facts["item"], *items[:2])),
            "emergency_class": chance.choice((told.facts["emergency_class"], "", *classes)),
        }
        told.facts |= new
        told.tell("intake.case_corrected", **new, **old)
        at = told.now
        for order in self.orders:
            if not order.over:
                if told.perhaps(0.2):
                    told.wait()
                at_work = [a for a in filter(None, (order.lead or order.safe, *order.cos)) if a not in order.returning]
                named = [{"assignment_id": a, "unit": f"u-{a}", "role": order.roles[a]} for a in at_work]
                told.tell(
                    "dispatch.work_order_corrected",
                    at=at,
                    work_order_id=order.id,
                    round=order.round,
                    assignments=named if order.replied_at is None and not order.completed else [],
                    **new,
                    **old,
                )

    def set_limit(self, _order: Order) -> None:
        """One of each ground; the newest counts."""
        told, chance = self.told, self.told.chance
        ground = chance.choice(("other_law", "other_law", *MOMENTS))
        if ground == "other_law":
            unit = chance.choice(LAW_UNITS)
            limit: dict[str, Any] = {"limit_amount": chance.randint(1, 40), "limit_unit": unit, "rank": "law"}
        else:
            limit = {"due_at": to_utc(max(told.later(), told.now + timedelta(minutes=1)))}
        self.grounds = [*(one for one in self.grounds if one != ground), ground]
        told.tell("intake.case_limit_set", ground=ground, **limit)

    def lift_limit(self, _order: Order) -> None:
        ground = self.grounds.pop(self.told.chance.randrange(len(self.grounds)))
        self.told.tell("intake.case_limit_lifted", ground=ground)
