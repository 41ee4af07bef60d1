"""Requests that must be refused, each with the reason and the field that it gets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chassis.access import Principal, Role
from tests.e2e.acts import CALLER, Life
from tests.e2e.conftest import Stage

LONG = "路" * 100_000
ANYWHERE = Principal("anywhere", frozenset({Role.AGENT, Role.DISPATCHER}), frozenset({"*"}))
Fields = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """A registered case, an accepted one with its order, and one that is over."""

    stage: Stage
    fresh: Any
    life: Life
    over: Life

    def registration(self, **changed: Any) -> Fields:
        fields = {"city": "350100", "channel": "phone", "category": "complaint", "subject": "路灯", "text": "路灯不亮"}
        return {**fields, "caller": CALLER, **changed}

    def tomorrow(self) -> Fields:
        return self.registration(said_time=self.stage.clock.now() + timedelta(days=1))

    def caller(self, **changed: str) -> Fields:
        return self.registration(caller={**CALLER, **changed})

    def file(self, content: bytes, filename: str = "现场.png", **more: Any) -> Fields:
        return {"parent": self.life.name, "filename": filename, "content": content, **more}

    @property
    def assignment(self) -> str:
        return str(self.life.lead.name)


def register(**changed: Any) -> Callable[[Scene], Fields]:
    return lambda scene: scene.registration(**changed)


def caller(**changed: str) -> Callable[[Scene], Fields]:
    return lambda scene: scene.caller(**changed)


def fresh(**more: Any) -> Callable[[Scene], Fields]:
    return lambda scene: {"name": scene.fresh.name, **more}


def order(**more: Any) -> Callable[[Scene], Fields]:
    return lambda scene: {"name": scene.life.order.name, **more}


def over(**more: Any) -> Callable[[Scene], Fields]:
    return lambda scene: {"name": scene.over.order.name, **more}


def assignment(**more: Any) -> Callable[[Scene], Fields]:
    return lambda scene: {"name": scene.assignment, **more}


PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
# Who is "seat", "office", "unit" (the assigned one) or "anywhere".
BAD: dict[str, tuple[str, str, str, Callable[[Scene], Fields], str, str]] = {
    "empty text": ("seat", "intake", "RegisterCase", register(text=""), "BAD_FIELDS", "text"),
    "blank text": ("seat", "intake", "RegisterCase", register(text=" \n\t　"), "BAD_FIELDS", "text"),
    "100,000 characters": ("seat", "intake", "RegisterCase", register(text=LONG), "BAD_FIELDS", "text"),
    "long subject": ("seat", "intake", "RegisterCase", register(subject=LONG), "BAD_FIELDS", "subject"),
    "long name": ("seat", "intake", "RegisterCase", caller(name=LONG), "BAD_FIELDS", "caller.name"),
    "NUL in text": ("seat", "intake", "RegisterCase", register(text="路\x00灯"), "BAD_FIELDS", "text"),
    "NUL in name": ("seat", "intake", "RegisterCase", caller(name="林\x00"), "BAD_FIELDS", "caller.name"),
    "NUL in attribute": (
        "seat", "intake", "RegisterCase", register(attributes={"a": "\x00"}), "BAD_FIELDS", "attributes.a"),
    "lone surrogate": ("seat", "intake", "RegisterCase", register(text="路\ud800灯"), "BAD_FIELDS", "text"),
    "unknown field": ("seat", "intake", "RegisterCase", register(colour="red"), "BAD_FIELDS", "colour"),
    "unknown channel": ("seat", "intake", "RegisterCase", register(channel="fax"), "BAD_FIELDS", "channel"),
    "short request id": ("seat", "intake", "RegisterCase", register(request_id="x"), "BAD_FIELDS", "request_id"),
    "no city": ("anywhere", "intake", "RegisterCase", register(city="Fuzhou"), "BAD_FIELDS", "city"),
    "unknown city": ("anywhere", "intake", "RegisterCase", register(city="999999"), "UNKNOWN_CITY", "city"),
    "unknown item": ("seat", "intake", "RegisterCase", register(item="91"), "UNKNOWN_ITEM", "item"),
    "unknown category": (
        "seat", "intake", "RegisterCase", register(category="gossip"), "UNKNOWN_CATEGORY", "category"),
    "unknown area": ("seat", "intake", "RegisterCase", register(area="610926"), "UNKNOWN_AREA", "area"),
    "unknown respondent": (
        "seat", "intake", "RegisterCase", register(respondent_unit="nobody"), "UNKNOWN_UNIT", "respondent_unit"),
    "unknown emergency class": (
        "seat", "intake", "RegisterCase", register(emergency_class="sudden"), "UNKNOWN_EMERGENCY_CLASS",
        "emergency_class"),
    "bad phone": ("seat", "intake", "RegisterCase", caller(phone="12345"), "BAD_PHONE", "caller.phone"),
    "phone of letters": ("seat", "intake", "RegisterCase", caller(phone="打不通"), "BAD_PHONE", "caller.phone"),
    "phone too long": (
        "seat", "intake", "RegisterCase", caller(phone="199000012345678"), "BAD_PHONE", "caller.phone"),
    "said tomorrow": (
        "seat", "intake", "RegisterCase", lambda s: s.tomorrow(), "SAID_IN_THE_FUTURE", "said_time"),
    "unknown ground": ("seat", "intake", "RefuseCase", fresh(ground="no_time"), "UNKNOWN_GROUND", "ground"),
    "unknown line": ("seat", "intake", "TransferCase", fresh(line="911"), "UNKNOWN_LINE", "line"),
    "no such name": ("seat", "intake", "AcceptCase", lambda _: {"name": "case 7"}, "BAD_FIELDS", "name"),
    "no such case": (
        "seat", "intake", "AcceptCase", lambda _: {"name": "cities/350100/cases/none"}, "NOT_FOUND", ""),
    "version moved on": ("seat", "intake", "AcceptCase", fresh(version=7), "VERSION_MOVED_ON", "version"),
    "step not allowed": (
        "seat", "intake", "AcceptCase", lambda s: {"name": s.over.name}, "STEP_NOT_ALLOWED", ""),
    "rating unknown step": (
        "seat", "intake", "RateCase", lambda s: {"name": s.over.name, "handling_score": "superb"}, "UNKNOWN_SCORE",
        "handling_score"),
    "rating too early": (
        "seat", "intake", "RateCase", lambda s: {"name": s.life.name, "handling_score": "satisfied"}, "NOT_RATEABLE",
        ""),
    "attachment too large": (
        "seat", "intake", "UploadAttachment", lambda s: s.file(PNG + bytes(20 * 1024 * 1024)), "ATTACHMENT_TOO_LARGE",
        "content"),
    "attachment of a false type": (
        "seat", "intake", "UploadAttachment", lambda s: s.file(b"MZ\x90\x00 a program"), "ATTACHMENT_TYPE_REFUSED",
        "content"),
    "attachment named for another type": (
        "seat", "intake", "UploadAttachment", lambda s: s.file(PNG, filename="现场.pdf"), "ATTACHMENT_TYPE_FALSE",
        "filename"),
    "attachment altered on the way": (
        "seat", "intake", "UploadAttachment", lambda s: s.file(PNG, sha256="0" * 64), "ATTACHMENT_ALTERED", "sha256"),
    "attachment empty": ("seat", "intake", "UploadAttachment", lambda s: s.file(b""), "ATTACHMENT_EMPTY", "content"),
    "unknown lead": ("office", "dispatch", "DispatchWorkOrder", order(lead="nobody"), "UNIT_NOT_IN_DIRECTORY", "lead"),
    "order moved on": (
        "office", "dispatch", "RecallWorkOrder", order(reason="收回", version=99), "VERSION_MOVED_ON", "version"),
    "review without reply": ("office", "dispatch", "CompleteWorkOrder", order(), "STEP_NOT_ALLOWED", ""),
    "a reply sent back that is not there": (
        "office", "dispatch", "SendBackReply", order(reason="重新答复"), "STEP_NOT_ALLOWED", ""),
    "dispatch of what is with a unit": (
        "office", "dispatch", "DispatchWorkOrder", order(lead="350100-market"), "STEP_NOT_ALLOWED", ""),
    "dispatch of what is completed": (
        "office", "dispatch", "DispatchWorkOrder", over(lead="350100-market"), "STEP_NOT_ALLOWED", ""),
    "a reply sent back after completion": (
        "office", "dispatch", "SendBackReply", over(reason="重新答复"), "STEP_NOT_ALLOWED", ""),
    "completed twice": ("office", "dispatch", "CompleteWorkOrder", over(), "STEP_NOT_ALLOWED", ""),
    "progress before sign-off": (
        "unit", "dispatch", "ReportProgress", assignment(note="到场"), "ASSIGNMENT_NOT_SIGNED", ""),
    "NUL in note": ("unit", "dispatch", "ReportProgress", assignment(note="\x00"), "BAD_FIELDS", "note"),
    "long note": ("unit", "dispatch", "ReportProgress", assignment(note=LONG), "BAD_FIELDS", "note"),
    "a name for a proof": (
        "unit", "dispatch", "RecordContact", assignment(method="phone", proof="林晓梅"), "BAD_FIELDS", "proof"),
    "unknown method": (
        "unit", "dispatch", "RecordContact", assignment(method="pigeon", proof="p-1"), "BAD_FIELDS", "method"),
    "return without reason": (
        "unit", "dispatch", "RequestReturn", assignment(kind="not_ours"), "FIELD_REQUIRED", "basis"),
    "return of a kind the pack has not": (
        "unit", "dispatch", "RequestReturn", assignment(kind="out_of_scope", reason="r", basis="b"),
        "VALUE_NOT_ALLOWED", "kind"),
    "extension of zero days": (
        "unit", "dispatch", "RequestExtension", assignment(working_days=0, reason="r"), "BAD_FIELDS", "working_days"),
    "order of another city": (
        "office", "dispatch", "RecallWorkOrder", lambda _: {"name": "cities/610926/workOrders/x", "reason": "r"},
        "PERMISSION_DENIED", ""),
    "unknown clock": (
        "office", "sla", "PreviewDeadline", lambda _: {"city": "350100", "kind": "lunch", "category": "complaint"},
        "UNKNOWN_CLOCK", "kind"),
}  # fmt: skip
