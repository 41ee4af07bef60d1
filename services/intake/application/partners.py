"""数据共享: petition and "Internet + supervision" tell what they handle and ask what the hotline does (N25 sec. 5).

Nothing is refused by it: a seat is shown what may be the same matter, and decides.
"""

from datetime import timedelta

from chassis.access import Role
from chassis.domain import NotFound
from chassis.erasure import forget_answers
from chassis.message import city_of, id_of
from chassis.privacy import mask, normalise_phone
from chassis.work import By, Work
from services.intake.application.masking import known_of
from services.intake.application.partner_hints import Person, hints, matters_of, person, person_behind
from services.intake.application.partner_messages import (
    EndPartnerMatter,
    FindHotlineMatters,
    FindPartnerMatters,
    TellPartnerMatter,
    WeighPartnerMatter,
)
from services.intake.application.partner_views import (
    HotlineMattersView,
    HotlineMatterView,
    PartnerHintsView,
    PartnerMatterView,
    saved_matter,
)
from services.intake.application.ports import HotlineMatters, Looks, Regimes, Turns
from services.intake.application.tables import case_of, citizen_of, commands, queries
from services.intake.application.views import CaseView, saved
from services.intake.domain import partner as partners
from services.intake.domain.case import Case
from services.intake.domain.citizen import Citizen, Vault
from services.intake.domain.likeness import likeness, pieces_of
from services.intake.domain.pack import Confidentiality
from services.intake.domain.partner import MatterState, PartnerMatter, Told
from services.intake.domain.partner_errors import PersonMissing, ReasonToGoOnMissing, TooManyMatters
from services.intake.domain.partner_rules import partner
from services.intake.domain.parts import PartnerDecision, PartnerLink

MOST_CASES = 100
"""Of one person, the newest, that are compared with what a partner asks about."""


@commands.on(TellPartnerMatter, roles={Role.PARTNER})
def tell_partner_matter(
    cmd: TellPartnerMatter, work: Work, *, regimes: Regimes, vault: Vault, turns: Turns
) -> PartnerMatterView:
    """The account is the platform: nobody tells, or ends, what is another's."""
    regime = regimes.of(cmd.city)
    rules, platform = partner(regime.rules.partners, work.principal.id, regime.pack_name)
    who = person(cmd.city, vault, phone=cmd.phone, identity=cmd.identity_number)
    source = f"{cmd.city}/{platform.code}/{cmd.number}"
    turns.take(work, f"partner/{source}", By(PartnerMatter, "source", source))
    one = next(iter(work.find_by(PartnerMatter, "source", source)), None)
    if one is None:
        _check_room(work, who, platform.code)
        one = PartnerMatter(
            work.new_id(), cmd.city, regime.pack_name, str(rules.basis), platform.code, cmd.number, told_at=work.now
        )
    one.tell(_told(cmd, who), now=work.now)
    work.save(one)
    return saved_matter(one)


def _check_room(work: Work, who: Person, platform: str) -> None:
    """Raises PersonMissing, TooManyMatters."""
    if not who.phones and not who.identities:
        raise PersonMissing(field="phone")
    of_person = [one for one in matters_of(work.as_it_stands, who) if one.platform == platform]
    if len(of_person) >= partners.MOST_OF_PERSON:
        raise TooManyMatters(most=partners.MOST_OF_PERSON)


def _told(cmd: TellPartnerMatter, who: Person) -> Told:
    known = [cmd.person_name, cmd.phone, normalise_phone(cmd.phone) or "", cmd.identity_number]
    subject, text, place = (mask(words, known) for words in (cmd.subject, cmd.text, cmd.place))
    return Told(subject, text, place, next(iter(who.phones), ""), next(iter(who.identities), ""))


