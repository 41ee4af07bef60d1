"""The rules of the regulations by their ids, so that no file of the policies rests on one that does not exist."""

from collections.abc import Mapping

# The last number of each catalogue of rules; a few numbers stand for several rules, told apart by letters.
_LAST: Mapping[str, int] = {"F16": 36, "F21": 28, "P18": 36, "S24": 51}
_LETTERS: Mapping[str, str] = {
    "F16-05": "b",
    "F16-11": "abcdefgh",
    "F16-22": "abcdef",
    "F21-06": "b",
    "P18-25": "b",
    "P18-36": "b",
    "S24-08": "b",
    "S24-16": "b",
    "S24-21": "abc",
    "S24-24": "b",
}
RULES = frozenset(
    {"platform-default"}
    | {f"{regulation}-{number:02}" for regulation, last in _LAST.items() for number in range(1, last + 1)}
    | {rule + letter for rule, letters in _LETTERS.items() for letter in letters}
)


def known_rule(rule: str) -> str:
    """Raises ValueError."""
    if rule not in RULES:
        raise ValueError(f"no regulation has a rule {rule}")
    return rule
