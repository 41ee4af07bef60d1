"""What other services may ask dispatch."""

from typing import Annotated

from pydantic import Field

from chassis.access import Role
from chassis.application import Answers
from chassis.audit.answering import answer_audits
from chassis.message import City, Code, Line, OptionalCode, OptionalLine, OptionalText
from chassis.work import Read
from services.dispatch.application.desk import Desk
from services.dispatch.application.route_views import RouteView, route_view
from services.dispatch.domain.routing import CaseFacts

answers = Answers()


@answers.on("preview_route", roles={Role.AGENT, Role.DISPATCHER})
def preview_route(
    read: Read,
    *,
    desk: Desk,
    city: City,
    category: OptionalCode = "",
    item: OptionalCode = "",
    area: OptionalCode = "",
    respondent_unit: OptionalCode = "",
    emergency_class: OptionalCode = "",
    attributes: Annotated[dict[Code, Line], Field(max_length=20)] | None = None,
    subject: OptionalLine = "",
    text: OptionalText = "",
) -> RouteView:
    """Which unit would get this case, and why."""
    facts = CaseFacts(
        category=category,
        item=item,
        area=area,
        respondent_unit=respondent_unit,
        emergency_class=emergency_class,
        attributes=attributes or {},
        subject=subject,
        text=text,
    )
    return route_view(desk.route_here(city, facts))


answer_audits(answers)
