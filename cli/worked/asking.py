"""What can be asked of each part of a pack: one function for each, which drives the service's own code."""

from collections.abc import Callable
from typing import Any, TypeAlias

from pydantic import ConfigDict, validate_call

from chassis.domain import DomainError
from cli.worked.bench import Bench

Found: TypeAlias = dict[str, Any]
Ask: TypeAlias = Callable[..., Found]
# By "<file>.<part>", such as "dispatch.returns".
ASKS: dict[str, Ask] = {}


def asks(part: str) -> Callable[[Ask], Ask]:
    """The function gets the bench and what is given, by name; what it finds is compared with what is expected.

    `basis` in what it finds are the rules that were applied, as rule and article.
    """

    def register(ask: Ask) -> Ask:
        strict = ConfigDict(strict=True, arbitrary_types_allowed=True)
        ASKS[part] = validate_call(config=strict)(ask)
        return ask

    return register


def asked(part: str, bench: Bench, given: dict[str, Any]) -> Found:
    """What comes out; a refusal by its reason. Raises ValidationError for what cannot be given."""
    try:
        return ASKS[part](bench, **given)
    except DomainError as error:
        return refusal(error)


def refusal(error: DomainError) -> Found:
    found: Found = {"refused": error.reason}
    if error.field:
        found["field"] = error.field
    if "basis" in error.values:
        found["basis"] = [error.values["basis"]]
    return found
