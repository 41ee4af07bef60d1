"""Made-up people in every spelling, and the search for them in all that the platform keeps or says."""

import base64
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from chassis.privacy.digits import SPOKEN
from tests.e2e.invariants import Databases

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_AS_SPOKEN = str.maketrans("0123456789", "零一二三四五六七八九")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Person:
    """Nobody: numbers of a range that no operator gives out, names and roads that do not exist."""

    name: str
    mobile: str
    landline: str
    address: str
    identity: str

    def mobile_spelt(self, how: int) -> str:
        digits = self.mobile
        spaced = f"{digits[:3]} {digits[3:7]} {digits[7:]}"
        ways = (digits, spaced, spaced.replace(" ", "-"), digits.translate(_FULL_WIDTH), digits.translate(_AS_SPOKEN))
        return ways[how % len(ways)]

    def landline_spelt(self, how: int) -> str:
        area, rest = self.landline[:4], self.landline[4:]
        ways = (
            f"{area}-{rest}",
            f"（{area}）{rest}",
            f"{area} {rest[:4]} {rest[4:]}",
            self.landline.translate(_AS_SPOKEN),
        )
        return ways[how % len(ways)]

    def says(self, how: int) -> str:
        """How people tell who they are."""
        return (
            f"我叫{self.name}，电话{self.mobile_spelt(how)}，家里座机{self.landline_spelt(how)}，"
            f"身份证{self.identity if how % 2 else self.identity.lower()}，住在{self.address}。"
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        return (self.name, self.mobile, self.landline, self.address, self.identity)


def identity_ending_in_x(prefix: str) -> str:
    """The first identity number after a prefix of 14 digits whose check digit is X."""
    for serial in count(1):
        body = f"{prefix}{serial:03d}"
        if sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11 == 2:
            return f"{body}X"
    raise AssertionError("unreachable")


def person(number: int) -> Person:
    names = ("欧阳落星", "令狐知微", "慕容听泉", "司徒望舒", "上官拾叶", "端木晚晴", "百里行舟", "南宫问雪")
    return Person(
        name=names[number % len(names)],
        mobile=f"199007{53100 + number * 37:05d}",
        landline=f"05918{7350100 + number * 419:07d}",
        address=f"云岫巷{71 + number}号9座{602 + number}室",
        identity=identity_ending_in_x(f"3501021979{1 + number % 12:02d}{11 + number % 17:02d}"),
    )


# -- the search --------------------------------------------------------------------------------------------------------

_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_HEX = re.compile(r"\\x([0-9a-f]{16,})")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\s\-.,，、()（）]{1,3}(?=[0-9Xx])")


class Search:
    """Looks for people in texts of any kind; what it finds it names by place."""

    def __init__(self, people: list[Person]) -> None:
        secrets = [s for p in people for s in p.secrets]
        self._words = [s for s in secrets if not s[:5].isdigit()]
        self._numbers = [s.upper() for s in secrets if s[:5].isdigit()]

    def in_text(self, text: str) -> set[str]:
        """The secrets in a text, whatever its digits look like, and in what it holds as base64 or hexadecimal."""
        return {s for layer in _layers(text) for s in self._in_layer(layer)}

    def _in_layer(self, text: str) -> Iterator[str]:
        plain = unicodedata.normalize("NFKC", text)
        yield from (w for w in self._words if w in plain or w in text)
        digits = _BETWEEN_DIGITS.sub("", plain.translate(SPOKEN)).upper()
        yield from (n for n in self._numbers if n in digits)

    def in_databases(self, databases: Databases) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for service in databases.services:
            for table in databases.tables(service):
                for (row,) in databases.rows(service, f'select t::text from "{table}" t'):
                    if secrets := self.in_text(row):
                        found.setdefault(f"{service}.{table}", set()).update(secrets)
        return found

    def in_folder(self, folder: Path) -> dict[str, set[str]]:
        """Names and contents."""
        found: dict[str, set[str]] = {}
        for path in folder.rglob("*"):
            text = str(path.relative_to(folder))
            if path.is_file():
                raw = path.read_bytes()
                text += "\n" + raw.decode("utf-8", "ignore") + "\n" + raw.decode("utf-16-le", "ignore")
            if secrets := self.in_text(text):
                found[str(path)] = secrets
        return found


def _layers(text: str) -> Iterator[str]:
    yield text
    for encoded in _BASE64.findall(text):
        raw = base64.b64decode(encoded[: len(encoded) // 4 * 4], validate=False)
        yield raw.decode("utf-8", "ignore")
    for encoded in _HEX.findall(text):
        yield bytes.fromhex(encoded[: len(encoded) // 2 * 2]).decode("utf-8", "ignore")
