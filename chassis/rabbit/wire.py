"""nameko's RPC as it looks on the wire, and our errors in it; speaking it needs neither nameko nor eventlet."""

from collections.abc import Iterator, Mapping
from typing import Any

from chassis.domain import BadFields, DomainError, Status, Violation
from chassis.questions import NoAnswer, RefusedElsewhere

EXCHANGE = "nameko-rpc"
CONTENT_TYPE = "application/json"
HEADER_PREFIX = "nameko."
TOKEN = "huying_token"  # noqa: S105 - where it travels, not one
"""The asker's token, in nameko's context data."""
DEADLINE = "huying_deadline_ms"
"""Milliseconds since 1970 after which nobody waits for the answer any more; work is not begun then."""
TRACE = "traceparent"
CALL_STACK = "call_id_stack"
MAX_REQUEST_BYTES = 256 * 1024
ERROR_PATH = "huying."
"""What stands in front of the reason where nameko has a Python path."""
_MAX_VIOLATIONS = 10
_MAX_TEXT = 400

_OF_THE_SERVICE = frozenset(
    {Status.UNAUTHENTICATED, Status.DEADLINE_EXCEEDED, Status.UNAVAILABLE, Status.RESOURCE_EXHAUSTED}
)
"""These tell of the service, not of the question: to the asker it is away."""


class QuestionTooLarge(DomainError):
    """The arguments of a question take more room than a question needs."""

    status = Status.INVALID_ARGUMENT
    zh = "问题过大：{size} 字节，最多 {limit} 字节"
    en = "the question takes {size} bytes, at most {limit} are taken"


class UnknownQuestion(DomainError):
    """The service answers no question of this name."""

    status = Status.INVALID_ARGUMENT
    zh = "{service} 服务没有名为 {question} 的问题"
    en = "{service} answers no question named {question}"


class UnreadableQuestion(DomainError):
    """The message is not a question in nameko's form."""

    status = Status.INVALID_ARGUMENT
    zh = "无法解析的问题：须为 nameko 格式的 JSON（args、kwargs）"
    en = "the question cannot be read; it is JSON in nameko's form, with args and kwargs"


def error_of(error: DomainError, trace: str = "") -> dict[str, Any]:
    """The error as nameko carries it: `exc_type` is the stable reason, `value` has the words and the field."""
    value: dict[str, Any] = {
        "reason": error.reason,
        "status": error.status.value,
        "zh": error.message_zh[:_MAX_TEXT],
        "en": error.message_en[:_MAX_TEXT],
        "field": error.field[:_MAX_TEXT],
        "trace": trace,
    }
    if isinstance(error, BadFields):
        shown = error.violations[:_MAX_VIOLATIONS]
        value["violations"] = [
            {"field": v.field[:_MAX_TEXT], "zh": v.zh[:_MAX_TEXT], "en": v.en[:_MAX_TEXT]} for v in shown
        ]
    else:
        value["values"] = {name: str(given)[:_MAX_TEXT] for name, given in error.values.items()}
    return {
        "exc_type": error.reason,
        "exc_path": ERROR_PATH + error.reason,
        "exc_args": [error.reason, value["en"]],
        "value": value,
    }


def error_from(service: str, answered: Mapping[str, Any]) -> DomainError:
    """The error of the same reason where this process knows it; NoAnswer where the asker is not meant by it."""
    value, path = answered.get("value"), str(answered.get("exc_path", ""))
    if not isinstance(value, Mapping) or not path.startswith(ERROR_PATH):
        return _of_a_stranger(service, answered)
    reason = str(value.get("reason", ""))
    if value.get("status") in _OF_THE_SERVICE or reason == "UNKNOWN_QUESTION":
        return NoAnswer(service=service)
    if reason == "BAD_FIELDS":
        return BadFields(_violations(value.get("violations")))
    kind = next((kind for kind in _errors() if _reason_of(kind) == reason), None)
    if kind is None or value.get("status") == Status.INTERNAL:
        words = {"words_zh": str(value.get("zh", reason)), "words_en": str(value.get("en", reason))}
        return RefusedElsewhere(field=str(value.get("field", "")), service=service, remote_reason=reason, **words)
    error = kind.__new__(kind)  # some take other arguments; what they say is made of field and values alone
    DomainError.__init__(error, field=str(value.get("field", "")))
    values = value.get("values")
    error.values = {str(name): given for name, given in values.items()} if isinstance(values, Mapping) else {}
    error.args = (error.message_en,)
    return error


def _of_a_stranger(service: str, answered: Mapping[str, Any]) -> DomainError:
    kind = str(answered.get("exc_type", ""))
    if kind in {"MethodNotFound", "UnserializableValueError"}:
        return NoAnswer(service=service)
    words = f"{kind} {answered.get('value', '')}"[:_MAX_TEXT]
    return RefusedElsewhere(service=service, remote_reason=kind, words_zh=words, words_en=words)


def _violations(given: Any) -> Iterator[Violation]:
    for one in given if isinstance(given, list) else ():
        if isinstance(one, Mapping):
            yield Violation(str(one.get("field", "")), str(one.get("zh", "")), str(one.get("en", "")))


def _errors(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _errors(sub)


def _reason_of(kind: type[DomainError]) -> str:
    return kind.__new__(kind).reason
