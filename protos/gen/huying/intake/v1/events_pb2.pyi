import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from huying.common.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CaseAccepted(_message.Message):
    __slots__ = ("case_id", "city", "pack", "number", "channel", "category", "item", "area", "respondent_unit", "emergency_class", "attributes", "confidentiality", "upstream_platform", "upstream_number", "upstream_due_at", "citizen_id", "citizen_key", "citizen_reachable", "masked_text", "sealed_text", "registered_at", "accepted_at", "masked_subject", "attachments", "explain_only", "repeated_case_id", "attention_marks")
    class AttachedFile(_message.Message):
        __slots__ = ("attachment_id", "media_type", "size_bytes")
        ATTACHMENT_ID_FIELD_NUMBER: _ClassVar[int]
        MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
        SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
        attachment_id: str
        media_type: str
        size_bytes: int
        def __init__(self, attachment_id: _Optional[str] = ..., media_type: _Optional[str] = ..., size_bytes: _Optional[int] = ...) -> None: ...
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    RESPONDENT_UNIT_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    CONFIDENTIALITY_FIELD_NUMBER: _ClassVar[int]
    UPSTREAM_PLATFORM_FIELD_NUMBER: _ClassVar[int]
    UPSTREAM_NUMBER_FIELD_NUMBER: _ClassVar[int]
    UPSTREAM_DUE_AT_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_KEY_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_REACHABLE_FIELD_NUMBER: _ClassVar[int]
    MASKED_TEXT_FIELD_NUMBER: _ClassVar[int]
    SEALED_TEXT_FIELD_NUMBER: _ClassVar[int]
    REGISTERED_AT_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_AT_FIELD_NUMBER: _ClassVar[int]
    MASKED_SUBJECT_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    EXPLAIN_ONLY_FIELD_NUMBER: _ClassVar[int]
    REPEATED_CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ATTENTION_MARKS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    number: str
    channel: str
    category: str
    item: str
    area: str
    respondent_unit: str
    emergency_class: str
    attributes: _containers.ScalarMap[str, str]
    confidentiality: str
    upstream_platform: str
    upstream_number: str
    upstream_due_at: _timestamp_pb2.Timestamp
    citizen_id: str
    citizen_key: bytes
    citizen_reachable: bool
    masked_text: str
    sealed_text: _common_pb2.Sealed
    registered_at: _timestamp_pb2.Timestamp
    accepted_at: _timestamp_pb2.Timestamp
    masked_subject: str
    attachments: _containers.RepeatedCompositeFieldContainer[CaseAccepted.AttachedFile]
    explain_only: bool
    repeated_case_id: str
    attention_marks: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., number: _Optional[str] = ..., channel: _Optional[str] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., respondent_unit: _Optional[str] = ..., emergency_class: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., confidentiality: _Optional[str] = ..., upstream_platform: _Optional[str] = ..., upstream_number: _Optional[str] = ..., upstream_due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., citizen_id: _Optional[str] = ..., citizen_key: _Optional[bytes] = ..., citizen_reachable: _Optional[bool] = ..., masked_text: _Optional[str] = ..., sealed_text: _Optional[_Union[_common_pb2.Sealed, _Mapping]] = ..., registered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., accepted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., masked_subject: _Optional[str] = ..., attachments: _Optional[_Iterable[_Union[CaseAccepted.AttachedFile, _Mapping]]] = ..., explain_only: _Optional[bool] = ..., repeated_case_id: _Optional[str] = ..., attention_marks: _Optional[_Iterable[str]] = ...) -> None: ...

class CaseRefused(_message.Message):
    __slots__ = ("case_id", "city", "pack", "category", "channel", "ground", "basis", "next_authority", "citizen_id", "citizen_reachable", "refused_at", "reason", "cited", "guidance")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    NEXT_AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_REACHABLE_FIELD_NUMBER: _ClassVar[int]
    REFUSED_AT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CITED_FIELD_NUMBER: _ClassVar[int]
    GUIDANCE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    category: str
    channel: str
    ground: str
    basis: str
    next_authority: str
    citizen_id: str
    citizen_reachable: bool
    refused_at: _timestamp_pb2.Timestamp
    reason: str
    cited: str
    guidance: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., category: _Optional[str] = ..., channel: _Optional[str] = ..., ground: _Optional[str] = ..., basis: _Optional[str] = ..., next_authority: _Optional[str] = ..., citizen_id: _Optional[str] = ..., citizen_reachable: _Optional[bool] = ..., refused_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ..., cited: _Optional[str] = ..., guidance: _Optional[str] = ...) -> None: ...

