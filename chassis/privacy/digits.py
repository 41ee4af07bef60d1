"""Digits as people write them: full-width, circled, mathematical, or spoken as 一三八 and 幺."""

# What may stand between the digits of one number: blanks, dashes, dots, brackets, invisible marks, key-cap signs.
BETWEEN = (
    r"\s\-\u2010-\u2015\u2212\u30fc._\u00b7\u2022\u2027\u30fb\uff65()\[\]{}<>\u3010\u3011\u3008-\u300f/+*~"
    r"\u200b-\u200f\u2060\ufeff\u00ad\ufe0f\u20e3"
)

_SPOKEN = {
    "零〇○Ｏ洞": "0",
    "一壹幺弌": "1",
    "二贰两兩貳": "2",
    "三叁參仨": "3",
    "四肆": "4",
    "五伍": "5",
    "六陆陸": "6",
    "七柒拐": "7",
    "八捌": "8",
    "九玖勾": "9",
}
# First code point of ten (or, from 1, of nine) digits in a row.
_FROM_ZERO = (0xFF10, 0x0660, 0x06F0, 0x0966, 0x2080, *range(0x1D7CE, 0x1D800, 10))
_FROM_ONE = (0x2460, 0x2474, 0x2488, 0x2776, 0x2780, 0x278A, 0x24F5)
_SINGLE = {0x2070: "0", 0xB9: "1", 0xB2: "2", 0xB3: "3", 0x24EA: "0", 0x24FF: "0"}


def _plain() -> dict[int, str]:
    table = dict(_SINGLE)
    for first in _FROM_ZERO:
        table |= {first + d: str(d) for d in range(10)}
    for first in _FROM_ONE:
        table |= {first + d: str(d + 1) for d in range(9)}
    table |= {0x2070 + d: str(d) for d in range(4, 10)}
    # Full-width letters and signs, one character for one.
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in table}
    return table | {0x3000: " "}


PLAIN = _plain()
SPOKEN = PLAIN | {ord(c): digit for spoken, digit in _SPOKEN.items() for c in spoken}


def plain(text: str) -> str:
    """Full-width and ornamental digits, letters and signs as ASCII; the length stays."""
    return text.translate(PLAIN)


def spoken(text: str) -> str:
    """As `plain`, and spoken digits too; the length stays, so that places in it are places in the text."""
    return text.translate(SPOKEN)
