"""What callers get to see of a mass event, and of a case at its registration; fields as in the proto messages."""

from dataclasses import dataclass, field
from datetime import datetime

from services.intake.application.partner_views import PartnerHintView
from services.intake.application.restriction_views import CallerRestrictionView
from services.intake.application.views import CaseView, SimilarView, SuggestionView, case_name
from services.intake.domain.case import Case
from services.intake.domain.mass_event import MassEvent, MassState


@dataclass(frozen=True, slots=True)
class BroadcastView:
    number: int
    text: str
    time: datetime
    cases: int


@dataclass(frozen=True, kw_only=True)
class MassEventView:
    name: str
    state: MassState
    title: str
    area: str
    main_case: str
    seat_script: str
    voice_notice: str
    joined_cases: int
    cases: list[str]
    similar_cases: int
    propose_time: datetime | None
    declare_time: datetime | None
    end_time: datetime | None
    broadcasts: list[BroadcastView]
    version: int


@dataclass(frozen=True, kw_only=True)
class MassEventsView:
    mass_events: list[MassEventView]
    next_page_token: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisteredView:
    case: CaseView
    suggestions: list[SuggestionView] = field(default_factory=list)
    similar: list[SimilarView] = field(default_factory=list)
    proposed_emergency_class: str = ""
    mass_events: list[MassEventView] = field(default_factory=list)
    caller_restriction: CallerRestrictionView | None = None
    partner_matters: list[PartnerHintView] = field(default_factory=list)


def mass_event_view(event: MassEvent, main: Case | None, *, version: int | None = None) -> MassEventView:
    return MassEventView(
        name=f"cities/{event.city}/massEvents/{event.id}",
        state=event.state,
        title=event.title,
        area=event.area,
        main_case=case_name(event.city, event.main_case_id) if event.main_case_id else "",
        seat_script=event.seat_script,
        voice_notice=event.voice_notice,
        joined_cases=main.joined_cases if main else 0,
        cases=[case_name(event.city, id) for id in event.cases],
        similar_cases=event.similar_cases,
        propose_time=event.proposed_at,
        declare_time=event.declared_at,
        end_time=event.ended_at,
        broadcasts=[BroadcastView(b.number, b.text, b.at, b.cases) for b in event.broadcasts],
        version=event.version if version is None else version,
    )


def saved_event(event: MassEvent, main: Case | None) -> MassEventView:
    """With the version that the save at the end of the transaction will give."""
    return mass_event_view(event, main, version=event.version + 1)
