"""The stored decision of routing: why an order went where it went."""

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.domain.routing import Decision


@dataclass
class RoutingRecord:
    """One decision; an order that comes back by a return has several."""

    id: str
    work_order_id: str
    city: str
    decided_at: datetime
    decision: Decision
    version: int = 0
