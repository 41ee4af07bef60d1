"""集中诉求: proposals and active events for people, and what supervisors and seats do with them."""

from chassis.access import Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.message import city_of, id_of
from chassis.privacy import mask
from chassis.work import Read, Work
from services.intake.application.deciding import join
from services.intake.application.masking import known_of
from services.intake.application.mass_views import MassEventsView, MassEventView, mass_event_view, saved_event
from services.intake.application.messages import (
    BroadcastProgress,
    DeclareMassEvent,
    EndMassEvent,
    JoinMassEvent,
    ListMassEventProposals,
    ListMassEvents,
    SplitOffCase,
)
from services.intake.application.ports import Counter, MassEvents, Regimes
from services.intake.application.reading import PAGE
from services.intake.application.tables import STAFF, case_of, commands, may_see, queries
from services.intake.application.views import CaseView, saved
from services.intake.domain import errors, mass_event
from services.intake.domain.case import Case
from services.intake.domain.citizen import Vault
from services.intake.domain.mass_event import MassEvent, MassState

DECLARED = (MassState.ACTIVE, MassState.ENDED)


@queries.on(ListMassEventProposals, roles={Role.SUPERVISOR})
def list_mass_event_proposals(query: ListMassEventProposals, read: Read, *, mass_events: MassEvents) -> MassEventsView:
    return _page(query, [MassState.PROPOSED], read, mass_events)


@queries.on(ListMassEvents, roles=set(STAFF))
def list_mass_events(query: ListMassEvents, read: Read, *, mass_events: MassEvents) -> MassEventsView:
    """A seat needs what it says now; what is over is the office's."""
    seen = DECLARED if read.principal.has(Role.DISPATCHER, Role.SUPERVISOR) else (MassState.ACTIVE,)
    states = [state for state in seen if query.state in (None, state)]
    return _page(query, states, read, mass_events)


def _page(
    query: ListMassEvents | ListMassEventProposals, states: list[MassState], read: Read, rows: MassEvents
) -> MassEventsView:
    size = query.page_size or PAGE
    found = rows.page(read, city=query.city, states=states, size=size + 1, before=query.page_token)
    mains = read.get_all(Case, {event.main_case_id for event in found} - {""})
    more = found[size - 1].id if len(found) > size else ""
    shown = [mass_event_view(event, mains.get(event.main_case_id)) for event in found[:size]]
    return MassEventsView(mass_events=shown, next_page_token=more)


@commands.on(DeclareMassEvent, roles={Role.SUPERVISOR})
def declare_mass_event(cmd: DeclareMassEvent, work: Work, *, vault: Vault) -> MassEventView:
    main = case_of(work, cmd.main_case)
    if any(e.state is MassState.ACTIVE for e in work.find_by(MassEvent, "main_case_id", main.id)):
        raise errors.MassEventDeclaredAlready(field="main_case")
    if cmd.proposal:
        event = _event_of(work, cmd.proposal)
    else:
        event = MassEvent(work.new_id(), cmd.city, main.area, MassState.ACTIVE)
    told = mass_event.declare(
        event,
        main,
        # It travels in the event. What seats and the queue say is written for everybody, and names numbers to call.
        title=mask(cmd.title, known_of(main, work.as_it_stands, vault)),
        script=cmd.seat_script,
        voice=cmd.voice_notice,
        by=work.principal.id,
        now=work.now,
    )
    work.save(event, *told)
    return saved_event(event, main)


def _event_of(source: Work | Read, name: str, *, version: int = 0) -> MassEvent:
    """Raises NotFound, also when it lies in another city; VersionMovedOn."""
    event = source.get(MassEvent, id_of(name, "massEvents"))
    if event.city != city_of(name):
        raise NotFound()
    if version and version != event.version:
        raise VersionMovedOn(field="version")
    return event


@commands.on(JoinMassEvent, roles={Role.AGENT})
def join_mass_event(cmd: JoinMassEvent, work: Work, *, case_counter: Counter) -> CaseView:
    """The event is only looked at: seats that join at the same time wait for each other at the main case alone."""
    event = _event_of(work.as_it_stands, cmd.name)
    event.check_active()
    case = join(cmd.case, event.main_case_id, work, case_counter, version=cmd.version)
    return saved(case, to_staff=True)


@commands.on(BroadcastProgress, roles={Role.DISPATCHER, Role.SUPERVISOR})
def broadcast_progress(cmd: BroadcastProgress, work: Work, *, mass_events: MassEvents, vault: Vault) -> MassEventView:
    event = _event_of(work, cmd.name, version=cmd.version)
    event.check_active()
    main = work.as_it_stands.get(Case, event.main_case_id)
    text = mask(cmd.text, known_of(main, work.as_it_stands, vault))
    cases = [main.id, *mass_events.followers(work, main.id)]
    # Thousands may have joined; live cases do not wait for them.
    work.bulk = True
    work.save(event, *mass_event.broadcast(event, text, cases, by=work.principal.id, now=work.now))
    return saved_event(event, main)


@commands.on(EndMassEvent, roles={Role.SUPERVISOR})
def end_mass_event(cmd: EndMassEvent, work: Work) -> MassEventView:
    event = _event_of(work, cmd.name, version=cmd.version)
    main = work.as_it_stands.get_all(Case, [event.main_case_id]).get(event.main_case_id)
    work.save(event, *mass_event.end(event, by=work.principal.id, now=work.now))
    return saved_event(event, main)


def own_joined_case(cmd: SplitOffCase, work: Work) -> bool:
    """Agents split off for any citizen, citizens for themselves. Not locked: its main case is, before it."""
    case = work.as_it_stands.get_all(Case, [id_of(cmd.name, "cases")]).get(id_of(cmd.name, "cases"))
    return case is not None and may_see(work, case)


@commands.on(SplitOffCase, roles={Role.AGENT, Role.CITIZEN}, relation=own_joined_case)
def split_off_case(cmd: SplitOffCase, work: Work, *, regimes: Regimes) -> CaseView:
    main_id = case_of(work.as_it_stands, cmd.name).main_case_id
    # The main case first, as its reply does: whoever locked the two crosswise would wait for ever.
    main = work.find(Case, main_id) if main_id else None
    case = case_of(work, cmd.name, version=cmd.version)
    if case.main_case_id != main_id:
        raise VersionMovedOn(field="version")
    regime = regimes.of(case.city, case.pack if case.accepted_at else "")
    case.pack = regime.pack_name
    work.save(case, *mass_event.split_off(case, regime.rules, now=work.now))
    if main and main.joined_cases:
        main.joined_cases -= 1
        work.save(main)
    return saved(case)
