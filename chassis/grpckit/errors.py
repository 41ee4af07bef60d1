"""Errors on the wire: google.rpc.Status with ErrorInfo (stable reason), field violations and a Chinese message."""

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from chassis.domain import BadFields, DomainError, Violation

DOMAIN = "huying"
# Details travel as trailing metadata. Beyond 8 KiB clients refuse them at random, and see no error of ours. In bytes as
# UTF-8, of which Base64 makes a third more, and the percent signs of the message up to three times as much.
MAX_VIOLATIONS = 10
MAX_FIELD = 90
MAX_TEXT = 120
MAX_MESSAGE = 300


def to_grpc_status(error: DomainError) -> grpc.Status:
    return rpc_status.to_status(to_rpc_status(error))


def to_rpc_status(error: DomainError) -> status_pb2.Status:
    code = code_pb2.Code.Value(error.status.value)
    status = status_pb2.Status(code=code, message=_clipped(error.message_en, MAX_MESSAGE))
    given = {} if isinstance(error, BadFields) else error.values
    values = {name: _clipped(str(value), MAX_TEXT) for name, value in given.items()}
    _attach(status, error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=values))
    violations = _violations(error)
    if violations:
        _attach(status, _bad_request(violations))
    _attach(status, _chinese(error.message_zh, MAX_MESSAGE))
    return status


def _violations(error: DomainError) -> tuple[Violation, ...]:
    if isinstance(error, BadFields):
        return error.violations
    return (Violation(error.field, error.message_zh, error.message_en),) if error.field else ()


def _bad_request(violations: tuple[Violation, ...]) -> error_details_pb2.BadRequest:
    request = error_details_pb2.BadRequest()
    for violation in violations[:MAX_VIOLATIONS]:
        entry = request.field_violations.add(
            field=_clipped(violation.field, MAX_FIELD), description=_clipped(violation.en, MAX_TEXT)
        )
        entry.localized_message.CopyFrom(_chinese(violation.zh, MAX_TEXT))
    return request


def _chinese(text: str, most: int) -> error_details_pb2.LocalizedMessage:
    return error_details_pb2.LocalizedMessage(locale="zh-CN", message=_clipped(text, most))


def _clipped(text: str, most: int) -> str:
    """At most so many bytes of it, never half a character."""
    return text.encode()[:most].decode(errors="ignore")


def _attach(status: status_pb2.Status, detail: Message) -> None:
    packed = AnyMessage()
    packed.Pack(detail)
    status.details.append(packed)
