"""The tables of docs/rpc.md, made from what the services declare."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chassis.access import Role
from chassis.answering import Answering
from chassis.application import Service

FOR_SERVICES = frozenset({"audit_facts", "send_again", "hear_again"})
"""Every service answers these to the audit, nobody else asks them; the page tells of them once."""
_TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def faults(page: str, services: Iterable[Service]) -> list[str]:
    """Questions that the page does not have, has too much, or tells otherwise than they are declared."""
    told = sections(page)
    known = {
        f"{service.name}.{name}": block(answering, service.dependencies)
        for service in services
        for name, answering in service.answers.by_name.items()
        if name not in FOR_SERVICES
    }
    found = [f"{name} is missing" for name in sorted(known.keys() - told.keys())]
    found += [f"{name} is no question" for name in sorted(told.keys() - known.keys())]
    for name in sorted(known.keys() & told.keys()):
        if known[name] not in told[name]:
            found.append(f"{name} should say:\n{known[name]}")
        found += [f"{name} does not tell {what}" for what in ("Answer:", "Errors:") if what not in told[name]]
    return found


def sections(page: str) -> dict[str, str]:
    """The text below each `### service.question`."""
    parts = re.split(r"^### `(\w+\.\w+)`$", page, flags=re.M)
    return {name: re.split(r"^##? ", text, flags=re.M)[0] for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def block(answering: Answering, dependencies: Iterable[str]) -> str:
    schema = answering.arguments(dependencies).model_json_schema()
    rows = [
        f"| `{name}` | {_type(kind, schema)} | {_wanted(name, kind, schema)} |" for name, kind in _properties(schema)
    ]
    return "\n".join([_who(answering), "", "| argument | type | |", "|---|---|---|", *rows])


def _properties(schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from schema["properties"].items()


def _who(answering: Answering) -> str:
    every = frozenset(Role) - {Role.SYSTEM}
    if not answering.roles - {Role.SYSTEM}:
        return "Asked by: services."
    roles = "everybody" if answering.roles >= every else ", ".join(sorted(answering.roles))
    city = "who name a city of theirs" if answering.needs_city else "for the cities of their token"
    return f"Asked by: services; {roles} {city}."


def _type(kind: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "anyOf" in kind:
        return next(_type(one, schema) for one in kind["anyOf"] if one.get("type") != "null")
    if kind.get("type") == "array":
        record = schema["$defs"][kind["items"]["$ref"].rpartition("/")[2]]
        fields = [f"`{name}` ({_type(one, schema)})" for name, one in _properties(record)]
        return f"list of {kind['minItems']} to {kind['maxItems']} records: {', '.join(fields)}"
    if kind.get("format") == "date-time":
        return "instant, ISO 8601 with its zone"
    if kind.get("pattern", "").startswith((r"^\d{6}", r"^(\d{6}")):
        return "administrative code, six digits"
    if kind["type"] == "object":
        return f"texts by name, at most {kind['maxProperties']}"
    if "maximum" in kind:
        return f"{_TYPES[kind['type']]}, {kind['minimum']} to {kind['maximum']}"
    return f"{_TYPES[kind['type']]}, at most {kind['maxLength']} characters"


def _wanted(name: str, kind: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if name in schema.get("required", ()):
        return "required"
    return f"else {kind['default']}" if kind.get("default") else ""
