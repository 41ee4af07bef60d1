"""The work order (工单): where a case stands with the units, and how it goes from the queue to its end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chassis.domain import Event, NotFound, StepNotAllowed
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.corrections import Correction, OwnLimit
from services.dispatch.domain.errors import AlreadySignedByAUnit
from services.dispatch.domain.evaluations import Evaluation
from services.dispatch.domain.notes import (
    Allowance,
    AttachmentNote,
    ClockNote,
    Draft,
    EndProposal,
    Extension,
    ForceMajeure,
    HandedOver,
    Note,
    Passing,
    Reply,
    Statement,
)
from services.dispatch.domain.states import ORDER, AssignmentState, HandledAs, Light, Role, State


@dataclass
class WorkOrder:
    id: str
    city: str
    pack: str
    case: CaseCopy
    # Which of the case's orders it is, from 1.
    index: int
    created_at: datetime
    state: State = State.TO_DISPATCH
    round: int = 1
    dispatches: int = 0
    queued: int = 0
    agreed_returns: int = 0
    replies: int = 0
    dispatched_at: datetime | None = None
    changed_at: datetime | None = None
    why: str = ""
    candidates: list[str] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)
    force_majeure: list[ForceMajeure] = field(default_factory=list)
    clocks: dict[str, ClockNote] = field(default_factory=dict)
    attachments: list[AttachmentNote] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    own_limits: list[OwnLimit] = field(default_factory=list)
    passings: list[Passing] = field(default_factory=list)
    hand_overs: list[HandedOver] = field(default_factory=list)
    # The order of another tenant that was handed over and goes on in this one.
    linked_to: str = ""
    reply: Reply | None = None
    draft: Draft | None = None
    statements: list[Statement] = field(default_factory=list)
    end_proposals: list[EndProposal] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    # What the unit names one of with the reply of a redo.
    redo_classes: list[str] = field(default_factory=list)
    joined_cases: int = 0
    urgings: int = 0
    failed_messages: int = 0
    handled_as: HandledAs = HandledAs.ORDINARY
    acknowledged_at: datetime | None = None
    erased: bool = False
    # The dispute about whose it is, while that is open.
    dispute_id: str = ""
    # How often it was supervised, and which supervisions are open, by their ground.
    supervisions: int = 0
    supervised: dict[str, str] = field(default_factory=dict)
    version: int = 0

    # -- what it is --------------------------------------------------------------------------------------------------

    @property
    def number(self) -> str:
        """The case's number with the round and the index of the order in the case."""
        return f"{self.case.number}-{self.round:02d}-{self.index}"

    @property
    def home_city(self) -> str:
        """The tenant that accepted the case."""
        return self.case.home_city or self.city

    @property
    def lead(self) -> Assignment | None:
        return next((a for a in reversed(self.active()) if a.is_lead), None)

    @property
    def light(self) -> Light:
        """The worst light of its clocks."""
        lights = {note.light for note in self.clocks.values()}
        return next((light for light in (Light.RED, Light.YELLOW) if light in lights), Light.GREEN)

    @property
    def finish_clock(self) -> ClockNote | None:
        """The lead's finish clock of this round."""
        lead = self.lead
        notes = [note for note in self.clocks.values() if note.kind == "finish" and lead]
        return next((note for note in reversed(notes) if lead and note.assignment_id in {lead.id, ""}), None)

    @property
    def is_overdue(self) -> bool:
        """The lead's finish clock is red."""
        clock = self.finish_clock
        return clock is not None and clock.light is Light.RED

    def active(self) -> list[Assignment]:
        """Assignments of this round that were not released."""
        return [a for a in self.assignments if a.is_active and a.round == self.round]

    def assignment(self, id: str) -> Assignment:
        """Raises NotFound."""
        found = next((a for a in self.assignments if a.id == id), None)
        if found is None:
            raise NotFound()
        return found

    def extension(self, id: str) -> Extension:
        """Raises NotFound."""
        found = next((e for e in self.extensions if e.id == id), None)
        if found is None:
            raise NotFound()
        return found

    def involves(self, unit: str) -> bool:
        """Whether the unit has, or had, a part in it."""
        return bool(unit) and any(a.unit == unit for a in self.assignments)

    def has_part(self, unit: str) -> bool:
        """Whether the unit has a part in it that it has not given back or lost."""
        return bool(unit) and any(a.unit == unit and a.is_active for a in self.assignments)

    @property
    def just_returned_by(self) -> str:
        """The unit whose agreed return brought it back, as long as no other lead had it since."""
        last = next((a for a in reversed(self.assignments) if a.is_lead), None)
        agreed = last is not None and not last.is_active and last.returns and last.returns[-1].outcome == "agreed"
        return last.unit if last and agreed else ""

    # -- how it goes -------------------------------------------------------------------------------------------------

    def move(self, state: State, now: datetime, *, only_from: State | None = None) -> None:
        """`only_from`: the table leads there from other states too, by other steps."""
        if only_from and self.state is not only_from:
            raise StepNotAllowed(state=str(self.state), step=str(state))
        ORDER.check(self.state, state)
        self.state = state
        self.changed_at = now

    def queue(self, *, why: str, candidates: Sequence[str], now: datetime) -> Event:
        """To the dispatchers' queue: no unit could be chosen."""
        if self.state is not State.TO_DISPATCH:
            self.move(State.TO_DISPATCH, now)
        self.changed_at = now
        self.queued += 1
        self.why, self.candidates = why, list(candidates)
        return events.WorkOrderQueued(
            case_id=self.case.case_id,
            city=self.city,
            pack=self.pack,
            work_order_id=self.id,
            why=why,
            candidates=tuple(candidates),
            queued_at=now,
            occurrence=self.queued,
            category=self.case.category,
        )

    def dispatch(
        self,
        choice: Choice,
        *,
        ids: Iterator[str],
        now: datetime,
        after_return: bool = False,
        redo: bool = False,
        why: str = "redispatched",
    ) -> list[Event]:
        """派单: to the lead and the co-units. Co-units that stay keep their assignment, others are released.

        What is completed goes out again by a redo only, what is disputed by a step of the ladder.
        """
        waiting = State.DISPUTED if choice.fixed_by else State.TO_DISPATCH
        self.move(State.DISPATCHED, now, only_from=None if redo else waiting)
        stay = {a.unit: a for a in self.active() if a.role is Role.CO and a.unit in choice.co_units}
        happened = self.release(now, why=why, keep=[a.id for a in stay.values()])
        lead_role = Role.FALLBACK_LEAD if choice.fallback else Role.LEAD
        wanted = [(choice.lead, lead_role), *((unit, Role.CO) for unit in choice.co_units if unit not in stay)]
        new = [Assignment(next(ids), unit, role, self.round, now, fixed_by=choice.fixed_by) for unit, role in wanted]
        self.assignments += new
        self.dispatches += 1
        self.dispatched_at = now
        self.why, self.candidates = "", []
        self.forget_clocks(keep=stay.values())
        return [*happened, self._dispatched(choice, new, now, after_return)]

    def _dispatched(self, choice: Choice, new: Sequence[Assignment], now: datetime, after_return: bool) -> Event:
        return events.WorkOrderDispatched(
            case_id=self.case.case_id,
            city=self.city,
            pack=self.pack,
            work_order_id=self.id,
            number=self.number,
            round=self.round,
            occurrence=self.dispatches,
            assignments=tuple(
                events.DispatchedAssignment(assignment_id=a.id, unit=a.unit, role=str(a.role)) for a in new
            ),
            category=self.case.category,
            item=self.case.item,
            emergency_class=self.case.emergency_class,
            citizen_reachable=self.case.citizen_reachable,
            step=choice.step,
            rule=choice.rule,
            dispatched_at=now,
            after_return=after_return,
            explain_only=self.case.explain_only,
        )

    def forget_clocks(self, keep: Iterable[Assignment] = ()) -> None:
        """Units that stay keep their own clocks; those of the lead and of the whole order start anew."""
        staying = {a.id for a in keep}
        self.clocks = {id: note for id, note in self.clocks.items() if note.assignment_id in staying}

    def release(self, now: datetime, *, why: str, keep: Sequence[str] = ()) -> list[Event]:
        """Ends the active assignments without a reply of their own."""
        released = [a for a in self.active() if a.id not in keep]
        for assignment in released:
            assignment.move(AssignmentState.RELEASED)
            assignment.released_at = now
        return [
            events.AssignmentReleased(
                case_id=self.case.case_id,
                city=self.city,
                work_order_id=self.id,
                assignment_id=a.id,
                unit=a.unit,
                why=why,
                released_at=now,
                late=a.returned_late,
            )
            for a in released
        ]

    def recall(self, *, now: datetime) -> list[Event]:
        """撤回: by a dispatcher, before anybody signed."""
        if any(a.state is not AssignmentState.ASSIGNED for a in self.active()):
            raise AlreadySignedByAUnit()
        self.move(State.TO_DISPATCH, now)
        recalled = events.WorkOrderRecalled(
            case_id=self.case.case_id,
            city=self.city,
            work_order_id=self.id,
            occurrence=self.dispatches,
            recalled_at=now,
        )
        self.why = "recalled"
        return [*self.release(now, why="recalled"), recalled]

    def end(self, *, ground: str, basis: str, next_authority: str, now: datetime, why: str = "ended") -> list[Event]:
        """No further handling, with ground, basis and the competent authority."""
        self.move(State.ENDED, now)
        self.why, self.dispute_id = ground, ""
        self.clocks = {}
        ended = events.WorkOrderEnded(
            case_id=self.case.case_id,
            city=self.city,
            work_order_id=self.id,
            ground=ground,
            basis=basis,
            next_authority=next_authority,
            ended_at=now,
        )
        return [*self.release(now, why=why), ended]

    def erase(self) -> None:
        """The citizen is erased: no text of theirs stays, and nothing can be sealed to them any more."""
        self.case.masked_subject = self.case.masked_text = ""
        self.case.attributes, self.case.citizen_key = {}, b""
        self.notes, self.attachments, self.erased = [], [], True
        for request in (request for assignment in self.assignments for request in assignment.returns):
            request.reason = request.basis = None
        for extension in self.extensions:
            extension.reason = extension.basis = None
        for reply in (self.reply, self.draft.reply if self.draft else None):
            if reply:
                reply.erase()
