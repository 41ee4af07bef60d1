"""What people do with a case, in the words of a test."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cli.demo.scenery import enum_of
from tests.e2e.conftest import SHANGHAI, Stage, citizen, city_of, office, seat, unit

ITEM_POTHOLE = "12"
CALLER = {"name": "林晓梅", "phone": "19900001234", "address": "东街口88号3座402"}
TEXT = "我家门口的城市道路坑坑洼洼，请尽快修补。"
FORM = {
    "legal_basis": "城市道路管理条例",
    "handler": "陈师傅",
    "result_kind": "solved",
    "section": "养护科",
    "reviewed_by": "林局长",
    "filing": "none",
}
"""All that some pack asks of a closing form beside the result."""


def registered(stage: Stage, city: str = "350100", **changed: Any) -> Any:
    fields = {"channel": "phone", "category": "complaint", "subject": "路面坑洼", "text": TEXT, "caller": CALLER}
    return stage.call(seat(city), "intake", "RegisterCase", city=city, **(fields | changed)).case


@dataclass
class Life:
    """One accepted case and everybody who has to do with it."""

    stage: Stage
    name: str
    citizen: str
    number: str

    @classmethod
    def begun(cls, stage: Stage, city: str = "350100", *, item: str = ITEM_POTHOLE, **changed: Any) -> "Life":
        """Registered and accepted; sent by hand where no route is found."""
        case = registered(stage, city, item=item, **changed)
        case = stage.call(seat(city), "intake", "AcceptCase", name=case.name)
        life = cls(stage, case.name, case.citizen, case.number)
        if life.state_of_order == "to_dispatch":
            life.office("DispatchWorkOrder", lead=f"{city}-government")
        return life

    # -- what there is -------------------------------------------------------------------------------------------------

    @property
    def city(self) -> str:
        return city_of(self.name)

    @property
    def case(self) -> Any:
        return self.stage.call(citizen(self.citizen, self.city), "intake", "GetCase", name=self.name)

    @property
    def state(self) -> str:
        return enum_of(self.case, "state")

    @property
    def order(self) -> Any:
        return self.stage.order_of(self.name, self.city)

    @property
    def state_of_order(self) -> str:
        return enum_of(self.order, "state")

    @property
    def lead(self) -> Any:
        return [a for a in self.order.assignments if enum_of(a, "state") != "released" and enum_of(a, "role") != "co"][
            -1
        ]

    def clock(self, kind: str) -> Any:
        """The newest clock of a kind."""
        return [c for c in self.stage.clocks_of(self.name) if c.kind == kind][-1]

    def clock_state(self, kind: str) -> str:
        return enum_of(self.clock(kind), "state")

    def due(self, kind: str) -> datetime:
        return at(self.clock(kind).due_time)

    def told(self, audience: str, template: str = "") -> list[Any]:
        """The messages to an audience, or to one unit by its id, oldest first."""
        found = [m for m in self.stage.messages_of(self.name) if audience in (m.audience, m.recipient)]
        return [m for m in reversed(found) if not template or m.template == template]

    @property
    def revisits_due(self) -> list[Any]:
        due = self.stage.call(seat(self.city), "intake", "ListRevisitsDue", city=self.city).revisits
        return [visit for visit in due if visit.case == self.name]

    # -- what they do -------------------------------------------------------------------------------------------------

    def office(self, rpc: str, **fields: Any) -> Any:
        return self.stage.call(office(self.city), "dispatch", rpc, **({"name": self.order.name} | fields))

    def unit(self, rpc: str, assignment: Any = None, **fields: Any) -> Any:
        mine = assignment or self.lead
        return self.stage.call(unit(mine.unit, self.city), "dispatch", rpc, name=mine.name, **fields)

    def sign(self, assignment: Any = None) -> None:
        self.unit("SignAssignment", assignment)

    def contact(self) -> None:
        self.unit("RecordContact", method="phone", proof="call-1")

    def reply(self, result: str = "路面已修补完毕。") -> None:
        """Answers the citizen, then submits the closing form."""
        self.unit("AnswerCitizen", method="phone", proof="call-2")
        self.unit("SubmitReply", result=result, **FORM, redo_class=next(iter(self.order.redo_classes), ""))

    def completed(self, result: str = "路面已修补完毕。", *, handled_as: str = "") -> "Life":
        """Handled in time, from sign-off to the review."""
        self.sign()
        self.contact()
        self.reply(result)
        self.office("CompleteWorkOrder", handled_as=handled_as)
        return self

    def rate(self, handling: str, *, solved: bool | None = None, **fields: Any) -> Any:
        satisfied = "dissatisfied" not in handling
        who = citizen(self.citizen, self.city)
        solved = satisfied if solved is None else solved
        scores = {"solved": solved, "call_score": "satisfied", "handling_score": handling}
        return self.stage.call(who, "intake", "RateCase", name=self.name, **scores, **fields)


def at(stamp: Any) -> datetime:
    """A protobuf instant as people here read it."""
    found: datetime = stamp.ToDatetime(tzinfo=UTC).astimezone(SHANGHAI)
    return found


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
