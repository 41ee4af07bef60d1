"""专家: units name them, seats find who is on duty and put callers through, the office lists, ends and counts them."""

import json
from datetime import timedelta

from chassis.access import Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.erasure import forget_answers
from chassis.message import city_of, id_of
from chassis.privacy import mask
from chassis.work import Read, Work
from services.intake.application.deciding import seal_words
from services.intake.application.expert_messages import (
    EndExpert,
    FindExperts,
    ListExpertFigures,
    ListExperts,
    NameExpert,
    RecordExpertCall,
)
from services.intake.application.expert_views import (
    ExpertFiguresView,
    ExpertsView,
    ExpertView,
    FoundExpertsView,
    FoundExpertView,
    expert_view,
    saved_expert,
)
from services.intake.application.ports import Experts, Looks, Regimes, Turns
from services.intake.application.reading import PAGE
from services.intake.application.registering import check_place
from services.intake.application.tables import STAFF, case_of, commands, queries
from services.intake.application.views import CaseView, saved
from services.intake.domain import expert as experts
from services.intake.domain.case import ANSWER
from services.intake.domain.citizen import Vault
from services.intake.domain.expert import Expert, Hours, Sought, Term
from services.intake.domain.expert_errors import AnswerWithoutAnswering, ExpertAnswerMissing, FigurePeriodOutOfRange
from services.intake.domain.parts import ExpertOutcome
from services.intake.domain.telephone import expert_rules

LONGEST_DAYS = 366
_READERS = {*STAFF, Role.UNIT_LEADER}


def of_own_unit(cmd: NameExpert, work: Work) -> bool:
    """A leader names for their own unit, and nobody in their place."""
    return bool(work.principal.unit) and work.principal.unit == cmd.unit


def own_or_of_the_office(cmd: EndExpert, work: Work) -> bool:
    id = id_of(cmd.name, "experts")
    one = work.as_it_stands.get_all(Expert, [id]).get(id)
    own = one is not None and bool(work.principal.unit) and work.principal.unit == one.unit
    return own or work.principal.has(Role.SUPERVISOR)


@commands.on(NameExpert, roles={Role.UNIT_LEADER}, relation=of_own_unit)
def name_expert(
    cmd: NameExpert, work: Work, *, regimes: Regimes, vault: Vault, turns: Turns, expert_rows: Experts
) -> ExpertView:
    regime = regimes.of(cmd.city)
    check_place(regime, item="", area="", emergency_class="", unit=cmd.unit)
    hours = [Hours(sorted(set(one.days)), one.start, one.end) for one in cmd.hours]
    since = cmd.start_time or work.now
    # Words that recognise cases name nobody.
    keywords = [mask(word, [cmd.person_name, cmd.phone]) for word in dict.fromkeys(cmd.keywords)]
    term = Term(cmd.reached, list(dict.fromkeys(cmd.categories)), keywords, hours, since, cmd.end_time)
    term.check(regime.rules, regime.pack_name, work.now)
    turns.take(work, f"experts/{cmd.city}/{cmd.unit}")
    experts.check_room(expert_rows.named(work, city=cmd.city, unit=cmd.unit), work.now)
    id = work.new_id()
    one = Expert(
        id=id,
        city=cmd.city,
        unit=cmd.unit,
        pack=regime.pack_name,
        basis=str(expert_rules(regime.rules.experts, regime.pack_name).basis),
        term=term,
        sealed=vault.seal_staff(id, json.dumps([cmd.person_name, cmd.phone])),
        named_by=work.principal.id,
        named_at=work.now,
    )
    work.save(one)
    return saved_expert(one, person_name=cmd.person_name, now=work.now)


@commands.on(EndExpert, roles={Role.UNIT_LEADER, Role.SUPERVISOR}, relation=own_or_of_the_office)
def end_expert(cmd: EndExpert, work: Work, *, vault: Vault) -> ExpertView:
    one = _expert_of(work, cmd.name)
    if cmd.version and cmd.version != one.version:
        raise VersionMovedOn(field="version")
    one.end(reason=mask(cmd.reason, _opened(one, vault)), by=work.principal.id, now=work.now)
    work.save(one)
    forget_answers(work, [one.id])
    return saved_expert(one, person_name="", now=work.now)


