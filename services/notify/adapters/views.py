"""What is read of messages without touching them: for people, for other services, for the checks across services."""

from typing import Any

import sqlalchemy as sa

from chassis.access import Role
from chassis.application import Answers, Queries
from chassis.audit.answering import answer_audits
from chassis.domain import NotFound
from chassis.message import Code, OptionalCity, id_of
from chassis.work import Read
from services.notify.application.messages import GetMessage, ListMessages, ListMessagesView, MessageView, view_of
from services.notify.domain.message import Message

queries = Queries()
answers = Answers()
READERS = {Role.DISPATCHER, Role.SUPERVISOR}
DEFAULT_PAGE = 50


@queries.on(GetMessage, roles=READERS)
def get_message(query: GetMessage, read: Read) -> MessageView:
    message = read.get(Message, id_of(query.name, "messages"))
    if message.city != query.city_of:
        raise NotFound()
    return view_of(message)


@queries.on(ListMessages, roles=READERS)
def list_messages(query: ListMessages, read: Read) -> ListMessagesView:
    """Newest first; the token of the next page is the last id of this one."""
    size = query.page_size or DEFAULT_PAGE
    given = {
        "city": query.city,
        "case": id_of(query.case, "cases") if query.case else "",
        "state": str(query.state or ""),
        "before": query.page_token,
        "size": size + 1,
    }
    store = read.stores[Message]
    found = [store.decode(body, version) for body, version in read.connection.execute(_LIST, given)]
    page = found[:size]
    return ListMessagesView([view_of(message) for message in page], page[-1].id if len(found) > size else "")


@answers.on("message_status", roles=READERS)
def message_status(read: Read, *, message_id: Code, city: OptionalCity = "") -> dict[str, Any]:
    """What became of a message, for the service that refers to it as a proof. Raises NotFound."""
    message = read.get(Message, message_id)
    if city and message.city != city:
        raise NotFound()
    return {
        "message_id": message.id,
        "case_id": message.case_id,
        "state": message.state,
        "medium": message.medium,
        "audience": message.audience,
        "attempts": message.attempts,
        "handed_over_at": message.handed_over_at,
        "acknowledged_at": message.acknowledged_at,
    }


answer_audits(answers)

_LIST = sa.text(
    "select body::text, version from message where city = :city and (:case = '' or case_id = :case) "
    "and (:state = '' or state = :state) and (:before = '' or id < :before) order by id desc limit :size"
)
