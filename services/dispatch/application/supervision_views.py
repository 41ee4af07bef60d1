"""What callers are shown of the supervision ledger; the fields are those of the proto responses."""

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.domain.states import Light, SupervisionState
from services.dispatch.domain.supervision import Supervision
from services.dispatch.domain.supervision_rules import SupervisionGround


@dataclass(frozen=True)
class SupervisionView:
    name: str
    number: str
    work_order: str
    case: str
    unit: str
    ground: str
    ground_zh: str
    ground_en: str
    basis: str
    methods: list[str]
    state: SupervisionState
    opened_by: str
    written_reply: bool
    due_time: datetime | None
    light: Light
    open_time: datetime
    answer_time: datetime | None
    close_time: datetime | None
    finding: str
    why: str
    decides_case: bool
    pack: str
    version: int
    line: str


@dataclass(frozen=True)
class SupervisionPage:
    supervisions: list[SupervisionView]
    next_page_token: str


def saved_supervision(entry: Supervision, ground: SupervisionGround) -> SupervisionView:
    """The view of an entry that is saved in this transaction, with the version it will have then."""
    return supervision_view(entry, ground, version=entry.version + 1)


def supervision_view(entry: Supervision, ground: SupervisionGround, *, version: int = 0) -> SupervisionView:
    order = f"cities/{entry.city}/workOrders/{entry.work_order_id}"
    return SupervisionView(
        name=f"{order}/supervisions/{entry.id}",
        number=entry.number,
        work_order=order,
        case=f"cities/{entry.city}/cases/{entry.case_id}",
        unit=entry.unit,
        ground=entry.ground,
        ground_zh=ground.zh,
        ground_en=ground.en,
        basis=str(ground.basis),
        methods=[str(method) for method in entry.methods],
        state=entry.state,
        opened_by=entry.opened_by,
        written_reply=entry.written_reply,
        due_time=entry.due_at,
        light=entry.light,
        open_time=entry.opened_at,
        answer_time=entry.answered_at,
        close_time=entry.closed_at,
        finding=entry.finding,
        why=entry.why,
        decides_case=entry.decides_case,
        pack=entry.pack,
        version=version or entry.version,
        line=entry.line,
    )
