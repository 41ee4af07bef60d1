import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from huying.common.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ClockStarted(_message.Message):
    __slots__ = ("case_id", "city", "clock_id", "kind", "work_order_id", "assignment_id", "unit", "round", "occurrence", "started_at", "due_at", "warn_at", "last_extension_at", "rule", "article", "steps", "limit_unit", "limit_amount", "policy_id", "supervision_id", "call_id", "article_id", "provisional")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    WARN_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_EXTENSION_AT_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    LIMIT_UNIT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    clock_id: str
    kind: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    occurrence: int
    started_at: _timestamp_pb2.Timestamp
    due_at: _timestamp_pb2.Timestamp
    warn_at: _timestamp_pb2.Timestamp
    last_extension_at: _timestamp_pb2.Timestamp
    rule: str
    article: str
    steps: _containers.RepeatedCompositeFieldContainer[_common_pb2.Step]
    limit_unit: str
    limit_amount: int
    policy_id: str
    supervision_id: str
    call_id: str
    article_id: str
    provisional: bool
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., clock_id: _Optional[str] = ..., kind: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., occurrence: _Optional[int] = ..., started_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., warn_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_extension_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[_common_pb2.Step, _Mapping]]] = ..., limit_unit: _Optional[str] = ..., limit_amount: _Optional[int] = ..., policy_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., call_id: _Optional[str] = ..., article_id: _Optional[str] = ..., provisional: _Optional[bool] = ...) -> None: ...

class ClockMoved(_message.Message):
    __slots__ = ("case_id", "city", "clock_id", "kind", "work_order_id", "assignment_id", "unit", "old_due_at", "due_at", "warn_at", "last_extension_at", "why", "moved_at", "policy_id", "supervision_id", "call_id", "article_id", "rule", "article", "limit_unit", "limit_amount")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    OLD_DUE_AT_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    WARN_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_EXTENSION_AT_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    MOVED_AT_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_UNIT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    clock_id: str
    kind: str
    work_order_id: str
    assignment_id: str
    unit: str
    old_due_at: _timestamp_pb2.Timestamp
    due_at: _timestamp_pb2.Timestamp
    warn_at: _timestamp_pb2.Timestamp
    last_extension_at: _timestamp_pb2.Timestamp
    why: str
    moved_at: _timestamp_pb2.Timestamp
    policy_id: str
    supervision_id: str
    call_id: str
    article_id: str
    rule: str
    article: str
    limit_unit: str
    limit_amount: int
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., clock_id: _Optional[str] = ..., kind: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., old_due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., warn_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_extension_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., why: _Optional[str] = ..., moved_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., call_id: _Optional[str] = ..., article_id: _Optional[str] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., limit_unit: _Optional[str] = ..., limit_amount: _Optional[int] = ...) -> None: ...

class ClockWarned(_message.Message):
    __slots__ = ("case_id", "city", "clock_id", "kind", "work_order_id", "assignment_id", "unit", "due_at", "warned_at", "policy_id", "supervision_id", "call_id", "article_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    WARNED_AT_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    clock_id: str
    kind: str
    work_order_id: str
    assignment_id: str
    unit: str
    due_at: _timestamp_pb2.Timestamp
    warned_at: _timestamp_pb2.Timestamp
    policy_id: str
    supervision_id: str
    call_id: str
    article_id: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., clock_id: _Optional[str] = ..., kind: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., warned_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., call_id: _Optional[str] = ..., article_id: _Optional[str] = ...) -> None: ...

class ClockReminded(_message.Message):
    __slots__ = ("case_id", "city", "clock_id", "kind", "work_order_id", "assignment_id", "unit", "of", "last_at", "reminded_at", "policy_id", "supervision_id", "call_id", "article_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    OF_FIELD_NUMBER: _ClassVar[int]
    LAST_AT_FIELD_NUMBER: _ClassVar[int]
    REMINDED_AT_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    clock_id: str
    kind: str
    work_order_id: str
    assignment_id: str
    unit: str
    of: str
    last_at: _timestamp_pb2.Timestamp
    reminded_at: _timestamp_pb2.Timestamp
    policy_id: str
    supervision_id: str
    call_id: str
    article_id: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., clock_id: _Optional[str] = ..., kind: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., of: _Optional[str] = ..., last_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reminded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., call_id: _Optional[str] = ..., article_id: _Optional[str] = ...) -> None: ...