@commands.on(EndPartnerMatter, roles={Role.PARTNER})
def end_partner_matter(cmd: EndPartnerMatter, work: Work, *, regimes: Regimes) -> PartnerMatterView:
    regime = regimes.of(cmd.city)
    _, platform = partner(regime.rules.partners, work.principal.id, regime.pack_name)
    found = work.find_by(PartnerMatter, "source", f"{cmd.city}/{platform.code}/{cmd.number}")
    if not found:
        raise NotFound(field="number")
    found[0].end(MatterState.ENDED, now=work.now)
    work.save(found[0])
    forget_answers(work, [found[0].id])
    return saved_matter(found[0])


@queries.on(FindHotlineMatters, roles={Role.PARTNER}, writes=True)
def find_hotline_matters(
    query: FindHotlineMatters,
    work: Work,
    *,
    regimes: Regimes,
    vault: Vault,
    looks: Looks,
    hotline_matters: HotlineMatters,
) -> HotlineMattersView:
    """Of what the partner describes, not of the person: other cases, and confidential ones, stay unseen."""
    regime = regimes.of(query.city)
    rules, platform = partner(regime.rules.partners, work.principal.id, regime.pack_name)
    who, read = person(query.city, vault, phone=query.phone), work.as_it_stands
    found: list[Case] = []
    citizens = [citizen for hashed in who.phones for citizen in read.find_by(Citizen, "phone_hash", hashed)]
    since, known = work.now - timedelta(days=rules.days), [query.phone, normalise_phone(query.phone) or ""]
    sought = pieces_of(mask(f"{query.subject}{query.text}", known))
    for citizen in citizens:
        of_citizen = hotline_matters.newest(work, citizen.id, size=MOST_CASES)
        open_to_all = [
            case for case in of_citizen
            if case.registered_at >= since and case.confidentiality is Confidentiality.NORMAL and not case.erased
        ]  # fmt: skip
        least = regime.rules.duplicates.likeness
        found += [case for case in open_to_all if likeness(sought, _pieces(case)) >= least]
    # Also that nobody was found: the person was looked for.
    id = citizens[0].id if citizens else ""
    numbers = ", ".join(case.number or "-" for case in found)
    looks.log_shared(
        work, city=query.city, citizen_id=id, case_id="", what=f"{platform.code}: {numbers}", purpose=query.purpose
    )
    return HotlineMattersView(
        matters=[
            HotlineMatterView(
                number=case.number,
                state=case.state,
                category=case.category,
                create_time=case.registered_at,
                close_time=case.closed_at,
            )
            for case in found
        ]
    )


def _pieces(case: Case) -> frozenset[str]:
    return pieces_of(f"{case.masked_subject}{case.masked_text}")


@queries.on(FindPartnerMatters, roles={Role.AGENT}, writes=True)
def find_partner_matters(
    query: FindPartnerMatters, work: Work, *, regimes: Regimes, vault: Vault, looks: Looks
) -> PartnerHintsView:
    """As RegisterCase has shown them, and what was told since."""
    read = work.as_it_stands
    case = case_of(read, query.name)
    found = hints(case, citizen_of(read, case), work, regimes.of(case.city), vault=vault, looks=looks)
    return PartnerHintsView(matters=found)


@commands.on(WeighPartnerMatter, roles={Role.AGENT})
def weigh_partner_matter(cmd: WeighPartnerMatter, work: Work, *, vault: Vault) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    one, read = work.get(PartnerMatter, id_of(cmd.matter, "partnerMatters")), work.as_it_stands
    if city_of(cmd.matter) != case.city or one.city != case.city:
        raise NotFound(field="matter")
    if cmd.decision is PartnerDecision.GOES_ON and not cmd.reason:
        raise ReasonToGoOnMissing(field="reason")
    of_person = {known.id for known in matters_of(read, person_behind(citizen_of(read, case), case, vault))}
    reason = mask(cmd.reason, known_of(case, read, vault))
    link = PartnerLink(one.id, one.platform, one.number, cmd.decision, reason, work.principal.id, work.now)
    partners.weigh(case, one, of_person, link)
    work.save(case)
    return saved(case, to_staff=True)
