"""What people do in a story, as calls of the platform."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.access import Principal, Role
from cli.demo.scenery import enum_of
from tests.e2e.conftest import Stage, citizen, office, seat, unit
from tests.stories.reading import Row, Unreadable

_WHO = re.compile(r"(?P<role>citizen|seat|office|unit|handler|leader)(?: (?P<which>[0-9a-z-]+))?")
# Of a unit: somebody who leads it too, or only the one or the other.
OF_A_UNIT = {"unit": (), "handler": (Role.UNIT,), "leader": (Role.UNIT_LEADER,)}
_LATER = re.compile(r"heard (\d+) s later")
YES = {"yes": True, "no": False}


@dataclass(frozen=True)
class Verb:
    """A step of somebody: the call, what it is about, and what the words of the story mean in it."""

    service: str
    rpc: str
    about: str
    words: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)


_PHONE = {"method": "phone", "proof": "call-1"}
_REASON = {"reason": "reason"}
_WORDS_OF_THE_FORM = (
    *("result", "legal_basis", "handler", "section", "reviewed_by"),
    *("filing", "filing_number", "filing_date", "not_filed_reason", "redo_class", "statement"),
)
_FORM = {"kind": "result_kind", **{word: word for word in _WORDS_OF_THE_FORM}}
_FORM_GIVEN = {
    "result": "已处理完毕",
    "legal_basis": "有关规定",
    "handler": "陈师傅",
    "result_kind": "solved",
    "section": "养护科",
    "reviewed_by": "林局长",
    "filing": "none",
}
_CORRECTED = {"category": "category", "item": "item", "area": "area", "emergency": "emergency_class"}

VERBS: dict[tuple[str, str], Verb] = {
    ("citizen", "withdraws"): Verb("intake", "WithdrawCase", "case", _REASON),
    ("citizen", "rates"): Verb(
        "intake",
        "RateCase",
        "case",
        {"handling": "handling_score", "call": "call_score", "solved": "solved", "comment": "comment"},
    ),
    ("citizen", "splits off"): Verb("intake", "SplitOffCase", "case"),
    ("seat", "accepts"): Verb("intake", "AcceptCase", "case", {**_CORRECTED, "repeats": "repeated_case"}),
    ("seat", "answers"): Verb("intake", "AnswerCase", "case", {"answer": "answer"}),
    ("seat", "refuses"): Verb("intake", "RefuseCase", "case", {"ground": "ground"}),
    ("seat", "transfers"): Verb("intake", "TransferCase", "case", {"line": "line"}),
    ("seat", "joins"): Verb("intake", "JoinCase", "case", {"to": "main_case"}),
    ("seat", "revisits"): Verb(
        "intake",
        "RecordRevisit",
        "case",
        {"reached": "reached", "contacted": "contacted", "solved": "solved", "satisfied": "satisfied"},
        {"reached": True},
    ),
    ("office", "dispatches"): Verb("dispatch", "DispatchWorkOrder", "order", {"to": "lead", "co": "co_units"}),
    ("office", "recalls"): Verb("dispatch", "RecallWorkOrder", "order", _REASON, {"reason": "派错单位"}),
    ("office", "ends"): Verb(
        "dispatch", "EndWorkOrder", "order", {"ground": "ground", "basis": "basis", "authority": "next_authority"}
    ),
    ("office", "agrees to the return"): Verb(
        "dispatch", "AgreeReturn", "return", {"to": "lead", **_REASON}, {"reason": "情况属实"}
    ),
    ("office", "refuses the return"): Verb(
        "dispatch", "RefuseReturn", "return", {"ground": "ground", **_REASON}, {"reason": "属于你单位职责"}
    ),
    ("office", "grants the extension"): Verb("dispatch", "GrantExtension", "extension"),
    ("office", "refuses the extension"): Verb(
        "dispatch", "RefuseExtension", "extension", _REASON, {"reason": "理由不足"}
    ),
    ("office", "sends the reply back"): Verb("dispatch", "SendBackReply", "order", _REASON, {"reason": "未逐项回应"}),
    ("office", "completes"): Verb("dispatch", "CompleteWorkOrder", "order", {"as": "handled_as"}),
    ("office", "finds"): Verb(
        "dispatch", "VerifyRating", "order", {"finding": "finding", "evidence": "evidence"}, {"evidence": "现场照片"}
    ),
    ("unit", "signs"): Verb("dispatch", "SignAssignment", "assignment"),
    ("unit", "contacts the citizen"): Verb("dispatch", "RecordContact", "assignment", {}, _PHONE),
    ("unit", "reports progress"): Verb(
        "dispatch", "ReportProgress", "assignment", {"note": "note"}, {"note": "正在处理"}
    ),
    ("unit", "answers the citizen"): Verb("dispatch", "AnswerCitizen", "assignment", {}, _PHONE),
    ("unit", "asks to return it"): Verb(
        "dispatch",
        "RequestReturn",
        "assignment",
        {"kind": "kind", "basis": "basis", "suggests": "suggested_unit", **_REASON},
        {"kind": "not_ours", "reason": "不属于本单位职责", "basis": "职责清单"},
    ),
    ("unit", "asks for an extension"): Verb(
        "dispatch",
        "RequestExtension",
        "assignment",
        {"days": "working_days", "agreed_by": "agreed_by", **_REASON},
        {"reason": "需要委托检测"},
    ),
    ("unit", "replies to the lead"): Verb(
        "dispatch", "SubmitCoReply", "assignment", {"result": "result"}, {"result": "本单位部分已办理"}
    ),
    ("unit", "submits the reply"): Verb("dispatch", "SubmitReply", "assignment", _FORM, _FORM_GIVEN),
    ("unit", "answers the phone"): Verb("notify", "AcknowledgeCall", "call"),
    ("handler", "answers the citizen"): Verb("dispatch", "AnswerCitizen", "assignment", {}, _PHONE),
    ("handler", "submits the reply"): Verb("dispatch", "SubmitReply", "assignment", _FORM, _FORM_GIVEN),
    ("leader", "approves the reply"): Verb("dispatch", "ApproveReply", "assignment"),
    ("leader", "sends the reply back"): Verb(
        "dispatch", "RejectReply", "assignment", _REASON, {"reason": "请写明整改措施"}
    ),
}


@dataclass
class Cast:
    """The cases of a story, in the order of their calls, and everybody who has to do with them."""

    stage: Stage
    city: str
    facts: Mapping[str, str]
    cases: list[Any] = field(default_factory=list)

    def act(self, row: Row) -> None:
        """One row's deed. Raises Unreadable, and DomainError when the platform refuses."""
        who = _WHO.fullmatch(row.who)
        if who is None:
            raise Unreadable(row.place, f"{row.who!r} is nobody; there are citizen, seat, office, unit <id>")
        verb, _, rest = row.what.partition(":")
        words = dict(_word(part, row) for part in rest.split(";") if part.strip())
        seconds = int(words.pop("heard", "0"))
        if (who["role"], verb) == ("citizen", "calls"):
            self._calls(words, row)
            return
        known = VERBS.get((who["role"], verb))
        if known is None:
            does = sorted(v for role, v in VERBS if role == who["role"])
            raise Unreadable(row.place, f"a {who['role']} does not {verb!r}; known are {', '.join(does)}")
        principal, name = self._aim(known, who["role"], who["which"] or "", words, row)
        fields = self._fields(known, words, row) | {"name": name}
        if who["role"] == "leader":
            fields["version"] = self._version(principal, name)
        if seconds:
            self.stage.call_heard_later(principal, known.service, known.rpc, seconds, **fields)
        else:
            self.stage.call(principal, known.service, known.rpc, **fields)

    # -- what there is -------------------------------------------------------------------------------------------------

    def case(self, which: str, place: str) -> Any:
        number = int(which or 1)
        if not 0 < number <= len(self.cases):
            raise Unreadable(place, f"nobody has called about case {number}")
        return self.cases[number - 1]

    def orders(self, case: Any) -> list[Any]:
        answer = self.stage.call(office(self.city), "dispatch", "ListWorkOrders", city=self.city, case=case.name)
        return list(answer.work_orders)

    def order(self, case: Any, of_unit: str, place: str) -> Any:
        """The case's order, or the one in which the unit has a part."""
        orders = [o for o in self.orders(case) if not of_unit or any(a.unit == of_unit for a in o.assignments)]
        if len(orders) != 1:
            raise Unreadable(place, f"{len(orders)} orders of {of_unit or 'the case'}; name one by @unit")
        return orders[0]

    def _version(self, leader: Principal, assignment: str) -> int:
        """What a leader sees who decides now."""
        order = assignment.partition("/assignments/")[0]
        return int(self.stage.call(leader, "dispatch", "GetWorkOrder", name=order).version)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _calls(self, words: Mapping[str, str], row: Row) -> None:
        facts = {**self.facts, **words}
        caller = {"name": facts.pop("name", "林晓梅"), "phone": facts.pop("phone", f"1990000{1234 + len(self.cases)}")}
        fields: dict[str, Any] = {"channel": "phone", "category": "complaint", "subject": "来电", "text": "请处理"}
        for key, value in facts.items():
            fields["emergency_class" if key == "emergency" else key] = value
        for key in ("rules", "city"):
            fields.pop(key, None)
        if "own_rights_claim" in fields:
            fields["own_rights_claim"] = YES[fields["own_rights_claim"]]
        if caller["name"] != "anonymous":
            fields["caller"] = caller
        found = self.stage.call(seat(self.city), "intake", "RegisterCase", city=self.city, **fields)
        self.cases.append(found.case)

    def _aim(self, verb: Verb, role: str, which: str, words: dict[str, str], row: Row) -> tuple[Principal, str]:
        """Who calls, and the name of what it is about."""
        if verb.about == "call":
            return self._call_in_progress(which, row)
        if role in OF_A_UNIT or verb.about not in {"case"}:
            of_unit = which if role in OF_A_UNIT else words.pop("of", "")
            case = self.case("" if role in OF_A_UNIT else which, row.place)
            order = self.order(case, of_unit, row.place)
            if role in OF_A_UNIT:
                mine = self._part(order, of_unit, row)
                return unit(mine.unit, self.city, *OF_A_UNIT[role]), mine.name
            return office(self.city), self._of_order(verb.about, order, of_unit, row)
        case = self.case(which, row.place)
        return citizen(case.citizen, self.city) if role == "citizen" else seat(self.city), case.name

    def _part(self, order: Any, of_unit: str, row: Row) -> Any:
        """The unit's newest part; without a name the lead's."""
        parts = [a for a in order.assignments if a.unit == of_unit] if of_unit else _leads(order)
        if not parts:
            raise Unreadable(row.place, f"{of_unit or 'no lead'} has no part in {order.number}")
        return parts[-1]

    def _of_order(self, about: str, order: Any, of_unit: str, row: Row) -> str:
        if about == "order":
            return str(order.name)
        names: list[str]
        if about == "return":
            asked = [a for a in order.assignments if enum_of(a, "state") == "return_requested"]
            names = [a.name for a in asked if not of_unit or a.unit == of_unit]
        else:
            names = [e.name for e in order.extensions][-1:]
        if not names:
            raise Unreadable(row.place, f"no {about} was asked for")
        return names[-1]

    def _call_in_progress(self, of_unit: str, row: Row) -> tuple[Principal, str]:
        case = self.case("", row.place)
        rung = [m for m in self.stage.messages_of(case.name) if (m.medium, m.recipient) == ("voice", of_unit)]
        if not rung:
            raise Unreadable(row.place, f"no telephone of {of_unit or 'a named unit'} has rung")
        return unit(rung[0].recipient, self.city), rung[0].name

    def _fields(self, verb: Verb, words: Mapping[str, str], row: Row) -> dict[str, Any]:
        unknown = sorted(words.keys() - verb.words.keys())
        if unknown:
            raise Unreadable(row.place, f"{verb.rpc} has no {', '.join(unknown)}; it has {', '.join(verb.words)}")
        return {**verb.given, **{verb.words[k]: self._value(verb.words[k], v, row) for k, v in words.items()}}

    def _value(self, field: str, value: str, row: Row) -> Any:
        if field in {"solved", "contacted", "satisfied"}:
            return YES[value]
        if field == "working_days":
            return int(value)
        if field == "co_units":
            return [unit.strip() for unit in value.split(",")]
        return self.case(value, row.place).name if field in {"main_case", "repeated_case"} else value


def _leads(order: Any) -> list[Any]:
    return [a for a in order.assignments if enum_of(a, "role") != "co" and enum_of(a, "state") != "released"]


def _word(part: str, row: Row) -> tuple[str, str]:
    part = part.strip()
    if later := _LATER.fullmatch(part):
        return "heard", later[1]
    key, _, value = part.partition(" ")
    if not value:
        raise Unreadable(row.place, f"{part!r} says no value")
    return key, value.strip().removeprefix("—")
