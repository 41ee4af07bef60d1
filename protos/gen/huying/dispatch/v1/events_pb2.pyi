import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from huying.common.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WorkOrderQueued(_message.Message):
    __slots__ = ("case_id", "city", "pack", "work_order_id", "why", "candidates", "queued_at", "occurrence", "category")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    QUEUED_AT_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    work_order_id: str
    why: str
    candidates: _containers.RepeatedScalarFieldContainer[str]
    queued_at: _timestamp_pb2.Timestamp
    occurrence: int
    category: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., work_order_id: _Optional[str] = ..., why: _Optional[str] = ..., candidates: _Optional[_Iterable[str]] = ..., queued_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., occurrence: _Optional[int] = ..., category: _Optional[str] = ...) -> None: ...

class DispatchedAssignment(_message.Message):
    __slots__ = ("assignment_id", "unit", "role")
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    assignment_id: str
    unit: str
    role: str
    def __init__(self, assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., role: _Optional[str] = ...) -> None: ...

class WorkOrderDispatched(_message.Message):
    __slots__ = ("case_id", "city", "pack", "work_order_id", "number", "round", "occurrence", "assignments", "category", "item", "emergency_class", "citizen_reachable", "step", "rule", "dispatched_at", "after_return", "explain_only")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_REACHABLE_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    DISPATCHED_AT_FIELD_NUMBER: _ClassVar[int]
    AFTER_RETURN_FIELD_NUMBER: _ClassVar[int]
    EXPLAIN_ONLY_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    work_order_id: str
    number: str
    round: int
    occurrence: int
    assignments: _containers.RepeatedCompositeFieldContainer[DispatchedAssignment]
    category: str
    item: str
    emergency_class: str
    citizen_reachable: bool
    step: str
    rule: str
    dispatched_at: _timestamp_pb2.Timestamp
    after_return: bool
    explain_only: bool
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., work_order_id: _Optional[str] = ..., number: _Optional[str] = ..., round: _Optional[int] = ..., occurrence: _Optional[int] = ..., assignments: _Optional[_Iterable[_Union[DispatchedAssignment, _Mapping]]] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., emergency_class: _Optional[str] = ..., citizen_reachable: _Optional[bool] = ..., step: _Optional[str] = ..., rule: _Optional[str] = ..., dispatched_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., after_return: _Optional[bool] = ..., explain_only: _Optional[bool] = ...) -> None: ...

class WorkOrderCorrected(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "round", "assignments", "category", "item", "area", "emergency_class", "old_category", "old_item", "old_area", "old_emergency_class", "corrected_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    OLD_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    OLD_ITEM_FIELD_NUMBER: _ClassVar[int]
    OLD_AREA_FIELD_NUMBER: _ClassVar[int]
    OLD_EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    CORRECTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    round: int
    assignments: _containers.RepeatedCompositeFieldContainer[DispatchedAssignment]
    category: str
    item: str
    area: str
    emergency_class: str
    old_category: str
    old_item: str
    old_area: str
    old_emergency_class: str
    corrected_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., round: _Optional[int] = ..., assignments: _Optional[_Iterable[_Union[DispatchedAssignment, _Mapping]]] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., emergency_class: _Optional[str] = ..., old_category: _Optional[str] = ..., old_item: _Optional[str] = ..., old_area: _Optional[str] = ..., old_emergency_class: _Optional[str] = ..., corrected_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AssignmentSigned(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "role", "signed_at", "citizen_reachable")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    SIGNED_AT_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_REACHABLE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    role: str
    signed_at: _timestamp_pb2.Timestamp
    citizen_reachable: bool
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., role: _Optional[str] = ..., signed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., citizen_reachable: _Optional[bool] = ...) -> None: ...

class CitizenContacted(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "method", "proof", "contacted_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    CONTACTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    method: str
    proof: str
    contacted_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., method: _Optional[str] = ..., proof: _Optional[str] = ..., contacted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ProgressReported(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "note", "reported_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    REPORTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    note: _common_pb2.Sealed
    reported_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., note: _Optional[_Union[_common_pb2.Sealed, _Mapping]] = ..., reported_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CitizenAnswered(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "method", "proof", "answered_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    method: str
    proof: str
    answered_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., method: _Optional[str] = ..., proof: _Optional[str] = ..., answered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReturnRequested(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "role", "kind", "suggested_unit", "requested_at", "late", "occurrence")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SUGGESTED_UNIT_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_AT_FIELD_NUMBER: _ClassVar[int]
    LATE_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    role: str
    kind: str
    suggested_unit: str
    requested_at: _timestamp_pb2.Timestamp
    late: bool
    occurrence: int
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., role: _Optional[str] = ..., kind: _Optional[str] = ..., suggested_unit: _Optional[str] = ..., requested_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., late: _Optional[bool] = ..., occurrence: _Optional[int] = ...) -> None: ...

class ReturnAgreed(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "role", "kind", "late", "agreed_at", "occurrence")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LATE_FIELD_NUMBER: _ClassVar[int]
    AGREED_AT_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    role: str
    kind: str
    late: bool
    agreed_at: _timestamp_pb2.Timestamp
    occurrence: int
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., role: _Optional[str] = ..., kind: _Optional[str] = ..., late: _Optional[bool] = ..., agreed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., occurrence: _Optional[int] = ...) -> None: ...

class ReturnRefused(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "ground", "refused_at", "occurrence")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    REFUSED_AT_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    ground: str
    refused_at: _timestamp_pb2.Timestamp
    occurrence: int
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., ground: _Optional[str] = ..., refused_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., occurrence: _Optional[int] = ...) -> None: ...

