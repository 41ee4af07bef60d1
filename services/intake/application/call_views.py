"""What callers get to see of a call; the fields are those of the proto messages."""

from dataclasses import dataclass
from datetime import datetime

from services.intake.application.views import case_name
from services.intake.domain.calls import BackState, Call, Direction, Outcome


@dataclass(frozen=True, kw_only=True)
class AttemptView:
    time: datetime
    reached: bool


@dataclass(frozen=True, kw_only=True)
class CallView:
    name: str
    line: str
    direction: Direction
    outcome: Outcome
    seat: str
    queue_time: datetime
    answer_time: datetime | None
    end_time: datetime
    create_time: datetime
    citizen: str
    number_known: bool
    has_recording: bool
    cases: list[str]
    call_back: BackState | None
    attempts: list[AttemptView]
    attempts_due: int
    due_time: datetime | None
    light: str
    pack: str
    version: int
    restricted_until: datetime | None


@dataclass(frozen=True, kw_only=True)
class CallsView:
    calls: list[CallView]
    next_page_token: str = ""


@dataclass(frozen=True, kw_only=True)
class CallContactView:
    phone: str = ""
    recording: str = ""


def call_name(city: str, id: str) -> str:
    return f"cities/{city}/calls/{id}"


def saved_call(call: Call) -> CallView:
    """With the version that the save at the end of the transaction will give."""
    return shown_call(call, version=call.version + 1)


def shown_call(call: Call, *, version: int | None = None) -> CallView:
    back = call.call_back
    owed = back if back and back.owed else None
    return CallView(
        name=call_name(call.city, call.id),
        line=call.line,
        direction=call.direction,
        outcome=call.outcome,
        seat=call.seat,
        queue_time=call.queued_at,
        answer_time=call.answered_at,
        end_time=call.ended_at,
        create_time=call.recorded_at,
        citizen=f"citizens/{call.citizen_id}",
        number_known=call.number_known,
        has_recording=call.recording is not None,
        cases=[case_name(call.city, id) for id in call.case_ids],
        call_back=back.state if back else None,
        attempts=[AttemptView(time=a.at, reached=a.reached) for a in back.attempts] if back else [],
        attempts_due=back.most if back else 0,
        due_time=owed.due_at if owed else None,
        light=str(owed.light) if owed and owed.light else "",
        pack=call.pack,
        version=call.version if version is None else version,
        restricted_until=call.restricted_until,
    )
