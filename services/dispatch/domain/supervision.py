"""The supervision ledger (督办台账): one entry for each order and ground at a time, from its opening to a finding.

An entry holds no words of anybody: what is written about it lies sealed among the notes of its order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.domain import Event, Sealed
from services.dispatch.domain import events
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.errors import AlreadySupervised, AnswerMissing
from services.dispatch.domain.notes import Note
from services.dispatch.domain.states import SUPERVISION, Light, State, SupervisionFinding, SupervisionState
from services.dispatch.domain.supervision_rules import Method, Opener, SupervisionGround
from services.dispatch.domain.work_order import WorkOrder

FOUND = "found"
# What is opened by hand, as its entry tells it.
BY_HAND = {Opener.CITY: "hand", Opener.PROVINCE: "province", Opener.LINE_DEPARTMENT: "line_department"}


@dataclass
class Supervision:
    id: str
    city: str
    pack: str
    case_id: str
    work_order_id: str
    number: str
    # Empty while nobody leads the order.
    unit: str
    ground: str
    methods: list[Method]
    written_reply: bool
    # "rule", "hand", "province" or "line_department".
    opened_by: str
    opened_at: datetime
    decides_case: bool = False
    # The clock whose light opened it, and whether it ends with that clock.
    clock_id: str = ""
    ends_with_clock: bool = False
    state: SupervisionState = SupervisionState.OPEN
    due_at: datetime | None = None
    light: Light = Light.GREEN
    answered_at: datetime | None = None
    finding: str = ""
    why: str = ""
    closed_at: datetime | None = None
    # The number of the line whose department has opened it.
    line: str = ""
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.state is not SupervisionState.CLOSED

    @property
    def by_province(self) -> bool:
        """The city's office owes the province's an answer, no unit; it is closed where it was opened."""
        return self.opener is Opener.PROVINCE

    @property
    def opener(self) -> Opener:
        """Whoever may close it by a finding; what a rule has opened is the city's."""
        return next((opener for opener, by in BY_HAND.items() if by == self.opened_by), Opener.CITY)

    @property
    def place(self) -> str:
        """By which the order knows it while it is open: departments of two lines may ask for the same reason."""
        return place(self.ground, self.line)

    @property
    def overdue(self) -> bool:
        """Its written reply is late and still missing."""
        return self.state is SupervisionState.OPEN and self.light is Light.RED

    def move(self, state: SupervisionState) -> None:
        SUPERVISION.check(self.state, state)
        self.state = state


def place(ground: str, line: str) -> str:
    return f"{ground}/{line}" if line else ground


def open_on(
    order: WorkOrder,
    ground: SupervisionGround,
    *,
    id: str,
    part: Assignment | None,
    methods: Sequence[Method] = (),
    by: str,
    clock_id: str = "",
    line: str = "",
    now: datetime,
) -> tuple[Supervision, Event]:
    """督办: at most one open entry for each ground of an order, and line. Raises AlreadySupervised."""
    if place(ground.code, line) in order.supervised:
        raise AlreadySupervised(ground=ground.code)
    order.supervisions += 1
    order.supervised[place(ground.code, line)] = id
    opened = Supervision(
        id=id,
        city=order.city,
        pack=order.pack,
        case_id=order.case.case_id,
        work_order_id=order.id,
        number=f"{order.number}-D{order.supervisions:02d}",
        unit=part.unit if part else "",
        ground=ground.code,
        methods=list(methods or ground.methods),
        # Nobody can be asked to write who is not named yet.
        written_reply=ground.written_reply and part is not None,
        opened_by=by,
        opened_at=now,
        decides_case=ground.decides_case,
        clock_id=clock_id,
        ends_with_clock=ground.ends_with_clock,
        line=line,
    )
    return opened, _opened(order, opened, ground)


def answer(order: WorkOrder, supervision: Supervision, *, text: Sealed | None, now: datetime) -> Event:
    """书面回复: by the unit that is supervised, or the office that the province asks, once."""
    supervision.move(SupervisionState.ANSWERED)
    supervision.answered_at, supervision.light = now, Light.GREEN
    order.notes.append(Note("supervision_answer", supervision.unit, now, text))
    return events.SupervisionAnswered(
        case_id=supervision.case_id,
        city=supervision.city,
        work_order_id=supervision.work_order_id,
        supervision_id=supervision.id,
        number=supervision.number,
        unit=supervision.unit,
        ground=supervision.ground,
        answered_at=now,
    )


def close(
    order: WorkOrder, supervision: Supervision, *, finding: SupervisionFinding, why: str = FOUND, now: datetime
) -> Event:
    """结办. Rectified is found only of what was answered, where a written reply is owed. Raises AnswerMissing."""
    owed = (supervision.written_reply or supervision.by_province) and supervision.state is SupervisionState.OPEN
    if why == FOUND and owed and finding is SupervisionFinding.RECTIFIED:
        raise AnswerMissing()
    supervision.move(SupervisionState.CLOSED)
    supervision.finding, supervision.why, supervision.closed_at = str(finding), why, now
    supervision.light = Light.GREEN
    if order.supervised.get(supervision.place) == supervision.id:
        del order.supervised[supervision.place]
    return events.SupervisionClosed(
        case_id=supervision.case_id,
        city=supervision.city,
        work_order_id=supervision.work_order_id,
        supervision_id=supervision.id,
        number=supervision.number,
        unit=supervision.unit,
        ground=supervision.ground,
        finding=supervision.finding,
        why=why,
        closes_case=supervision.decides_case,
        closed_at=now,
    )


def let_go(order: WorkOrder, supervision: Supervision) -> str:
    """Why nothing is left to supervise, as a code; empty while there is. What the province asks, only it ends."""
    if supervision.by_province:
        return ""
    if order.state is State.ENDED:
        return "order_ended"
    parts = {a.unit for a in order.active()}
    return "unit_released" if supervision.unit and supervision.unit not in parts else ""


def _opened(order: WorkOrder, opened: Supervision, ground: SupervisionGround) -> Event:
    return events.SupervisionOpened(
        case_id=opened.case_id,
        city=opened.city,
        pack=opened.pack,
        work_order_id=opened.work_order_id,
        supervision_id=opened.id,
        number=opened.number,
        unit=opened.unit,
        ground=opened.ground,
        methods=tuple(str(method) for method in opened.methods),
        written_reply=opened.written_reply,
        opened_by=opened.opened_by,
        rule=ground.basis.rule,
        article=ground.basis.article,
        round=order.round,
        opened_at=opened.opened_at,
    )
