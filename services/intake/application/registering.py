"""RegisterCase: the contact becomes a case; nothing of the caller stays in clear."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from chassis.access import Principal, Role, system
from chassis.domain import DomainError, Sealed
from chassis.privacy import mask, normalise_phone
from chassis.questions import Questions
from chassis.work import By, Work
from services.intake.application.gathering import meet
from services.intake.application.masking import known_about
from services.intake.application.mass_views import RegisteredView, mass_event_view
from services.intake.application.messages import CallerFields, RegisterCase
from services.intake.application.partner_hints import hints
from services.intake.application.ports import Looks, MassEvents, Regime, Regimes, SimilarCases, Turns
from services.intake.application.restricted import restricted
from services.intake.application.tables import commands
from services.intake.application.views import SimilarView, SuggestionView, case_name, saved
from services.intake.domain import errors
from services.intake.domain.case import SUBJECT, TEXT, Case
from services.intake.domain.citizen import ADDRESS, IDENTITY, NAME, PHONE, Citizen, Vault
from services.intake.domain.lines import HOTLINE
from services.intake.domain.parts import Upstream
from services.intake.domain.states import Channel

SUGGEST_LIMIT_SECONDS = 0.8
SUGGEST_AT_MOST = 10_000
"""Characters that knowledge takes."""
_OWN_CHANNELS = {
    Role.PORTAL: frozenset({Channel.WEB, Channel.SMS, Channel.APP}),
    Role.PLATFORM: frozenset({Channel.PLATFORM}),
}


def suggest_articles(cmd: RegisterCase, questions: Questions) -> dict[str, Any]:
    """Asks knowledge with the masked text, before the transaction; no answer means no suggestions."""
    subject, text = _masked(cmd)
    try:
        answer = questions.ask(
            system("intake"),
            "knowledge",
            "suggest",
            limit=SUGGEST_LIMIT_SECONDS,
            city=cmd.city,
            text=f"{subject}\n{text}"[:SUGGEST_AT_MOST],
        )
    except DomainError:
        answer = []
    return {"masked": (subject, text), "suggestions": answer}


def _masked(cmd: RegisterCase) -> tuple[str, str]:
    known = _known(cmd.caller)
    return mask(cmd.subject, known), mask(cmd.text, known)


def _known(caller: CallerFields) -> list[str]:
    """What tells who the caller is, to be found again in their words."""
    return [caller.name, caller.phone, caller.address, caller.identity_number, normalise_phone(caller.phone) or ""]


def own_attributes(given: Mapping[str, str], known: Iterable[str] = ()) -> dict[str, str]:
    """The facts that a caller may state."""
    return {name: mask(value, known) for name, value in given.items()}


@commands.on(RegisterCase, roles={Role.AGENT, Role.PORTAL, Role.PLATFORM}, ask=suggest_articles)
def register_case(
    cmd: RegisterCase,
    work: Work,
    *,
    regimes: Regimes,
    vault: Vault,
    similar_cases: SimilarCases,
    turns: Turns,
    mass_events: MassEvents,
    looks: Looks,
) -> RegisteredView:
    regime = regimes.of(cmd.city)
    _check_channel(work.principal, cmd.channel)
    check_place(regime, item=cmd.item, area=cmd.area, emergency_class=cmd.emergency_class, unit=cmd.respondent_unit)
    _check_dialled(cmd, regime, work)
    if cmd.said_time is not None and cmd.said_time > work.now:
        raise errors.SaidInTheFuture(field="said_time")
    citizen = _citizen(cmd, work, vault, turns)
    told = dict(zip(citizen.contact or (), known_about(citizen, (), vault), strict=False))  # none if unreadable
    _learn(cmd.caller, citizen, work, vault, told)
    case = _case(cmd, work, regime, citizen, vault, told.values())
    rule = regime.rules.duplicates
    since = work.now - timedelta(days=rule.days)
    alike = similar_cases.find(work, case, since=since, least=rule.likeness, most=rule.most)
    met = meet(case, work, regime, mass_events, turns)
    to_seat = work.principal.has(Role.AGENT)
    if not to_seat:
        # They speak for one citizen, who may see no other's case; and a number is half of the right to look it up.
        alike, met = [], []
    work.shows(Case, [s.id for s in alike])
    work.save(case)
    shared = hints(case, citizen, work, regime, vault=vault, looks=looks) if to_seat else []
    return RegisteredView(
        case=saved(case),
        suggestions=_suggestions(work.answers.get("suggestions")),
        similar=[
            SimilarView(name=case_name(case.city, s.id), number=s.number, subject=s.subject, score=s.score)
            for s in alike
        ],
        proposed_emergency_class=regime.rules.propose_emergency_class(case.masked_subject, case.masked_text),
        mass_events=[mass_event_view(event, None) for event in met],
        caller_restriction=restricted(citizen, work.as_it_stands, regime) if to_seat and citizen.version else None,
        partner_matters=shared,
    )


def _check_channel(principal: Principal, channel: Channel) -> None:
    if principal.has(Role.AGENT):
        return
    own = frozenset[Channel]().union(*(channels for role, channels in _OWN_CHANNELS.items() if principal.has(role)))
    if channel not in own:
        raise errors.ChannelNotYours(field="channel", channel=channel)


def _check_dialled(cmd: RegisterCase, regime: Regime, work: Work) -> None:
    """Raises UnknownNumber."""
    number = cmd.dialled_number
    if number not in {"", HOTLINE} and regime.numbers.at(number, cmd.said_time or work.now) is None:
        raise errors.UnknownNumber(field="dialled_number", number=number)


def check_place(regime: Regime, *, item: str, area: str, emergency_class: str, unit: str = "") -> None:
    """Raises UnknownItem, UnknownArea, UnknownUnit, UnknownEmergencyClass."""
    if item and item_code(item) not in regime.items:
        raise errors.UnknownItem(field="item", item=item)
    if area and area not in regime.areas:
        raise errors.UnknownArea(field="area", city=regime.city, area=area)
    if unit and regime.units and unit not in regime.units:
        raise errors.UnknownUnit(field="respondent_unit", city=regime.city, unit=unit)
    if emergency_class:
        regime.rules.emergency_class(emergency_class)


def item_code(item: str) -> str:
    """ "7" is written "07" in the list."""
    return item.zfill(2) if item.isdigit() else item


def _citizen(cmd: RegisterCase, work: Work, vault: Vault, turns: Turns) -> Citizen:
    phone = _phone(cmd.caller)
    citizen = known_citizen(cmd.city, phone, work, vault, turns) if phone else None
    if citizen is None:
        citizen = vault.new_citizen(work.new_id(), cmd.city, work.now)
        citizen.phone_hash = vault.phone_hash(cmd.city, phone) if phone else ""
    return citizen


def _learn(caller: CallerFields, citizen: Citizen, work: Work, vault: Vault, told: Mapping[str, str]) -> None:
    """Seals what they have not told before: each seal takes its time under the telephone's turn."""
    said = {**_said_of_themselves(caller), PHONE: _phone(caller)}
    contact = _sealed({field: value for field, value in said.items() if value != told.get(field)}, citizen, vault)
    if contact:
        citizen.learn(contact)
    if contact or not citizen.version:
        work.save(citizen)


