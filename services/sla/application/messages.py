"""What callers ask sla; fields are named as in protos/huying/sla/v1/sla.proto."""

from typing import Annotated, ClassVar

from pydantic import Field

from chassis.message import City, Code, Instant, OptionalCity, OptionalCode, OptionalName, Query


class PreviewDeadline(Query):
    """The deadline of a case that need not exist."""

    city: City
    kind: Code
    category: OptionalCode = ""
    item: OptionalCode = ""
    emergency_class: OptionalCode = ""
    start_time: Instant | None = None
    round: Annotated[int, Field(ge=0, le=99)] = 0


class ListClocks(Query):
    """All clocks of one case, or of what belongs to no case: a call, a policy, an article."""

    NAMED_BY: ClassVar[tuple[str, ...]] = ("case", "subject")
    case: OptionalName = ""
    subject: OptionalName = ""


class GetKpiReport(Query):
    """The rates of one city, or of all cities that the caller may see."""

    city: OptionalCity = ""
    start_time: Instant | None = None
    end_time: Instant | None = None
    as_of_time: Instant | None = None
