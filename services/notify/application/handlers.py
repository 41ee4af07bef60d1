"""What people on duty and supervisors do with messages."""

from chassis.access import Role
from chassis.application import Commands
from chassis.domain import NotFound
from chassis.message import id_of
from chassis.work import Work
from services.notify.application.messages import AcknowledgeCall, MessageView, ResolveMessage, view_of
from services.notify.domain.escalation import Escalation
from services.notify.domain.events import CallAcknowledged
from services.notify.domain.message import Audience, Message

commands = Commands()


def _called_unit(cmd: AcknowledgeCall, work: Work) -> bool:
    message = work.find(Message, id_of(cmd.name, "messages"))
    return (
        message is not None
        and message.city == cmd.city_of
        and message.audience is Audience.UNIT
        and message.recipient == work.principal.unit
    )


@commands.on(AcknowledgeCall, roles={Role.UNIT}, relation=_called_unit)
def acknowledge_call(cmd: AcknowledgeCall, work: Work) -> MessageView:
    """Somebody at the unit pressed the key: nobody else is called."""
    message = work.get(Message, id_of(cmd.name, "messages"))
    first = message.acknowledged_at is None
    message.acknowledge(now=work.now)
    if not first:
        return view_of(message)
    event = CallAcknowledged(
        message_id=message.id, case_id=message.case_id, city=message.city, work_order_id=message.work_order_id,
        unit=message.recipient, acknowledged_at=work.now,
    )  # fmt: skip
    work.save(message, event)
    escalation = work.find(Escalation, message.escalation_id)
    if escalation is not None and escalation.open:
        escalation.acknowledge(now=work.now)
        work.save(escalation)
    return view_of(message)


@commands.on(ResolveMessage, roles={Role.SUPERVISOR})
def resolve_message(cmd: ResolveMessage, work: Work) -> MessageView:
    """A person decides on a message of which nobody knows whether it was sent."""
    message = work.get(Message, id_of(cmd.name, "messages"))
    if message.city != cmd.city_of:
        raise NotFound()
    if cmd.decision == "send_again":
        message.send_again(now=work.now)
        work.save(message)
    else:
        work.save(message, message.give_up(now=work.now, reason=cmd.reason or "given_up"))
    return view_of(message)
