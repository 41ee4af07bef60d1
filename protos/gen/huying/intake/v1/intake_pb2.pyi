import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Channel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANNEL_UNSPECIFIED: _ClassVar[Channel]
    CHANNEL_PHONE: _ClassVar[Channel]
    CHANNEL_WEB: _ClassVar[Channel]
    CHANNEL_SMS: _ClassVar[Channel]
    CHANNEL_APP: _ClassVar[Channel]
    CHANNEL_PLATFORM: _ClassVar[Channel]

class CaseState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CASE_STATE_UNSPECIFIED: _ClassVar[CaseState]
    CASE_STATE_REGISTERED: _ClassVar[CaseState]
    CASE_STATE_ACCEPTED: _ClassVar[CaseState]
    CASE_STATE_REFUSED: _ClassVar[CaseState]
    CASE_STATE_ANSWERED: _ClassVar[CaseState]
    CASE_STATE_TRANSFERRED: _ClassVar[CaseState]
    CASE_STATE_JOINED: _ClassVar[CaseState]
    CASE_STATE_IN_HANDLING: _ClassVar[CaseState]
    CASE_STATE_REPLIED: _ClassVar[CaseState]
    CASE_STATE_CLOSED: _ClassVar[CaseState]
    CASE_STATE_WITHDRAWN: _ClassVar[CaseState]
    CASE_STATE_ENDED: _ClassVar[CaseState]

class NumberStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NUMBER_STATUS_UNSPECIFIED: _ClassVar[NumberStatus]
    NUMBER_STATUS_BEFORE: _ClassVar[NumberStatus]
    NUMBER_STATUS_IN_USE: _ClassVar[NumberStatus]
    NUMBER_STATUS_CANCELLED: _ClassVar[NumberStatus]

class PartnerDecision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PARTNER_DECISION_UNSPECIFIED: _ClassVar[PartnerDecision]
    PARTNER_DECISION_HANDLED_THERE: _ClassVar[PartnerDecision]
    PARTNER_DECISION_GOES_ON: _ClassVar[PartnerDecision]

