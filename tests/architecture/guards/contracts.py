"""RPCs of protos/ against commands, queries and views of the code."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, get_type_hints

from google.protobuf.descriptor import MethodDescriptor

from chassis.access import Role
from chassis.application import Handling
from tests.architecture.guards import shapes

_RPC = re.compile(r"((?:^\s*//.*\n)+)\s*rpc (\w+)\(", re.MULTILINE)
_ROLES = re.compile(r"Roles: (.*?)(?:\.\s|\.$|;|$)", re.DOTALL)
_IN_PARENTHESES = re.compile(r"\([^)]*\)")


def faults(
    methods: Iterable[MethodDescriptor], handlings: Mapping[str, Handling], inside: Mapping[str, str]
) -> list[str]:
    """RPCs without a handler, handlers without an RPC or a reason, requests and responses that differ."""
    known = {method.name: method for method in methods}
    found = [f"{name} has no command or query" for name in known if name not in handlings]
    found += [f"{name} is no RPC" for name in handlings if name not in known and name not in inside]
    for name, method in known.items():
        if name in handlings:
            found += _faults_of(method, handlings[name])
    return found


def _faults_of(method: MethodDescriptor, handling: Handling) -> list[str]:
    found = [] if handling.roles else [f"{method.name} is for nobody"]
    found += shapes.mismatches(handling.message, method.input_type, complete=True)
    view = get_type_hints(handling.then or handling.handler).get("return")
    if not shapes.is_record(view):
        return [*found, f"{method.name} answers {view}, which is no view"]
    assert isinstance(view, type)
    return found + shapes.mismatches(view, method.output_type, complete=True)


def promised_roles(proto: str) -> dict[str, frozenset[Role]]:
    """The roles that the comment of each RPC promises; `all` is everybody."""
    promised: dict[str, frozenset[Role]] = {}
    for comment, name in _RPC.findall(proto):
        text = " ".join(line.strip().removeprefix("//").strip() for line in comment.strip().splitlines())
        match = _ROLES.search(text)
        words = [w.strip() for w in _IN_PARENTHESES.sub("", match[1] if match else "").split(",")]
        everybody = words == ["all"]
        promised[name] = frozenset(Role) - {Role.SYSTEM} if everybody else frozenset(Role(w) for w in words if w)
    return promised


def broken_promises(promised: Mapping[str, frozenset[Role]], handlings: Mapping[str, Any]) -> list[str]:
    """RPCs whose roles in the code are not those that the contract tells its callers."""
    found = []
    for name, roles in promised.items():
        actual = handlings[name].roles - {Role.SYSTEM} if name in handlings else roles
        if actual != roles:
            found.append(f"{name}: the contract says {_list(roles)}, the code {_list(actual)}")
    return found


def _list(roles: Iterable[Role]) -> str:
    return ", ".join(sorted(roles)) or "nobody"
