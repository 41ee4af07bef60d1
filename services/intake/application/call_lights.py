"""What intake does when sla tells it of the time that is left to call somebody back."""

from collections.abc import Iterable

from chassis.domain import NotYet
from chassis.work import By, Work
from services.intake.application import foreign
from services.intake.application.tables import reactions
from services.intake.domain import calls
from services.intake.domain.calls import Call, Light

OfClock = foreign.ClockDue | foreign.ClockBreached | foreign.ClockWarned


def the_call(event: OfClock) -> Iterable[By]:
    return [By(Call, "id", event.call_id)] if event.call_id else []


def show_call_due(event: foreign.ClockDue, work: Work) -> None:
    """Started or moved: there is time."""
    call = _call(event, work)
    if calls.show(call, light=Light.GREEN, due_at=event.due_at):
        work.save(call)


@reactions.on("sla.clock_warned.v1", loads=the_call)
def show_call_yellow(event: foreign.ClockWarned, work: Work) -> None:
    if not event.call_id:
        return
    _show(event, work, Light.YELLOW)


def show_call_red(event: foreign.ClockBreached, work: Work) -> None:
    _show(event, work, Light.RED)


def _show(event: OfClock, work: Work, light: Light) -> None:
    call = _call(event, work)
    if calls.show(call, light=light):
        work.save(call)


def _call(event: OfClock, work: Work) -> Call:
    call = work.find(Call, event.call_id)
    if call is None:
        raise NotYet(f"call {event.call_id} is not known here")
    return call