class AssignmentReleased(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "why", "released_at", "late")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    RELEASED_AT_FIELD_NUMBER: _ClassVar[int]
    LATE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    why: str
    released_at: _timestamp_pb2.Timestamp
    late: bool
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., why: _Optional[str] = ..., released_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., late: _Optional[bool] = ...) -> None: ...

class ExtensionFiled(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "extension_id", "how", "working_days", "filed_at", "route", "allowed")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_ID_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    FILED_AT_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    ALLOWED_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    extension_id: str
    how: str
    working_days: int
    filed_at: _timestamp_pb2.Timestamp
    route: str
    allowed: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., extension_id: _Optional[str] = ..., how: _Optional[str] = ..., working_days: _Optional[int] = ..., filed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., route: _Optional[str] = ..., allowed: _Optional[_Iterable[str]] = ...) -> None: ...

class ExtensionGranted(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "extension_id", "working_days", "told_by", "granted_at", "route")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_ID_FIELD_NUMBER: _ClassVar[int]
    WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    TOLD_BY_FIELD_NUMBER: _ClassVar[int]
    GRANTED_AT_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    extension_id: str
    working_days: int
    told_by: str
    granted_at: _timestamp_pb2.Timestamp
    route: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., extension_id: _Optional[str] = ..., working_days: _Optional[int] = ..., told_by: _Optional[str] = ..., granted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., route: _Optional[str] = ...) -> None: ...

