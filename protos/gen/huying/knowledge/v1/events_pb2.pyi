import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PolicyRegistered(_message.Message):
    __slots__ = ("policy_id", "city", "unit", "title", "effective_at", "registered_at")
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_AT_FIELD_NUMBER: _ClassVar[int]
    REGISTERED_AT_FIELD_NUMBER: _ClassVar[int]
    policy_id: str
    city: str
    unit: str
    title: str
    effective_at: _timestamp_pb2.Timestamp
    registered_at: _timestamp_pb2.Timestamp
    def __init__(self, policy_id: _Optional[str] = ..., city: _Optional[str] = ..., unit: _Optional[str] = ..., title: _Optional[str] = ..., effective_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., registered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ArticleApproved(_message.Message):
    __slots__ = ("article_id", "city", "unit", "policy_id", "version", "effective_at", "approved_at")
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_AT_FIELD_NUMBER: _ClassVar[int]
    APPROVED_AT_FIELD_NUMBER: _ClassVar[int]
    article_id: str
    city: str
    unit: str
    policy_id: str
    version: int
    effective_at: _timestamp_pb2.Timestamp
    approved_at: _timestamp_pb2.Timestamp
    def __init__(self, article_id: _Optional[str] = ..., city: _Optional[str] = ..., unit: _Optional[str] = ..., policy_id: _Optional[str] = ..., version: _Optional[int] = ..., effective_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., approved_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ArticleEffective(_message.Message):
    __slots__ = ("article_id", "city", "unit", "version", "effective_at")
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_AT_FIELD_NUMBER: _ClassVar[int]
    article_id: str
    city: str
    unit: str
    version: int
    effective_at: _timestamp_pb2.Timestamp
    def __init__(self, article_id: _Optional[str] = ..., city: _Optional[str] = ..., unit: _Optional[str] = ..., version: _Optional[int] = ..., effective_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ArticleExpired(_message.Message):
    __slots__ = ("article_id", "city", "unit", "how", "expired_at")
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    EXPIRED_AT_FIELD_NUMBER: _ClassVar[int]
    article_id: str
    city: str
    unit: str
    how: str
    expired_at: _timestamp_pb2.Timestamp
    def __init__(self, article_id: _Optional[str] = ..., city: _Optional[str] = ..., unit: _Optional[str] = ..., how: _Optional[str] = ..., expired_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ArticleQuestioned(_message.Message):
    __slots__ = ("article_id", "city", "unit", "question_id", "questioned_at")
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTIONED_AT_FIELD_NUMBER: _ClassVar[int]
    article_id: str
    city: str
    unit: str
    question_id: str
    questioned_at: _timestamp_pb2.Timestamp
    def __init__(self, article_id: _Optional[str] = ..., city: _Optional[str] = ..., unit: _Optional[str] = ..., question_id: _Optional[str] = ..., questioned_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
