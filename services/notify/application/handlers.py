"""What people on duty and supervisors do with messages."""

from chassis.access import Role
from chassis.application import Commands
from chassis.domain import NotFound
from chassis.message import id_of
from chassis.work import Work
from services.notify.application.messages import AcknowledgeCall, MessageView, ResolveMessage, view_of
from services.notify.domain.escalation import Escalation
from services.notify.domain.message import Audience, Message

commands = Commands()


def _was_called(cmd: AcknowledgeCall, work: Work) -> bool:
    """Units acknowledge calls to their own duty roster, supervisors those to theirs."""
    message = work.find(Message, id_of(cmd.name, "messages"))
    if message is None or message.city != cmd.city_of:
        return False
    if message.audience is Audience.UNIT:
        return bool(work.principal.unit) and message.recipient == work.principal.unit
    return message.audience is Audience.SUPERVISORS and work.principal.has(Role.SUPERVISOR)


@commands.on(AcknowledgeCall, roles={Role.UNIT, Role.SUPERVISOR}, relation=_was_called)
def acknowledge_call(cmd: AcknowledgeCall, work: Work) -> MessageView:
    """Somebody on duty pressed the key: nobody else is called."""
    message = work.get(Message, id_of(cmd.name, "messages"))
    message.acknowledge(now=work.now)
    work.save(message)
    escalation = work.find(Escalation, message.escalation_id)
    if escalation is not None and escalation.open:
        work.save(escalation, escalation.acknowledge(now=work.now))
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
