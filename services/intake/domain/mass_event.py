"""A mass event (集中诉求): many cases of one matter, proposed by the platform, declared by a supervisor, one order."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chassis.domain import Event, Transitions
from services.intake.domain import errors, events
from services.intake.domain.case import Case
from services.intake.domain.pack import IntakePack
from services.intake.domain.states import OPEN, State

# Of a proposal that nobody looks at the cases are counted on, not kept.
MOST_CASES = 200


class MassState(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    ENDED = "ended"


MASS = Transitions(
    {
        MassState.PROPOSED: {MassState.ACTIVE, MassState.ENDED},
        MassState.ACTIVE: {MassState.ENDED},
    },
    final={MassState.ENDED},
)


@dataclass
class Broadcast:
    number: int
    text: str
    at: datetime
    by: str
    cases: int


@dataclass
class MassEvent:
    id: str
    city: str
    area: str
    state: MassState
    title: str = ""
    main_case_id: str = ""
    seat_script: str = ""
    voice_notice: str = ""
    # The similar cases that made the platform propose it, and how many they are by now.
    cases: list[str] = field(default_factory=list)
    similar_cases: int = 0
    broadcasts: list[Broadcast] = field(default_factory=list)
    proposed_at: datetime | None = None
    declared_at: datetime | None = None
    declared_by: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    version: int = 0

    def note(self, case_id: str) -> None:
        """One more similar case while it is proposed."""
        if case_id in self.cases:
            return
        self.similar_cases += 1
        self.cases = [*self.cases, case_id][-MOST_CASES:]

    def check_active(self) -> None:
        """Raises MassEventNotActive."""
        if self.state is not MassState.ACTIVE:
            raise errors.MassEventNotActive(state=self.state)


def propose(id: str, case: Case, alike: list[str], *, minutes: int, now: datetime) -> tuple[MassEvent, list[Event]]:
    cases = [*alike, case.id]
    proposed = MassEvent(
        id, case.city, case.area, MassState.PROPOSED, cases=cases, similar_cases=len(cases), proposed_at=now
    )
    told = events.MassEventProposed(
        case_id=case.id,
        city=case.city,
        mass_event_id=id,
        area=case.area,
        similar_cases=len(cases),
        minutes=minutes,
        proposed_at=now,
    )
    return proposed, [told]


def declare(
    event: MassEvent, main: Case, *, title: str, script: str, voice: str, by: str, now: datetime
) -> list[Event]:
    """Also one that the platform has not proposed. Raises MainCaseNotOpen."""
    if main.state not in OPEN:
        raise errors.MainCaseNotOpen(field="main_case")
    if event.version:
        MASS.check(event.state, MassState.ACTIVE)
    event.state, event.main_case_id, event.area = MassState.ACTIVE, main.id, event.area or main.area
    event.title, event.seat_script, event.voice_notice = title, script, voice
    event.declared_at, event.declared_by = now, by
    told = events.MassEventDeclared(
        case_id=main.id,
        city=event.city,
        mass_event_id=event.id,
        area=event.area,
        title=title,
        declared_by=by,
        declared_at=now,
    )
    return [told]


def broadcast(event: MassEvent, text: str, cases: list[str], *, by: str, now: datetime) -> list[Event]:
    """One word to the citizen of every case, the main one too. Raises MassEventNotActive."""
    event.check_active()
    number = len(event.broadcasts) + 1
    event.broadcasts.append(Broadcast(number, text, now, by, len(cases)))
    return [
        events.MassProgressTold(
            case_id=id, city=event.city, mass_event_id=event.id, number=number, text=text, told_at=now
        )
        for id in cases
    ]


def end(event: MassEvent, *, by: str, now: datetime) -> list[Event]:
    """Those that joined go on following the main case."""
    declared = event.state is MassState.ACTIVE
    MASS.check(event.state, MassState.ENDED)
    event.state, event.ended_at, event.ended_by = MassState.ENDED, now, by
    told = events.MassEventEnded(
        case_id=event.main_case_id or event.cases[0],
        city=event.city,
        mass_event_id=event.id,
        title=event.title,
        how="ended" if declared else "turned_down",
        ended_at=now,
    )
    return [told]


def split_off(case: Case, pack: IntakePack, *, now: datetime) -> list[Event]:
    """拆单: a joined case that was not answered yet is accepted for itself.

    Raises NotJoined, AnonymousOwnRightsClaim.
    """
    if case.state is not State.JOINED:
        raise errors.NotJoined(state=case.state)
    main = case.main_case_id
    accepted = case.accept(pack, number=case.number, now=now)
    case.leave_orders()
    case.note("split_off", now)
    return [events.CaseSplitOff(case_id=case.id, city=case.city, main_case_id=main, split_off_at=now), *accepted]