class ExtensionAllowed(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "bar", "allowed_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    BAR_FIELD_NUMBER: _ClassVar[int]
    ALLOWED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    bar: str
    allowed_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., bar: _Optional[str] = ..., allowed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExtensionExplained(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "extension_id", "method", "proof", "explained_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_ID_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    EXPLAINED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    extension_id: str
    method: str
    proof: str
    explained_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., extension_id: _Optional[str] = ..., method: _Optional[str] = ..., proof: _Optional[str] = ..., explained_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExtensionRefused(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "extension_id", "refused_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_ID_FIELD_NUMBER: _ClassVar[int]
    REFUSED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    extension_id: str
    refused_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., extension_id: _Optional[str] = ..., refused_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CoReplySubmitted(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "submitted_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    SUBMITTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    submitted_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., submitted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CoUnitPressed(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "by", "occurrence", "pressed_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    PRESSED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    by: str
    occurrence: int
    pressed_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., by: _Optional[str] = ..., occurrence: _Optional[int] = ..., pressed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReplySubmitted(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "round", "occurrence", "submitted_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    SUBMITTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    occurrence: int
    submitted_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., occurrence: _Optional[int] = ..., submitted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class LeaderReviewRequested(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "round", "requested_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    requested_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., requested_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class LeaderReviewDecided(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "round", "approved", "decided_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    APPROVED_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    approved: bool
    decided_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., approved: _Optional[bool] = ..., decided_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReplySentBack(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "round", "occurrence", "sent_back_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    SENT_BACK_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    occurrence: int
    sent_back_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., occurrence: _Optional[int] = ..., sent_back_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WorkOrderCompleted(_message.Message):
    __slots__ = ("case_id", "city", "pack", "work_order_id", "assignment_id", "unit", "round", "replied_at", "answered_at", "completed_at", "reply", "result_kind", "handled_as")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    REPLIED_AT_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_AT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLY_FIELD_NUMBER: _ClassVar[int]
    RESULT_KIND_FIELD_NUMBER: _ClassVar[int]
    HANDLED_AS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    replied_at: _timestamp_pb2.Timestamp
    answered_at: _timestamp_pb2.Timestamp
    completed_at: _timestamp_pb2.Timestamp
    reply: _common_pb2.Sealed
    result_kind: str
    handled_as: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., replied_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., completed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reply: _Optional[_Union[_common_pb2.Sealed, _Mapping]] = ..., result_kind: _Optional[str] = ..., handled_as: _Optional[str] = ...) -> None: ...

class WorkOrderEnded(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "ground", "basis", "next_authority", "ended_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    NEXT_AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    ENDED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    ground: str
    basis: str
    next_authority: str
    ended_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., ground: _Optional[str] = ..., basis: _Optional[str] = ..., next_authority: _Optional[str] = ..., ended_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WorkOrderRecalled(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "occurrence", "recalled_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    RECALLED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    occurrence: int
    recalled_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., occurrence: _Optional[int] = ..., recalled_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ForceMajeureRecorded(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "round", "occurrence", "clocks", "units", "recorded_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    CLOCKS_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    round: int
    occurrence: int
    clocks: _containers.RepeatedScalarFieldContainer[str]
    units: _containers.RepeatedScalarFieldContainer[str]
    recorded_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., round: _Optional[int] = ..., occurrence: _Optional[int] = ..., clocks: _Optional[_Iterable[str]] = ..., units: _Optional[_Iterable[str]] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class StatementSubmitted(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "round", "claim", "submitted_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    CLAIM_FIELD_NUMBER: _ClassVar[int]
    SUBMITTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    claim: str
    submitted_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., claim: _Optional[str] = ..., submitted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EndProposed(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "round", "occurrence", "ground", "proposed_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    occurrence: int
    ground: str
    proposed_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., occurrence: _Optional[int] = ..., ground: _Optional[str] = ..., proposed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EndRefused(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "round", "occurrence", "refused_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    REFUSED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    occurrence: int
    refused_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., occurrence: _Optional[int] = ..., refused_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RatingVerified(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "round", "finding", "verified_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    round: int
    finding: str
    verified_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., round: _Optional[int] = ..., finding: _Optional[str] = ..., verified_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class VerificationOpened(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "round", "opened_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OPENED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    round: int
    opened_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., round: _Optional[int] = ..., opened_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RedoOrdered(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "round", "ground", "ordered_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    ORDERED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    round: int
    ground: str
    ordered_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., round: _Optional[int] = ..., ground: _Optional[str] = ..., ordered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RedoDeclined(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "round", "ground", "declined_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    DECLINED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    round: int
    ground: str
    declined_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., round: _Optional[int] = ..., ground: _Optional[str] = ..., declined_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DisputeOpened(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "dispute_id", "round", "ground", "by_rule", "asked_by", "late", "participants", "made_safe_by", "opened_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BY_RULE_FIELD_NUMBER: _ClassVar[int]
    ASKED_BY_FIELD_NUMBER: _ClassVar[int]
    LATE_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    MADE_SAFE_BY_FIELD_NUMBER: _ClassVar[int]
    OPENED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    dispute_id: str
    round: int
    ground: str
    by_rule: bool
    asked_by: str
    late: bool
    participants: _containers.RepeatedScalarFieldContainer[str]
    made_safe_by: str
    opened_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., dispute_id: _Optional[str] = ..., round: _Optional[int] = ..., ground: _Optional[str] = ..., by_rule: _Optional[bool] = ..., asked_by: _Optional[str] = ..., late: _Optional[bool] = ..., participants: _Optional[_Iterable[str]] = ..., made_safe_by: _Optional[str] = ..., opened_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DisputeStepBegun(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "dispute_id", "round", "dispute_step", "participants", "begun_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    DISPUTE_STEP_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    BEGUN_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    dispute_id: str
    round: int
    dispute_step: str
    participants: _containers.RepeatedScalarFieldContainer[str]
    begun_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., dispute_id: _Optional[str] = ..., round: _Optional[int] = ..., dispute_step: _Optional[str] = ..., participants: _Optional[_Iterable[str]] = ..., begun_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DisputeStepRecorded(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "dispute_id", "round", "dispute_step", "recorded_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    DISPUTE_STEP_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    dispute_id: str
    round: int
    dispute_step: str
    recorded_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., dispute_id: _Optional[str] = ..., round: _Optional[int] = ..., dispute_step: _Optional[str] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DisputeSettled(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "dispute_id", "round", "lead", "co_units", "decided_by", "participants", "settled_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    LEAD_FIELD_NUMBER: _ClassVar[int]
    CO_UNITS_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    SETTLED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    dispute_id: str
    round: int
    lead: str
    co_units: _containers.RepeatedScalarFieldContainer[str]
    decided_by: str
    participants: _containers.RepeatedScalarFieldContainer[str]
    settled_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., dispute_id: _Optional[str] = ..., round: _Optional[int] = ..., lead: _Optional[str] = ..., co_units: _Optional[_Iterable[str]] = ..., decided_by: _Optional[str] = ..., participants: _Optional[_Iterable[str]] = ..., settled_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SupervisionOpened(_message.Message):
    __slots__ = ("case_id", "city", "pack", "work_order_id", "supervision_id", "number", "unit", "ground", "methods", "written_reply", "opened_by", "rule", "article", "round", "opened_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    METHODS_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_REPLY_FIELD_NUMBER: _ClassVar[int]
    OPENED_BY_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OPENED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    work_order_id: str
    supervision_id: str
    number: str
    unit: str
    ground: str
    methods: _containers.RepeatedScalarFieldContainer[str]
    written_reply: bool
    opened_by: str
    rule: str
    article: str
    round: int
    opened_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., work_order_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., number: _Optional[str] = ..., unit: _Optional[str] = ..., ground: _Optional[str] = ..., methods: _Optional[_Iterable[str]] = ..., written_reply: _Optional[bool] = ..., opened_by: _Optional[str] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., round: _Optional[int] = ..., opened_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SupervisionAnswered(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "supervision_id", "number", "unit", "ground", "answered_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    supervision_id: str
    number: str
    unit: str
    ground: str
    answered_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., number: _Optional[str] = ..., unit: _Optional[str] = ..., ground: _Optional[str] = ..., answered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SupervisionClosed(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "supervision_id", "number", "unit", "ground", "finding", "why", "closes_case", "closed_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    CLOSES_CASE_FIELD_NUMBER: _ClassVar[int]
    CLOSED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    supervision_id: str
    number: str
    unit: str
    ground: str
    finding: str
    why: str
    closes_case: bool
    closed_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., number: _Optional[str] = ..., unit: _Optional[str] = ..., ground: _Optional[str] = ..., finding: _Optional[str] = ..., why: _Optional[str] = ..., closes_case: _Optional[bool] = ..., closed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AssignmentPassedOn(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "unit", "section", "by", "passing_id", "passed_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    PASSING_ID_FIELD_NUMBER: _ClassVar[int]
    PASSED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    unit: str
    section: str
    by: str
    passing_id: str
    passed_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., section: _Optional[str] = ..., by: _Optional[str] = ..., passing_id: _Optional[str] = ..., passed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SectionReplied(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "section", "by", "passing_id", "declined", "replied_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    PASSING_ID_FIELD_NUMBER: _ClassVar[int]
    DECLINED_FIELD_NUMBER: _ClassVar[int]
    REPLIED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    section: str
    by: str
    passing_id: str
    declined: bool
    replied_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., section: _Optional[str] = ..., by: _Optional[str] = ..., passing_id: _Optional[str] = ..., declined: _Optional[bool] = ..., replied_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AssignmentTakenBack(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "assignment_id", "section", "by", "passing_id", "why", "taken_back_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    PASSING_ID_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    TAKEN_BACK_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    assignment_id: str
    section: str
    by: str
    passing_id: str
    why: str
    taken_back_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., section: _Optional[str] = ..., by: _Optional[str] = ..., passing_id: _Optional[str] = ..., why: _Optional[str] = ..., taken_back_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class OrderHandedOver(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "linked_order_id", "to_city", "mode", "basis", "occurrence", "handed_over_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINKED_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    TO_CITY_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    HANDED_OVER_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    linked_order_id: str
    to_city: str
    mode: str
    basis: str
    occurrence: int
    handed_over_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., linked_order_id: _Optional[str] = ..., to_city: _Optional[str] = ..., mode: _Optional[str] = ..., basis: _Optional[str] = ..., occurrence: _Optional[int] = ..., handed_over_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WorkOrderLinked(_message.Message):
    __slots__ = ("case_id", "city", "pack", "work_order_id", "number", "from_city", "from_order_id", "category", "item", "emergency_class", "citizen_reachable", "linked_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    FROM_CITY_FIELD_NUMBER: _ClassVar[int]
    FROM_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_REACHABLE_FIELD_NUMBER: _ClassVar[int]
    LINKED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    work_order_id: str
    number: str
    from_city: str
    from_order_id: str
    category: str
    item: str
    emergency_class: str
    citizen_reachable: bool
    linked_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., work_order_id: _Optional[str] = ..., number: _Optional[str] = ..., from_city: _Optional[str] = ..., from_order_id: _Optional[str] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., emergency_class: _Optional[str] = ..., citizen_reachable: _Optional[bool] = ..., linked_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HandOverReturned(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "linked_order_id", "from_city", "outcome", "occurrence", "returned_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINKED_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_CITY_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    RETURNED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    linked_order_id: str
    from_city: str
    outcome: str
    occurrence: int
    returned_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., linked_order_id: _Optional[str] = ..., from_city: _Optional[str] = ..., outcome: _Optional[str] = ..., occurrence: _Optional[int] = ..., returned_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HandOverAnswered(_message.Message):
    __slots__ = ("case_id", "city", "work_order_id", "linked_order_id", "from_city", "answered_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINKED_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_CITY_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    work_order_id: str
    linked_order_id: str
    from_city: str
    answered_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., linked_order_id: _Optional[str] = ..., from_city: _Optional[str] = ..., answered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
