"""What the actors see and what they do: the seam between the pure plan and the driver.

The driver fills these from the services' responses (field names follow the protos, states are the lower-case enum
suffixes), asks `Actors` for the next action of each party, and carries it out at its time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cli.demo.cases import DemoCase


class Party(StrEnum):
    """On whose behalf the driver sends the command."""

    UNIT = "unit"
    DISPATCHER = "dispatcher"
    AGENT = "agent"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Action:
    """One command at one instant (UTC); `fields` are those of its request, without request_id and version."""

    at: datetime
    command: str
    party: Party
    fields: Mapping[str, object]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """One unit's part of a work order. `change_time`: when it came into its state."""

    name: str
    unit: str
    role: str
    state: str
    assign_time: datetime
    change_time: datetime
    sign_time: datetime | None = None
    contact_time: datetime | None = None
    answer_time: datetime | None = None
    reply_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExtensionView:
    name: str
    state: str
    file_time: datetime


@dataclass(frozen=True, slots=True)
class WorkOrderView:
    """A work order as the dispatchers see it. `change_time`: when it came into its state."""

    name: str
    state: str
    category: str
    change_time: datetime
    emergency_class: str = ""
    round: int = 1
    assignments: tuple[AssignmentView, ...] = ()
    extensions: tuple[ExtensionView, ...] = ()
    candidates: tuple[str, ...] = ()
    redo_classes: tuple[str, ...] = ()
    supervisions: tuple[str, ...] = ()
    dispute: str = ""


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A dispute about whose an order is. `taken`: the codes of its steps; the times are those of the present one."""

    name: str
    state: str
    taken: tuple[str, ...]
    participants: tuple[str, ...]
    step_time: datetime
    record_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class SupervisionView:
    """An open entry of the supervision ledger."""

    name: str
    unit: str
    state: str
    written_reply: bool
    open_time: datetime
    answer_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as the citizen sees it. `change_time`: when it came into its state."""

    name: str
    state: str
    change_time: datetime
    accept_time: datetime | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class SlaFacts:
    """What `sla` says about one assignment.

    Due instants by kind of clock (sign, contact, first_response, progress, finish, co_reply …), the last moment to ask
    for an extension, and the limit of the finish clock in working days.
    """

    due: Mapping[str, datetime] = field(default_factory=dict)
    last_extension_time: datetime | None = None
    finish_working_days: int = 0


@dataclass(frozen=True, slots=True)
class Scale:
    """The pack's rating scale, best step first; the first `satisfied` steps count as satisfied."""

    steps: tuple[str, ...]
    satisfied: int


@dataclass(frozen=True, slots=True)
class Scene:
    """One case on its way, as an actor is shown it.

    `done` counts the commands that succeeded for what is acted on: an assignment (units), an order (dispatchers) or the
    case (citizen, agent).
    """

    case: DemoCase
    now: datetime
    done: Mapping[str, int] = field(default_factory=dict)

    def did(self, command: str) -> int:
        return self.done.get(command, 0)
