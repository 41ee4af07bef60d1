"""Questions that a service answers: who may ask each, for which city, and which arguments it takes."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, TypeVar, get_type_hints

from pydantic import create_model

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import listed
from chassis.message import Message

F = TypeVar("F", bound=Callable[..., Any])


class Arguments(Message):
    """The arguments of one question; what it says of unknown and ill-typed ones it says of all."""

    NAMED_BY: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True)
class Answering:
    """One question with its handler and the right to ask it. The services themselves may ask every question."""

    name: str
    handler: Callable[..., Any]
    roles: frozenset[Role] = frozenset()
    needs_city: bool = True
    writes: bool = False

    def checked(self, principal: Principal, values: Mapping[str, Any], injected: Iterable[str]) -> dict[str, Any]:
        """The arguments as the handler takes them. Raises PermissionDenied before anything else, then BadFields.

        Role first, then city: both are known before anything is looked up, so a refusal tells nothing.
        """
        service = principal.has(Role.SYSTEM)
        if not service and not principal.has(*self.roles):
            raise PermissionDenied(roles=listed(self.roles))
        given = self.arguments(injected).of(values)
        city = given.city_of
        if city and not principal.may_act_in(city):
            raise PermissionDenied(roles=listed(self.roles))
        if not city and self.needs_city and not service:
            raise PermissionDenied(roles=listed(self.roles))
        return {name: getattr(given, name) for name in type(given).model_fields}

    def arguments(self, injected: Iterable[str]) -> type[Arguments]:
        """What may be asked with: the keyword parameters of the handler that are no dependencies."""
        return _arguments(self.handler, frozenset(injected))


@cache
def _arguments(handler: Callable[..., Any], injected: frozenset[str]) -> type[Arguments]:
    hints = get_type_hints(handler, include_extras=True)
    fields: dict[str, Any] = {
        parameter.name: (hints[parameter.name], ... if parameter.default is parameter.empty else parameter.default)
        for parameter in inspect.signature(handler).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.name not in injected
    }
    return create_model(handler.__name__, __base__=Arguments, **fields)


class Answers:
    """Questions that other services may ask, and people where their roles are named."""

    def __init__(self) -> None:
        self.by_name: dict[str, Answering] = {}

    def on(
        self, name: str, *, roles: Iterable[Role] = (), needs_city: bool = True, writes: bool = False
    ) -> Callable[[F], F]:
        """Answers a question, for people of these roles too; a relation to the object is checked by the handler.

        One that `writes` down who looked gets a Work in place of a Read: the log and the look are one transaction.
        """

        def register(handler: F) -> F:
            if name in self.by_name:
                raise ValueError(f"two answers to {name}")
            self.by_name[name] = Answering(name, handler, frozenset(roles), needs_city, writes)
            return handler

        return register
