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

class FactKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FACT_KIND_UNSPECIFIED: _ClassVar[FactKind]
    FACT_KIND_BREACH: _ClassVar[FactKind]
    FACT_KIND_LATE_RETURN: _ClassVar[FactKind]
    FACT_KIND_RATING: _ClassVar[FactKind]
    FACT_KIND_UNSOLVED: _ClassVar[FactKind]
    FACT_KIND_REDO: _ClassVar[FactKind]
    FACT_KIND_REVISIT: _ClassVar[FactKind]

class AppealState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    APPEAL_STATE_UNSPECIFIED: _ClassVar[AppealState]
    APPEAL_STATE_FILED: _ClassVar[AppealState]
    APPEAL_STATE_GRANTED: _ClassVar[AppealState]
    APPEAL_STATE_REFUSED: _ClassVar[AppealState]

class ExclusionState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXCLUSION_STATE_UNSPECIFIED: _ClassVar[ExclusionState]
    EXCLUSION_STATE_IN_FORCE: _ClassVar[ExclusionState]
    EXCLUSION_STATE_LIFTED: _ClassVar[ExclusionState]

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

class CircularState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CIRCULAR_STATE_UNSPECIFIED: _ClassVar[CircularState]
    CIRCULAR_STATE_DRAFTED: _ClassVar[CircularState]
    CIRCULAR_STATE_PUBLISHED: _ClassVar[CircularState]
    CIRCULAR_STATE_WITHDRAWN: _ClassVar[CircularState]
FACT_KIND_UNSPECIFIED: FactKind
FACT_KIND_BREACH: FactKind
FACT_KIND_LATE_RETURN: FactKind
FACT_KIND_RATING: FactKind
FACT_KIND_UNSOLVED: FactKind
FACT_KIND_REDO: FactKind
FACT_KIND_REVISIT: FactKind
APPEAL_STATE_UNSPECIFIED: AppealState
APPEAL_STATE_FILED: AppealState
APPEAL_STATE_GRANTED: AppealState
APPEAL_STATE_REFUSED: AppealState
EXCLUSION_STATE_UNSPECIFIED: ExclusionState
EXCLUSION_STATE_IN_FORCE: ExclusionState
EXCLUSION_STATE_LIFTED: ExclusionState
CLOCK_STATE_UNSPECIFIED: ClockState
CLOCK_STATE_RUNNING: ClockState
CLOCK_STATE_WARNED: ClockState
CLOCK_STATE_BREACHED: ClockState
CLOCK_STATE_MET: ClockState
CLOCK_STATE_LATE: ClockState
CLOCK_STATE_HELD: ClockState
CLOCK_STATE_VOIDED: ClockState
CLOCK_STATE_CANCELLED: ClockState
CIRCULAR_STATE_UNSPECIFIED: CircularState
CIRCULAR_STATE_DRAFTED: CircularState
CIRCULAR_STATE_PUBLISHED: CircularState
CIRCULAR_STATE_WITHDRAWN: CircularState

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
    __slots__ = ("case", "subject")
    CASE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    case: str
    subject: str
    def __init__(self, case: _Optional[str] = ..., subject: _Optional[str] = ...) -> None: ...

class ListClocksResponse(_message.Message):
    __slots__ = ("clocks",)
    CLOCKS_FIELD_NUMBER: _ClassVar[int]
    clocks: _containers.RepeatedCompositeFieldContainer[Clock]
    def __init__(self, clocks: _Optional[_Iterable[_Union[Clock, _Mapping]]] = ...) -> None: ...

