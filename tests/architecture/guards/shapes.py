"""Do a dataclass and a protobuf message say the same? Compared by field and type, then by examples."""

import base64
import dataclasses
import json
import types
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import msgspec
from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message_factory import GetMessageClass
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel

_F = FieldDescriptor
_SCALARS: dict[int, tuple[type, ...]] = {
    _F.TYPE_STRING: (str, date),
    _F.TYPE_BYTES: (bytes,),
    _F.TYPE_BOOL: (bool,),
    _F.TYPE_INT32: (int,),
    _F.TYPE_INT64: (int,),
    _F.TYPE_DOUBLE: (float,),
}
_TIMESTAMP = "google.protobuf.Timestamp"
_INT32 = 2**31 - 1


def mismatches(kind: type, message: Descriptor, *, complete: bool) -> list[str]:
    """Fields that the other side lacks or types otherwise; a `complete` dataclass has every field of the message."""
    ours = fields_of(kind)
    theirs = message.fields_by_name
    found = [f"{kind.__name__}.{name} is not in {message.full_name}" for name in ours if name not in theirs]
    if complete:
        found += [f"{kind.__name__} lacks {name} of {message.full_name}" for name in theirs if name not in ours]
    for name, hint in ours.items():
        if name in theirs and not fits(hint, theirs[name], complete=complete):
            found.append(f"{kind.__name__}.{name}: {hint} does not fit {message.full_name}")
    return found


def foreign_mismatches(kind: type, message: Descriptor, siblings: Sequence[Descriptor] = ()) -> list[str]:
    """A shape that several reactions share may have fields of other events, if it can do without them."""
    everywhere = {name for sibling in siblings for name in sibling.fields_by_name}
    spare = {
        f.name
        for f in dataclasses.fields(cast(Any, kind))
        if (f.default, f.default_factory) != (dataclasses.MISSING, dataclasses.MISSING) and f.name in everywhere
    }
    absent = {f"{kind.__name__}.{name} is not in {message.full_name}" for name in spare}
    return [m for m in mismatches(kind, message, complete=False) if m not in absent]


def is_record(kind: Any) -> bool:
    return isinstance(kind, type) and (dataclasses.is_dataclass(kind) or issubclass(kind, BaseModel))


def fields_of(kind: type) -> dict[str, Any]:
    """Annotations by field, of a dataclass or of a command."""
    if issubclass(kind, BaseModel):
        return {name: field.annotation for name, field in kind.model_fields.items()}
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(cast(Any, kind))}


def fits(hint: Any, field: FieldDescriptor, *, complete: bool = True) -> bool:
    """Whether values of the annotation can travel in the field."""
    hint = without_none(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if field.is_repeated and field.message_type is not None and field.message_type.GetOptions().map_entry:
        return origin in (dict, Mapping, types.MappingProxyType) and without_none(arguments[0]) is str
    if field.is_repeated:
        return origin in (list, tuple, Sequence) and _fits_one(arguments[0], field, complete)
    return _fits_one(hint, field, complete)


def _fits_one(hint: Any, field: FieldDescriptor, complete: bool) -> bool:
    hint = without_none(hint)
    if get_origin(hint) is Literal:
        hint = type(get_args(hint)[0])
    if field.message_type is not None:
        if field.message_type.full_name == _TIMESTAMP:
            return hint in (datetime, AwareDatetime)
        return is_record(hint) and not mismatches(hint, field.message_type, complete=complete)
    if field.enum_type is not None:
        return hint is str or _is_enum_of(hint, field.enum_type)
    wanted = _SCALARS.get(field.type, ())
    if not isinstance(hint, type) or not wanted or (hint is bool) != (wanted == (bool,)):
        return False
    return issubclass(hint, wanted) and hint is not datetime


def _is_enum_of(hint: Any, enum: EnumDescriptor) -> bool:
    """An enumeration of ours whose values are the contract's, in lower case and without the prefix."""
    if not isinstance(hint, type) or not issubclass(hint, StrEnum):
        return False
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    return {str(member) for member in hint} <= {v.name.removeprefix(prefix).lower() for v in enum.values}


def without_none(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        return without_none(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        rest = [a for a in get_args(hint) if a is not type(None)]
        return rest[0] if len(rest) == 1 else hint
    return hint


def nested(kind: Any) -> set[Any]:
    """The dataclass and those inside it."""
    found = {kind}
    for hint in get_type_hints(kind).values():
        for part in (hint, *get_args(hint)):
            if dataclasses.is_dataclass(part) and part not in found:
                found |= nested(part)
    return found


def part_of(ours: Any, theirs: Any) -> bool:
    """Whether what was read, as plain data, is what was sent, less the fields that nobody asked for."""
    if isinstance(ours, dict):
        return all(part_of(value, theirs[name]) for name, value in ours.items() if name in theirs)
    if isinstance(ours, list | tuple):
        return len(ours) == len(theirs) and all(map(part_of, ours, theirs))
    return bool(ours == theirs)


# -- examples ----------------------------------------------------------------------------------------------------------

_INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_LEAVES: dict[type, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    bytes: st.binary(max_size=12),
    bool: st.booleans(),
    int: st.integers(0, _INT32),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: _INSTANTS,
    date: st.dates(),
}


def examples(hint: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation: every field of every dataclass is filled with something."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return st.one_of([st.none() if a is type(None) else examples(a) for a in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is dict or origin is Mapping:
        return st.dictionaries(examples(arguments[0]), examples(arguments[1]), max_size=3)
    if origin in (list, Sequence):
        return st.lists(examples(arguments[0]), max_size=3)
    if origin is tuple:
        return st.lists(examples(arguments[0]), max_size=3).map(tuple)
    return _one(hint)


def _one(hint: Any) -> st.SearchStrategy[Any]:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return st.builds(hint, **{f.name: examples(hints[f.name]) for f in dataclasses.fields(hint)})
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return _LEAVES[hint]


def round_trip(event: Any, message: Descriptor) -> tuple[Any, Any]:
    """What was sent, and what the message read from its JSON; both as JSON that can be compared.

    Raises json_format.ParseError when the message does not understand the JSON to the last field.
    """
    raw = msgspec.json.encode(event)
    parsed = json_format.Parse(raw, GetMessageClass(message)(), ignore_unknown_fields=False)
    read = json_format.MessageToDict(parsed, preserving_proto_field_name=True)
    return _meaning(json.loads(raw), message), _meaning(read, message)


def _meaning(value: Mapping[str, Any], message: Descriptor) -> dict[str, Any]:
    """Without what protobuf does not tell apart: absent, null, empty, zero and spellings of one instant."""
    meant = {}
    for name, item in value.items():
        if item is not None and (meaning := _meant(item, message.fields_by_name[name])) not in _NOTHING:
            meant[name] = meaning
    return meant


_NOTHING: tuple[Any, ...] = ("", b"", 0, False, [], {})


def _meant(item: Any, field: FieldDescriptor) -> Any:
    if isinstance(item, list):
        return [_meant(each, field) for each in item]
    if field.message_type is not None:
        if field.message_type.full_name == _TIMESTAMP:
            return datetime.fromisoformat(item)
        return item if field.message_type.GetOptions().map_entry else _meaning(item, field.message_type)
    if field.type == _F.TYPE_BYTES:
        return base64.b64decode(item)
    return int(item) if field.type == _F.TYPE_INT64 else item