class ExpertReached(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXPERT_REACHED_UNSPECIFIED: _ClassVar[ExpertReached]
    EXPERT_REACHED_SEAT: _ClassVar[ExpertReached]
    EXPERT_REACHED_PHONE: _ClassVar[ExpertReached]

class ExpertOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXPERT_OUTCOME_UNSPECIFIED: _ClassVar[ExpertOutcome]
    EXPERT_OUTCOME_ANSWERED: _ClassVar[ExpertOutcome]
    EXPERT_OUTCOME_REACHED: _ClassVar[ExpertOutcome]
    EXPERT_OUTCOME_NOT_REACHED: _ClassVar[ExpertOutcome]

class MassEventState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MASS_EVENT_STATE_UNSPECIFIED: _ClassVar[MassEventState]
    MASS_EVENT_STATE_PROPOSED: _ClassVar[MassEventState]
    MASS_EVENT_STATE_ACTIVE: _ClassVar[MassEventState]
    MASS_EVENT_STATE_ENDED: _ClassVar[MassEventState]

class ClueState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CLUE_STATE_UNSPECIFIED: _ClassVar[ClueState]
    CLUE_STATE_HANDED_OVER: _ClassVar[ClueState]
    CLUE_STATE_ACKNOWLEDGED: _ClassVar[ClueState]
    CLUE_STATE_CONCLUDED: _ClassVar[ClueState]

class RestrictionState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RESTRICTION_STATE_UNSPECIFIED: _ClassVar[RestrictionState]
    RESTRICTION_STATE_IN_FORCE: _ClassVar[RestrictionState]
    RESTRICTION_STATE_EXPIRED: _ClassVar[RestrictionState]
    RESTRICTION_STATE_LIFTED: _ClassVar[RestrictionState]
    RESTRICTION_STATE_ERASED: _ClassVar[RestrictionState]

class ExpertState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXPERT_STATE_UNSPECIFIED: _ClassVar[ExpertState]
    EXPERT_STATE_NAMED: _ClassVar[ExpertState]
    EXPERT_STATE_ENDED: _ClassVar[ExpertState]

class MatterState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MATTER_STATE_UNSPECIFIED: _ClassVar[MatterState]
    MATTER_STATE_IN_HAND: _ClassVar[MatterState]
    MATTER_STATE_ENDED: _ClassVar[MatterState]
    MATTER_STATE_ERASED: _ClassVar[MatterState]

class RevisitReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REVISIT_REASON_UNSPECIFIED: _ClassVar[RevisitReason]
    REVISIT_REASON_NOT_RATED: _ClassVar[RevisitReason]
    REVISIT_REASON_EXPIRED: _ClassVar[RevisitReason]
    REVISIT_REASON_SAMPLE: _ClassVar[RevisitReason]

class CallDirection(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALL_DIRECTION_UNSPECIFIED: _ClassVar[CallDirection]
    CALL_DIRECTION_INBOUND: _ClassVar[CallDirection]
    CALL_DIRECTION_OUTBOUND: _ClassVar[CallDirection]

class CallOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALL_OUTCOME_UNSPECIFIED: _ClassVar[CallOutcome]
    CALL_OUTCOME_ANSWERED: _ClassVar[CallOutcome]
    CALL_OUTCOME_MISSED: _ClassVar[CallOutcome]
    CALL_OUTCOME_DROPPED: _ClassVar[CallOutcome]

class CallBackState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALL_BACK_STATE_UNSPECIFIED: _ClassVar[CallBackState]
    CALL_BACK_STATE_OWED: _ClassVar[CallBackState]
    CALL_BACK_STATE_REACHED: _ClassVar[CallBackState]
    CALL_BACK_STATE_NOT_REACHED: _ClassVar[CallBackState]
    CALL_BACK_STATE_CALLED_AGAIN: _ClassVar[CallBackState]
    CALL_BACK_STATE_ERASED: _ClassVar[CallBackState]

class ShiftState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHIFT_STATE_UNSPECIFIED: _ClassVar[ShiftState]
    SHIFT_STATE_RUNNING: _ClassVar[ShiftState]
    SHIFT_STATE_HANDING_OVER: _ClassVar[ShiftState]
    SHIFT_STATE_ENDED: _ClassVar[ShiftState]

class SeatMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEAT_MODE_UNSPECIFIED: _ClassVar[SeatMode]
    SEAT_MODE_READY: _ClassVar[SeatMode]
    SEAT_MODE_BREAK: _ClassVar[SeatMode]
    SEAT_MODE_WRAP_UP: _ClassVar[SeatMode]
    SEAT_MODE_OFF: _ClassVar[SeatMode]

class OpenKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OPEN_KIND_UNSPECIFIED: _ClassVar[OpenKind]
    OPEN_KIND_DRAFT: _ClassVar[OpenKind]
    OPEN_KIND_QUEUED: _ClassVar[OpenKind]
    OPEN_KIND_CALL_BACK: _ClassVar[OpenKind]
    OPEN_KIND_PROMISE: _ClassVar[OpenKind]

class PromiseKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROMISE_KIND_UNSPECIFIED: _ClassVar[PromiseKind]
    PROMISE_KIND_CALL: _ClassVar[PromiseKind]
    PROMISE_KIND_PROGRESS: _ClassVar[PromiseKind]
    PROMISE_KIND_RESULT: _ClassVar[PromiseKind]

class PromiseState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROMISE_STATE_UNSPECIFIED: _ClassVar[PromiseState]
    PROMISE_STATE_OWED: _ClassVar[PromiseState]
    PROMISE_STATE_KEPT: _ClassVar[PromiseState]
    PROMISE_STATE_NEEDLESS: _ClassVar[PromiseState]
CHANNEL_UNSPECIFIED: Channel
CHANNEL_PHONE: Channel
CHANNEL_WEB: Channel
CHANNEL_SMS: Channel
CHANNEL_APP: Channel
CHANNEL_PLATFORM: Channel
CASE_STATE_UNSPECIFIED: CaseState
CASE_STATE_REGISTERED: CaseState
CASE_STATE_ACCEPTED: CaseState
CASE_STATE_REFUSED: CaseState
CASE_STATE_ANSWERED: CaseState
CASE_STATE_TRANSFERRED: CaseState
CASE_STATE_JOINED: CaseState
CASE_STATE_IN_HANDLING: CaseState
CASE_STATE_REPLIED: CaseState
CASE_STATE_CLOSED: CaseState
CASE_STATE_WITHDRAWN: CaseState
CASE_STATE_ENDED: CaseState
NUMBER_STATUS_UNSPECIFIED: NumberStatus
NUMBER_STATUS_BEFORE: NumberStatus
NUMBER_STATUS_IN_USE: NumberStatus
NUMBER_STATUS_CANCELLED: NumberStatus
PARTNER_DECISION_UNSPECIFIED: PartnerDecision
PARTNER_DECISION_HANDLED_THERE: PartnerDecision
PARTNER_DECISION_GOES_ON: PartnerDecision
EXPERT_REACHED_UNSPECIFIED: ExpertReached
EXPERT_REACHED_SEAT: ExpertReached
EXPERT_REACHED_PHONE: ExpertReached
EXPERT_OUTCOME_UNSPECIFIED: ExpertOutcome
EXPERT_OUTCOME_ANSWERED: ExpertOutcome
EXPERT_OUTCOME_REACHED: ExpertOutcome
EXPERT_OUTCOME_NOT_REACHED: ExpertOutcome
MASS_EVENT_STATE_UNSPECIFIED: MassEventState
MASS_EVENT_STATE_PROPOSED: MassEventState
MASS_EVENT_STATE_ACTIVE: MassEventState
MASS_EVENT_STATE_ENDED: MassEventState
CLUE_STATE_UNSPECIFIED: ClueState
CLUE_STATE_HANDED_OVER: ClueState
CLUE_STATE_ACKNOWLEDGED: ClueState
CLUE_STATE_CONCLUDED: ClueState
RESTRICTION_STATE_UNSPECIFIED: RestrictionState
RESTRICTION_STATE_IN_FORCE: RestrictionState
RESTRICTION_STATE_EXPIRED: RestrictionState
RESTRICTION_STATE_LIFTED: RestrictionState
RESTRICTION_STATE_ERASED: RestrictionState
EXPERT_STATE_UNSPECIFIED: ExpertState
EXPERT_STATE_NAMED: ExpertState
EXPERT_STATE_ENDED: ExpertState
MATTER_STATE_UNSPECIFIED: MatterState
MATTER_STATE_IN_HAND: MatterState
MATTER_STATE_ENDED: MatterState
MATTER_STATE_ERASED: MatterState
REVISIT_REASON_UNSPECIFIED: RevisitReason
REVISIT_REASON_NOT_RATED: RevisitReason
REVISIT_REASON_EXPIRED: RevisitReason
REVISIT_REASON_SAMPLE: RevisitReason
CALL_DIRECTION_UNSPECIFIED: CallDirection
CALL_DIRECTION_INBOUND: CallDirection
CALL_DIRECTION_OUTBOUND: CallDirection
CALL_OUTCOME_UNSPECIFIED: CallOutcome
CALL_OUTCOME_ANSWERED: CallOutcome
CALL_OUTCOME_MISSED: CallOutcome
CALL_OUTCOME_DROPPED: CallOutcome
CALL_BACK_STATE_UNSPECIFIED: CallBackState
CALL_BACK_STATE_OWED: CallBackState
CALL_BACK_STATE_REACHED: CallBackState
CALL_BACK_STATE_NOT_REACHED: CallBackState
CALL_BACK_STATE_CALLED_AGAIN: CallBackState
CALL_BACK_STATE_ERASED: CallBackState
SHIFT_STATE_UNSPECIFIED: ShiftState
SHIFT_STATE_RUNNING: ShiftState
SHIFT_STATE_HANDING_OVER: ShiftState
SHIFT_STATE_ENDED: ShiftState
SEAT_MODE_UNSPECIFIED: SeatMode
SEAT_MODE_READY: SeatMode
SEAT_MODE_BREAK: SeatMode
SEAT_MODE_WRAP_UP: SeatMode
SEAT_MODE_OFF: SeatMode
OPEN_KIND_UNSPECIFIED: OpenKind
OPEN_KIND_DRAFT: OpenKind
OPEN_KIND_QUEUED: OpenKind
OPEN_KIND_CALL_BACK: OpenKind
OPEN_KIND_PROMISE: OpenKind
PROMISE_KIND_UNSPECIFIED: PromiseKind
PROMISE_KIND_CALL: PromiseKind
PROMISE_KIND_PROGRESS: PromiseKind
PROMISE_KIND_RESULT: PromiseKind
PROMISE_STATE_UNSPECIFIED: PromiseState
PROMISE_STATE_OWED: PromiseState
PROMISE_STATE_KEPT: PromiseState
PROMISE_STATE_NEEDLESS: PromiseState

class Caller(_message.Message):
    __slots__ = ("name", "phone", "address", "identity_number")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_NUMBER_FIELD_NUMBER: _ClassVar[int]
    name: str
    phone: str
    address: str
    identity_number: str
    def __init__(self, name: _Optional[str] = ..., phone: _Optional[str] = ..., address: _Optional[str] = ..., identity_number: _Optional[str] = ...) -> None: ...

class RegisterCaseRequest(_message.Message):
    __slots__ = ("request_id", "city", "channel", "category", "subject", "text", "caller", "item", "area", "respondent_unit", "emergency_class", "attributes", "own_rights_claim", "confidentiality", "upstream", "said_time", "dialled_number")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CALLER_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    RESPONDENT_UNIT_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    OWN_RIGHTS_CLAIM_FIELD_NUMBER: _ClassVar[int]
    CONFIDENTIALITY_FIELD_NUMBER: _ClassVar[int]
    UPSTREAM_FIELD_NUMBER: _ClassVar[int]
    SAID_TIME_FIELD_NUMBER: _ClassVar[int]
    DIALLED_NUMBER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    channel: Channel
    category: str
    subject: str
    text: str
    caller: Caller
    item: str
    area: str
    respondent_unit: str
    emergency_class: str
    attributes: _containers.ScalarMap[str, str]
    own_rights_claim: bool
    confidentiality: str
    upstream: Upstream
    said_time: _timestamp_pb2.Timestamp
    dialled_number: str
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., channel: _Optional[_Union[Channel, str]] = ..., category: _Optional[str] = ..., subject: _Optional[str] = ..., text: _Optional[str] = ..., caller: _Optional[_Union[Caller, _Mapping]] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., respondent_unit: _Optional[str] = ..., emergency_class: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., own_rights_claim: _Optional[bool] = ..., confidentiality: _Optional[str] = ..., upstream: _Optional[_Union[Upstream, _Mapping]] = ..., said_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., dialled_number: _Optional[str] = ...) -> None: ...

class LookUpNumberRequest(_message.Message):
    __slots__ = ("city", "number", "time")
    CITY_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    city: str
    number: str
    time: _timestamp_pb2.Timestamp
    def __init__(self, city: _Optional[str] = ..., number: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListNumbersRequest(_message.Message):
    __slots__ = ("city", "time")
    CITY_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    city: str
    time: _timestamp_pb2.Timestamp
    def __init__(self, city: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListNumbersResponse(_message.Message):
    __slots__ = ("numbers",)
    NUMBERS_FIELD_NUMBER: _ClassVar[int]
    numbers: _containers.RepeatedCompositeFieldContainer[TelephoneNumber]
    def __init__(self, numbers: _Optional[_Iterable[_Union[TelephoneNumber, _Mapping]]] = ...) -> None: ...

class TelephoneNumber(_message.Message):
    __slots__ = ("number", "name", "name_en", "unit", "mode", "mode_name", "seats_kept", "status", "leads_to", "passes_on", "data", "notice", "notice_en", "notice_until", "since", "basis")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    MODE_NAME_FIELD_NUMBER: _ClassVar[int]
    SEATS_KEPT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    LEADS_TO_FIELD_NUMBER: _ClassVar[int]
    PASSES_ON_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_EN_FIELD_NUMBER: _ClassVar[int]
    NOTICE_UNTIL_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    number: str
    name: str
    name_en: str
    unit: str
    mode: str
    mode_name: str
    seats_kept: bool
    status: NumberStatus
    leads_to: str
    passes_on: _containers.RepeatedScalarFieldContainer[str]
    data: str
    notice: str
    notice_en: str
    notice_until: str
    since: str
    basis: str
    def __init__(self, number: _Optional[str] = ..., name: _Optional[str] = ..., name_en: _Optional[str] = ..., unit: _Optional[str] = ..., mode: _Optional[str] = ..., mode_name: _Optional[str] = ..., seats_kept: _Optional[bool] = ..., status: _Optional[_Union[NumberStatus, str]] = ..., leads_to: _Optional[str] = ..., passes_on: _Optional[_Iterable[str]] = ..., data: _Optional[str] = ..., notice: _Optional[str] = ..., notice_en: _Optional[str] = ..., notice_until: _Optional[str] = ..., since: _Optional[str] = ..., basis: _Optional[str] = ...) -> None: ...

class Upstream(_message.Message):
    __slots__ = ("platform", "number", "due_time")
    PLATFORM_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    platform: str
    number: str
    due_time: _timestamp_pb2.Timestamp
    def __init__(self, platform: _Optional[str] = ..., number: _Optional[str] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RegisterCaseResponse(_message.Message):
    __slots__ = ("case", "suggestions", "similar", "proposed_emergency_class", "mass_events", "caller_restriction", "partner_matters")
    CASE_FIELD_NUMBER: _ClassVar[int]
    SUGGESTIONS_FIELD_NUMBER: _ClassVar[int]
    SIMILAR_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    MASS_EVENTS_FIELD_NUMBER: _ClassVar[int]
    CALLER_RESTRICTION_FIELD_NUMBER: _ClassVar[int]
    PARTNER_MATTERS_FIELD_NUMBER: _ClassVar[int]
    case: Case
    suggestions: _containers.RepeatedCompositeFieldContainer[Suggestion]
    similar: _containers.RepeatedCompositeFieldContainer[SimilarCase]
    proposed_emergency_class: str
    mass_events: _containers.RepeatedCompositeFieldContainer[MassEvent]
    caller_restriction: CallerRestriction
    partner_matters: _containers.RepeatedCompositeFieldContainer[PartnerHint]
    def __init__(self, case: _Optional[_Union[Case, _Mapping]] = ..., suggestions: _Optional[_Iterable[_Union[Suggestion, _Mapping]]] = ..., similar: _Optional[_Iterable[_Union[SimilarCase, _Mapping]]] = ..., proposed_emergency_class: _Optional[str] = ..., mass_events: _Optional[_Iterable[_Union[MassEvent, _Mapping]]] = ..., caller_restriction: _Optional[_Union[CallerRestriction, _Mapping]] = ..., partner_matters: _Optional[_Iterable[_Union[PartnerHint, _Mapping]]] = ...) -> None: ...

class Suggestion(_message.Message):
    __slots__ = ("article", "title", "snippet", "score")
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SNIPPET_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    article: str
    title: str
    snippet: str
    score: float
    def __init__(self, article: _Optional[str] = ..., title: _Optional[str] = ..., snippet: _Optional[str] = ..., score: _Optional[float] = ...) -> None: ...

class SimilarCase(_message.Message):
    __slots__ = ("name", "number", "subject", "score")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    name: str
    number: str
    subject: str
    score: float
    def __init__(self, name: _Optional[str] = ..., number: _Optional[str] = ..., subject: _Optional[str] = ..., score: _Optional[float] = ...) -> None: ...

class Case(_message.Message):
    __slots__ = ("name", "number", "state", "channel", "category", "subject", "masked_text", "item", "area", "emergency_class", "pack", "citizen", "create_time", "accept_time", "outcome", "basis", "next_authority", "reply", "attachments", "round", "version", "urgings", "supplements", "own_limits", "dialled_number", "attention_marks", "mark_changes", "joined_cases", "expert_calls", "partner_links")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    MASKED_TEXT_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_TIME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    NEXT_AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    REPLY_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    URGINGS_FIELD_NUMBER: _ClassVar[int]
    SUPPLEMENTS_FIELD_NUMBER: _ClassVar[int]
    OWN_LIMITS_FIELD_NUMBER: _ClassVar[int]
    DIALLED_NUMBER_FIELD_NUMBER: _ClassVar[int]
    ATTENTION_MARKS_FIELD_NUMBER: _ClassVar[int]
    MARK_CHANGES_FIELD_NUMBER: _ClassVar[int]
    JOINED_CASES_FIELD_NUMBER: _ClassVar[int]
    EXPERT_CALLS_FIELD_NUMBER: _ClassVar[int]
    PARTNER_LINKS_FIELD_NUMBER: _ClassVar[int]
    name: str
    number: str
    state: CaseState
    channel: Channel
    category: str
    subject: str
    masked_text: str
    item: str
    area: str
    emergency_class: str
    pack: str
    citizen: str
    create_time: _timestamp_pb2.Timestamp
    accept_time: _timestamp_pb2.Timestamp
    outcome: str
    basis: str
    next_authority: str
    reply: str
    attachments: _containers.RepeatedCompositeFieldContainer[Attachment]
    round: int
    version: int
    urgings: int
    supplements: _containers.RepeatedCompositeFieldContainer[Supplement]
    own_limits: _containers.RepeatedCompositeFieldContainer[CaseLimit]
    dialled_number: str
    attention_marks: _containers.RepeatedCompositeFieldContainer[AttentionMark]
    mark_changes: _containers.RepeatedCompositeFieldContainer[MarkChange]
    joined_cases: int
    expert_calls: _containers.RepeatedCompositeFieldContainer[ExpertCall]
    partner_links: _containers.RepeatedCompositeFieldContainer[PartnerLink]
    def __init__(self, name: _Optional[str] = ..., number: _Optional[str] = ..., state: _Optional[_Union[CaseState, str]] = ..., channel: _Optional[_Union[Channel, str]] = ..., category: _Optional[str] = ..., subject: _Optional[str] = ..., masked_text: _Optional[str] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., emergency_class: _Optional[str] = ..., pack: _Optional[str] = ..., citizen: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., accept_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., outcome: _Optional[str] = ..., basis: _Optional[str] = ..., next_authority: _Optional[str] = ..., reply: _Optional[str] = ..., attachments: _Optional[_Iterable[_Union[Attachment, _Mapping]]] = ..., round: _Optional[int] = ..., version: _Optional[int] = ..., urgings: _Optional[int] = ..., supplements: _Optional[_Iterable[_Union[Supplement, _Mapping]]] = ..., own_limits: _Optional[_Iterable[_Union[CaseLimit, _Mapping]]] = ..., dialled_number: _Optional[str] = ..., attention_marks: _Optional[_Iterable[_Union[AttentionMark, _Mapping]]] = ..., mark_changes: _Optional[_Iterable[_Union[MarkChange, _Mapping]]] = ..., joined_cases: _Optional[int] = ..., expert_calls: _Optional[_Iterable[_Union[ExpertCall, _Mapping]]] = ..., partner_links: _Optional[_Iterable[_Union[PartnerLink, _Mapping]]] = ...) -> None: ...

class PartnerLink(_message.Message):
    __slots__ = ("matter", "platform", "number", "decision", "reason", "weighed_by", "weigh_time")
    MATTER_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    WEIGHED_BY_FIELD_NUMBER: _ClassVar[int]
    WEIGH_TIME_FIELD_NUMBER: _ClassVar[int]
    matter: str
    platform: str
    number: str
    decision: PartnerDecision
    reason: str
    weighed_by: str
    weigh_time: _timestamp_pb2.Timestamp
    def __init__(self, matter: _Optional[str] = ..., platform: _Optional[str] = ..., number: _Optional[str] = ..., decision: _Optional[_Union[PartnerDecision, str]] = ..., reason: _Optional[str] = ..., weighed_by: _Optional[str] = ..., weigh_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExpertCall(_message.Message):
    __slots__ = ("expert", "unit", "reached", "outcome", "asked_by", "ask_time")
    EXPERT_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ASKED_BY_FIELD_NUMBER: _ClassVar[int]
    ASK_TIME_FIELD_NUMBER: _ClassVar[int]
    expert: str
    unit: str
    reached: ExpertReached
    outcome: ExpertOutcome
    asked_by: str
    ask_time: _timestamp_pb2.Timestamp
    def __init__(self, expert: _Optional[str] = ..., unit: _Optional[str] = ..., reached: _Optional[_Union[ExpertReached, str]] = ..., outcome: _Optional[_Union[ExpertOutcome, str]] = ..., asked_by: _Optional[str] = ..., ask_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MassEvent(_message.Message):
    __slots__ = ("name", "state", "title", "area", "main_case", "seat_script", "voice_notice", "joined_cases", "cases", "similar_cases", "propose_time", "declare_time", "end_time", "broadcasts", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    MAIN_CASE_FIELD_NUMBER: _ClassVar[int]
    SEAT_SCRIPT_FIELD_NUMBER: _ClassVar[int]
    VOICE_NOTICE_FIELD_NUMBER: _ClassVar[int]
    JOINED_CASES_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    SIMILAR_CASES_FIELD_NUMBER: _ClassVar[int]
    PROPOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    DECLARE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    BROADCASTS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: MassEventState
    title: str
    area: str
    main_case: str
    seat_script: str
    voice_notice: str
    joined_cases: int
    cases: _containers.RepeatedScalarFieldContainer[str]
    similar_cases: int
    propose_time: _timestamp_pb2.Timestamp
    declare_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    broadcasts: _containers.RepeatedCompositeFieldContainer[Broadcast]
    version: int
    def __init__(self, name: _Optional[str] = ..., state: _Optional[_Union[MassEventState, str]] = ..., title: _Optional[str] = ..., area: _Optional[str] = ..., main_case: _Optional[str] = ..., seat_script: _Optional[str] = ..., voice_notice: _Optional[str] = ..., joined_cases: _Optional[int] = ..., cases: _Optional[_Iterable[str]] = ..., similar_cases: _Optional[int] = ..., propose_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., declare_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., broadcasts: _Optional[_Iterable[_Union[Broadcast, _Mapping]]] = ..., version: _Optional[int] = ...) -> None: ...

class Broadcast(_message.Message):
    __slots__ = ("number", "text", "time", "cases")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    number: int
    text: str
    time: _timestamp_pb2.Timestamp
    cases: int
    def __init__(self, number: _Optional[int] = ..., text: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., cases: _Optional[int] = ...) -> None: ...

class Clue(_message.Message):
    __slots__ = ("name", "case", "state", "ground", "basis", "duty", "decided_by", "hand_over_time", "receipt", "acknowledge_time", "result", "conclude_time", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    DUTY_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    HAND_OVER_TIME_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_TIME_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    CONCLUDE_TIME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    case: str
    state: ClueState
    ground: str
    basis: str
    duty: str
    decided_by: str
    hand_over_time: _timestamp_pb2.Timestamp
    receipt: str
    acknowledge_time: _timestamp_pb2.Timestamp
    result: str
    conclude_time: _timestamp_pb2.Timestamp
    version: int
    def __init__(self, name: _Optional[str] = ..., case: _Optional[str] = ..., state: _Optional[_Union[ClueState, str]] = ..., ground: _Optional[str] = ..., basis: _Optional[str] = ..., duty: _Optional[str] = ..., decided_by: _Optional[str] = ..., hand_over_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., receipt: _Optional[str] = ..., acknowledge_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., result: _Optional[str] = ..., conclude_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...

class ClueDossier(_message.Message):
    __slots__ = ("clue", "evidence", "subject", "text", "name", "phone", "address")
    CLUE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    clue: Clue
    evidence: str
    subject: str
    text: str
    name: str
    phone: str
    address: str
    def __init__(self, clue: _Optional[_Union[Clue, _Mapping]] = ..., evidence: _Optional[str] = ..., subject: _Optional[str] = ..., text: _Optional[str] = ..., name: _Optional[str] = ..., phone: _Optional[str] = ..., address: _Optional[str] = ...) -> None: ...

class AttentionMark(_message.Message):
    __slots__ = ("kind", "document", "set_by", "set_time")
    KIND_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    SET_BY_FIELD_NUMBER: _ClassVar[int]
    SET_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: str
    document: str
    set_by: str
    set_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[str] = ..., document: _Optional[str] = ..., set_by: _Optional[str] = ..., set_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MarkChange(_message.Message):
    __slots__ = ("kind", "change", "document", "changed_by", "change_time")
    KIND_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: str
    change: str
    document: str
    changed_by: str
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[str] = ..., change: _Optional[str] = ..., document: _Optional[str] = ..., changed_by: _Optional[str] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Supplement(_message.Message):
    __slots__ = ("create_time", "masked_text")
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    MASKED_TEXT_FIELD_NUMBER: _ClassVar[int]
    create_time: _timestamp_pb2.Timestamp
    masked_text: str
    def __init__(self, create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., masked_text: _Optional[str] = ...) -> None: ...

class CaseLimit(_message.Message):
    __slots__ = ("ground", "rank", "title", "article", "limit_amount", "limit_unit", "due_time", "set_time")
    GROUND_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_UNIT_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    SET_TIME_FIELD_NUMBER: _ClassVar[int]
    ground: str
    rank: str
    title: str
    article: str
    limit_amount: int
    limit_unit: str
    due_time: _timestamp_pb2.Timestamp
    set_time: _timestamp_pb2.Timestamp
    def __init__(self, ground: _Optional[str] = ..., rank: _Optional[str] = ..., title: _Optional[str] = ..., article: _Optional[str] = ..., limit_amount: _Optional[int] = ..., limit_unit: _Optional[str] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., set_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AcceptCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "category", "item", "area", "emergency_class", "attributes", "version", "repeated_case")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    REPEATED_CASE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    category: str
    item: str
    area: str
    emergency_class: str
    attributes: _containers.ScalarMap[str, str]
    version: int
    repeated_case: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., emergency_class: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., version: _Optional[int] = ..., repeated_case: _Optional[str] = ...) -> None: ...

class AnswerCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "article", "answer", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    article: str
    answer: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., article: _Optional[str] = ..., answer: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class RefuseCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "ground", "next_authority", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    NEXT_AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    ground: str
    next_authority: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., ground: _Optional[str] = ..., next_authority: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class TransferCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "line", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    line: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., line: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class JoinCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "main_case", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    MAIN_CASE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    main_case: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., main_case: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class WithdrawCaseRequest(_message.Message):
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

class UrgeCaseRequest(_message.Message):
    __slots__ = ("request_id", "name")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class SupplementCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "text")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    text: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class CorrectCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "category", "item", "area", "emergency_class", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    category: str
    item: str
    area: str
    emergency_class: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., emergency_class: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class SetCaseLimitRequest(_message.Message):
    __slots__ = ("request_id", "name", "ground", "rank", "title", "article", "limit_amount", "limit_unit", "due_time", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_UNIT_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    ground: str
    rank: str
    title: str
    article: str
    limit_amount: int
    limit_unit: str
    due_time: _timestamp_pb2.Timestamp
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., ground: _Optional[str] = ..., rank: _Optional[str] = ..., title: _Optional[str] = ..., article: _Optional[str] = ..., limit_amount: _Optional[int] = ..., limit_unit: _Optional[str] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...

class LiftCaseLimitRequest(_message.Message):
    __slots__ = ("request_id", "name", "ground", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    ground: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., ground: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class MarkCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "kind", "document", "due_time", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    kind: str
    document: str
    due_time: _timestamp_pb2.Timestamp
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., kind: _Optional[str] = ..., document: _Optional[str] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...

class UnmarkCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "kind", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    kind: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., kind: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class SplitOffCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ListMassEventProposalsRequest(_message.Message):
    __slots__ = ("city", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListMassEventProposalsResponse(_message.Message):
    __slots__ = ("mass_events", "next_page_token")
    MASS_EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    mass_events: _containers.RepeatedCompositeFieldContainer[MassEvent]
    next_page_token: str
    def __init__(self, mass_events: _Optional[_Iterable[_Union[MassEvent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListMassEventsRequest(_message.Message):
    __slots__ = ("city", "state", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: MassEventState
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[MassEventState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListMassEventsResponse(_message.Message):
    __slots__ = ("mass_events", "next_page_token")
    MASS_EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    mass_events: _containers.RepeatedCompositeFieldContainer[MassEvent]
    next_page_token: str
    def __init__(self, mass_events: _Optional[_Iterable[_Union[MassEvent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DeclareMassEventRequest(_message.Message):
    __slots__ = ("request_id", "city", "main_case", "title", "seat_script", "voice_notice", "proposal")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    MAIN_CASE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SEAT_SCRIPT_FIELD_NUMBER: _ClassVar[int]
    VOICE_NOTICE_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    main_case: str
    title: str
    seat_script: str
    voice_notice: str
    proposal: str
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., main_case: _Optional[str] = ..., title: _Optional[str] = ..., seat_script: _Optional[str] = ..., voice_notice: _Optional[str] = ..., proposal: _Optional[str] = ...) -> None: ...

class JoinMassEventRequest(_message.Message):
    __slots__ = ("request_id", "name", "case", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    case: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., case: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class BroadcastProgressRequest(_message.Message):
    __slots__ = ("request_id", "name", "text", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    text: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., text: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class EndMassEventRequest(_message.Message):
    __slots__ = ("request_id", "name", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class HandOverClueRequest(_message.Message):
    __slots__ = ("request_id", "name", "evidence", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    evidence: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., evidence: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class AcknowledgeClueRequest(_message.Message):
    __slots__ = ("request_id", "name", "receipt", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    receipt: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., receipt: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ConcludeClueRequest(_message.Message):
    __slots__ = ("request_id", "name", "result", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    result: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., result: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ListCluesRequest(_message.Message):
    __slots__ = ("city", "state", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: ClueState
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[ClueState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCluesResponse(_message.Message):
    __slots__ = ("clues", "next_page_token")
    CLUES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    clues: _containers.RepeatedCompositeFieldContainer[Clue]
    next_page_token: str
    def __init__(self, clues: _Optional[_Iterable[_Union[Clue, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RevealClueRequest(_message.Message):
    __slots__ = ("name", "purpose")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class RestrictCallerRequest(_message.Message):
    __slots__ = ("request_id", "city", "calls", "cases", "ground", "reason", "end_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CALLS_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    calls: _containers.RepeatedScalarFieldContainer[str]
    cases: _containers.RepeatedScalarFieldContainer[str]
    ground: str
    reason: str
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., calls: _Optional[_Iterable[str]] = ..., cases: _Optional[_Iterable[str]] = ..., ground: _Optional[str] = ..., reason: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class LiftRestrictionRequest(_message.Message):
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

class ListRestrictionsRequest(_message.Message):
    __slots__ = ("city", "state", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: RestrictionState
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[RestrictionState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRestrictionsResponse(_message.Message):
    __slots__ = ("restrictions", "next_page_token")
    RESTRICTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    restrictions: _containers.RepeatedCompositeFieldContainer[Restriction]
    next_page_token: str
    def __init__(self, restrictions: _Optional[_Iterable[_Union[Restriction, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Restriction(_message.Message):
    __slots__ = ("name", "state", "citizen", "phone", "ground", "basis", "reason", "calls", "cases", "restricted_by", "create_time", "end_time", "lifted_by", "lift_time", "lift_reason", "pack", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CALLS_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    RESTRICTED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    LIFTED_BY_FIELD_NUMBER: _ClassVar[int]
    LIFT_TIME_FIELD_NUMBER: _ClassVar[int]
    LIFT_REASON_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: RestrictionState
    citizen: str
    phone: str
    ground: str
    basis: str
    reason: str
    calls: _containers.RepeatedScalarFieldContainer[str]
    cases: _containers.RepeatedScalarFieldContainer[str]
    restricted_by: str
    create_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    lifted_by: str
    lift_time: _timestamp_pb2.Timestamp
    lift_reason: str
    pack: str
    version: int
    def __init__(self, name: _Optional[str] = ..., state: _Optional[_Union[RestrictionState, str]] = ..., citizen: _Optional[str] = ..., phone: _Optional[str] = ..., ground: _Optional[str] = ..., basis: _Optional[str] = ..., reason: _Optional[str] = ..., calls: _Optional[_Iterable[str]] = ..., cases: _Optional[_Iterable[str]] = ..., restricted_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lifted_by: _Optional[str] = ..., lift_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lift_reason: _Optional[str] = ..., pack: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class CheckCallerRequest(_message.Message):
    __slots__ = ("city", "phone")
    CITY_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    city: str
    phone: str
    def __init__(self, city: _Optional[str] = ..., phone: _Optional[str] = ...) -> None: ...

class CallerCheck(_message.Message):
    __slots__ = ("restriction", "emergency_lines")
    RESTRICTION_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_LINES_FIELD_NUMBER: _ClassVar[int]
    restriction: CallerRestriction
    emergency_lines: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, restriction: _Optional[_Union[CallerRestriction, _Mapping]] = ..., emergency_lines: _Optional[_Iterable[str]] = ...) -> None: ...

class CallerRestriction(_message.Message):
    __slots__ = ("name", "end_time", "ground", "ground_name", "cited", "appeal", "appeal_en")
    NAME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    GROUND_NAME_FIELD_NUMBER: _ClassVar[int]
    CITED_FIELD_NUMBER: _ClassVar[int]
    APPEAL_FIELD_NUMBER: _ClassVar[int]
    APPEAL_EN_FIELD_NUMBER: _ClassVar[int]
    name: str
    end_time: _timestamp_pb2.Timestamp
    ground: str
    ground_name: str
    cited: str
    appeal: str
    appeal_en: str
    def __init__(self, name: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ground: _Optional[str] = ..., ground_name: _Optional[str] = ..., cited: _Optional[str] = ..., appeal: _Optional[str] = ..., appeal_en: _Optional[str] = ...) -> None: ...

class NameExpertRequest(_message.Message):
    __slots__ = ("request_id", "city", "unit", "person_name", "phone", "reached", "categories", "keywords", "hours", "start_time", "end_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    PERSON_NAME_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    KEYWORDS_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    unit: str
    person_name: str
    phone: str
    reached: ExpertReached
    categories: _containers.RepeatedScalarFieldContainer[str]
    keywords: _containers.RepeatedScalarFieldContainer[str]
    hours: _containers.RepeatedCompositeFieldContainer[ExpertHours]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., unit: _Optional[str] = ..., person_name: _Optional[str] = ..., phone: _Optional[str] = ..., reached: _Optional[_Union[ExpertReached, str]] = ..., categories: _Optional[_Iterable[str]] = ..., keywords: _Optional[_Iterable[str]] = ..., hours: _Optional[_Iterable[_Union[ExpertHours, _Mapping]]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExpertHours(_message.Message):
    __slots__ = ("days", "start", "end")
    DAYS_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    days: _containers.RepeatedScalarFieldContainer[int]
    start: str
    end: str
    def __init__(self, days: _Optional[_Iterable[int]] = ..., start: _Optional[str] = ..., end: _Optional[str] = ...) -> None: ...

class EndExpertRequest(_message.Message):
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

class Expert(_message.Message):
    __slots__ = ("name", "unit", "state", "person_name", "reached", "categories", "keywords", "hours", "start_time", "end_time", "in_office", "basis", "named_by", "create_time", "ended_by", "ended_time", "end_reason", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PERSON_NAME_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    KEYWORDS_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    IN_OFFICE_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    NAMED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ENDED_BY_FIELD_NUMBER: _ClassVar[int]
    ENDED_TIME_FIELD_NUMBER: _ClassVar[int]
    END_REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    unit: str
    state: ExpertState
    person_name: str
    reached: ExpertReached
    categories: _containers.RepeatedScalarFieldContainer[str]
    keywords: _containers.RepeatedScalarFieldContainer[str]
    hours: _containers.RepeatedCompositeFieldContainer[ExpertHours]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    in_office: bool
    basis: str
    named_by: str
    create_time: _timestamp_pb2.Timestamp
    ended_by: str
    ended_time: _timestamp_pb2.Timestamp
    end_reason: str
    version: int
    def __init__(self, name: _Optional[str] = ..., unit: _Optional[str] = ..., state: _Optional[_Union[ExpertState, str]] = ..., person_name: _Optional[str] = ..., reached: _Optional[_Union[ExpertReached, str]] = ..., categories: _Optional[_Iterable[str]] = ..., keywords: _Optional[_Iterable[str]] = ..., hours: _Optional[_Iterable[_Union[ExpertHours, _Mapping]]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., in_office: _Optional[bool] = ..., basis: _Optional[str] = ..., named_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ended_by: _Optional[str] = ..., ended_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ListExpertsRequest(_message.Message):
    __slots__ = ("city", "unit", "state", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    unit: str
    state: ExpertState
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., unit: _Optional[str] = ..., state: _Optional[_Union[ExpertState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListExpertsResponse(_message.Message):
    __slots__ = ("experts", "next_page_token")
    EXPERTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    experts: _containers.RepeatedCompositeFieldContainer[Expert]
    next_page_token: str
    def __init__(self, experts: _Optional[_Iterable[_Union[Expert, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class FindExpertsRequest(_message.Message):
    __slots__ = ("city", "case", "category", "unit")
    CITY_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    city: str
    case: str
    category: str
    unit: str
    def __init__(self, city: _Optional[str] = ..., case: _Optional[str] = ..., category: _Optional[str] = ..., unit: _Optional[str] = ...) -> None: ...

class FindExpertsResponse(_message.Message):
    __slots__ = ("experts",)
    EXPERTS_FIELD_NUMBER: _ClassVar[int]
    experts: _containers.RepeatedCompositeFieldContainer[FoundExpert]
    def __init__(self, experts: _Optional[_Iterable[_Union[FoundExpert, _Mapping]]] = ...) -> None: ...

class FoundExpert(_message.Message):
    __slots__ = ("expert", "phone")
    EXPERT_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    expert: Expert
    phone: str
    def __init__(self, expert: _Optional[_Union[Expert, _Mapping]] = ..., phone: _Optional[str] = ...) -> None: ...

class RecordExpertCallRequest(_message.Message):
    __slots__ = ("request_id", "name", "expert", "outcome", "answer", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EXPERT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    expert: str
    outcome: ExpertOutcome
    answer: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., expert: _Optional[str] = ..., outcome: _Optional[_Union[ExpertOutcome, str]] = ..., answer: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ListExpertFiguresRequest(_message.Message):
    __slots__ = ("city", "unit", "start_time", "end_time")
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    city: str
    unit: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, city: _Optional[str] = ..., unit: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListExpertFiguresResponse(_message.Message):
    __slots__ = ("units",)
    UNITS_FIELD_NUMBER: _ClassVar[int]
    units: _containers.RepeatedCompositeFieldContainer[UnitExpertFigures]
    def __init__(self, units: _Optional[_Iterable[_Union[UnitExpertFigures, _Mapping]]] = ...) -> None: ...

class UnitExpertFigures(_message.Message):
    __slots__ = ("unit", "asked", "reached", "answered")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ASKED_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_FIELD_NUMBER: _ClassVar[int]
    unit: str
    asked: int
    reached: int
    answered: int
    def __init__(self, unit: _Optional[str] = ..., asked: _Optional[int] = ..., reached: _Optional[int] = ..., answered: _Optional[int] = ...) -> None: ...

class TellPartnerMatterRequest(_message.Message):
    __slots__ = ("request_id", "city", "number", "phone", "identity_number", "person_name", "subject", "text", "place")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_NUMBER_FIELD_NUMBER: _ClassVar[int]
    PERSON_NAME_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    number: str
    phone: str
    identity_number: str
    person_name: str
    subject: str
    text: str
    place: str
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., number: _Optional[str] = ..., phone: _Optional[str] = ..., identity_number: _Optional[str] = ..., person_name: _Optional[str] = ..., subject: _Optional[str] = ..., text: _Optional[str] = ..., place: _Optional[str] = ...) -> None: ...

class EndPartnerMatterRequest(_message.Message):
    __slots__ = ("request_id", "city", "number")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    number: str
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., number: _Optional[str] = ...) -> None: ...

class PartnerMatter(_message.Message):
    __slots__ = ("name", "platform", "number", "state", "create_time", "update_time", "end_time", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    platform: str
    number: str
    state: MatterState
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    version: int
    def __init__(self, name: _Optional[str] = ..., platform: _Optional[str] = ..., number: _Optional[str] = ..., state: _Optional[_Union[MatterState, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...

class FindHotlineMattersRequest(_message.Message):
    __slots__ = ("city", "phone", "subject", "text", "purpose")
    CITY_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    city: str
    phone: str
    subject: str
    text: str
    purpose: str
    def __init__(self, city: _Optional[str] = ..., phone: _Optional[str] = ..., subject: _Optional[str] = ..., text: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class FindHotlineMattersResponse(_message.Message):
    __slots__ = ("matters",)
    MATTERS_FIELD_NUMBER: _ClassVar[int]
    matters: _containers.RepeatedCompositeFieldContainer[HotlineMatter]
    def __init__(self, matters: _Optional[_Iterable[_Union[HotlineMatter, _Mapping]]] = ...) -> None: ...

class HotlineMatter(_message.Message):
    __slots__ = ("number", "state", "category", "create_time", "close_time")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    number: str
    state: CaseState
    category: str
    create_time: _timestamp_pb2.Timestamp
    close_time: _timestamp_pb2.Timestamp
    def __init__(self, number: _Optional[str] = ..., state: _Optional[_Union[CaseState, str]] = ..., category: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., close_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class FindPartnerMattersRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class FindPartnerMattersResponse(_message.Message):
    __slots__ = ("matters",)
    MATTERS_FIELD_NUMBER: _ClassVar[int]
    matters: _containers.RepeatedCompositeFieldContainer[PartnerHint]
    def __init__(self, matters: _Optional[_Iterable[_Union[PartnerHint, _Mapping]]] = ...) -> None: ...

class PartnerHint(_message.Message):
    __slots__ = ("matter", "platform", "platform_name", "number", "subject", "place", "tell_time", "score")
    MATTER_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_NAME_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    TELL_TIME_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    matter: str
    platform: str
    platform_name: str
    number: str
    subject: str
    place: str
    tell_time: _timestamp_pb2.Timestamp
    score: float
    def __init__(self, matter: _Optional[str] = ..., platform: _Optional[str] = ..., platform_name: _Optional[str] = ..., number: _Optional[str] = ..., subject: _Optional[str] = ..., place: _Optional[str] = ..., tell_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., score: _Optional[float] = ...) -> None: ...

class WeighPartnerMatterRequest(_message.Message):
    __slots__ = ("request_id", "name", "matter", "decision", "reason", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    MATTER_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    matter: str
    decision: PartnerDecision
    reason: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., matter: _Optional[str] = ..., decision: _Optional[_Union[PartnerDecision, str]] = ..., reason: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class RateCaseRequest(_message.Message):
    __slots__ = ("request_id", "name", "number", "phone", "solved", "call_score", "handling_score", "comment")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    SOLVED_FIELD_NUMBER: _ClassVar[int]
    CALL_SCORE_FIELD_NUMBER: _ClassVar[int]
    HANDLING_SCORE_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    number: str
    phone: str
    solved: bool
    call_score: str
    handling_score: str
    comment: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., number: _Optional[str] = ..., phone: _Optional[str] = ..., solved: _Optional[bool] = ..., call_score: _Optional[str] = ..., handling_score: _Optional[str] = ..., comment: _Optional[str] = ...) -> None: ...

class RecordRevisitRequest(_message.Message):
    __slots__ = ("request_id", "name", "reached", "contacted", "solved", "satisfied")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    CONTACTED_FIELD_NUMBER: _ClassVar[int]
    SOLVED_FIELD_NUMBER: _ClassVar[int]
    SATISFIED_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reached: bool
    contacted: bool
    solved: bool
    satisfied: bool
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reached: _Optional[bool] = ..., contacted: _Optional[bool] = ..., solved: _Optional[bool] = ..., satisfied: _Optional[bool] = ...) -> None: ...

class ListRevisitsDueRequest(_message.Message):
    __slots__ = ("city", "why", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    why: RevisitReason
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., why: _Optional[_Union[RevisitReason, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRevisitsDueResponse(_message.Message):
    __slots__ = ("revisits", "next_page_token")
    REVISITS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    revisits: _containers.RepeatedCompositeFieldContainer[RevisitDueItem]
    next_page_token: str
    def __init__(self, revisits: _Optional[_Iterable[_Union[RevisitDueItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RevisitDueItem(_message.Message):
    __slots__ = ("case", "number", "why", "round", "due_time", "missed_days", "attempt_time", "category", "masked_subject")
    CASE_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    MISSED_DAYS_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_TIME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    MASKED_SUBJECT_FIELD_NUMBER: _ClassVar[int]
    case: str
    number: str
    why: str
    round: int
    due_time: _timestamp_pb2.Timestamp
    missed_days: _containers.RepeatedScalarFieldContainer[str]
    attempt_time: _timestamp_pb2.Timestamp
    category: str
    masked_subject: str
    def __init__(self, case: _Optional[str] = ..., number: _Optional[str] = ..., why: _Optional[str] = ..., round: _Optional[int] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., missed_days: _Optional[_Iterable[str]] = ..., attempt_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., category: _Optional[str] = ..., masked_subject: _Optional[str] = ...) -> None: ...

class UploadAttachmentRequest(_message.Message):
    __slots__ = ("request_id", "parent", "filename", "content", "sha256")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PARENT_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    parent: str
    filename: str
    content: bytes
    sha256: str
    def __init__(self, request_id: _Optional[str] = ..., parent: _Optional[str] = ..., filename: _Optional[str] = ..., content: _Optional[bytes] = ..., sha256: _Optional[str] = ...) -> None: ...

class DownloadAttachmentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class Attachment(_message.Message):
    __slots__ = ("name", "filename", "media_type", "size_bytes", "sha256", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    filename: str
    media_type: str
    size_bytes: int
    sha256: str
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., filename: _Optional[str] = ..., media_type: _Optional[str] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AttachmentContent(_message.Message):
    __slots__ = ("attachment", "content")
    ATTACHMENT_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    attachment: Attachment
    content: bytes
    def __init__(self, attachment: _Optional[_Union[Attachment, _Mapping]] = ..., content: _Optional[bytes] = ...) -> None: ...

class StartAttachmentUploadRequest(_message.Message):
    __slots__ = ("request_id", "parent", "filename", "size_bytes", "sha256")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PARENT_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    parent: str
    filename: str
    size_bytes: int
    sha256: str
    def __init__(self, request_id: _Optional[str] = ..., parent: _Optional[str] = ..., filename: _Optional[str] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ...) -> None: ...

class AttachmentUpload(_message.Message):
    __slots__ = ("upload", "url", "fields", "expire_time")
    class FieldsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    UPLOAD_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    upload: str
    url: str
    fields: _containers.ScalarMap[str, str]
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, upload: _Optional[str] = ..., url: _Optional[str] = ..., fields: _Optional[_Mapping[str, str]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class FinishAttachmentUploadRequest(_message.Message):
    __slots__ = ("request_id", "parent", "upload")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PARENT_FIELD_NUMBER: _ClassVar[int]
    UPLOAD_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    parent: str
    upload: str
    def __init__(self, request_id: _Optional[str] = ..., parent: _Optional[str] = ..., upload: _Optional[str] = ...) -> None: ...

class GetAttachmentLinkRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class AttachmentLink(_message.Message):
    __slots__ = ("attachment", "url", "expire_time")
    ATTACHMENT_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    attachment: Attachment
    url: str
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, attachment: _Optional[_Union[Attachment, _Mapping]] = ..., url: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetCaseRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListCasesRequest(_message.Message):
    __slots__ = ("city", "state", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    state: CaseState
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., state: _Optional[_Union[CaseState, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCasesResponse(_message.Message):
    __slots__ = ("cases", "next_page_token")
    CASES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    cases: _containers.RepeatedCompositeFieldContainer[Case]
    next_page_token: str
    def __init__(self, cases: _Optional[_Iterable[_Union[Case, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class LookUpProgressRequest(_message.Message):
    __slots__ = ("number", "phone")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    number: str
    phone: str
    def __init__(self, number: _Optional[str] = ..., phone: _Optional[str] = ...) -> None: ...

class Progress(_message.Message):
    __slots__ = ("number", "state", "category", "accept_time", "due_time", "lines", "reply", "can_rate")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_TIME_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    REPLY_FIELD_NUMBER: _ClassVar[int]
    CAN_RATE_FIELD_NUMBER: _ClassVar[int]
    number: str
    state: CaseState
    category: str
    accept_time: _timestamp_pb2.Timestamp
    due_time: _timestamp_pb2.Timestamp
    lines: _containers.RepeatedCompositeFieldContainer[ProgressLine]
    reply: str
    can_rate: bool
    def __init__(self, number: _Optional[str] = ..., state: _Optional[_Union[CaseState, str]] = ..., category: _Optional[str] = ..., accept_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[ProgressLine, _Mapping]]] = ..., reply: _Optional[str] = ..., can_rate: _Optional[bool] = ...) -> None: ...

class ProgressLine(_message.Message):
    __slots__ = ("time", "zh", "en")
    TIME_FIELD_NUMBER: _ClassVar[int]
    ZH_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    time: _timestamp_pb2.Timestamp
    zh: str
    en: str
    def __init__(self, time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., zh: _Optional[str] = ..., en: _Optional[str] = ...) -> None: ...

class RevealContactRequest(_message.Message):
    __slots__ = ("name", "purpose")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class Contact(_message.Message):
    __slots__ = ("name", "phone", "address", "identity_number")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_NUMBER_FIELD_NUMBER: _ClassVar[int]
    name: str
    phone: str
    address: str
    identity_number: str
    def __init__(self, name: _Optional[str] = ..., phone: _Optional[str] = ..., address: _Optional[str] = ..., identity_number: _Optional[str] = ...) -> None: ...

class RevealTextRequest(_message.Message):
    __slots__ = ("name", "purpose")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class CaseText(_message.Message):
    __slots__ = ("subject", "text")
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    subject: str
    text: str
    def __init__(self, subject: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class EraseCitizenRequest(_message.Message):
    __slots__ = ("request_id", "name", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class EraseCitizenResponse(_message.Message):
    __slots__ = ("cases",)
    CASES_FIELD_NUMBER: _ClassVar[int]
    cases: int
    def __init__(self, cases: _Optional[int] = ...) -> None: ...

class RecordCallRequest(_message.Message):
    __slots__ = ("request_id", "city", "call_id", "line", "direction", "outcome", "phone", "seat", "queue_time", "answer_time", "end_time", "recording")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    SEAT_FIELD_NUMBER: _ClassVar[int]
    QUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    RECORDING_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    call_id: str
    line: str
    direction: CallDirection
    outcome: CallOutcome
    phone: str
    seat: str
    queue_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    recording: str
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., call_id: _Optional[str] = ..., line: _Optional[str] = ..., direction: _Optional[_Union[CallDirection, str]] = ..., outcome: _Optional[_Union[CallOutcome, str]] = ..., phone: _Optional[str] = ..., seat: _Optional[str] = ..., queue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., recording: _Optional[str] = ...) -> None: ...

class LinkCallRequest(_message.Message):
    __slots__ = ("request_id", "name", "case")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    case: str
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., case: _Optional[str] = ...) -> None: ...

class RecordCallBackRequest(_message.Message):
    __slots__ = ("request_id", "name", "reached", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    reached: bool
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., reached: _Optional[bool] = ..., version: _Optional[int] = ...) -> None: ...

class GetCallRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListCallsRequest(_message.Message):
    __slots__ = ("city", "call_back", "outcome", "case", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    CALL_BACK_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    call_back: CallBackState
    outcome: CallOutcome
    case: str
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., call_back: _Optional[_Union[CallBackState, str]] = ..., outcome: _Optional[_Union[CallOutcome, str]] = ..., case: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCallsResponse(_message.Message):
    __slots__ = ("calls", "next_page_token")
    CALLS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    calls: _containers.RepeatedCompositeFieldContainer[Call]
    next_page_token: str
    def __init__(self, calls: _Optional[_Iterable[_Union[Call, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Call(_message.Message):
    __slots__ = ("name", "line", "direction", "outcome", "seat", "queue_time", "answer_time", "end_time", "create_time", "citizen", "number_known", "has_recording", "cases", "call_back", "attempts", "attempts_due", "due_time", "light", "pack", "version", "restricted_until")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SEAT_FIELD_NUMBER: _ClassVar[int]
    QUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_FIELD_NUMBER: _ClassVar[int]
    NUMBER_KNOWN_FIELD_NUMBER: _ClassVar[int]
    HAS_RECORDING_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    CALL_BACK_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_DUE_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    LIGHT_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    RESTRICTED_UNTIL_FIELD_NUMBER: _ClassVar[int]
    name: str
    line: str
    direction: CallDirection
    outcome: CallOutcome
    seat: str
    queue_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    create_time: _timestamp_pb2.Timestamp
    citizen: str
    number_known: bool
    has_recording: bool
    cases: _containers.RepeatedScalarFieldContainer[str]
    call_back: CallBackState
    attempts: _containers.RepeatedCompositeFieldContainer[CallBackAttempt]
    attempts_due: int
    due_time: _timestamp_pb2.Timestamp
    light: str
    pack: str
    version: int
    restricted_until: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., line: _Optional[str] = ..., direction: _Optional[_Union[CallDirection, str]] = ..., outcome: _Optional[_Union[CallOutcome, str]] = ..., seat: _Optional[str] = ..., queue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., citizen: _Optional[str] = ..., number_known: _Optional[bool] = ..., has_recording: _Optional[bool] = ..., cases: _Optional[_Iterable[str]] = ..., call_back: _Optional[_Union[CallBackState, str]] = ..., attempts: _Optional[_Iterable[_Union[CallBackAttempt, _Mapping]]] = ..., attempts_due: _Optional[int] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., light: _Optional[str] = ..., pack: _Optional[str] = ..., version: _Optional[int] = ..., restricted_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CallBackAttempt(_message.Message):
    __slots__ = ("time", "reached")
    TIME_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    time: _timestamp_pb2.Timestamp
    reached: bool
    def __init__(self, time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reached: _Optional[bool] = ...) -> None: ...

class RevealCallerRequest(_message.Message):
    __slots__ = ("name", "purpose")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class CallContact(_message.Message):
    __slots__ = ("phone", "recording")
    PHONE_FIELD_NUMBER: _ClassVar[int]
    RECORDING_FIELD_NUMBER: _ClassVar[int]
    phone: str
    recording: str
    def __init__(self, phone: _Optional[str] = ..., recording: _Optional[str] = ...) -> None: ...

class BeginShiftRequest(_message.Message):
    __slots__ = ("request_id", "city", "shift")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    SHIFT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    city: str
    shift: str
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., shift: _Optional[str] = ...) -> None: ...

class SetSeatRequest(_message.Message):
    __slots__ = ("request_id", "name", "seat", "mode")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEAT_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    seat: str
    mode: SeatMode
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., seat: _Optional[str] = ..., mode: _Optional[_Union[SeatMode, str]] = ...) -> None: ...

class OfferShiftRequest(_message.Message):
    __slots__ = ("request_id", "name", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class TakeOverShiftRequest(_message.Message):
    __slots__ = ("request_id", "name", "shift", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SHIFT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    shift: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., shift: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class EndShiftRequest(_message.Message):
    __slots__ = ("request_id", "name", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class GetShiftRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListShiftsRequest(_message.Message):
    __slots__ = ("city", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListShiftsResponse(_message.Message):
    __slots__ = ("shifts", "next_page_token")
    SHIFTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    shifts: _containers.RepeatedCompositeFieldContainer[Shift]
    next_page_token: str
    def __init__(self, shifts: _Optional[_Iterable[_Union[Shift, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListHandedOverRequest(_message.Message):
    __slots__ = ("name", "page_size", "page_token")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    name: str
    page_size: int
    page_token: str
    def __init__(self, name: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListHandedOverResponse(_message.Message):
    __slots__ = ("hand_over", "items", "next_page_token")
    HAND_OVER_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    hand_over: ShiftHandOver
    items: _containers.RepeatedCompositeFieldContainer[OpenItem]
    next_page_token: str
    def __init__(self, hand_over: _Optional[_Union[ShiftHandOver, _Mapping]] = ..., items: _Optional[_Iterable[_Union[OpenItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListOpenItemsRequest(_message.Message):
    __slots__ = ("city", "page_size", "page_token")
    CITY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    city: str
    page_size: int
    page_token: str
    def __init__(self, city: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListOpenItemsResponse(_message.Message):
    __slots__ = ("items", "shift", "lead", "next_page_token")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    SHIFT_FIELD_NUMBER: _ClassVar[int]
    LEAD_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[OpenItem]
    shift: str
    lead: str
    next_page_token: str
    def __init__(self, items: _Optional[_Iterable[_Union[OpenItem, _Mapping]]] = ..., shift: _Optional[str] = ..., lead: _Optional[str] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class MakePromiseRequest(_message.Message):
    __slots__ = ("request_id", "case", "kind", "due_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case: str
    kind: PromiseKind
    due_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., case: _Optional[str] = ..., kind: _Optional[_Union[PromiseKind, str]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EndPromiseRequest(_message.Message):
    __slots__ = ("request_id", "name", "needless", "version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NEEDLESS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    name: str
    needless: bool
    version: int
    def __init__(self, request_id: _Optional[str] = ..., name: _Optional[str] = ..., needless: _Optional[bool] = ..., version: _Optional[int] = ...) -> None: ...

class Shift(_message.Message):
    __slots__ = ("name", "shift", "title", "lead", "state", "begin_time", "planned_end_time", "end_time", "seats", "taken_from", "taken_over_by", "hand_over", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SHIFT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    LEAD_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    BEGIN_TIME_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    SEATS_FIELD_NUMBER: _ClassVar[int]
    TAKEN_FROM_FIELD_NUMBER: _ClassVar[int]
    TAKEN_OVER_BY_FIELD_NUMBER: _ClassVar[int]
    HAND_OVER_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    shift: str
    title: str
    lead: str
    state: ShiftState
    begin_time: _timestamp_pb2.Timestamp
    planned_end_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    seats: _containers.RepeatedCompositeFieldContainer[ShiftSeat]
    taken_from: str
    taken_over_by: str
    hand_over: ShiftHandOver
    version: int
    def __init__(self, name: _Optional[str] = ..., shift: _Optional[str] = ..., title: _Optional[str] = ..., lead: _Optional[str] = ..., state: _Optional[_Union[ShiftState, str]] = ..., begin_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., planned_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., seats: _Optional[_Iterable[_Union[ShiftSeat, _Mapping]]] = ..., taken_from: _Optional[str] = ..., taken_over_by: _Optional[str] = ..., hand_over: _Optional[_Union[ShiftHandOver, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...

class ShiftSeat(_message.Message):
    __slots__ = ("seat", "agent", "mode", "since_time", "ready_seconds", "break_seconds", "wrap_up_seconds")
    SEAT_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    READY_SECONDS_FIELD_NUMBER: _ClassVar[int]
    BREAK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    WRAP_UP_SECONDS_FIELD_NUMBER: _ClassVar[int]
    seat: str
    agent: str
    mode: SeatMode
    since_time: _timestamp_pb2.Timestamp
    ready_seconds: int
    break_seconds: int
    wrap_up_seconds: int
    def __init__(self, seat: _Optional[str] = ..., agent: _Optional[str] = ..., mode: _Optional[_Union[SeatMode, str]] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ready_seconds: _Optional[int] = ..., break_seconds: _Optional[int] = ..., wrap_up_seconds: _Optional[int] = ...) -> None: ...

class ShiftHandOver(_message.Message):
    __slots__ = ("offered_by", "offer_time", "taken_by", "take_time", "drafts", "queued", "call_backs", "promises")
    OFFERED_BY_FIELD_NUMBER: _ClassVar[int]
    OFFER_TIME_FIELD_NUMBER: _ClassVar[int]
    TAKEN_BY_FIELD_NUMBER: _ClassVar[int]
    TAKE_TIME_FIELD_NUMBER: _ClassVar[int]
    DRAFTS_FIELD_NUMBER: _ClassVar[int]
    QUEUED_FIELD_NUMBER: _ClassVar[int]
    CALL_BACKS_FIELD_NUMBER: _ClassVar[int]
    PROMISES_FIELD_NUMBER: _ClassVar[int]
    offered_by: str
    offer_time: _timestamp_pb2.Timestamp
    taken_by: str
    take_time: _timestamp_pb2.Timestamp
    drafts: int
    queued: int
    call_backs: int
    promises: int
    def __init__(self, offered_by: _Optional[str] = ..., offer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., taken_by: _Optional[str] = ..., take_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., drafts: _Optional[int] = ..., queued: _Optional[int] = ..., call_backs: _Optional[int] = ..., promises: _Optional[int] = ...) -> None: ...

class OpenItem(_message.Message):
    __slots__ = ("name", "kind", "since_time", "due_time", "settled", "came_later", "case", "promise")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    CAME_LATER_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    PROMISE_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: OpenKind
    since_time: _timestamp_pb2.Timestamp
    due_time: _timestamp_pb2.Timestamp
    settled: bool
    came_later: bool
    case: str
    promise: PromiseKind
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[OpenKind, str]] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., settled: _Optional[bool] = ..., came_later: _Optional[bool] = ..., case: _Optional[str] = ..., promise: _Optional[_Union[PromiseKind, str]] = ...) -> None: ...

class Promise(_message.Message):
    __slots__ = ("name", "case", "kind", "state", "due_time", "make_time", "made_by", "end_time", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    MAKE_TIME_FIELD_NUMBER: _ClassVar[int]
    MADE_BY_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    case: str
    kind: PromiseKind
    state: PromiseState
    due_time: _timestamp_pb2.Timestamp
    make_time: _timestamp_pb2.Timestamp
    made_by: str
    end_time: _timestamp_pb2.Timestamp
    version: int
    def __init__(self, name: _Optional[str] = ..., case: _Optional[str] = ..., kind: _Optional[_Union[PromiseKind, str]] = ..., state: _Optional[_Union[PromiseState, str]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., make_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., made_by: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...
