"""The case's own names, numbers and addresses, found in its text also when spaced or shortened."""

import re
from collections.abc import Iterable

from chassis.privacy.digits import spoken
from chassis.privacy.spans import Span

KNOWN, NAME, ADDRESS = "［本人］", "［姓名］", "［地址］"

_GAPS = frozenset(" \t\r\n\u3000\u00b7\u2022\u2027\u30fb\uff65.\u3002\uff61-\u200b\u200c\u200d\u2060\ufeff")
# Small letters for great ones where that is one for one, up to the end of Cyrillic.
_SMALL = {code: small for code in range(0x530) if len(small := chr(code).casefold()) == 1 and small != chr(code)}
_COMPACT: dict[int, str | None] = _SMALL | dict.fromkeys(map(ord, _GAPS))
_REGION = re.compile(r"^.*?(?:省|自治区|市|区|县|旗|街道|镇|乡)")
_ROAD_AND_NUMBER = re.compile(r".{1,12}?(?:路|街|巷|弄|道|里|村|小区|苑|园|城|花园|公寓)\d{1,5}号?")
_DOOR = re.compile(r"\d{1,4}(?:号楼|号|栋|幢|座|单元|#|-)[\dA-Za-z号楼栋幢座单元层室房#\-]*\d{2,4}(?:室|房|号)?$")
_PART = r"[\da-z]{1,4}(?:号楼|号|栋|幢|座|单元|#)"
_FIRST_PART = re.compile(_PART)
_IN_A_HOUSE = re.compile(rf"{_PART}.*\d{{2,4}}(?:室|房|号)?")
_TITLES = ("先生", "女士", "小姐", "师傅", "阿姨", "大爷", "老师", "同志")
_CHINESE_NAME = re.compile(r"[一-鿿0-9]{2,4}")


def known_spans(text: str, known: Iterable[str]) -> list[Span]:
    """Where the known values stand in a text whose digits are plain already."""
    wanted = {needle: label for value in known for needle, label in _needles(value)}
    if not wanted:
        return []
    compact = text.translate(_COMPACT)
    found = {needle: label for needle, label in wanted.items() if needle in compact}
    if not found:
        return []
    places = [i for i, c in enumerate(text) if c not in _GAPS]
    return [
        (places[at], places[at + len(needle) - 1] + 1, label)
        for needle, label in found.items()
        for at in _occurrences(compact, needle)
    ]


def _occurrences(text: str, needle: str) -> Iterable[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _needles(value: str) -> Iterable[tuple[str, str]]:
    """The value and the parts of it that still tell who it is."""
    plain = spoken(value).translate(_COMPACT)
    if len(plain) < 2:
        return
    if plain.isdigit():
        yield plain, KNOWN
    elif len(plain) <= 4 and _CHINESE_NAME.fullmatch(plain):
        yield plain, NAME
        yield from ((plain[0] + title, NAME) for title in _TITLES)
    else:
        yield plain, ADDRESS if any(c.isdigit() for c in plain) else NAME
        yield from _address_parts(plain)


def _address_parts(address: str) -> Iterable[tuple[str, str]]:
    rest = address
    while (shorter := _REGION.sub("", rest, count=1)) != rest:
        rest = shorter
        if len(rest) >= 4 and any(c.isdigit() for c in rest):
            yield rest, ADDRESS
    if road := _ROAD_AND_NUMBER.match(rest):
        yield road[0], ADDRESS
    if door := _DOOR.search(rest):
        yield from ((part, ADDRESS) for part in _doors(door[0]))


def _doors(door: str) -> Iterable[str]:
    """Also without the number of the house, as long as more than a room is named."""
    while _IN_A_HOUSE.fullmatch(door):
        yield door
        door = _FIRST_PART.sub("", door, count=1)
