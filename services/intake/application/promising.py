"""承诺: what a seat has promised to a citizen; owed until it is kept, whoever has the shift by then."""

from chassis.access import Role
from chassis.domain import NotFound, VersionMovedOn
from chassis.message import city_of, id_of
from chassis.work import Work
from services.intake.application.shift_messages import EndPromise, MakePromise
from services.intake.application.shift_views import PromiseView, saved_promise
from services.intake.application.tables import case_of, commands
from services.intake.domain import promises
from services.intake.domain.errors import CitizenErased
from services.intake.domain.promises import Promise, PromiseState


@commands.on(MakePromise, roles={Role.AGENT})
def make_promise(cmd: MakePromise, work: Work) -> PromiseView:
    # Locked: a citizen who is erased meanwhile is owed nothing.
    case = case_of(work, cmd.case)
    if case.erased:
        raise CitizenErased()
    promise = promises.make(
        Promise(work.new_id(), case.city, case.id, cmd.kind, cmd.due_time, work.now, work.principal.id)
    )
    work.save(promise)
    return saved_promise(promise)


@commands.on(EndPromise, roles={Role.AGENT, Role.SUPERVISOR})
def end_promise(cmd: EndPromise, work: Work) -> PromiseView:
    promise = work.get(Promise, id_of(cmd.name, "promises"))
    if promise.city != city_of(cmd.name):
        raise NotFound()
    if cmd.version and cmd.version != promise.version:
        raise VersionMovedOn(field="version")
    how = PromiseState.NEEDLESS if cmd.needless else PromiseState.KEPT
    promises.end(promise, how, by=work.principal.id, now=work.now)
    work.save(promise)
    return saved_promise(promise)
