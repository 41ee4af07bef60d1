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
    __slots__ = ("request_id", "city", "channel", "category", "subject", "text", "caller", "item", "area", "respondent_unit", "emergency_class", "attributes", "own_rights_claim", "confidentiality", "upstream", "said_time")
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
    def __init__(self, request_id: _Optional[str] = ..., city: _Optional[str] = ..., channel: _Optional[_Union[Channel, str]] = ..., category: _Optional[str] = ..., subject: _Optional[str] = ..., text: _Optional[str] = ..., caller: _Optional[_Union[Caller, _Mapping]] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., respondent_unit: _Optional[str] = ..., emergency_class: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., own_rights_claim: _Optional[bool] = ..., confidentiality: _Optional[str] = ..., upstream: _Optional[_Union[Upstream, _Mapping]] = ..., said_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

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
    __slots__ = ("case", "suggestions", "similar", "proposed_emergency_class")
    CASE_FIELD_NUMBER: _ClassVar[int]
    SUGGESTIONS_FIELD_NUMBER: _ClassVar[int]
    SIMILAR_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_EMERGENCY_CLASS_FIELD_NUMBER: _ClassVar[int]
    case: Case
    suggestions: _containers.RepeatedCompositeFieldContainer[Suggestion]
    similar: _containers.RepeatedCompositeFieldContainer[SimilarCase]
    proposed_emergency_class: str
    def __init__(self, case: _Optional[_Union[Case, _Mapping]] = ..., suggestions: _Optional[_Iterable[_Union[Suggestion, _Mapping]]] = ..., similar: _Optional[_Iterable[_Union[SimilarCase, _Mapping]]] = ..., proposed_emergency_class: _Optional[str] = ...) -> None: ...

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
    __slots__ = ("name", "number", "state", "channel", "category", "subject", "masked_text", "item", "area", "emergency_class", "pack", "citizen", "create_time", "accept_time", "outcome", "basis", "next_authority", "reply", "attachments", "round", "version", "urgings", "supplements", "own_limits")
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
    def __init__(self, name: _Optional[str] = ..., number: _Optional[str] = ..., state: _Optional[_Union[CaseState, str]] = ..., channel: _Optional[_Union[Channel, str]] = ..., category: _Optional[str] = ..., subject: _Optional[str] = ..., masked_text: _Optional[str] = ..., item: _Optional[str] = ..., area: _Optional[str] = ..., emergency_class: _Optional[str] = ..., pack: _Optional[str] = ..., citizen: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., accept_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., outcome: _Optional[str] = ..., basis: _Optional[str] = ..., next_authority: _Optional[str] = ..., reply: _Optional[str] = ..., attachments: _Optional[_Iterable[_Union[Attachment, _Mapping]]] = ..., round: _Optional[int] = ..., version: _Optional[int] = ..., urgings: _Optional[int] = ..., supplements: _Optional[_Iterable[_Union[Supplement, _Mapping]]] = ..., own_limits: _Optional[_Iterable[_Union[CaseLimit, _Mapping]]] = ...) -> None: ...

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
