import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WorkOrderState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WORK_ORDER_STATE_UNSPECIFIED: _ClassVar[WorkOrderState]
    WORK_ORDER_STATE_TO_DISPATCH: _ClassVar[WorkOrderState]
    WORK_ORDER_STATE_DISPATCHED: _ClassVar[WorkOrderState]
    WORK_ORDER_STATE_IN_HANDLING: _ClassVar[WorkOrderState]
    WORK_ORDER_STATE_REPLIED: _ClassVar[WorkOrderState]
    WORK_ORDER_STATE_COMPLETED: _ClassVar[WorkOrderState]
    WORK_ORDER_STATE_UNDER_VERIFICATION: _ClassVar[WorkOrderState]
    WORK_ORDER_STATE_ENDED: _ClassVar[WorkOrderState]
    WORK_ORDER_STATE_DISPUTED: _ClassVar[WorkOrderState]
    WORK_ORDER_STATE_HANDED_OVER: _ClassVar[WorkOrderState]

class AssignmentState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSIGNMENT_STATE_UNSPECIFIED: _ClassVar[AssignmentState]
    ASSIGNMENT_STATE_ASSIGNED: _ClassVar[AssignmentState]
    ASSIGNMENT_STATE_SIGNED: _ClassVar[AssignmentState]
    ASSIGNMENT_STATE_REPLIED: _ClassVar[AssignmentState]
    ASSIGNMENT_STATE_RETURN_REQUESTED: _ClassVar[AssignmentState]
    ASSIGNMENT_STATE_RELEASED: _ClassVar[AssignmentState]

class AssignmentRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSIGNMENT_ROLE_UNSPECIFIED: _ClassVar[AssignmentRole]
    ASSIGNMENT_ROLE_LEAD: _ClassVar[AssignmentRole]
    ASSIGNMENT_ROLE_CO: _ClassVar[AssignmentRole]
    ASSIGNMENT_ROLE_FALLBACK_LEAD: _ClassVar[AssignmentRole]

class PassingState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PASSING_STATE_UNSPECIFIED: _ClassVar[PassingState]
    PASSING_STATE_PASSED_ON: _ClassVar[PassingState]
    PASSING_STATE_REPLIED: _ClassVar[PassingState]
    PASSING_STATE_DECLINED: _ClassVar[PassingState]
    PASSING_STATE_TAKEN_BACK: _ClassVar[PassingState]

class HandOverMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HAND_OVER_MODE_UNSPECIFIED: _ClassVar[HandOverMode]
    HAND_OVER_MODE_PUSH_UP: _ClassVar[HandOverMode]
    HAND_OVER_MODE_ACROSS: _ClassVar[HandOverMode]

class SupervisionState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPERVISION_STATE_UNSPECIFIED: _ClassVar[SupervisionState]
    SUPERVISION_STATE_OPEN: _ClassVar[SupervisionState]
    SUPERVISION_STATE_ANSWERED: _ClassVar[SupervisionState]
    SUPERVISION_STATE_CLOSED: _ClassVar[SupervisionState]