def _phone(caller: CallerFields) -> str:
    if not caller.phone:
        return ""
    phone = normalise_phone(caller.phone)
    if phone is None:
        raise errors.BadPhone(field="caller.phone")
    return phone


def known_citizen(city: str, phone: str, work: Work, vault: Vault, turns: Turns) -> Citizen | None:
    """By a normalised number."""
    hashes = vault.phone_hashes(city, phone)
    # Two first calls of one number at once must not make two citizens: erasing one would leave the other.
    turns.take(work, hashes[0], By(Citizen, "phone_hash", hashes[0]))
    for hashed in hashes:
        if found := work.find_by(Citizen, "phone_hash", hashed):
            return found[0]
    return None


def _said_of_themselves(caller: CallerFields) -> dict[str, str]:
    return {NAME: caller.name, ADDRESS: caller.address, IDENTITY: caller.identity_number}


def _sealed(values: Mapping[str, str], citizen: Citizen, vault: Vault, case_id: str = "") -> dict[str, Sealed]:
    return {
        field: vault.seal(citizen.public_key, citizen_id=citizen.id, case_id=case_id, field=field, text=value)
        for field, value in values.items()
        if value
    }


def _case(cmd: RegisterCase, work: Work, regime: Regime, citizen: Citizen, vault: Vault, told: Iterable[str]) -> Case:
    id = work.new_id()
    subject, text = work.answers.get("masked") or _masked(cmd)
    said = _known(cmd.caller)
    # Who calls again may be known by more than what they said this time.
    if more := [value for value in told if value not in said]:
        subject, text = mask(subject, more), mask(text, more)
    rules = regime.rules
    category = rules.category(cmd.category or rules.propose_category(subject, text))
    sealed = _sealed({SUBJECT: cmd.subject, TEXT: cmd.text}, citizen, vault, id)
    return Case(
        id=id,
        city=cmd.city,
        pack=regime.pack_name,
        channel=cmd.channel,
        category=category.code,
        citizen_id=citizen.id,
        citizen_key=citizen.public_key,
        reachable=bool(cmd.caller.phone),
        named=bool(cmd.caller.name),
        masked_subject=subject,
        masked_text=text,
        sealed_subject=sealed[SUBJECT],
        sealed_text=sealed[TEXT],
        registered_at=work.now,
        said_at=cmd.said_time or work.now,
        contact=_sealed(_said_of_themselves(cmd.caller), citizen, vault, id),
        confidentiality=cmd.confidentiality or category.confidentiality,
        item=item_code(cmd.item),
        dialled="" if cmd.dialled_number == HOTLINE else cmd.dialled_number,
        area=cmd.area,
        respondent_unit=cmd.respondent_unit,
        emergency_class=cmd.emergency_class,
        attributes=own_attributes(cmd.attributes, [*said, *more]),
        own_rights_claim=cmd.own_rights_claim,
        upstream=_upstream(cmd),
    )


def _upstream(cmd: RegisterCase) -> Upstream | None:
    given = cmd.upstream
    if given is None:
        return None
    if not given.platform or not given.number:
        raise errors.UpstreamMissing(field="upstream")
    return Upstream(given.platform, given.number, given.due_time)


def _suggestions(answer: Any) -> list[SuggestionView]:
    hits = answer.get("hits") if isinstance(answer, dict) else answer
    return [
        SuggestionView(
            article=str(hit.get("article", "")),
            title=str(hit.get("title", "")),
            snippet=str(hit.get("snippet", "")),
            score=_number(hit.get("score")),
        )
        for hit in (hits if isinstance(hits, list) else ())
        if isinstance(hit, dict)
    ]


def _number(given: Any) -> float:
    return float(given) if isinstance(given, int | float) else 0.0
