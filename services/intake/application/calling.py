"""Calls: recorded when they are over, tied to cases, and called back where nobody answered."""

from chassis.access import Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.message import city_of, id_of
from chassis.privacy import normalise_phone
from chassis.work import Read, Work
from services.intake.application.call_messages import GetCall, LinkCall, ListCalls, RecordCall, RecordCallBack
from services.intake.application.call_views import CallsView, CallView, saved_call, shown_call
from services.intake.application.ports import CallPages, Regime, Regimes, Turns
from services.intake.application.registering import known_citizen
from services.intake.application.restricted import restricted_then
from services.intake.application.tables import STAFF, case_of, commands, queries
from services.intake.domain import calls, errors
from services.intake.domain.calls import BackState, Call, Direction
from services.intake.domain.citizen import PHONE, Citizen, Vault

PAGE = 50


def call_of(source: Work | Read, name: str, *, version: int = 0) -> Call:
    """Raises NotFound, also when it lies in another city; VersionMovedOn."""
    call = source.get(Call, id_of(name, "calls"))
    if call.city != city_of(name):
        raise NotFound()
    if version and version != call.version:
        raise VersionMovedOn(field="version")
    return call


@commands.on(RecordCall, roles={Role.PORTAL})
def record_call(cmd: RecordCall, work: Work, *, regimes: Regimes, vault: Vault, turns: Turns) -> CallView:
    """Told again, also with another request id, it is the first record. Raises CallRecordedOtherwise."""
    regime, source = regimes.of(cmd.city), f"{cmd.city}/{cmd.call_id}"
    # Both of two reports at once would find nothing.
    turns.take(work, f"call/{source}")
    for known in work.find_by(Call, "source", source):
        return _told_again(cmd, known, regime, work, vault)
    citizen = _caller(cmd, work, vault, turns)
    call = _call(cmd, source, regime, citizen, work, vault)
    if call.direction is Direction.INBOUND:
        call.restricted_until = restricted_then(citizen, work.as_it_stands, regime, call.queued_at)
    recorded = calls.record(call, regime.rules.calls)
    for other in work.find_by(Call, "owed_to", citizen.id):
        if calls.answers(call, other) and call.answered_at:
            work.save(other, *calls.end(other, BackState.CALLED_AGAIN, call.answered_at))
    work.save(call, *recorded)
    return saved_call(call)


def _told_again(cmd: RecordCall, known: Call, regime: Regime, work: Work, vault: Vault) -> CallView:
    citizen = work.get(Citizen, known.citizen_id)
    phone = normalise_phone(cmd.phone) if citizen.phone_hash else None
    other_phone = phone is not None and not vault.phone_fits(cmd.city, phone, citizen.phone_hash)
    if other_phone or not known.same_as(_call(cmd, known.source, regime, citizen, work, vault)):
        raise errors.CallRecordedOtherwise(field="call_id")
    return shown_call(known)


def _caller(cmd: RecordCall, work: Work, vault: Vault, turns: Turns) -> Citizen:
    """Who calls is known by the number; one that cannot be compared, or is withheld, is somebody new."""
    phone = normalise_phone(cmd.phone) or ""
    citizen = known_citizen(cmd.city, phone, work, vault, turns) if phone else None
    if citizen is None:
        citizen = vault.new_citizen(work.new_id(), cmd.city, work.now)
        citizen.phone_hash = vault.phone_hash(cmd.city, phone) if phone else ""
        if cmd.phone:
            number = phone or cmd.phone
            sealed = vault.seal(citizen.public_key, citizen_id=citizen.id, case_id="", field=PHONE, text=number)
            citizen.learn({PHONE: sealed})
        work.save(citizen)
    return citizen


def _call(cmd: RecordCall, source: str, regime: Regime, citizen: Citizen, work: Work, vault: Vault) -> Call:
    call = Call(
        id=work.new_id(),
        city=cmd.city,
        pack=regime.pack_name,
        source=source,
        line=cmd.line,
        direction=cmd.direction,
        outcome=cmd.outcome,
        seat=cmd.seat,
        citizen_id=citizen.id,
        citizen_key=citizen.public_key,
        number_known=bool(cmd.phone),
        queued_at=cmd.queue_time,
        answered_at=cmd.answer_time,
        ended_at=cmd.end_time,
        recorded_at=work.now,
    )
    if cmd.recording:
        call.recording = vault.seal(
            citizen.public_key, citizen_id=citizen.id, case_id=call.id, field=calls.RECORDING, text=cmd.recording
        )
    return call


@commands.on(LinkCall, roles={Role.AGENT})
def link_call(cmd: LinkCall, work: Work) -> CallView:
    call, case = call_of(work, cmd.name), case_of(work.as_it_stands, cmd.case)
    if case.city != call.city:
        raise NotFound()
    if not calls.link(call, case.id):
        return shown_call(call)
    work.save(call)
    return saved_call(call)


@commands.on(RecordCallBack, roles={Role.AGENT})
def record_call_back(cmd: RecordCallBack, work: Work) -> CallView:
    """Whoever is called back has had an answer to all of their calls."""
    caller = call_of(work.as_it_stands, cmd.name).citizen_id
    # Together and in order: two seats that try the same caller must not wait for each other.
    owed = work.find_by(Call, "owed_to", caller)
    call = call_of(work, cmd.name, version=cmd.version)
    for one in (call, *(other for other in owed if other.id != call.id)):
        work.save(one, *calls.try_back(one, reached=cmd.reached, by=work.principal.id, now=work.now))
    return saved_call(call)


@queries.on(GetCall, roles=set(STAFF))
def get_call(query: GetCall, read: Read) -> CallView:
    return shown_call(call_of(read, query.name))


@queries.on(ListCalls, roles=set(STAFF))
def list_calls(query: ListCalls, read: Read, *, call_pages: CallPages) -> CallsView:
    size = query.page_size or PAGE
    found = call_pages.page(
        read,
        city=query.city,
        state=query.call_back or "",
        outcome=query.outcome or "",
        case_id=id_of(query.case, "cases") if query.case else "",
        size=size + 1,
        after=query.page_token,
    )
    last = found[size - 1] if len(found) > size else None
    token = f"{'owed' if last.owes else 'other'}.{last.id}" if last else ""
    return CallsView(calls=[shown_call(call) for call in found[:size]], next_page_token=token)
