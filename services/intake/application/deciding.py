"""The seat's decision about a registered case, and the citizen's withdrawal."""

from collections.abc import Sequence

from chassis.access import Role
from chassis.domain import NotFound, Sealed
from chassis.message import id_of
from chassis.privacy import mask
from chassis.work import By, Work
from services.intake.application.gathering import meet
from services.intake.application.masking import known_of
from services.intake.application.messages import (
    AcceptCase,
    AnswerCase,
    JoinCase,
    RefuseCase,
    TransferCase,
    WithdrawCase,
)
from services.intake.application.ports import Counter, MassEvents, Regime, Regimes, Turns
from services.intake.application.registering import check_place, item_code, own_attributes
from services.intake.application.tables import case_of, commands, may_see
from services.intake.application.views import CaseView, saved
from services.intake.domain import errors
from services.intake.domain.case import ANSWER, REASON, Case
from services.intake.domain.citizen import Vault
from services.intake.domain.mass_event import MassEvent, MassState
from services.intake.domain.numbers import case_number, day_of
from services.intake.domain.pack import Confidentiality
from services.intake.domain.partner import sent_to
from services.intake.domain.repeats import explain_again
from services.intake.domain.states import State


@commands.on(AcceptCase, roles={Role.AGENT})
def accept_case(
    cmd: AcceptCase,
    work: Work,
    *,
    regimes: Regimes,
    case_counter: Counter,
    vault: Vault,
    mass_events: MassEvents,
    turns: Turns,
) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    regime, area = regimes.of(case.city), case.area
    known = known_of(case, work.as_it_stands, vault) if cmd.attributes else ()
    _correct(case, cmd, regime, known)
    if cmd.repeated_case:
        explain_again(case, case_of(work.as_it_stands, cmd.repeated_case), regime.rules.repeat)
    case.pack = regime.pack_name
    events = case.accept(regime.rules, number=_number(case, work, case_counter), now=work.now)
    work.save(case, *events)
    if case.area != area:
        meet(case, work, regime, mass_events, turns)
    return saved(case)


def _number(case: Case, work: Work, counter: Counter) -> str:
    if case.number:
        return case.number
    day = day_of(work.now)
    return case_number(case.city, day, counter.next(work, case.city, day))


def _correct(case: Case, cmd: AcceptCase, regime: Regime, known: Sequence[str]) -> None:
    check_place(regime, item=cmd.item, area=cmd.area, emergency_class=cmd.emergency_class)
    if cmd.category:
        category = regime.rules.category(cmd.category)
        case.category = category.code
        if case.confidentiality is Confidentiality.NORMAL:
            case.confidentiality = category.confidentiality
    case.item = item_code(cmd.item) or case.item
    case.area = cmd.area or case.area
    case.emergency_class = cmd.emergency_class or case.emergency_class
    case.attributes |= own_attributes(cmd.attributes, known)


@commands.on(AnswerCase, roles={Role.AGENT})
def answer_case(cmd: AnswerCase, work: Work, *, vault: Vault) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    article = cmd.article.rpartition("/")[2]
    events = case.answer_now(article_id=article, answer=seal_words(case, vault, ANSWER, cmd.answer), now=work.now)
    work.save(case, *events)
    return saved(case)


@commands.on(RefuseCase, roles={Role.AGENT})
def refuse_case(cmd: RefuseCase, work: Work, *, regimes: Regimes, vault: Vault) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    # It travels in the event in clear, and people write whom to call and under which number.
    numbers = [link.number for link in case.partner_links]
    authority = cmd.next_authority and mask(cmd.next_authority, [*known_of(case, work.as_it_stands, vault), *numbers])
    rules = regimes.of(case.city, case.pack).rules
    authority = authority or sent_to(case, cmd.ground, rules.partners)
    work.save(case, *case.refuse(rules, cmd.ground, next_authority=authority, now=work.now))
    return saved(case)


@commands.on(TransferCase, roles={Role.AGENT})
def transfer_case(cmd: TransferCase, work: Work, *, regimes: Regimes) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    line = regimes.of(case.city, case.pack).rules.line(cmd.line)
    work.save(case, *case.transfer(line.code, now=work.now))
    return saved(case)


@commands.on(JoinCase, roles={Role.AGENT})
def join_case(cmd: JoinCase, work: Work, *, case_counter: Counter) -> CaseView:
    return saved(join(cmd.name, id_of(cmd.main_case, "cases"), work, case_counter, version=cmd.version))


def join(name: str, main_id: str, work: Work, counter: Counter, *, version: int) -> Case:
    """The case follows the main one. Raises NotFound, HasJoinedCases, LeadsMassEvent, and as `Case.join`."""
    # Both at once and in order of id, so that two seats that join crosswise do not wait for each other.
    work.preload([By(Case, "id", id) for id in (id_of(name, "cases"), main_id)])
    case = case_of(work, name, version=version)
    main = work.get(Case, main_id)
    if main.city != case.city:
        raise NotFound(field="main_case")
    if work.find_by(Case, "main_case_id", case.id):
        raise errors.HasJoinedCases(field="name")
    if any(e.state is MassState.ACTIVE for e in work.find_by(MassEvent, "main_case_id", case.id)):
        raise errors.LeadsMassEvent(field="name")
    work.save(case, *case.join(main, number=_number(case, work, counter), now=work.now))
    main.joined_cases += 1
    work.save(main)
    return case


def own_case(cmd: WithdrawCase, work: Work) -> bool:
    """Agents withdraw for any citizen, citizens for themselves."""
    case = work.find(Case, id_of(cmd.name, "cases"))
    return case is not None and may_see(work, case)


@commands.on(WithdrawCase, roles={Role.AGENT, Role.CITIZEN}, relation=own_case)
def withdraw_case(cmd: WithdrawCase, work: Work, *, regimes: Regimes, vault: Vault) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    reason = seal_words(case, vault, REASON, cmd.reason)
    work.save(case, *case.withdraw(regimes.of(case.city, case.pack).rules, reason=reason, now=work.now))
    _let_followers_go_on(case, work)
    return saved(case)


def _let_followers_go_on(main: Case, work: Work) -> None:
    """The first of those that had joined leads now, for its citizen has withdrawn nothing."""
    # Those who were answered before a redo have their reply already.
    followers = [one for one in work.find_by(Case, "main_case_id", main.id) if one.state is State.JOINED]
    if not followers:
        return
    leader, *others = followers
    leader.joined_cases, main.joined_cases = len(others), 0
    work.save(leader, *leader.go_on_alone(now=work.now))
    for other in others:
        work.save(other, *other.follow_instead(leader, now=work.now))
    for event in work.find_by(MassEvent, "main_case_id", main.id):
        if event.state is MassState.ACTIVE:
            event.main_case_id = leader.id
            work.save(event)


def seal_words(case: Case, vault: Vault, field: str, text: str) -> Sealed | None:
    if not text or case.erased:
        return None
    return vault.seal(case.citizen_key, citizen_id=case.citizen_id, case_id=case.id, field=field, text=text)