@queries.on(ListExperts, roles=_READERS)
def list_experts(query: ListExperts, read: Read, *, expert_rows: Experts, vault: Vault) -> ExpertsView:
    """Without telephone numbers; a leader's own unit alone."""
    size, unit = query.page_size or PAGE, _unit_seen(read, query.unit)
    state = str(query.state or "")
    found = expert_rows.page(
        read, city=query.city, unit=unit, state=state, size=size + 1, before=query.page_token
    )  # fmt: skip
    more = found[size - 1].id if len(found) > size else ""
    return ExpertsView(
        experts=[expert_view(one, person_name=_opened(one, vault)[0], now=read.now) for one in found[:size]],
        next_page_token=more,
    )


@queries.on(FindExperts, roles={Role.AGENT}, writes=True)
def find_experts(
    query: FindExperts, work: Work, *, expert_rows: Experts, vault: Vault, looks: Looks
) -> FoundExpertsView:
    """With their numbers; the look is written down."""
    category, text, case_id = query.category, "", ""
    if query.case:
        if city_of(query.case) != query.city:
            raise NotFound(field="case")
        case = case_of(work.as_it_stands, query.case)
        category, case_id = category or case.category, case.id
        text = f"{case.masked_subject}\n{case.masked_text}"
    named = expert_rows.named(work, city=query.city, unit=query.unit)
    found = Sought(query.unit, category, text).among(named, work.now)
    if found:
        looks.log_experts(work, city=query.city, case_id=case_id, experts=[one.id for one in found])
    shown = [(one, *_opened(one, vault)) for one in found]
    return FoundExpertsView(
        experts=[
            FoundExpertView(expert=expert_view(one, person_name=name, now=work.now), phone=phone)
            for one, name, phone in shown
        ]
    )


@commands.on(RecordExpertCall, roles={Role.AGENT})
def record_expert_call(cmd: RecordExpertCall, work: Work, *, vault: Vault, expert_rows: Experts) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    one = _expert_of(work.as_it_stands, cmd.expert)
    if one.city != case.city:
        raise NotFound(field="expert")
    answered = cmd.outcome is ExpertOutcome.ANSWERED
    if answered and not cmd.answer:
        raise ExpertAnswerMissing(field="answer")
    if cmd.answer and not answered:
        raise AnswerWithoutAnswering(field="answer")
    answer = seal_words(case, vault, ANSWER, cmd.answer)
    told = experts.put_through(case, one, cmd.outcome, answer=answer, by=work.principal.id, now=work.now)
    work.save(case, *told)
    expert_rows.log(work, case, case.expert_calls[-1])
    return saved(case, to_staff=True)


@queries.on(ListExpertFigures, roles={Role.DISPATCHER, Role.SUPERVISOR, Role.UNIT_LEADER})
def list_expert_figures(query: ListExpertFigures, read: Read, *, expert_rows: Experts) -> ExpertFiguresView:
    """How often experts were asked, reached and answered in [start, end), by unit; a leader's own unit alone."""
    if not query.start_time < query.end_time <= query.start_time + timedelta(days=LONGEST_DAYS):
        raise FigurePeriodOutOfRange(field="end_time", days=LONGEST_DAYS)
    unit = _unit_seen(read, query.unit)
    return ExpertFiguresView(
        units=expert_rows.figures(read, city=query.city, unit=unit, since=query.start_time, until=query.end_time)
    )


def _unit_seen(read: Read, asked: str) -> str:
    """Raises NotFound for a leader who names another unit than their own."""
    who = read.principal
    if who.has(*STAFF):
        return asked
    if not who.unit or asked not in ("", who.unit):
        raise NotFound(field="unit")
    return who.unit


def _expert_of(source: Work | Read, name: str) -> Expert:
    one = source.get(Expert, id_of(name, "experts"))
    if one.city != city_of(name):
        raise NotFound()
    return one


def _opened(one: Expert, vault: Vault) -> tuple[str, str]:
    """Name and number; of an ended expert, none."""
    opened = vault.open_staff(one.id, one.sealed)
    name, phone = json.loads(opened) if opened else ("", "")
    return name, phone