class Light(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LIGHT_UNSPECIFIED: _ClassVar[Light]
    LIGHT_GREEN: _ClassVar[Light]
    LIGHT_YELLOW: _ClassVar[Light]
    LIGHT_RED: _ClassVar[Light]

class DisputeState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DISPUTE_STATE_UNSPECIFIED: _ClassVar[DisputeState]
    DISPUTE_STATE_OPEN: _ClassVar[DisputeState]
    DISPUTE_STATE_SETTLED: _ClassVar[DisputeState]
    DISPUTE_STATE_DROPPED: _ClassVar[DisputeState]

class StaffPart(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STAFF_PART_UNSPECIFIED: _ClassVar[StaffPart]
    STAFF_PART_LEADER: _ClassVar[StaffPart]
    STAFF_PART_RESPONSIBLE: _ClassVar[StaffPart]
    STAFF_PART_FIXED: _ClassVar[StaffPart]
WORK_ORDER_STATE_UNSPECIFIED: WorkOrderState
WORK_ORDER_STATE_TO_DISPATCH: WorkOrderState
WORK_ORDER_STATE_DISPATCHED: WorkOrderState
WORK_ORDER_STATE_IN_HANDLING: WorkOrderState
WORK_ORDER_STATE_REPLIED: WorkOrderState
WORK_ORDER_STATE_COMPLETED: WorkOrderState
WORK_ORDER_STATE_UNDER_VERIFICATION: WorkOrderState
WORK_ORDER_STATE_ENDED: WorkOrderState
WORK_ORDER_STATE_DISPUTED: WorkOrderState
WORK_ORDER_STATE_HANDED_OVER: WorkOrderState
ASSIGNMENT_STATE_UNSPECIFIED: AssignmentState
ASSIGNMENT_STATE_ASSIGNED: AssignmentState
ASSIGNMENT_STATE_SIGNED: AssignmentState
ASSIGNMENT_STATE_REPLIED: AssignmentState
ASSIGNMENT_STATE_RETURN_REQUESTED: AssignmentState
ASSIGNMENT_STATE_RELEASED: AssignmentState
ASSIGNMENT_ROLE_UNSPECIFIED: AssignmentRole
ASSIGNMENT_ROLE_LEAD: AssignmentRole
ASSIGNMENT_ROLE_CO: AssignmentRole
ASSIGNMENT_ROLE_FALLBACK_LEAD: AssignmentRole
PASSING_STATE_UNSPECIFIED: PassingState
PASSING_STATE_PASSED_ON: PassingState
PASSING_STATE_REPLIED: PassingState
PASSING_STATE_DECLINED: PassingState
PASSING_STATE_TAKEN_BACK: PassingState
HAND_OVER_MODE_UNSPECIFIED: HandOverMode
HAND_OVER_MODE_PUSH_UP: HandOverMode
HAND_OVER_MODE_ACROSS: HandOverMode
SUPERVISION_STATE_UNSPECIFIED: SupervisionState
SUPERVISION_STATE_OPEN: SupervisionState
SUPERVISION_STATE_ANSWERED: SupervisionState
SUPERVISION_STATE_CLOSED: SupervisionState
LIGHT_UNSPECIFIED: Light
LIGHT_GREEN: Light
LIGHT_YELLOW: Light
LIGHT_RED: Light
DISPUTE_STATE_UNSPECIFIED: DisputeState
DISPUTE_STATE_OPEN: DisputeState
DISPUTE_STATE_SETTLED: DisputeState
DISPUTE_STATE_DROPPED: DisputeState
STAFF_PART_UNSPECIFIED: StaffPart
STAFF_PART_LEADER: StaffPart
STAFF_PART_RESPONSIBLE: StaffPart
STAFF_PART_FIXED: StaffPart

class WorkOrder(_message.Message):
    __slots__ = ("name", "number", "case", "state", "category", "item", "area", "emergency_class", "masked_subject", "masked_text", "round", "assignments", "light", "due_time", "create_time", "dispatch_time", "why", "candidates", "extensions", "pack", "version", "attachments", "result_kind", "explain_only", "handled_as", "urgings", "force_majeure", "dispute", "supervisions", "corrections", "own_limits", "redo_class", "redo_classes", "statements", "end_proposals", "passings", "hand_overs", "linked_to", "joined_cases", "leader_review", "evaluations")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    MASKED_SUBJECT_FIELD_NUMBER: _ClassVar[int]
    MASKED_TEXT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    LIGHT_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DISPATCH_TIME_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    EXTENSIONS_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    RESULT_KIND_FIELD_NUMBER: _ClassVar[int]
    EXPLAIN_ONLY_FIELD_NUMBER: _ClassVar[int]
    HANDLED_AS_FIELD_NUMBER: _ClassVar[int]
    URGINGS_FIELD_NUMBER: _ClassVar[int]
    FORCE_MAJEURE_FIELD_NUMBER: _ClassVar[int]
    DISPUTE_FIELD_NUMBER: _ClassVar[int]
    SUPERVISIONS_FIELD_NUMBER: _ClassVar[int]
    CORRECTIONS_FIELD_NUMBER: _ClassVar[int]
    OWN_LIMITS_FIELD_NUMBER: _ClassVar[int]
    REDO_CLASS_FIELD_NUMBER: _ClassVar[int]
    REDO_CLASSES_FIELD_NUMBER: _ClassVar[int]
    STATEMENTS_FIELD_NUMBER: _ClassVar[int]
    END_PROPOSALS_FIELD_NUMBER: _ClassVar[int]
    PASSINGS_FIELD_NUMBER: _ClassVar[int]
    HAND_OVERS_FIELD_NUMBER: _ClassVar[int]
    LINKED_TO_FIELD_NUMBER: _ClassVar[int]
    JOINED_CASES_FIELD_NUMBER: _ClassVar[int]
    LEADER_REVIEW_FIELD_NUMBER: _ClassVar[int]
    EVALUATIONS_FIELD_NUMBER: _ClassVar[int]
    name: str
    number: str
    case: str
    state: WorkOrderState
    category: str
    item: str
    area: str
    emergency_class: str
    masked_subject: str
    masked_text: str
    round: int
    assignments: _containers.RepeatedCompositeFieldContainer[Assignment]
    light: Light
    due_time: _timestamp_pb2.Timestamp
    create_time: _timestamp_pb2.Timestamp
    dispatch_time: _timestamp_pb2.Timestamp
    why: str
    candidates: _containers.RepeatedScalarFieldContainer[str]
    extensions: _containers.RepeatedCompositeFieldContainer[Extension]
    pack: str
    version: int
    attachments: _containers.RepeatedCompositeFieldContainer[Attachment]
    result_kind: str
    explain_only: bool
    handled_as: str
    urgings: int
    force_majeure: _containers.RepeatedScalarFieldContainer[str]
    dispute: str
    supervisions: _containers.RepeatedScalarFieldContainer[str]
    corrections: _containers.RepeatedCompositeFieldContainer[Correction]
    own_limits: _containers.RepeatedCompositeFieldContainer[OwnLimit]
    redo_class: str
    redo_classes: _containers.RepeatedScalarFieldContainer[str]
    statements: _containers.RepeatedCompositeFieldContainer[Statement]
    end_proposals: _containers.RepeatedCompositeFieldContainer[EndProposal]
    passings: _containers.RepeatedCompositeFieldContainer[Passing]
    hand_overs: _containers.RepeatedCompositeFieldContainer[HandedOver]
    linked_to: str
    joined_cases: int
    leader_review: str
    evaluations: _containers.RepeatedCompositeFieldContainer[Evaluation]
    def __init__(self, name: _Optional[str] = ..., number: _Optional[str] = ..., case: _Optional[str] = ..., state: _Optional[_Union[WorkOrderState, str]] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., emergency_class: _Optional[str] = ..., masked_subject: _Optional[str] = ..., masked_text: _Optional[str] = ..., round: _Optional[int] = ..., assignments: _Optional[_Iterable[_Union[Assignment, _Mapping]]] = ..., light: _Optional[_Union[Light, str]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., dispatch_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., why: _Optional[str] = ..., candidates: _Optional[_Iterable[str]] = ..., extensions: _Optional[_Iterable[_Union[Extension, _Mapping]]] = ..., pack: _Optional[str] = ..., version: _Optional[int] = ..., attachments: _Optional[_Iterable[_Union[Attachment, _Mapping]]] = ..., result_kind: _Optional[str] = ..., explain_only: _Optional[bool] = ..., handled_as: _Optional[str] = ..., urgings: _Optional[int] = ..., force_majeure: _Optional[_Iterable[str]] = ..., dispute: _Optional[str] = ..., supervisions: _Optional[_Iterable[str]] = ..., corrections: _Optional[_Iterable[_Union[Correction, _Mapping]]] = ..., own_limits: _Optional[_Iterable[_Union[OwnLimit, _Mapping]]] = ..., redo_class: _Optional[str] = ..., redo_classes: _Optional[_Iterable[str]] = ..., statements: _Optional[_Iterable[_Union[Statement, _Mapping]]] = ..., end_proposals: _Optional[_Iterable[_Union[EndProposal, _Mapping]]] = ..., passings: _Optional[_Iterable[_Union[Passing, _Mapping]]] = ..., hand_overs: _Optional[_Iterable[_Union[HandedOver, _Mapping]]] = ..., linked_to: _Optional[str] = ..., joined_cases: _Optional[int] = ..., leader_review: _Optional[str] = ..., evaluations: _Optional[_Iterable[_Union[Evaluation, _Mapping]]] = ...) -> None: ...

class Evaluation(_message.Message):
    __slots__ = ("kind", "round", "solved", "satisfied", "score", "evaluate_time")
    KIND_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    SOLVED_FIELD_NUMBER: _ClassVar[int]
    SATISFIED_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    EVALUATE_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: str
    round: int
    solved: bool
    satisfied: bool
    score: str
    evaluate_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[str] = ..., round: _Optional[int] = ..., solved: _Optional[bool] = ..., satisfied: _Optional[bool] = ..., score: _Optional[str] = ..., evaluate_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HandedOver(_message.Message):
    __slots__ = ("to_city", "linked_order", "mode", "basis", "hand_over_time", "outcome")
    TO_CITY_FIELD_NUMBER: _ClassVar[int]
    LINKED_ORDER_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    HAND_OVER_TIME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    to_city: str
    linked_order: str
    mode: HandOverMode
    basis: str
    hand_over_time: _timestamp_pb2.Timestamp
    outcome: str
    def __init__(self, to_city: _Optional[str] = ..., linked_order: _Optional[str] = ..., mode: _Optional[_Union[HandOverMode, str]] = ..., basis: _Optional[str] = ..., hand_over_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., outcome: _Optional[str] = ...) -> None: ...

class Passing(_message.Message):
    __slots__ = ("name", "assignment", "section", "by", "state", "pass_time", "end_time", "due_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PASS_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    assignment: str
    section: str
    by: str
    state: PassingState
    pass_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    due_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., assignment: _Optional[str] = ..., section: _Optional[str] = ..., by: _Optional[str] = ..., state: _Optional[_Union[PassingState, str]] = ..., pass_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Dispute(_message.Message):
    __slots__ = ("name", "state", "ground", "by_rule", "asked_by", "participants", "made_safe_by", "steps", "due_time", "open_time", "lead", "co_units", "decided_by", "settle_time", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BY_RULE_FIELD_NUMBER: _ClassVar[int]
    ASKED_BY_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    MADE_SAFE_BY_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    OPEN_TIME_FIELD_NUMBER: _ClassVar[int]
    LEAD_FIELD_NUMBER: _ClassVar[int]
    CO_UNITS_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    SETTLE_TIME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: DisputeState
    ground: str
    by_rule: bool
    asked_by: str
    participants: _containers.RepeatedScalarFieldContainer[str]
    made_safe_by: str
    steps: _containers.RepeatedCompositeFieldContainer[DisputeStep]
    due_time: _timestamp_pb2.Timestamp
    open_time: _timestamp_pb2.Timestamp
    lead: str
    co_units: _containers.RepeatedScalarFieldContainer[str]
    decided_by: str
    settle_time: _timestamp_pb2.Timestamp
    version: int
    def __init__(self, name: _Optional[str] = ..., state: _Optional[_Union[DisputeState, str]] = ..., ground: _Optional[str] = ..., by_rule: _Optional[bool] = ..., asked_by: _Optional[str] = ..., participants: _Optional[_Iterable[str]] = ..., made_safe_by: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[DisputeStep, _Mapping]]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., open_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lead: _Optional[str] = ..., co_units: _Optional[_Iterable[str]] = ..., decided_by: _Optional[str] = ..., settle_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...

class DisputeStep(_message.Message):
    __slots__ = ("step", "zh", "en", "begin_time", "record_time", "present")
    STEP_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    BEGIN_TIME_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    PRESENT_FIELD_NUMBER: _ClassVar[int]
    step: str
    zh: str
    en: str
    begin_time: _timestamp_pb2.Timestamp
    record_time: _timestamp_pb2.Timestamp
    present: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, step: _Optional[str] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ..., begin_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., present: _Optional[_Iterable[str]] = ...) -> None: ...

class Supervision(_message.Message):
    __slots__ = ("name", "number", "work_order", "case", "unit", "ground", "ground_zh", "ground_en", "basis", "methods", "state", "opened_by", "written_reply", "due_time", "light", "open_time", "answer_time", "close_time", "finding", "why", "decides_case", "pack", "version", "line")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    GROUND_ZH_FIELD_NUMBER: _ClassVar[int]
    GROUND_EN_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    METHODS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OPENED_BY_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_REPLY_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    LIGHT_FIELD_NUMBER: _ClassVar[int]
    OPEN_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    DECIDES_CASE_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    name: str
    number: str
    work_order: str
    case: str
    unit: str
    ground: str
    ground_zh: str
    ground_en: str
    basis: str
    methods: _containers.RepeatedScalarFieldContainer[str]
    state: SupervisionState
    opened_by: str
    written_reply: bool
    due_time: _timestamp_pb2.Timestamp
    light: Light
    open_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    close_time: _timestamp_pb2.Timestamp
    finding: str
    why: str
    decides_case: bool
    pack: str
    version: int
    line: str
    def __init__(self, name: _Optional[str] = ..., number: _Optional[str] = ..., work_order: _Optional[str] = ..., case: _Optional[str] = ..., unit: _Optional[str] = ..., ground: _Optional[str] = ..., ground_zh: _Optional[str] = ..., ground_en: _Optional[str] = ..., basis: _Optional[str] = ..., methods: _Optional[_Iterable[str]] = ..., state: _Optional[_Union[SupervisionState, str]] = ..., opened_by: _Optional[str] = ..., written_reply: _Optional[bool] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., light: _Optional[_Union[Light, str]] = ..., open_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., close_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., finding: _Optional[str] = ..., why: _Optional[str] = ..., decides_case: _Optional[bool] = ..., pack: _Optional[str] = ..., version: _Optional[int] = ..., line: _Optional[str] = ...) -> None: ...

class Statement(_message.Message):
    __slots__ = ("unit", "round", "claim", "submit_time")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    CLAIM_FIELD_NUMBER: _ClassVar[int]
    SUBMIT_TIME_FIELD_NUMBER: _ClassVar[int]
    unit: str
    round: int
    claim: str
    submit_time: _timestamp_pb2.Timestamp
    def __init__(self, unit: _Optional[str] = ..., round: _Optional[int] = ..., claim: _Optional[str] = ..., submit_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EndProposal(_message.Message):
    __slots__ = ("unit", "round", "ground", "next_authority", "outcome", "propose_time", "decide_time")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    NEXT_AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PROPOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    unit: str
    round: int
    ground: str
    next_authority: str
    outcome: str
    propose_time: _timestamp_pb2.Timestamp
    decide_time: _timestamp_pb2.Timestamp
    def __init__(self, unit: _Optional[str] = ..., round: _Optional[int] = ..., ground: _Optional[str] = ..., next_authority: _Optional[str] = ..., outcome: _Optional[str] = ..., propose_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ClosingForm(_message.Message):
    __slots__ = ("work_order", "number", "category", "unit", "unit_name", "co_units", "round", "result_kind", "result", "legal_basis", "handler", "section", "reviewed_by", "filing", "filing_number", "filing_date", "filing_document", "not_filed_reason", "redo_class", "statement", "dispatch_time", "sign_time", "contact_time", "answer_time", "answer_method", "reply_time", "accept_time", "handled_as", "leader_review_time")
    WORK_ORDER_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    UNIT_NAME_FIELD_NUMBER: _ClassVar[int]
    CO_UNITS_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    RESULT_KIND_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    REVIEWED_BY_FIELD_NUMBER: _ClassVar[int]
    FILING_FIELD_NUMBER: _ClassVar[int]
    FILING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    FILING_DATE_FIELD_NUMBER: _ClassVar[int]
    FILING_DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    NOT_FILED_REASON_FIELD_NUMBER: _ClassVar[int]
    REDO_CLASS_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_FIELD_NUMBER: _ClassVar[int]
    DISPATCH_TIME_FIELD_NUMBER: _ClassVar[int]
    SIGN_TIME_FIELD_NUMBER: _ClassVar[int]
    CONTACT_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_METHOD_FIELD_NUMBER: _ClassVar[int]
    REPLY_TIME_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_TIME_FIELD_NUMBER: _ClassVar[int]
    HANDLED_AS_FIELD_NUMBER: _ClassVar[int]
    LEADER_REVIEW_TIME_FIELD_NUMBER: _ClassVar[int]
    work_order: str
    number: str
    category: str
    unit: str
    unit_name: str
    co_units: _containers.RepeatedScalarFieldContainer[str]
    round: int
    result_kind: str
    result: str
    legal_basis: str
    handler: str
    section: str
    reviewed_by: str
    filing: str
    filing_number: str
    filing_date: str
    filing_document: str
    not_filed_reason: str
    redo_class: str
    statement: str
    dispatch_time: _timestamp_pb2.Timestamp
    sign_time: _timestamp_pb2.Timestamp
    contact_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    answer_method: str
    reply_time: _timestamp_pb2.Timestamp
    accept_time: _timestamp_pb2.Timestamp
    handled_as: str
    leader_review_time: _timestamp_pb2.Timestamp
    def __init__(self, work_order: _Optional[str] = ..., number: _Optional[str] = ..., category: _Optional[str] = ..., unit: _Optional[str] = ..., unit_name: _Optional[str] = ..., co_units: _Optional[_Iterable[str]] = ..., round: _Optional[int] = ..., result_kind: _Optional[str] = ..., result: _Optional[str] = ..., legal_basis: _Optional[str] = ..., handler: _Optional[str] = ..., section: _Optional[str] = ..., reviewed_by: _Optional[str] = ..., filing: _Optional[str] = ..., filing_number: _Optional[str] = ..., filing_date: _Optional[str] = ..., filing_document: _Optional[str] = ..., not_filed_reason: _Optional[str] = ..., redo_class: _Optional[str] = ..., statement: _Optional[str] = ..., dispatch_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sign_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., contact_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_method: _Optional[str] = ..., reply_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., accept_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., handled_as: _Optional[str] = ..., leader_review_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CitizenClosingForm(_message.Message):
    __slots__ = ("number", "unit", "round", "result_kind", "result", "legal_basis", "filing", "filing_number", "filing_date", "not_filed_reason", "answer_time", "answer_method", "complete_time")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    RESULT_KIND_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    FILING_FIELD_NUMBER: _ClassVar[int]
    FILING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    FILING_DATE_FIELD_NUMBER: _ClassVar[int]
    NOT_FILED_REASON_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_METHOD_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_TIME_FIELD_NUMBER: _ClassVar[int]
    number: str
    unit: str
    round: int
    result_kind: str
    result: str
    legal_basis: str
    filing: str
    filing_number: str
    filing_date: str
    not_filed_reason: str
    answer_time: _timestamp_pb2.Timestamp
    answer_method: str
    complete_time: _timestamp_pb2.Timestamp
    def __init__(self, number: _Optional[str] = ..., unit: _Optional[str] = ..., round: _Optional[int] = ..., result_kind: _Optional[str] = ..., result: _Optional[str] = ..., legal_basis: _Optional[str] = ..., filing: _Optional[str] = ..., filing_number: _Optional[str] = ..., filing_date: _Optional[str] = ..., not_filed_reason: _Optional[str] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_method: _Optional[str] = ..., complete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Correction(_message.Message):
    __slots__ = ("field", "old", "new", "correct_time")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    OLD_FIELD_NUMBER: _ClassVar[int]
    NEW_FIELD_NUMBER: _ClassVar[int]
    CORRECT_TIME_FIELD_NUMBER: _ClassVar[int]
    field: str
    old: str
    new: str
    correct_time: _timestamp_pb2.Timestamp
    def __init__(self, field: _Optional[str] = ..., old: _Optional[str] = ..., new: _Optional[str] = ..., correct_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class OwnLimit(_message.Message):
    __slots__ = ("ground", "cited", "limit_amount", "limit_unit", "due_time", "set_time")
    GROUND_FIELD_NUMBER: _ClassVar[int]
    CITED_FIELD_NUMBER: _ClassVar[int]
    LIMIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_UNIT_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    SET_TIME_FIELD_NUMBER: _ClassVar[int]
    ground: str
    cited: str
    limit_amount: int
    limit_unit: str
    due_time: _timestamp_pb2.Timestamp
    set_time: _timestamp_pb2.Timestamp
    def __init__(self, ground: _Optional[str] = ..., cited: _Optional[str] = ..., limit_amount: _Optional[int] = ..., limit_unit: _Optional[str] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., set_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Attachment(_message.Message):
    __slots__ = ("name", "media_type", "size_bytes")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    name: str
    media_type: str
    size_bytes: int
    def __init__(self, name: _Optional[str] = ..., media_type: _Optional[str] = ..., size_bytes: _Optional[int] = ...) -> None: ...

class Assignment(_message.Message):
    __slots__ = ("name", "unit", "role", "state", "assign_time", "sign_time", "contact_time", "answer_time", "reply_time", "returns", "press_time", "fixed_by")
    NAME_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ASSIGN_TIME_FIELD_NUMBER: _ClassVar[int]
    SIGN_TIME_FIELD_NUMBER: _ClassVar[int]
    CONTACT_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    REPLY_TIME_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    PRESS_TIME_FIELD_NUMBER: _ClassVar[int]
    FIXED_BY_FIELD_NUMBER: _ClassVar[int]
    name: str
    unit: str
    role: AssignmentRole
    state: AssignmentState
    assign_time: _timestamp_pb2.Timestamp
    sign_time: _timestamp_pb2.Timestamp
    contact_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    reply_time: _timestamp_pb2.Timestamp
    returns: _containers.RepeatedCompositeFieldContainer[Return]
    press_time: _timestamp_pb2.Timestamp
    fixed_by: str
    def __init__(self, name: _Optional[str] = ..., unit: _Optional[str] = ..., role: _Optional[_Union[AssignmentRole, str]] = ..., state: _Optional[_Union[AssignmentState, str]] = ..., assign_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sign_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., contact_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reply_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., returns: _Optional[_Iterable[_Union[Return, _Mapping]]] = ..., press_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., fixed_by: _Optional[str] = ...) -> None: ...

class Return(_message.Message):
    __slots__ = ("kind", "suggested_unit", "request_time", "late", "outcome", "ground")
    KIND_FIELD_NUMBER: _ClassVar[int]
    SUGGESTED_UNIT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    LATE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    kind: str
    suggested_unit: str
    request_time: _timestamp_pb2.Timestamp
    late: bool
    outcome: str
    ground: str
    def __init__(self, kind: _Optional[str] = ..., suggested_unit: _Optional[str] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., late: _Optional[bool] = ..., outcome: _Optional[str] = ..., ground: _Optional[str] = ...) -> None: ...

class Extension(_message.Message):
    __slots__ = ("name", "working_days", "state", "file_time", "route", "decide_time", "explain_time", "allowed")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    FILE_TIME_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPLAIN_TIME_FIELD_NUMBER: _ClassVar[int]
    ALLOWED_FIELD_NUMBER: _ClassVar[int]
    name: str
    working_days: int
    state: str
    file_time: _timestamp_pb2.Timestamp
    route: str
    decide_time: _timestamp_pb2.Timestamp
    explain_time: _timestamp_pb2.Timestamp
    allowed: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., working_days: _Optional[int] = ..., state: _Optional[str] = ..., file_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., route: _Optional[str] = ..., decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., explain_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., allowed: _Optional[_Iterable[str]] = ...) -> None: ...

class DispatchWorkOrderRequest(_message.Message):
    __slots__ = ("request_id", "name", "lead", "co_units", "reason", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LEAD_FIELD_NUMBER: _ClassVar[int]
    CO_UNITS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    lead: str
    co_units: _containers.RepeatedScalarFieldContainer[str]
    reason: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., lead: _Optional[str] = ..., co_units: _Optional[_Iterable[str]] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class RecallWorkOrderRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class EndWorkOrderRequest(_message.Message):
    __slots__ = ("request_id", "name", "ground", "basis", "next_authority", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    NEXT_AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    ground: str
    basis: str
    next_authority: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., ground: _Optional[str] = ..., basis: _Optional[str] = ..., next_authority: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class SignAssignmentRequest(_message.Message):
    __slots__ = ("request_id", "name", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class RecordContactRequest(_message.Message):
    __slots__ = ("request_id", "name", "method", "proof")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    method: str
    proof: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., method: _Optional[str] = ..., proof: _Optional[str] = ...) -> None: ...

class ReportProgressRequest(_message.Message):
    __slots__ = ("request_id", "name", "note")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    note: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class AnswerCitizenRequest(_message.Message):
    __slots__ = ("request_id", "name", "method", "proof")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    method: str
    proof: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., method: _Optional[str] = ..., proof: _Optional[str] = ...) -> None: ...

class RequestReturnRequest(_message.Message):
    __slots__ = ("request_id", "name", "kind", "reason", "basis", "suggested_unit")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    SUGGESTED_UNIT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    kind: str
    reason: str
    basis: str
    suggested_unit: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., kind: _Optional[str] = ..., reason: _Optional[str] = ..., basis: _Optional[str] = ..., suggested_unit: _Optional[str] = ...) -> None: ...

class AgreeReturnRequest(_message.Message):
    __slots__ = ("request_id", "name", "lead", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LEAD_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    lead: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., lead: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class RefuseReturnRequest(_message.Message):
    __slots__ = ("request_id", "name", "ground", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    ground: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., ground: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class RequestExtensionRequest(_message.Message):
    __slots__ = ("request_id", "name", "working_days", "reason", "agreed_by")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AGREED_BY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    working_days: int
    reason: str
    agreed_by: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., working_days: _Optional[int] = ..., reason: _Optional[str] = ..., agreed_by: _Optional[str] = ...) -> None: ...

class FileLongCycleRequest(_message.Message):
    __slots__ = ("request_id", "name", "working_days", "reason", "basis", "confirmed_by")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_BY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    working_days: int
    reason: str
    basis: str
    confirmed_by: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., working_days: _Optional[int] = ..., reason: _Optional[str] = ..., basis: _Optional[str] = ..., confirmed_by: _Optional[str] = ...) -> None: ...

class AllowExtensionRequest(_message.Message):
    __slots__ = ("request_id", "name", "bar", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    BAR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    bar: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., bar: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class RecordExplanationRequest(_message.Message):
    __slots__ = ("request_id", "name", "method", "proof")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    method: str
    proof: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., method: _Optional[str] = ..., proof: _Optional[str] = ...) -> None: ...

class GrantExtensionRequest(_message.Message):
    __slots__ = ("request_id", "name")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class RefuseExtensionRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class RecordForceMajeureRequest(_message.Message):
    __slots__ = ("request_id", "name", "clocks", "reason", "evidence", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CLOCKS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    clocks: _containers.RepeatedScalarFieldContainer[str]
    reason: str
    evidence: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., clocks: _Optional[_Iterable[str]] = ..., reason: _Optional[str] = ..., evidence: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ChangeLeadRequest(_message.Message):
    __slots__ = ("request_id", "name", "lead", "keep_former", "reason", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LEAD_FIELD_NUMBER: _ClassVar[int]
    KEEP_FORMER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    lead: str
    keep_former: bool
    reason: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., lead: _Optional[str] = ..., keep_former: _Optional[bool] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class RaiseLevelRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class PressCoUnitRequest(_message.Message):
    __slots__ = ("request_id", "name", "note")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    note: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class HandOverRequest(_message.Message):
    __slots__ = ("request_id", "name", "to_city", "reason", "basis", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TO_CITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    to_city: str
    reason: str
    basis: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., to_city: _Optional[str] = ..., reason: _Optional[str] = ..., basis: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class RefuseHandOverRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class PassOnRequest(_message.Message):
    __slots__ = ("request_id", "name", "section", "handler", "note")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    section: str
    handler: str
    note: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., section: _Optional[str] = ..., handler: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class TakeBackPassedOnRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ReplyPassedOnRequest(_message.Message):
    __slots__ = ("request_id", "name", "result", "declined")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    DECLINED_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    result: str
    declined: bool
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., result: _Optional[str] = ..., declined: _Optional[bool] = ...) -> None: ...

class SubmitCoReplyRequest(_message.Message):
    __slots__ = ("request_id", "name", "result")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    result: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., result: _Optional[str] = ...) -> None: ...

class SubmitReplyRequest(_message.Message):
    __slots__ = ("request_id", "name", "result", "legal_basis", "handler", "result_kind", "section", "reviewed_by", "filing", "filing_number", "filing_date", "filing_document", "not_filed_reason", "redo_class", "statement")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    HANDLER_FIELD_NUMBER: _ClassVar[int]
    RESULT_KIND_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    REVIEWED_BY_FIELD_NUMBER: _ClassVar[int]
    FILING_FIELD_NUMBER: _ClassVar[int]
    FILING_NUMBER_FIELD_NUMBER: _ClassVar[int]
    FILING_DATE_FIELD_NUMBER: _ClassVar[int]
    FILING_DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    NOT_FILED_REASON_FIELD_NUMBER: _ClassVar[int]
    REDO_CLASS_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    result: str
    legal_basis: str
    handler: str
    result_kind: str
    section: str
    reviewed_by: str
    filing: str
    filing_number: str
    filing_date: str
    filing_document: str
    not_filed_reason: str
    redo_class: str
    statement: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., result: _Optional[str] = ..., legal_basis: _Optional[str] = ..., handler: _Optional[str] = ..., result_kind: _Optional[str] = ..., section: _Optional[str] = ..., reviewed_by: _Optional[str] = ..., filing: _Optional[str] = ..., filing_number: _Optional[str] = ..., filing_date: _Optional[str] = ..., filing_document: _Optional[str] = ..., not_filed_reason: _Optional[str] = ..., redo_class: _Optional[str] = ..., statement: _Optional[str] = ...) -> None: ...

class ApproveReplyRequest(_message.Message):
    __slots__ = ("request_id", "name", "reviewed_by", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVIEWED_BY_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reviewed_by: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reviewed_by: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class RejectReplyRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class SubmitStatementRequest(_message.Message):
    __slots__ = ("request_id", "name", "claim", "statement", "evidence")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CLAIM_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    claim: str
    statement: str
    evidence: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., claim: _Optional[str] = ..., statement: _Optional[str] = ..., evidence: _Optional[str] = ...) -> None: ...

class ProposeEndRequest(_message.Message):
    __slots__ = ("request_id", "name", "ground", "next_authority", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    NEXT_AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    ground: str
    next_authority: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., ground: _Optional[str] = ..., next_authority: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class RefuseEndRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class GetClosingFormRequest(_message.Message):
    __slots__ = ("name", "purpose")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class GetCitizenClosingFormsRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetCitizenClosingFormsResponse(_message.Message):
    __slots__ = ("forms",)
    FORMS_FIELD_NUMBER: _ClassVar[int]
    forms: _containers.RepeatedCompositeFieldContainer[CitizenClosingForm]
    def __init__(self, forms: _Optional[_Iterable[_Union[CitizenClosingForm, _Mapping]]] = ...) -> None: ...

class SendBackReplyRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class CompleteWorkOrderRequest(_message.Message):
    __slots__ = ("request_id", "name", "version", "handled_as")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    HANDLED_AS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    version: int
    handled_as: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., version: _Optional[int] = ..., handled_as: _Optional[str] = ...) -> None: ...

class VerifyRatingRequest(_message.Message):
    __slots__ = ("request_id", "name", "finding", "evidence")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    finding: str
    evidence: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., finding: _Optional[str] = ..., evidence: _Optional[str] = ...) -> None: ...

class OpenDisputeRequest(_message.Message):
    __slots__ = ("request_id", "name", "ground", "step", "participants", "reason", "version", "hazard")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    HAZARD_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    ground: str
    step: str
    participants: _containers.RepeatedScalarFieldContainer[str]
    reason: str
    version: int
    hazard: bool
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., ground: _Optional[str] = ..., step: _Optional[str] = ..., participants: _Optional[_Iterable[str]] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ..., hazard: _Optional[bool] = ...) -> None: ...

class AdvanceDisputeRequest(_message.Message):
    __slots__ = ("request_id", "name", "step", "participants", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    step: str
    participants: _containers.RepeatedScalarFieldContainer[str]
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., step: _Optional[str] = ..., participants: _Optional[_Iterable[str]] = ..., reason: _Optional[str] = ...) -> None: ...

class RecordDisputeStepRequest(_message.Message):
    __slots__ = ("request_id", "name", "record", "present")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    PRESENT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    record: str
    present: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., record: _Optional[str] = ..., present: _Optional[_Iterable[str]] = ...) -> None: ...

class SettleDisputeRequest(_message.Message):
    __slots__ = ("request_id", "name", "lead", "co_units", "decided_by", "record")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LEAD_FIELD_NUMBER: _ClassVar[int]
    CO_UNITS_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    lead: str
    co_units: _containers.RepeatedScalarFieldContainer[str]
    decided_by: str
    record: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., lead: _Optional[str] = ..., co_units: _Optional[_Iterable[str]] = ..., decided_by: _Optional[str] = ..., record: _Optional[str] = ...) -> None: ...

class GetDisputeRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListDisputesRequest(_message.Message):
    __slots__ = ("city", "state", "unit", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: DisputeState
    unit: str
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[DisputeState, str]] = ..., unit: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDisputesResponse(_message.Message):
    __slots__ = ("disputes", "next_page_token")
    DISPUTES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    disputes: _containers.RepeatedCompositeFieldContainer[Dispute]
    next_page_token: str
    def __init__(self, disputes: _Optional[_Iterable[_Union[Dispute, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class OpenSupervisionRequest(_message.Message):
    __slots__ = ("request_id", "name", "ground", "methods", "unit", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    METHODS_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    ground: str
    methods: _containers.RepeatedScalarFieldContainer[str]
    unit: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., ground: _Optional[str] = ..., methods: _Optional[_Iterable[str]] = ..., unit: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class AnswerSupervisionRequest(_message.Message):
    __slots__ = ("request_id", "name", "answer")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    answer: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., answer: _Optional[str] = ...) -> None: ...

class CloseSupervisionRequest(_message.Message):
    __slots__ = ("request_id", "name", "finding", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    finding: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., finding: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class GetSupervisionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListSupervisionsRequest(_message.Message):
    __slots__ = ("city", "state", "unit", "ground", "work_order", "overdue", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: SupervisionState
    unit: str
    ground: str
    work_order: str
    overdue: bool
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[SupervisionState, str]] = ..., unit: _Optional[str] = ..., ground: _Optional[str] = ..., work_order: _Optional[str] = ..., overdue: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSupervisionsResponse(_message.Message):
    __slots__ = ("supervisions", "next_page_token")
    SUPERVISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    supervisions: _containers.RepeatedCompositeFieldContainer[Supervision]
    next_page_token: str
    def __init__(self, supervisions: _Optional[_Iterable[_Union[Supervision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetWorkOrderRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListWorkOrdersRequest(_message.Message):
    __slots__ = ("city", "state", "unit", "page_size", "page_token", "case")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: WorkOrderState
    unit: str
    page_size: int
    page_token: str
    case: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[WorkOrderState, str]] = ..., unit: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., case: _Optional[str] = ...) -> None: ...

class ListWorkOrdersResponse(_message.Message):
    __slots__ = ("work_orders", "next_page_token")
    WORK_ORDERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    work_orders: _containers.RepeatedCompositeFieldContainer[WorkOrder]
    next_page_token: str
    def __init__(self, work_orders: _Optional[_Iterable[_Union[WorkOrder, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class FollowOrdersRequest(_message.Message):
    __slots__ = ("city", "cursor", "page_size")
    CITY_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    city: str
    cursor: str
    page_size: int
    def __init__(self, city: _Optional[str] = ..., cursor: _Optional[str] = ..., page_size: _Optional[int] = ...) -> None: ...

class OrderChanges(_message.Message):
    __slots__ = ("changes", "work_orders", "cursor", "more")
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDERS_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[OrderChange]
    work_orders: _containers.RepeatedCompositeFieldContainer[WorkOrder]
    cursor: str
    more: bool
    def __init__(self, changes: _Optional[_Iterable[_Union[OrderChange, _Mapping]]] = ..., work_orders: _Optional[_Iterable[_Union[WorkOrder, _Mapping]]] = ..., cursor: _Optional[str] = ..., more: _Optional[bool] = ...) -> None: ...

class OrderChange(_message.Message):
    __slots__ = ("number", "work_order", "what", "change_time")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_FIELD_NUMBER: _ClassVar[int]
    WHAT_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    number: int
    work_order: str
    what: str
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, number: _Optional[int] = ..., work_order: _Optional[str] = ..., what: _Optional[str] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RevealCitizenContactRequest(_message.Message):
    __slots__ = ("name", "purpose")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class CitizenContact(_message.Message):
    __slots__ = ("name", "phone", "address")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    name: str
    phone: str
    address: str
    def __init__(self, name: _Optional[str] = ..., phone: _Optional[str] = ..., address: _Optional[str] = ...) -> None: ...

class RevealCitizenTextRequest(_message.Message):
    __slots__ = ("name", "purpose")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class CitizenText(_message.Message):
    __slots__ = ("subject", "text")
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    subject: str
    text: str
    def __init__(self, subject: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class RevealPassagesRequest(_message.Message):
    __slots__ = ("name", "purpose", "page_size", "page_token")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    page_size: int
    page_token: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class RevealPassagesResponse(_message.Message):
    __slots__ = ("passages", "next_page_token")
    PASSAGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    passages: _containers.RepeatedCompositeFieldContainer[Passage]
    next_page_token: str
    def __init__(self, passages: _Optional[_Iterable[_Union[Passage, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Passage(_message.Message):
    __slots__ = ("kind", "unit", "create_time", "text")
    KIND_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    kind: str
    unit: str
    create_time: _timestamp_pb2.Timestamp
    text: str
    def __init__(self, kind: _Optional[str] = ..., unit: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., text: _Optional[str] = ...) -> None: ...

class ExplainRouteRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class PreviewRouteRequest(_message.Message):
    __slots__ = ("city", "category", "item", "area", "respondent_unit", "emergency_class", "attributes", "text")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CITY_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    RESPONDENT_UNIT_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    city: str
    category: str
    item: str
    area: str
    respondent_unit: str
    emergency_class: str
    attributes: _containers.ScalarMap[str, str]
    text: str
    def __init__(self, city: _Optional[str] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., respondent_unit: _Optional[str] = ..., emergency_class: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., text: _Optional[str] = ...) -> None: ...

class RouteExplanation(_message.Message):
    __slots__ = ("outcome", "lead", "co_units", "step", "rule", "matches", "attributes_that_matter", "zh", "en")
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    LEAD_FIELD_NUMBER: _ClassVar[int]
    CO_UNITS_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_THAT_MATTER_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    outcome: str
    lead: str
    co_units: _containers.RepeatedScalarFieldContainer[str]
    step: str
    rule: str
    matches: _containers.RepeatedCompositeFieldContainer[RouteMatch]
    attributes_that_matter: _containers.RepeatedScalarFieldContainer[str]
    zh: str
    en: str
    def __init__(self, outcome: _Optional[str] = ..., lead: _Optional[str] = ..., co_units: _Optional[_Iterable[str]] = ..., step: _Optional[str] = ..., rule: _Optional[str] = ..., matches: _Optional[_Iterable[_Union[RouteMatch, _Mapping]]] = ..., attributes_that_matter: _Optional[_Iterable[str]] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ...) -> None: ...

class RouteMatch(_message.Message):
    __slots__ = ("step", "rule", "unit", "basis", "why")
    STEP_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    step: str
    rule: str
    unit: str
    basis: str
    why: str
    def __init__(self, step: _Optional[str] = ..., rule: _Optional[str] = ..., unit: _Optional[str] = ..., basis: _Optional[str] = ..., why: _Optional[str] = ...) -> None: ...

class ListUnitsRequest(_message.Message):
    __slots__ = ("city", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListUnitsResponse(_message.Message):
    __slots__ = ("units", "next_page_token")
    UNITS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    units: _containers.RepeatedCompositeFieldContainer[Unit]
    next_page_token: str
    def __init__(self, units: _Optional[_Iterable[_Union[Unit, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Unit(_message.Message):
    __slots__ = ("id", "name", "level", "area", "supervised_by", "domain")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    SUPERVISED_BY_FIELD_NUMBER: _ClassVar[int]
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    level: str
    area: str
    supervised_by: str
    domain: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., level: _Optional[str] = ..., area: _Optional[str] = ..., supervised_by: _Optional[str] = ..., domain: _Optional[str] = ...) -> None: ...

class StaffPerson(_message.Message):
    __slots__ = ("part", "name", "post", "staffing", "office_phone", "mobile")
    PART_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    POST_FIELD_NUMBER: _ClassVar[int]
    STAFFING_FIELD_NUMBER: _ClassVar[int]
    OFFICE_PHONE_FIELD_NUMBER: _ClassVar[int]
    MOBILE_FIELD_NUMBER: _ClassVar[int]
    part: StaffPart
    name: str
    post: str
    staffing: str
    office_phone: str
    mobile: str
    def __init__(self, part: _Optional[_Union[StaffPart, str]] = ..., name: _Optional[str] = ..., post: _Optional[str] = ..., staffing: _Optional[str] = ..., office_phone: _Optional[str] = ..., mobile: _Optional[str] = ...) -> None: ...

class RegisterUnitStaffRequest(_message.Message):
    __slots__ = ("request_id", "name", "section", "persons", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    PERSONS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    section: str
    persons: _containers.RepeatedCompositeFieldContainer[StaffPerson]
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., section: _Optional[str] = ..., persons: _Optional[_Iterable[_Union[StaffPerson, _Mapping]]] = ..., version: _Optional[int] = ...) -> None: ...

class GetUnitStaffRequest(_message.Message):
    __slots__ = ("name", "purpose")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class UnitStaff(_message.Message):
    __slots__ = ("name", "unit", "section", "persons", "register_time", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    PERSONS_FIELD_NUMBER: _ClassVar[int]
    REGISTER_TIME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    unit: str
    section: str
    persons: _containers.RepeatedCompositeFieldContainer[StaffPerson]
    register_time: _timestamp_pb2.Timestamp
    version: int
    def __init__(self, name: _Optional[str] = ..., unit: _Optional[str] = ..., section: _Optional[str] = ..., persons: _Optional[_Iterable[_Union[StaffPerson, _Mapping]]] = ..., register_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...

class ListUnitStaffingRequest(_message.Message):
    __slots__ = ("city", "incomplete", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    INCOMPLETE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    incomplete: bool
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., incomplete: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListUnitStaffingResponse(_message.Message):
    __slots__ = ("units", "next_page_token")
    UNITS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    units: _containers.RepeatedCompositeFieldContainer[UnitStaffing]
    next_page_token: str
    def __init__(self, units: _Optional[_Iterable[_Union[UnitStaffing, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UnitStaffing(_message.Message):
    __slots__ = ("name", "unit", "unit_name", "leaders", "responsible", "fixed_staff", "has_section", "register_time", "missing", "basis", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    UNIT_NAME_FIELD_NUMBER: _ClassVar[int]
    LEADERS_FIELD_NUMBER: _ClassVar[int]
    RESPONSIBLE_FIELD_NUMBER: _ClassVar[int]
    FIXED_STAFF_FIELD_NUMBER: _ClassVar[int]
    HAS_SECTION_FIELD_NUMBER: _ClassVar[int]
    REGISTER_TIME_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    unit: str
    unit_name: str
    leaders: int
    responsible: int
    fixed_staff: int
    has_section: bool
    register_time: _timestamp_pb2.Timestamp
    missing: _containers.RepeatedScalarFieldContainer[str]
    basis: str
    version: int
    def __init__(self, name: _Optional[str] = ..., unit: _Optional[str] = ..., unit_name: _Optional[str] = ..., leaders: _Optional[int] = ..., responsible: _Optional[int] = ..., fixed_staff: _Optional[int] = ..., has_section: _Optional[bool] = ..., register_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., missing: _Optional[_Iterable[str]] = ..., basis: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...
