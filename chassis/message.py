"""Commands and queries: what callers say, checked once at the border, whatever entry point it came by."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from chassis.domain import BadFields, Violation

_NAME = re.compile(r"(?:cities/(?P<city>\d{6})/)?[a-zA-Z]+/[0-9A-Za-z-]{1,64}(?:/[a-zA-Z]+/[0-9A-Za-z-]{1,64})*")


def _printable(value: str) -> str:
    if "\x00" in value or any(0xD800 <= ord(c) <= 0xDFFF for c in value):
        raise PydanticCustomError("unreadable_text", "unreadable characters")
    return value


def _resource_name(value: str) -> str:
    if value and not _NAME.fullmatch(value):
        raise PydanticCustomError("resource_name", "not a resource name")
    return value


def _text(low: int, high: int) -> Any:
    return Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=low, max_length=high),
        AfterValidator(_printable),
    ]


Code = _text(1, 64)
OptionalCode = _text(0, 64)
Line = _text(1, 200)
OptionalLine = _text(0, 200)
Text = _text(1, 10_000)
OptionalText = _text(0, 10_000)
City = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
OptionalCity = Annotated[str, StringConstraints(pattern=r"^(\d{6})?$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_resource_name)]
OptionalName = Annotated[str, StringConstraints(max_length=300), AfterValidator(_resource_name)]
RequestId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._:-]{8,100}$")]
Instant = AwareDatetime


class Message(BaseModel):
    """Fields are named as in the proto request; an unknown or ill-typed field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    NAMED_BY: ClassVar[tuple[str, ...]] = ("name", "parent", "case")

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Raises BadFields with every violation at once."""
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            raise BadFields(_violation(e) for e in error.errors(include_url=False)) from None

    @property
    def city_of(self) -> str:
        """The city that the call concerns, empty when it names none."""
        city = getattr(self, "city", "")
        for field in self.NAMED_BY:
            city = city or city_of(getattr(self, field, ""))
        return str(city)

    @property
    def about(self) -> str:
        """The id of the case that the call names, else the name of its resource; for logs and spans."""
        names = (str(getattr(self, field, "")) for field in self.NAMED_BY)
        name = next((name for name in names if _NAME.fullmatch(name)), "")
        parts = name.split("/")
        return parts[parts.index("cases") + 1] if "cases" in parts[:-1] else name


class Command(Message):
    """A call that changes something; repeated with the same request id, it returns the first answer."""

    request_id: RequestId


class Query(Message):
    """A call that only asks."""


def city_of(name: str) -> str:
    """`cities/350100/cases/…` -> `350100`; empty for a name outside a city."""
    match = _NAME.fullmatch(name) if name else None
    return (match["city"] or "") if match else ""


def id_of(name: str, collection: str) -> str:
    """`cities/350100/cases/<id>/…`, "cases" -> `<id>`. Raises BadFields when the name is of another kind."""
    parts = name.split("/")
    if collection in parts[:-1]:
        return parts[parts.index(collection) + 1]
    raise BadFields([Violation("name", f"应为 {collection} 的资源名", f"should name one of {collection}")])


_ZH: dict[str, tuple[str, str]] = {
    "missing": ("必填", "is required"),
    "string_too_short": ("不能为空", "must not be empty"),
    "string_too_long": ("过长，最多 {max_length} 字", "is too long, at most {max_length} characters"),
    "string_pattern_mismatch": ("格式不正确", "has a wrong format"),
    "unreadable_text": ("含有无法识别的字符", "holds unreadable characters"),
    "string_unicode": ("含有无法识别的字符", "holds unreadable characters"),
    "resource_name": ("不是有效的资源名", "is not a resource name"),
    "extra_forbidden": ("未知字段", "is an unknown field"),
    "timezone_aware": ("时间必须带时区", "needs a time zone"),
    "enum": ("取值不在允许范围", "is not one of the allowed values"),
    "greater_than_equal": ("不能小于 {ge}", "must be at least {ge}"),
    "less_than_equal": ("不能大于 {le}", "must be at most {le}"),
    "too_long": ("项目过多，最多 {max_length} 项", "has too many entries, at most {max_length}"),
}


def _violation(error: ErrorDetails) -> Violation:
    zh, en = _ZH.get(error["type"], ("取值不正确", "has a wrong value"))
    values = error.get("ctx", {})
    field = ".".join(str(part) for part in error["loc"]) or "request"
    return Violation(field, zh.format_map(values), en.format_map(values))