class CaseAnswered(_message.Message):
    __slots__ = ("case_id", "city", "pack", "category", "channel", "article_id", "answered_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    category: str
    channel: str
    article_id: str
    answered_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., category: _Optional[str] = ..., channel: _Optional[str] = ..., article_id: _Optional[str] = ..., answered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseTransferred(_message.Message):
    __slots__ = ("case_id", "city", "pack", "category", "channel", "line", "transferred_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    TRANSFERRED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    category: str
    channel: str
    line: str
    transferred_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., category: _Optional[str] = ..., channel: _Optional[str] = ..., line: _Optional[str] = ..., transferred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseJoined(_message.Message):
    __slots__ = ("case_id", "city", "pack", "category", "channel", "main_case_id", "citizen_id", "citizen_reachable", "joined_at", "number")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    MAIN_CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_REACHABLE_FIELD_NUMBER: _ClassVar[int]
    JOINED_AT_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    category: str
    channel: str
    main_case_id: str
    citizen_id: str
    citizen_reachable: bool
    joined_at: _timestamp_pb2.Timestamp
    number: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., category: _Optional[str] = ..., channel: _Optional[str] = ..., main_case_id: _Optional[str] = ..., citizen_id: _Optional[str] = ..., citizen_reachable: _Optional[bool] = ..., joined_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., number: _Optional[str] = ...) -> None: ...

class CaseWithdrawn(_message.Message):
    __slots__ = ("case_id", "city", "citizen_id", "withdrawn_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    citizen_id: str
    withdrawn_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., citizen_id: _Optional[str] = ..., withdrawn_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseUrged(_message.Message):
    __slots__ = ("case_id", "city", "occurrence", "urged_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    URGED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    occurrence: int
    urged_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., occurrence: _Optional[int] = ..., urged_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseSupplemented(_message.Message):
    __slots__ = ("case_id", "city", "occurrence", "masked_text", "supplemented_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    OCCURRENCE_FIELD_NUMBER: _ClassVar[int]
    MASKED_TEXT_FIELD_NUMBER: _ClassVar[int]
    SUPPLEMENTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    occurrence: int
    masked_text: str
    supplemented_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., occurrence: _Optional[int] = ..., masked_text: _Optional[str] = ..., supplemented_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseCorrected(_message.Message):
    __slots__ = ("case_id", "city", "category", "item", "area", "emergency_class", "old_category", "old_item", "old_area", "old_emergency_class", "confidentiality", "corrected_by", "accepted_at", "corrected_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    OLD_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    OLD_ITEM_FIELD_NUMBER: _ClassVar[int]
    OLD_AREA_FIELD_NUMBER: _ClassVar[int]
    OLD_EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    CONFIDENTIALITY_FIELD_NUMBER: _ClassVar[int]
    CORRECTED_BY_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_AT_FIELD_NUMBER: _ClassVar[int]
    CORRECTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    category: str
    item: str
    area: str
    emergency_class: str
    old_category: str
    old_item: str
    old_area: str
    old_emergency_class: str
    confidentiality: str
    corrected_by: str
    accepted_at: _timestamp_pb2.Timestamp
    corrected_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., category: _Optional[str] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., emergency_class: _Optional[str] = ..., old_category: _Optional[str] = ..., old_item: _Optional[str] = ..., old_area: _Optional[str] = ..., old_emergency_class: _Optional[str] = ..., confidentiality: _Optional[str] = ..., corrected_by: _Optional[str] = ..., accepted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., corrected_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseLimitSet(_message.Message):
    __slots__ = ("case_id", "city", "ground", "rank", "title", "cited_article", "limit_amount", "limit_unit", "due_at", "cited", "set_by", "set_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    CITED_ARTICLE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_UNIT_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    CITED_FIELD_NUMBER: _ClassVar[int]
    SET_BY_FIELD_NUMBER: _ClassVar[int]
    SET_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    ground: str
    rank: str
    title: str
    cited_article: str
    limit_amount: int
    limit_unit: str
    due_at: _timestamp_pb2.Timestamp
    cited: str
    set_by: str
    set_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., ground: _Optional[str] = ..., rank: _Optional[str] = ..., title: _Optional[str] = ..., cited_article: _Optional[str] = ..., limit_amount: _Optional[int] = ..., limit_unit: _Optional[str] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., cited: _Optional[str] = ..., set_by: _Optional[str] = ..., set_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseLimitLifted(_message.Message):
    __slots__ = ("case_id", "city", "ground", "lifted_by", "lifted_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    LIFTED_BY_FIELD_NUMBER: _ClassVar[int]
    LIFTED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    ground: str
    lifted_by: str
    lifted_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., ground: _Optional[str] = ..., lifted_by: _Optional[str] = ..., lifted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseMarked(_message.Message):
    __slots__ = ("case_id", "city", "kind", "marked_by", "marked_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    MARKED_BY_FIELD_NUMBER: _ClassVar[int]
    MARKED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    kind: str
    marked_by: str
    marked_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., kind: _Optional[str] = ..., marked_by: _Optional[str] = ..., marked_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseUnmarked(_message.Message):
    __slots__ = ("case_id", "city", "kind", "unmarked_by", "unmarked_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    UNMARKED_BY_FIELD_NUMBER: _ClassVar[int]
    UNMARKED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    kind: str
    unmarked_by: str
    unmarked_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., kind: _Optional[str] = ..., unmarked_by: _Optional[str] = ..., unmarked_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ClueHandedOver(_message.Message):
    __slots__ = ("case_id", "city", "pack", "clue_id", "ground", "basis", "duty", "decided_by", "handed_over_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    CLUE_ID_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    DUTY_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    HANDED_OVER_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    clue_id: str
    ground: str
    basis: str
    duty: str
    decided_by: str
    handed_over_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., clue_id: _Optional[str] = ..., ground: _Optional[str] = ..., basis: _Optional[str] = ..., duty: _Optional[str] = ..., decided_by: _Optional[str] = ..., handed_over_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ClueAcknowledged(_message.Message):
    __slots__ = ("case_id", "city", "clue_id", "acknowledged_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CLUE_ID_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    clue_id: str
    acknowledged_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., clue_id: _Optional[str] = ..., acknowledged_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ClueConcluded(_message.Message):
    __slots__ = ("case_id", "city", "clue_id", "result", "concluded_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CLUE_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    CONCLUDED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    clue_id: str
    result: str
    concluded_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., clue_id: _Optional[str] = ..., result: _Optional[str] = ..., concluded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseSplitOff(_message.Message):
    __slots__ = ("case_id", "city", "main_case_id", "split_off_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    MAIN_CASE_ID_FIELD_NUMBER: _ClassVar[int]
    SPLIT_OFF_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    main_case_id: str
    split_off_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., main_case_id: _Optional[str] = ..., split_off_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MassEventProposed(_message.Message):
    __slots__ = ("case_id", "city", "mass_event_id", "area", "similar_cases", "minutes", "proposed_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    MASS_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    SIMILAR_CASES_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    mass_event_id: str
    area: str
    similar_cases: int
    minutes: int
    proposed_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., mass_event_id: _Optional[str] = ..., area: _Optional[str] = ..., similar_cases: _Optional[int] = ..., minutes: _Optional[int] = ..., proposed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MassEventDeclared(_message.Message):
    __slots__ = ("case_id", "city", "mass_event_id", "area", "title", "declared_by", "declared_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    MASS_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DECLARED_BY_FIELD_NUMBER: _ClassVar[int]
    DECLARED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    mass_event_id: str
    area: str
    title: str
    declared_by: str
    declared_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., mass_event_id: _Optional[str] = ..., area: _Optional[str] = ..., title: _Optional[str] = ..., declared_by: _Optional[str] = ..., declared_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MassEventEnded(_message.Message):
    __slots__ = ("case_id", "city", "mass_event_id", "title", "how", "ended_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    MASS_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    ENDED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    mass_event_id: str
    title: str
    how: str
    ended_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., mass_event_id: _Optional[str] = ..., title: _Optional[str] = ..., how: _Optional[str] = ..., ended_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MassProgressTold(_message.Message):
    __slots__ = ("case_id", "city", "mass_event_id", "number", "text", "told_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    MASS_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TOLD_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    mass_event_id: str
    number: int
    text: str
    told_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., mass_event_id: _Optional[str] = ..., number: _Optional[int] = ..., text: _Optional[str] = ..., told_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AttachmentAdded(_message.Message):
    __slots__ = ("case_id", "city", "attachment_id", "owner", "media_type", "size_bytes", "sha256", "added_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENT_ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    ADDED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    attachment_id: str
    owner: str
    media_type: str
    size_bytes: int
    sha256: str
    added_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., attachment_id: _Optional[str] = ..., owner: _Optional[str] = ..., media_type: _Optional[str] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ..., added_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseRated(_message.Message):
    __slots__ = ("case_id", "city", "pack", "work_order_id", "round", "solved", "call_score", "handling_score", "handling_satisfied", "category", "rated_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    SOLVED_FIELD_NUMBER: _ClassVar[int]
    CALL_SCORE_FIELD_NUMBER: _ClassVar[int]
    HANDLING_SCORE_FIELD_NUMBER: _ClassVar[int]
    HANDLING_SATISFIED_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    RATED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    work_order_id: str
    round: int
    solved: bool
    call_score: str
    handling_score: str
    handling_satisfied: bool
    category: str
    rated_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., work_order_id: _Optional[str] = ..., round: _Optional[int] = ..., solved: _Optional[bool] = ..., call_score: _Optional[str] = ..., handling_score: _Optional[str] = ..., handling_satisfied: _Optional[bool] = ..., category: _Optional[str] = ..., rated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseReopened(_message.Message):
    __slots__ = ("case_id", "city", "why", "round", "reopened_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    REOPENED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    why: str
    round: int
    reopened_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., why: _Optional[str] = ..., round: _Optional[int] = ..., reopened_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RevisitDue(_message.Message):
    __slots__ = ("case_id", "city", "why", "round", "due_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    why: str
    round: int
    due_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., why: _Optional[str] = ..., round: _Optional[int] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RevisitRecorded(_message.Message):
    __slots__ = ("case_id", "city", "pack", "work_order_id", "round", "attempt", "reached", "contacted", "solved", "satisfied", "category", "recorded_at", "may_redo")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    CONTACTED_FIELD_NUMBER: _ClassVar[int]
    SOLVED_FIELD_NUMBER: _ClassVar[int]
    SATISFIED_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    MAY_REDO_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    pack: str
    work_order_id: str
    round: int
    attempt: int
    reached: bool
    contacted: bool
    solved: bool
    satisfied: bool
    category: str
    recorded_at: _timestamp_pb2.Timestamp
    may_redo: bool
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., work_order_id: _Optional[str] = ..., round: _Optional[int] = ..., attempt: _Optional[int] = ..., reached: _Optional[bool] = ..., contacted: _Optional[bool] = ..., solved: _Optional[bool] = ..., satisfied: _Optional[bool] = ..., category: _Optional[str] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., may_redo: _Optional[bool] = ...) -> None: ...

class CaseReplied(_message.Message):
    __slots__ = ("case_id", "city", "number", "citizen_id", "citizen_reachable", "round", "replied_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_REACHABLE_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    REPLIED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    number: str
    citizen_id: str
    citizen_reachable: bool
    round: int
    replied_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., number: _Optional[str] = ..., citizen_id: _Optional[str] = ..., citizen_reachable: _Optional[bool] = ..., round: _Optional[int] = ..., replied_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseClosed(_message.Message):
    __slots__ = ("case_id", "city", "how", "closed_at", "ground", "basis", "next_authority", "cited")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    CLOSED_AT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    NEXT_AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    CITED_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    how: str
    closed_at: _timestamp_pb2.Timestamp
    ground: str
    basis: str
    next_authority: str
    cited: str
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., how: _Optional[str] = ..., closed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ground: _Optional[str] = ..., basis: _Optional[str] = ..., next_authority: _Optional[str] = ..., cited: _Optional[str] = ...) -> None: ...

class CitizenErased(_message.Message):
    __slots__ = ("case_id", "city", "citizen_id", "erased_at")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    ERASED_AT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    city: str
    citizen_id: str
    erased_at: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., city: _Optional[str] = ..., citizen_id: _Optional[str] = ..., erased_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CallRecorded(_message.Message):
    __slots__ = ("call_id", "city", "pack", "line", "direction", "outcome", "seat", "queued_at", "answered_at", "ended_at", "call_back", "recorded_at", "restricted_until")
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SEAT_FIELD_NUMBER: _ClassVar[int]
    QUEUED_AT_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_AT_FIELD_NUMBER: _ClassVar[int]
    ENDED_AT_FIELD_NUMBER: _ClassVar[int]
    CALL_BACK_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    RESTRICTED_UNTIL_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    city: str
    pack: str
    line: str
    direction: str
    outcome: str
    seat: str
    queued_at: _timestamp_pb2.Timestamp
    answered_at: _timestamp_pb2.Timestamp
    ended_at: _timestamp_pb2.Timestamp
    call_back: bool
    recorded_at: _timestamp_pb2.Timestamp
    restricted_until: _timestamp_pb2.Timestamp
    def __init__(self, call_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., line: _Optional[str] = ..., direction: _Optional[str] = ..., outcome: _Optional[str] = ..., seat: _Optional[str] = ..., queued_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ended_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., call_back: _Optional[bool] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., restricted_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CallBackRecorded(_message.Message):
    __slots__ = ("call_id", "city", "attempt", "reached", "recorded_by", "recorded_at")
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    RECORDED_BY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    city: str
    attempt: int
    reached: bool
    recorded_by: str
    recorded_at: _timestamp_pb2.Timestamp
    def __init__(self, call_id: _Optional[str] = ..., city: _Optional[str] = ..., attempt: _Optional[int] = ..., reached: _Optional[bool] = ..., recorded_by: _Optional[str] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CallBackEnded(_message.Message):
    __slots__ = ("call_id", "city", "how", "ended_at")
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    ENDED_AT_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    city: str
    how: str
    ended_at: _timestamp_pb2.Timestamp
    def __init__(self, call_id: _Optional[str] = ..., city: _Optional[str] = ..., how: _Optional[str] = ..., ended_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CallerRestricted(_message.Message):
    __slots__ = ("restriction_id", "city", "pack", "citizen_id", "citizen_reachable", "ground", "basis", "reason", "cited", "appeal", "restricted_by", "restricted_at", "ends_at")
    RESTRICTION_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_REACHABLE_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CITED_FIELD_NUMBER: _ClassVar[int]
    APPEAL_FIELD_NUMBER: _ClassVar[int]
    RESTRICTED_BY_FIELD_NUMBER: _ClassVar[int]
    RESTRICTED_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    restriction_id: str
    city: str
    pack: str
    citizen_id: str
    citizen_reachable: bool
    ground: str
    basis: str
    reason: str
    cited: str
    appeal: str
    restricted_by: str
    restricted_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    def __init__(self, restriction_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., citizen_id: _Optional[str] = ..., citizen_reachable: _Optional[bool] = ..., ground: _Optional[str] = ..., basis: _Optional[str] = ..., reason: _Optional[str] = ..., cited: _Optional[str] = ..., appeal: _Optional[str] = ..., restricted_by: _Optional[str] = ..., restricted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RestrictionLifted(_message.Message):
    __slots__ = ("restriction_id", "city", "pack", "citizen_id", "citizen_reachable", "lifted_by", "lifted_at")
    RESTRICTION_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    PACK_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_REACHABLE_FIELD_NUMBER: _ClassVar[int]
    LIFTED_BY_FIELD_NUMBER: _ClassVar[int]
    LIFTED_AT_FIELD_NUMBER: _ClassVar[int]
    restriction_id: str
    city: str
    pack: str
    citizen_id: str
    citizen_reachable: bool
    lifted_by: str
    lifted_at: _timestamp_pb2.Timestamp
    def __init__(self, restriction_id: _Optional[str] = ..., city: _Optional[str] = ..., pack: _Optional[str] = ..., citizen_id: _Optional[str] = ..., citizen_reachable: _Optional[bool] = ..., lifted_by: _Optional[str] = ..., lifted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RestrictionErased(_message.Message):
    __slots__ = ("restriction_id", "city", "erased_at")
    RESTRICTION_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    ERASED_AT_FIELD_NUMBER: _ClassVar[int]
    restriction_id: str
    city: str
    erased_at: _timestamp_pb2.Timestamp
    def __init__(self, restriction_id: _Optional[str] = ..., city: _Optional[str] = ..., erased_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
