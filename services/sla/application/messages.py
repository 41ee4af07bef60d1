"""What callers ask sla; fields are named as in protos/huying/sla/v1/sla.proto."""

from typing import Annotated

from pydantic import Field

from chassis.message import City, Code, Instant, Name, OptionalCity, OptionalCode, Query


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
    """All clocks of one case."""

    case: Name


class GetKpiReport(Query):
    """The rates of one city, or of all cities that the caller may see."""

    city: OptionalCity = ""
    start_time: Instant | None = None
    end_time: Instant | None = None
    as_of_time: Instant | None = None
