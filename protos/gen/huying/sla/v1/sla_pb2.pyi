import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from huying.common.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ClockState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CLOCK_STATE_UNSPECIFIED: _ClassVar[ClockState]
    CLOCK_STATE_RUNNING: _ClassVar[ClockState]
    CLOCK_STATE_WARNED: _ClassVar[ClockState]
    CLOCK_STATE_BREACHED: _ClassVar[ClockState]
    CLOCK_STATE_MET: _ClassVar[ClockState]
    CLOCK_STATE_LATE: _ClassVar[ClockState]
    CLOCK_STATE_HELD: _ClassVar[ClockState]
    CLOCK_STATE_VOIDED: _ClassVar[ClockState]
    CLOCK_STATE_CANCELLED: _ClassVar[ClockState]
CLOCK_STATE_UNSPECIFIED: ClockState
CLOCK_STATE_RUNNING: ClockState
CLOCK_STATE_WARNED: ClockState
CLOCK_STATE_BREACHED: ClockState
CLOCK_STATE_MET: ClockState
CLOCK_STATE_LATE: ClockState
CLOCK_STATE_HELD: ClockState
CLOCK_STATE_VOIDED: ClockState
CLOCK_STATE_CANCELLED: ClockState

class PreviewDeadlineRequest(_message.Message):
    __slots__ = ("city", "kind", "category", "item", "emergency_class", "start_time", "round")
    CITY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    city: str
    kind: str
    category: str
    item: str
    emergency_class: str
    start_time: _timestamp_pb2.Timestamp
    round: int
    def __init__(self, city: _Optional[str] = ..., kind: _Optional[str] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., emergency_class: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., round: _Optional[int] = ...) -> None: ...

class Deadline(_message.Message):
    __slots__ = ("due_time", "warn_time", "last_extension_time", "rule", "article", "steps", "provisional")
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    WARN_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_EXTENSION_TIME_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    due_time: _timestamp_pb2.Timestamp
    warn_time: _timestamp_pb2.Timestamp
    last_extension_time: _timestamp_pb2.Timestamp
    rule: str
    article: str
    steps: _containers.RepeatedCompositeFieldContainer[_common_pb2.Step]
    provisional: bool
    def __init__(self, due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., warn_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_extension_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[_common_pb2.Step, _Mapping]]] = ..., provisional: _Optional[bool] = ...) -> None: ...

class ListClocksRequest(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: str
    def __init__(self, case: _Optional[str] = ...) -> None: ...

class ListClocksResponse(_message.Message):
    __slots__ = ("clocks",)
    CLOCKS_FIELD_NUMBER: _ClassVar[int]
    clocks: _containers.RepeatedCompositeFieldContainer[Clock]
    def __init__(self, clocks: _Optional[_Iterable[_Union[Clock, _Mapping]]] = ...) -> None: ...

class Clock(_message.Message):
    __slots__ = ("kind", "state", "work_order", "unit", "round", "start_time", "due_time", "stop_time", "rule", "article", "steps", "last_extension_time", "limit_amount", "limit_unit", "assignment", "first_due_time", "warn_time", "provisional", "remind_time")
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    STOP_TIME_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    LAST_EXTENSION_TIME_FIELD_NUMBER: _ClassVar[int]
    LIMIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_UNIT_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_FIELD_NUMBER: _ClassVar[int]
    FIRST_DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    WARN_TIME_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    REMIND_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: str
    state: ClockState
    work_order: str
    unit: str
    round: int
    start_time: _timestamp_pb2.Timestamp
    due_time: _timestamp_pb2.Timestamp
    stop_time: _timestamp_pb2.Timestamp
    rule: str
    article: str
    steps: _containers.RepeatedCompositeFieldContainer[_common_pb2.Step]
    last_extension_time: _timestamp_pb2.Timestamp
    limit_amount: int
    limit_unit: str
    assignment: str
    first_due_time: _timestamp_pb2.Timestamp
    warn_time: _timestamp_pb2.Timestamp
    provisional: bool
    remind_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[str] = ..., state: _Optional[_Union[ClockState, str]] = ..., work_order: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., stop_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[_common_pb2.Step, _Mapping]]] = ..., last_extension_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., limit_amount: _Optional[int] = ..., limit_unit: _Optional[str] = ..., assignment: _Optional[str] = ..., first_due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., warn_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., provisional: _Optional[bool] = ..., remind_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetKpiReportRequest(_message.Message):
    __slots__ = ("city", "start_time", "end_time", "as_of_time")
    CITY_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    AS_OF_TIME_FIELD_NUMBER: _ClassVar[int]
    city: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    as_of_time: _timestamp_pb2.Timestamp
    def __init__(self, city: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., as_of_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class KpiReport(_message.Message):
    __slots__ = ("as_of_time", "rows")
    AS_OF_TIME_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    as_of_time: _timestamp_pb2.Timestamp
    rows: _containers.RepeatedCompositeFieldContainer[KpiRow]
    def __init__(self, as_of_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rows: _Optional[_Iterable[_Union[KpiRow, _Mapping]]] = ...) -> None: ...

class KpiRow(_message.Message):
    __slots__ = ("city", "unit", "category", "kpi", "numerator", "denominator")
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    KPI_FIELD_NUMBER: _ClassVar[int]
    NUMERATOR_FIELD_NUMBER: _ClassVar[int]
    DENOMINATOR_FIELD_NUMBER: _ClassVar[int]
    city: str
    unit: str
    category: str
    kpi: str
    numerator: int
    denominator: int
    def __init__(self, city: _Optional[str] = ..., unit: _Optional[str] = ..., category: _Optional[str] = ..., kpi: _Optional[str] = ..., numerator: _Optional[int] = ..., denominator: _Optional[int] = ...) -> None: ...