class ClockBreached(_message.Message):
    __slots__ = ("case_id", "city", "clock_id", "kind", "work_order_id", "assignment_id", "unit", "round", "due_at", "breached_at", "policy_id", "supervision_id", "call_id", "article_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    BREACHED_AT_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    clock_id: str
    kind: str
    work_order_id: str
    assignment_id: str
    unit: str
    round: int
    due_at: _timestamp_pb2.Timestamp
    breached_at: _timestamp_pb2.Timestamp
    policy_id: str
    supervision_id: str
    call_id: str
    article_id: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., clock_id: _Optional[str] = ..., kind: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., breached_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., call_id: _Optional[str] = ..., article_id: _Optional[str] = ...) -> None: ...

class ClockStopped(_message.Message):
    __slots__ = ("case_id", "city", "clock_id", "kind", "work_order_id", "assignment_id", "unit", "outcome", "judged_at", "due_at", "policy_id", "supervision_id", "call_id", "article_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    JUDGED_AT_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    clock_id: str
    kind: str
    work_order_id: str
    assignment_id: str
    unit: str
    outcome: str
    judged_at: _timestamp_pb2.Timestamp
    due_at: _timestamp_pb2.Timestamp
    policy_id: str
    supervision_id: str
    call_id: str
    article_id: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., clock_id: _Optional[str] = ..., kind: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., outcome: _Optional[str] = ..., judged_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., call_id: _Optional[str] = ..., article_id: _Optional[str] = ...) -> None: ...

class BreachWithdrawn(_message.Message):
    __slots__ = ("case_id", "city", "clock_id", "kind", "work_order_id", "assignment_id", "unit", "why", "withdrawn_at", "policy_id", "supervision_id", "call_id", "article_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_AT_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    SUPERVISION_ID_FIELD_NUMBER: _ClassVar[int]
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    clock_id: str
    kind: str
    work_order_id: str
    assignment_id: str
    unit: str
    why: str
    withdrawn_at: _timestamp_pb2.Timestamp
    policy_id: str
    supervision_id: str
    call_id: str
    article_id: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., clock_id: _Optional[str] = ..., kind: _Optional[str] = ..., work_order_id: _Optional[str] = ..., assignment_id: _Optional[str] = ..., unit: _Optional[str] = ..., why: _Optional[str] = ..., withdrawn_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_id: _Optional[str] = ..., supervision_id: _Optional[str] = ..., call_id: _Optional[str] = ..., article_id: _Optional[str] = ...) -> None: ...

