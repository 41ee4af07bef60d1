"""Protobuf to plain fields and views to protobuf, by field name: the names in protos/ are the names in the code."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, TypeVar

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from chassis.domain import BadFields, Violation

M = TypeVar("M", bound=Message)
_TIMESTAMP = Timestamp.DESCRIPTOR.full_name


def to_fields(message: Message) -> dict[str, Any]:
    """The request's fields for Command.of; enums by their lower-case suffix.

    What is absent is left out; so is an empty text, which proto3 tells from an absent one only if it is `optional`.
    """
    fields: dict[str, Any] = {}
    for field in _fields(message):
        if field.has_presence and not message.HasField(field.name):
            continue
        value = _read(field, getattr(message, field.name))
        if value is not None and (value != "" or field.has_presence):
            fields[field.name] = value
    return fields


def _fields(message: Message) -> tuple[FieldDescriptor, ...]:
    return _fields_of(message.DESCRIPTOR)


@cache
def _fields_of(kind: Descriptor) -> tuple[FieldDescriptor, ...]:
    return tuple(kind.fields)


def _read(field: FieldDescriptor, value: Any) -> Any:
    if _is_map(field):
        return dict(value)
    read = _reader(field)
    try:
        return [read(item) for item in value] if field.is_repeated else read(value)
    except (ValueError, OverflowError):
        raise BadFields([Violation(field.name, "时间超出范围", "is out of range")]) from None


def _reader(field: FieldDescriptor) -> Callable[[Any], Any]:
    if field.message_type is not None:
        return _instant if field.message_type.full_name == _TIMESTAMP else to_fields
    if field.enum_type is not None:
        names = _enum_names(field.enum_type)
        return lambda number: names.get(number) or None
    return lambda value: value


def _instant(value: Timestamp) -> datetime:
    return value.ToDatetime(tzinfo=UTC)


def to_message(kind: type[M], view: Any) -> M:
    """A view (dataclass or mapping) as a message; what the view lacks stays unset."""
    message = kind()
    _fill(message, view)
    return message


def _fill(message: Message, view: Any) -> None:
    named = isinstance(view, Mapping)
    for name, write in _writers_of(message.DESCRIPTOR):
        value = view.get(name) if named else getattr(view, name, None)
        if value is not None:
            write(message, name, value)


Write = Callable[[Message, str, Any], None]


@cache
def _writers_of(kind: Descriptor) -> tuple[tuple[str, Write], ...]:
    """How each field is written, found out once per kind of message."""
    return tuple((field.name, _writer(field)) for field in kind.fields)


def _writer(field: FieldDescriptor) -> Write:
    if _is_map(field):
        return _write_map
    if field.message_type is not None and field.message_type.full_name == _TIMESTAMP:
        return _write_time
    if field.message_type is not None:
        return _write_messages if field.is_repeated else _write_message
    if field.enum_type is not None:
        return partial(_write_enum, _enum_numbers(field.enum_type))
    if field.is_repeated:
        return _write_scalars
    return _write_text if field.type == FieldDescriptor.TYPE_STRING else setattr


def _write_time(message: Message, name: str, value: datetime) -> None:
    getattr(message, name).FromDatetime(value)


def _write_message(message: Message, name: str, value: Any) -> None:
    target = getattr(message, name)
    target.SetInParent()
    _fill(target, value)


def _write_messages(message: Message, name: str, value: Any) -> None:
    target = getattr(message, name)
    for item in value:
        _fill(target.add(), item)


def _write_enum(numbers: Mapping[str, int], message: Message, name: str, value: Any) -> None:
    if value:
        setattr(message, name, numbers[str(value)])


def _write_text(message: Message, name: str, value: Any) -> None:
    setattr(message, name, str(value))


def _write_scalars(message: Message, name: str, value: Any) -> None:
    getattr(message, name).extend(value)


def _write_map(message: Message, name: str, value: Any) -> None:
    getattr(message, name).update(value)


def _is_map(field: FieldDescriptor) -> bool:
    kind: Descriptor | None = field.message_type
    return field.is_repeated and kind is not None and kind.GetOptions().map_entry


@cache
def _enum_names(enum: EnumDescriptor) -> dict[int, str]:
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    return {v.number: v.name.removeprefix(prefix).lower() for v in enum.values if v.number}


@cache
def _enum_numbers(enum: EnumDescriptor) -> dict[str, int]:
    return {name: number for number, name in _enum_names(enum).items()}