class Clock(_message.Message):
    __slots__ = ("kind", "state", "work_order", "unit", "round", "start_time", "due_time", "stop_time", "rule", "article", "steps", "last_extension_time", "limit_amount", "limit_unit", "assignment", "first_due_time", "warn_time", "provisional", "remind_time", "subject", "zh", "en")
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
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
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
    subject: str
    zh: str
    en: str
    def __init__(self, kind: _Optional[str] = ..., state: _Optional[_Union[ClockState, str]] = ..., work_order: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., stop_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[_common_pb2.Step, _Mapping]]] = ..., last_extension_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., limit_amount: _Optional[int] = ..., limit_unit: _Optional[str] = ..., assignment: _Optional[str] = ..., first_due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., warn_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., provisional: _Optional[bool] = ..., remind_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., subject: _Optional[str] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ...) -> None: ...

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
    __slots__ = ("city", "unit", "category", "kpi", "numerator", "denominator", "excluded", "exclusions")
    class ExclusionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    KPI_FIELD_NUMBER: _ClassVar[int]
    NUMERATOR_FIELD_NUMBER: _ClassVar[int]
    DENOMINATOR_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_FIELD_NUMBER: _ClassVar[int]
    EXCLUSIONS_FIELD_NUMBER: _ClassVar[int]
    city: str
    unit: str
    category: str
    kpi: str
    numerator: int
    denominator: int
    excluded: int
    exclusions: _containers.ScalarMap[str, int]
    def __init__(self, city: _Optional[str] = ..., unit: _Optional[str] = ..., category: _Optional[str] = ..., kpi: _Optional[str] = ..., numerator: _Optional[int] = ..., denominator: _Optional[int] = ..., excluded: _Optional[int] = ..., exclusions: _Optional[_Mapping[str, int]] = ...) -> None: ...

class FileAppealRequest(_message.Message):
    __slots__ = ("request_id", "case", "kind", "work_order", "clock", "round", "due_time", "reason", "evidence")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case: str
    kind: FactKind
    work_order: str
    clock: str
    round: int
    due_time: _timestamp_pb2.Timestamp
    reason: str
    evidence: str
    def __init__(self, request_id: _Optional[str] = ..., case: _Optional[str] = ..., kind: _Optional[_Union[FactKind, str]] = ..., work_order: _Optional[str] = ..., clock: _Optional[str] = ..., round: _Optional[int] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ..., evidence: _Optional[str] = ...) -> None: ...

class DecideAppealRequest(_message.Message):
    __slots__ = ("request_id", "name", "decision", "reason", "basis", "explanation")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    decision: AppealState
    reason: str
    basis: str
    explanation: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., decision: _Optional[_Union[AppealState, str]] = ..., reason: _Optional[str] = ..., basis: _Optional[str] = ..., explanation: _Optional[str] = ...) -> None: ...

class GetAppealRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListAppealsRequest(_message.Message):
    __slots__ = ("city", "state", "unit", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: AppealState
    unit: str
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[AppealState, str]] = ..., unit: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAppealsResponse(_message.Message):
    __slots__ = ("appeals", "next_page_token")
    APPEALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    appeals: _containers.RepeatedCompositeFieldContainer[Appeal]
    next_page_token: str
    def __init__(self, appeals: _Optional[_Iterable[_Union[Appeal, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Appeal(_message.Message):
    __slots__ = ("name", "case", "work_order", "unit", "kind", "clock", "round", "state", "file_time", "last_time", "decide_time", "exclusion_reason", "exclusion", "reason", "evidence", "explanation")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    FILE_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_TIME_FIELD_NUMBER: _ClassVar[int]
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXCLUSION_REASON_FIELD_NUMBER: _ClassVar[int]
    EXCLUSION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    case: str
    work_order: str
    unit: str
    kind: FactKind
    clock: str
    round: int
    state: AppealState
    file_time: _timestamp_pb2.Timestamp
    last_time: _timestamp_pb2.Timestamp
    decide_time: _timestamp_pb2.Timestamp
    exclusion_reason: str
    exclusion: str
    reason: str
    evidence: str
    explanation: str
    def __init__(self, name: _Optional[str] = ..., case: _Optional[str] = ..., work_order: _Optional[str] = ..., unit: _Optional[str] = ..., kind: _Optional[_Union[FactKind, str]] = ..., clock: _Optional[str] = ..., round: _Optional[int] = ..., state: _Optional[_Union[AppealState, str]] = ..., file_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., exclusion_reason: _Optional[str] = ..., exclusion: _Optional[str] = ..., reason: _Optional[str] = ..., evidence: _Optional[str] = ..., explanation: _Optional[str] = ...) -> None: ...

class ExcludeFactRequest(_message.Message):
    __slots__ = ("request_id", "case", "kind", "work_order", "unit", "clock", "round", "due_time", "reason", "basis")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case: str
    kind: FactKind
    work_order: str
    unit: str
    clock: str
    round: int
    due_time: _timestamp_pb2.Timestamp
    reason: str
    basis: str
    def __init__(self, request_id: _Optional[str] = ..., case: _Optional[str] = ..., kind: _Optional[_Union[FactKind, str]] = ..., work_order: _Optional[str] = ..., unit: _Optional[str] = ..., clock: _Optional[str] = ..., round: _Optional[int] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ..., basis: _Optional[str] = ...) -> None: ...

class LiftExclusionRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ListExclusionsRequest(_message.Message):
    __slots__ = ("city", "state", "unit", "reason", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: ExclusionState
    unit: str
    reason: str
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[ExclusionState, str]] = ..., unit: _Optional[str] = ..., reason: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListExclusionsResponse(_message.Message):
    __slots__ = ("exclusions", "next_page_token")
    EXCLUSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    exclusions: _containers.RepeatedCompositeFieldContainer[Exclusion]
    next_page_token: str
    def __init__(self, exclusions: _Optional[_Iterable[_Union[Exclusion, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Exclusion(_message.Message):
    __slots__ = ("name", "case", "work_order", "unit", "kind", "clock", "round", "state", "reason", "reason_zh", "reason_en", "basis", "exclude_time", "lift_time", "lift_reason", "appeal")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REASON_ZH_FIELD_NUMBER: _ClassVar[int]
    REASON_EN_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    EXCLUDE_TIME_FIELD_NUMBER: _ClassVar[int]
    LIFT_TIME_FIELD_NUMBER: _ClassVar[int]
    LIFT_REASON_FIELD_NUMBER: _ClassVar[int]
    APPEAL_FIELD_NUMBER: _ClassVar[int]
    name: str
    case: str
    work_order: str
    unit: str
    kind: FactKind
    clock: str
    round: int
    state: ExclusionState
    reason: str
    reason_zh: str
    reason_en: str
    basis: str
    exclude_time: _timestamp_pb2.Timestamp
    lift_time: _timestamp_pb2.Timestamp
    lift_reason: str
    appeal: str
    def __init__(self, name: _Optional[str] = ..., case: _Optional[str] = ..., work_order: _Optional[str] = ..., unit: _Optional[str] = ..., kind: _Optional[_Union[FactKind, str]] = ..., clock: _Optional[str] = ..., round: _Optional[int] = ..., state: _Optional[_Union[ExclusionState, str]] = ..., reason: _Optional[str] = ..., reason_zh: _Optional[str] = ..., reason_en: _Optional[str] = ..., basis: _Optional[str] = ..., exclude_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lift_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lift_reason: _Optional[str] = ..., appeal: _Optional[str] = ...) -> None: ...

class GetMonthlyAssessmentRequest(_message.Message):
    __slots__ = ("city", "month", "as_of_time")
    CITY_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    AS_OF_TIME_FIELD_NUMBER: _ClassVar[int]
    city: str
    month: str
    as_of_time: _timestamp_pb2.Timestamp
    def __init__(self, city: _Optional[str] = ..., month: _Optional[str] = ..., as_of_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MonthlyAssessment(_message.Message):
    __slots__ = ("city", "month", "as_of_time", "classes")
    CITY_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    AS_OF_TIME_FIELD_NUMBER: _ClassVar[int]
    CLASSES_FIELD_NUMBER: _ClassVar[int]
    city: str
    month: str
    as_of_time: _timestamp_pb2.Timestamp
    classes: _containers.RepeatedCompositeFieldContainer[AssessedClass]
    def __init__(self, city: _Optional[str] = ..., month: _Optional[str] = ..., as_of_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., classes: _Optional[_Iterable[_Union[AssessedClass, _Mapping]]] = ...) -> None: ...

class AssessedClass(_message.Message):
    __slots__ = ("code", "zh", "en", "units")
    CODE_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    code: str
    zh: str
    en: str
    units: _containers.RepeatedCompositeFieldContainer[AssessedUnit]
    def __init__(self, code: _Optional[str] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ..., units: _Optional[_Iterable[_Union[AssessedUnit, _Mapping]]] = ...) -> None: ...

class AssessedUnit(_message.Message):
    __slots__ = ("unit", "rates", "low_satisfaction", "low_months", "marked")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    RATES_FIELD_NUMBER: _ClassVar[int]
    LOW_SATISFACTION_FIELD_NUMBER: _ClassVar[int]
    LOW_MONTHS_FIELD_NUMBER: _ClassVar[int]
    MARKED_FIELD_NUMBER: _ClassVar[int]
    unit: str
    rates: _containers.RepeatedCompositeFieldContainer[AssessedRate]
    low_satisfaction: bool
    low_months: int
    marked: bool
    def __init__(self, unit: _Optional[str] = ..., rates: _Optional[_Iterable[_Union[AssessedRate, _Mapping]]] = ..., low_satisfaction: _Optional[bool] = ..., low_months: _Optional[int] = ..., marked: _Optional[bool] = ...) -> None: ...

class AssessedRate(_message.Message):
    __slots__ = ("kpi", "numerator", "denominator", "excluded", "exclusions", "place")
    class ExclusionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    KPI_FIELD_NUMBER: _ClassVar[int]
    NUMERATOR_FIELD_NUMBER: _ClassVar[int]
    DENOMINATOR_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_FIELD_NUMBER: _ClassVar[int]
    EXCLUSIONS_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    kpi: str
    numerator: int
    denominator: int
    excluded: int
    exclusions: _containers.ScalarMap[str, int]
    place: int
    def __init__(self, kpi: _Optional[str] = ..., numerator: _Optional[int] = ..., denominator: _Optional[int] = ..., excluded: _Optional[int] = ..., exclusions: _Optional[_Mapping[str, int]] = ..., place: _Optional[int] = ...) -> None: ...

class MakeSpecialReportRequest(_message.Message):
    __slots__ = ("request_id", "city", "title", "start_time", "end_time", "unit", "category", "kpis")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    KPIS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    title: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    unit: str
    category: str
    kpis: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., title: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., unit: _Optional[str] = ..., category: _Optional[str] = ..., kpis: _Optional[_Iterable[str]] = ...) -> None: ...

class GetReportRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListReportsRequest(_message.Message):
    __slots__ = ("city", "kind", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    kind: str
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., kind: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListReportsResponse(_message.Message):
    __slots__ = ("reports", "next_page_token")
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    reports: _containers.RepeatedCompositeFieldContainer[Report]
    next_page_token: str
    def __init__(self, reports: _Optional[_Iterable[_Union[Report, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Report(_message.Message):
    __slots__ = ("name", "kind", "zh", "en", "start_time", "end_time", "make_time", "rule", "article", "unit", "category", "kpis", "rows", "matters", "seasonal_matters", "copied_to")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    MAKE_TIME_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    KPIS_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    MATTERS_FIELD_NUMBER: _ClassVar[int]
    SEASONAL_MATTERS_FIELD_NUMBER: _ClassVar[int]
    COPIED_TO_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: str
    zh: str
    en: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    make_time: _timestamp_pb2.Timestamp
    rule: str
    article: str
    unit: str
    category: str
    kpis: _containers.RepeatedScalarFieldContainer[str]
    rows: _containers.RepeatedCompositeFieldContainer[KpiRow]
    matters: _containers.RepeatedCompositeFieldContainer[Matter]
    seasonal_matters: _containers.RepeatedCompositeFieldContainer[SeasonalMatter]
    copied_to: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[str] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., make_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., unit: _Optional[str] = ..., category: _Optional[str] = ..., kpis: _Optional[_Iterable[str]] = ..., rows: _Optional[_Iterable[_Union[KpiRow, _Mapping]]] = ..., matters: _Optional[_Iterable[_Union[Matter, _Mapping]]] = ..., seasonal_matters: _Optional[_Iterable[_Union[SeasonalMatter, _Mapping]]] = ..., copied_to: _Optional[_Iterable[str]] = ...) -> None: ...

class ListCircularGroundsRequest(_message.Message):
    __slots__ = ("city", "start_time", "end_time")
    CITY_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    city: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, city: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CircularGrounds(_message.Message):
    __slots__ = ("found",)
    FOUND_FIELD_NUMBER: _ClassVar[int]
    found: _containers.RepeatedCompositeFieldContainer[NamedUnit]
    def __init__(self, found: _Optional[_Iterable[_Union[NamedUnit, _Mapping]]] = ...) -> None: ...

class NamedUnit(_message.Message):
    __slots__ = ("unit", "ground", "zh", "en", "rule", "article", "count", "words")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    unit: str
    ground: str
    zh: str
    en: str
    rule: str
    article: str
    count: int
    words: str
    def __init__(self, unit: _Optional[str] = ..., ground: _Optional[str] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., count: _Optional[int] = ..., words: _Optional[str] = ...) -> None: ...

class DrawUpCircularRequest(_message.Message):
    __slots__ = ("request_id", "city", "title", "text", "start_time", "end_time", "named")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    NAMED_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    title: str
    text: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    named: _containers.RepeatedCompositeFieldContainer[Naming]
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., named: _Optional[_Iterable[_Union[Naming, _Mapping]]] = ...) -> None: ...

class Naming(_message.Message):
    __slots__ = ("unit", "ground", "words")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    unit: str
    ground: str
    words: str
    def __init__(self, unit: _Optional[str] = ..., ground: _Optional[str] = ..., words: _Optional[str] = ...) -> None: ...

class PublishCircularRequest(_message.Message):
    __slots__ = ("request_id", "name")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class WithdrawCircularRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class GetCircularRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListCircularsRequest(_message.Message):
    __slots__ = ("city", "state", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: CircularState
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[CircularState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCircularsResponse(_message.Message):
    __slots__ = ("circulars", "next_page_token")
    CIRCULARS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    circulars: _containers.RepeatedCompositeFieldContainer[Circular]
    next_page_token: str
    def __init__(self, circulars: _Optional[_Iterable[_Union[Circular, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Circular(_message.Message):
    __slots__ = ("name", "state", "title", "text", "start_time", "end_time", "draw_time", "publish_time", "withdraw_time", "withdraw_reason", "classes", "named")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    DRAW_TIME_FIELD_NUMBER: _ClassVar[int]
    PUBLISH_TIME_FIELD_NUMBER: _ClassVar[int]
    WITHDRAW_TIME_FIELD_NUMBER: _ClassVar[int]
    WITHDRAW_REASON_FIELD_NUMBER: _ClassVar[int]
    CLASSES_FIELD_NUMBER: _ClassVar[int]
    NAMED_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: CircularState
    title: str
    text: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    draw_time: _timestamp_pb2.Timestamp
    publish_time: _timestamp_pb2.Timestamp
    withdraw_time: _timestamp_pb2.Timestamp
    withdraw_reason: str
    classes: _containers.RepeatedCompositeFieldContainer[RankedClass]
    named: _containers.RepeatedCompositeFieldContainer[NamedUnit]
    def __init__(self, name: _Optional[str] = ..., state: _Optional[_Union[CircularState, str]] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., draw_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., publish_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., withdraw_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., withdraw_reason: _Optional[str] = ..., classes: _Optional[_Iterable[_Union[RankedClass, _Mapping]]] = ..., named: _Optional[_Iterable[_Union[NamedUnit, _Mapping]]] = ...) -> None: ...

class RankedClass(_message.Message):
    __slots__ = ("code", "zh", "en", "units")
    CODE_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    code: str
    zh: str
    en: str
    units: _containers.RepeatedCompositeFieldContainer[RankedUnit]
    def __init__(self, code: _Optional[str] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ..., units: _Optional[_Iterable[_Union[RankedUnit, _Mapping]]] = ...) -> None: ...

class RankedUnit(_message.Message):
    __slots__ = ("unit", "rates")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    RATES_FIELD_NUMBER: _ClassVar[int]
    unit: str
    rates: _containers.RepeatedCompositeFieldContainer[AssessedRate]
    def __init__(self, unit: _Optional[str] = ..., rates: _Optional[_Iterable[_Union[AssessedRate, _Mapping]]] = ...) -> None: ...

class ListMattersRequest(_message.Message):
    __slots__ = ("city", "month", "by_area", "concentrated", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    BY_AREA_FIELD_NUMBER: _ClassVar[int]
    CONCENTRATED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    month: str
    by_area: bool
    concentrated: bool
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., month: _Optional[str] = ..., by_area: _Optional[bool] = ..., concentrated: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListMattersResponse(_message.Message):
    __slots__ = ("month", "rule", "article", "matters", "next_page_token")
    MONTH_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    MATTERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    month: str
    rule: str
    article: str
    matters: _containers.RepeatedCompositeFieldContainer[Matter]
    next_page_token: str
    def __init__(self, month: _Optional[str] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., matters: _Optional[_Iterable[_Union[Matter, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Matter(_message.Message):
    __slots__ = ("item", "category", "area", "zh", "en", "cases", "month_before", "year_before", "cases_before", "months_before", "concentrated")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    MONTH_BEFORE_FIELD_NUMBER: _ClassVar[int]
    YEAR_BEFORE_FIELD_NUMBER: _ClassVar[int]
    CASES_BEFORE_FIELD_NUMBER: _ClassVar[int]
    MONTHS_BEFORE_FIELD_NUMBER: _ClassVar[int]
    CONCENTRATED_FIELD_NUMBER: _ClassVar[int]
    item: str
    category: str
    area: str
    zh: str
    en: str
    cases: int
    month_before: int
    year_before: int
    cases_before: int
    months_before: int
    concentrated: bool
    def __init__(self, item: _Optional[str] = ..., category: _Optional[str] = ..., area: _Optional[str] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ..., cases: _Optional[int] = ..., month_before: _Optional[int] = ..., year_before: _Optional[int] = ..., cases_before: _Optional[int] = ..., months_before: _Optional[int] = ..., concentrated: _Optional[bool] = ...) -> None: ...

class ListSeasonalMattersRequest(_message.Message):
    __slots__ = ("city", "month", "by_area", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    BY_AREA_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    month: str
    by_area: bool
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., month: _Optional[str] = ..., by_area: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSeasonalMattersResponse(_message.Message):
    __slots__ = ("month", "rule", "article", "matters", "next_page_token")
    MONTH_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    MATTERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    month: str
    rule: str
    article: str
    matters: _containers.RepeatedCompositeFieldContainer[SeasonalMatter]
    next_page_token: str
    def __init__(self, month: _Optional[str] = ..., rule: _Optional[str] = ..., article: _Optional[str] = ..., matters: _Optional[_Iterable[_Union[SeasonalMatter, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SeasonalMatter(_message.Message):
    __slots__ = ("item", "category", "area", "zh", "en", "seasons")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    SEASONS_FIELD_NUMBER: _ClassVar[int]
    item: str
    category: str
    area: str
    zh: str
    en: str
    seasons: _containers.RepeatedCompositeFieldContainer[Season]
    def __init__(self, item: _Optional[str] = ..., category: _Optional[str] = ..., area: _Optional[str] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ..., seasons: _Optional[_Iterable[_Union[Season, _Mapping]]] = ...) -> None: ...

class Season(_message.Message):
    __slots__ = ("month", "cases", "cases_before", "months_before")
    MONTH_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    CASES_BEFORE_FIELD_NUMBER: _ClassVar[int]
    MONTHS_BEFORE_FIELD_NUMBER: _ClassVar[int]
    month: str
    cases: int
    cases_before: int
    months_before: int
    def __init__(self, month: _Optional[str] = ..., cases: _Optional[int] = ..., cases_before: _Optional[int] = ..., months_before: _Optional[int] = ...) -> None: ...