class AppealFiled(_message.Message):
    __slots__ = ("case_id", "city", "appeal_id", "kind", "clock_id", "clock", "work_order_id", "unit", "round", "filed_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    APPEAL_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    FILED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    appeal_id: str
    kind: str
    clock_id: str
    clock: str
    work_order_id: str
    unit: str
    round: int
    filed_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., appeal_id: _Optional[str] = ..., kind: _Optional[str] = ..., clock_id: _Optional[str] = ..., clock: _Optional[str] = ..., work_order_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., filed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AppealDecided(_message.Message):
    __slots__ = ("case_id", "city", "appeal_id", "kind", "clock_id", "clock", "work_order_id", "unit", "round", "outcome", "decided_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    APPEAL_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    appeal_id: str
    kind: str
    clock_id: str
    clock: str
    work_order_id: str
    unit: str
    round: int
    outcome: str
    decided_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., appeal_id: _Optional[str] = ..., kind: _Optional[str] = ..., clock_id: _Optional[str] = ..., clock: _Optional[str] = ..., work_order_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., outcome: _Optional[str] = ..., decided_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class FactExcluded(_message.Message):
    __slots__ = ("case_id", "city", "exclusion_id", "kind", "clock_id", "clock", "work_order_id", "unit", "round", "reason", "appeal_id", "excluded_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    EXCLUSION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    APPEAL_ID_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    exclusion_id: str
    kind: str
    clock_id: str
    clock: str
    work_order_id: str
    unit: str
    round: int
    reason: str
    appeal_id: str
    excluded_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., exclusion_id: _Optional[str] = ..., kind: _Optional[str] = ..., clock_id: _Optional[str] = ..., clock: _Optional[str] = ..., work_order_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., reason: _Optional[str] = ..., appeal_id: _Optional[str] = ..., excluded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExclusionLifted(_message.Message):
    __slots__ = ("case_id", "city", "exclusion_id", "kind", "clock_id", "clock", "work_order_id", "unit", "round", "reason", "lifted_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    EXCLUSION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CLOCK_ID_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LIFTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    exclusion_id: str
    kind: str
    clock_id: str
    clock: str
    work_order_id: str
    unit: str
    round: int
    reason: str
    lifted_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., exclusion_id: _Optional[str] = ..., kind: _Optional[str] = ..., clock_id: _Optional[str] = ..., clock: _Optional[str] = ..., work_order_id: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., reason: _Optional[str] = ..., lifted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReportMade(_message.Message):
    __slots__ = ("report_id", "city", "kind", "title", "start_at", "end_at", "made_at", "copied_to")
    REPORT_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    START_AT_FIELD_NUMBER: _ClassVar[int]
    END_AT_FIELD_NUMBER: _ClassVar[int]
    MADE_AT_FIELD_NUMBER: _ClassVar[int]
    COPIED_TO_FIELD_NUMBER: _ClassVar[int]
    report_id: str
    city: str
    kind: str
    title: str
    start_at: _timestamp_pb2.Timestamp
    end_at: _timestamp_pb2.Timestamp
    made_at: _timestamp_pb2.Timestamp
    copied_to: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, report_id: _Optional[str] = ..., city: _Optional[str] = ..., kind: _Optional[str] = ..., title: _Optional[str] = ..., start_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., made_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., copied_to: _Optional[_Iterable[str]] = ...) -> None: ...

class CircularPublished(_message.Message):
    __slots__ = ("circular_id", "city", "title", "units", "start_at", "end_at", "named", "published_at")
    CIRCULAR_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    START_AT_FIELD_NUMBER: _ClassVar[int]
    END_AT_FIELD_NUMBER: _ClassVar[int]
    NAMED_FIELD_NUMBER: _ClassVar[int]
    PUBLISHED_AT_FIELD_NUMBER: _ClassVar[int]
    circular_id: str
    city: str
    title: str
    units: _containers.RepeatedScalarFieldContainer[str]
    start_at: _timestamp_pb2.Timestamp
    end_at: _timestamp_pb2.Timestamp
    named: _containers.RepeatedScalarFieldContainer[str]
    published_at: _timestamp_pb2.Timestamp
    def __init__(self, circular_id: _Optional[str] = ..., city: _Optional[str] = ..., title: _Optional[str] = ..., units: _Optional[_Iterable[str]] = ..., start_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., named: _Optional[_Iterable[str]] = ..., published_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CircularWithdrawn(_message.Message):
    __slots__ = ("circular_id", "city", "title", "units", "withdrawn_at")
    CIRCULAR_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_AT_FIELD_NUMBER: _ClassVar[int]
    circular_id: str
    city: str
    title: str
    units: _containers.RepeatedScalarFieldContainer[str]
    withdrawn_at: _timestamp_pb2.Timestamp
    def __init__(self, circular_id: _Optional[str] = ..., city: _Optional[str] = ..., title: _Optional[str] = ..., units: _Optional[_Iterable[str]] = ..., withdrawn_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
