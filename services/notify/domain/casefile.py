"""What notify must remember of a case to address its messages: whose it is, its numbers, its units; no contact."""

from dataclasses import dataclass, field


@dataclass
class OrderLine:
    """A work order of the case, as messages name it."""

    number: str
    lead: str = ""
    emergency_class: str = ""
    # All that it was sent to the last time.
    units: list[str] = field(default_factory=list)


@dataclass
class CaseFile:
    """Built from the events of intake and dispatch, whichever comes first."""

    id: str
    city: str
    version: int = 0
    pack: str = ""
    number: str = ""
    citizen_id: str = ""
    reachable: bool = False
    emergency_class: str = ""
    known: bool = False
    """Whether intake's word on the case has come."""
    erased: bool = False
    orders: dict[str, OrderLine] = field(default_factory=dict)
    reported: list[str] = field(default_factory=list)
    """The emergency classes and lines that were reported to the department in charge."""
    urged_on: str = ""
    """The day of the last reminder that an urging citizen has caused."""

    @property
    def case_id(self) -> str:
        """Of an order that another tenant handles, a file of its own is kept: "<case>@<city>"."""
        return self.id.partition("@")[0]

    def number_of(self, work_order_id: str) -> str:
        """The number by which people know the order: its own, else the case's."""
        order = self.orders.get(work_order_id)
        return order.number if order and order.number else self.number

    def lead_of(self, work_order_id: str) -> str:
        order = self.orders.get(work_order_id)
        return order.lead if order else ""

    def erase(self) -> None:
        """The citizen is gone for good: nobody is left to tell."""
        self.citizen_id, self.reachable, self.erased = "", False, True
