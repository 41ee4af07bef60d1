"""Errors on the wire: google.rpc.Status with ErrorInfo (stable reason), field violations and a Chinese message."""

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from chassis.domain import BadFields, DomainError, Violation

DOMAIN = "huying"
# Details travel as trailing metadata, of which clients take 8 KiB by default: beyond it they see no error of ours.
MAX_VIOLATIONS = 10
MAX_TEXT = 120
MAX_MESSAGE = 400


def to_grpc_status(error: DomainError) -> grpc.Status:
    return rpc_status.to_status(to_rpc_status(error))


def to_rpc_status(error: DomainError) -> status_pb2.Status:
    status = status_pb2.Status(code=code_pb2.Code.Value(error.status.value), message=error.message_en[:MAX_MESSAGE])
    values = {k: str(v)[:MAX_TEXT] for k, v in error.values.items()} if not isinstance(error, BadFields) else {}
    _attach(status, error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=values))
    violations = _violations(error)
    if violations:
        _attach(status, _bad_request(violations))
    _attach(status, error_details_pb2.LocalizedMessage(locale="zh-CN", message=error.message_zh[:MAX_MESSAGE]))
    return status


def _violations(error: DomainError) -> tuple[Violation, ...]:
    if isinstance(error, BadFields):
        return error.violations
    return (Violation(error.field, error.message_zh, error.message_en),) if error.field else ()


def _bad_request(violations: tuple[Violation, ...]) -> error_details_pb2.BadRequest:
    request = error_details_pb2.BadRequest()
    for violation in violations[:MAX_VIOLATIONS]:
        entry = request.field_violations.add(field=violation.field[:MAX_TEXT], description=violation.en[:MAX_TEXT])
        chinese = error_details_pb2.LocalizedMessage(locale="zh-CN", message=violation.zh[:MAX_TEXT])
        entry.localized_message.CopyFrom(chinese)
    return request


def _attach(status: status_pb2.Status, detail: Message) -> None:
    packed = AnyMessage()
    packed.Pack(detail)
    status.details.append(packed)
