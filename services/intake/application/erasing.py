"""EraseCitizen: the key is destroyed, and every service is told to forget."""

from chassis.access import Role
from chassis.erasure import forget_answers
from chassis.message import id_of
from chassis.work import By, Work
from services.intake.application.attaching import object_key
from services.intake.application.masking import known_about
from services.intake.application.messages import EraseCitizen
from services.intake.application.partner_hints import matters_of, person_behind
from services.intake.application.ports import Looks, Traces, Uploads
from services.intake.application.tables import commands
from services.intake.application.views import ErasedView
from services.intake.domain import calls, promises, restriction
from services.intake.domain.calls import BackState, Call
from services.intake.domain.case import Case
from services.intake.domain.citizen import IDENTITY, Citizen, Vault
from services.intake.domain.clue import Clue
from services.intake.domain.partner import MatterState, PartnerMatter
from services.intake.domain.promises import Promise, PromiseState
from services.intake.domain.restriction import Restriction


def in_my_city(cmd: EraseCitizen, work: Work) -> bool:
    """The name of a citizen holds no city, so the scope is checked on the citizen."""
    citizen = work.find(Citizen, id_of(cmd.name, "citizens"))
    return citizen is not None and work.principal.may_act_in(citizen.city)


@commands.on(EraseCitizen, roles={Role.SUPERVISOR}, relation=in_my_city, needs_city=False)
def erase_citizen(
    cmd: EraseCitizen, work: Work, *, traces: Traces, looks: Looks, uploads: Uploads, vault: Vault
) -> ErasedView:
    citizen = work.get(Citizen, id_of(cmd.name, "citizens"))
    cases = work.find_by(Case, "citizen_id", citizen.id)
    known = known_about(citizen, cases, vault)
    # Another identity number may have been told with an earlier case.
    told = [None, *(case for case in cases if IDENTITY in case.contact)]
    people = [person_behind(citizen, case, vault) for case in told]
    shared = sorted({one.id for who in people for one in matters_of(work.as_it_stands, who)})
    citizen.erase(now=work.now)
    work.save(citizen)
    work.preload(By(Promise, "owed_case", case.id) for case in cases)
    for case in cases:
        traces.doom(work, [object_key(case, attachment.id) for attachment in case.attachments])
        looks.log(work, case=case, what="erased", purpose=cmd.reason, known=known)
        work.save(case, *case.erase(now=work.now))
        for promise in work.find_by(Promise, "owed_case", case.id):
            promises.end(promise, PromiseState.NEEDLESS, by=work.principal.id, now=work.now)
            work.save(promise)
        for clue in work.find_by(Clue, "case_id", case.id):
            clue.evidence = None
            work.save(clue)
    for call in work.find_by(Call, "owed_to", citizen.id):
        # Nobody knows any more whom to call.
        work.save(call, *calls.end(call, BackState.ERASED, work.now))
    restrictions = work.find_by(Restriction, "citizen_id", citizen.id)
    for one in restrictions:
        work.save(one, restriction.erase(one, now=work.now))
    for id in shared:
        matter = work.get(PartnerMatter, id)
        if matter.state is MatterState.IN_HAND:  # else it has just ended there, and its words are gone
            matter.end(MatterState.ERASED, now=work.now)
            work.save(matter)
    uploads.forget(work, [case.id for case in cases])
    traces.wipe(work, [case.id for case in cases])
    forget_answers(work, [citizen.id, *(case.id for case in cases), *(one.id for one in restrictions), *shared])
    return ErasedView(cases=len(cases))
