import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MessageDelivered(_message.Message):
    __slots__ = ("message_id", "case_id", "city", "work_order_id", "template", "provider", "attempts", "delivered_at")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_AT_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    case_id: str
    city: str
    work_order_id: str
    template: str
    provider: str
    attempts: int
    delivered_at: _timestamp_pb2.Timestamp
    def __init__(self, message_id: _Optional[str] = ..., case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., template: _Optional[str] = ..., provider: _Optional[str] = ..., attempts: _Optional[int] = ..., delivered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MessageFailed(_message.Message):
    __slots__ = ("message_id", "case_id", "city", "work_order_id", "template", "provider", "attempts", "reason", "failed_at")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    FAILED_AT_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    case_id: str
    city: str
    work_order_id: str
    template: str
    provider: str
    attempts: int
    reason: str
    failed_at: _timestamp_pb2.Timestamp
    def __init__(self, message_id: _Optional[str] = ..., case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., template: _Optional[str] = ..., provider: _Optional[str] = ..., attempts: _Optional[int] = ..., reason: _Optional[str] = ..., failed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CallAcknowledged(_message.Message):
    __slots__ = ("message_id", "case_id", "city", "work_order_id", "unit", "acknowledged_at")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    WORK_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_AT_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    case_id: str
    city: str
    work_order_id: str
    unit: str
    acknowledged_at: _timestamp_pb2.Timestamp
    def __init__(self, message_id: _Optional[str] = ..., case_id: _Optional[str] = ..., city: _Optional[str] = ..., work_order_id: _Optional[str] = ..., unit: _Optional[str] = ..., acknowledged_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
