"""Masking: the case's text without what tells who the citizen is, for routing, duplicates, search and logs.

Rather too much than too little: a number that could be a telephone, an identity card or a bank card goes, in
whatever digits it is written. Dates and sums of money stay, since they say what happened.
"""

import re
from collections.abc import Iterable, Set

from chassis.numbers import is_valid
from chassis.privacy.digits import BETWEEN, PLAIN, SPOKEN
from chassis.privacy.known import known_spans
from chassis.privacy.spans import Span, replace

PHONE, IDENTITY, CARD, PLATE, MAIL, NAME, NUMBER = (
    "［电话］",
    "［身份证］",
    "［银行卡］",
    "［车牌］",
    "［邮箱］",
    "［姓名］",
    "［号码］",
)

# Digits of one number may stand apart by a few blanks, dashes, commas or full stops.
_RUN = re.compile(rf"\d(?:[{BETWEEN},，、;；:：。｡转]{{0,3}}\d){{6,}}(?:[{BETWEEN}]{{0,3}}[Xx叉])?")
_BIRTH = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"(?=([1-9]\d{{5}}{_BIRTH}\d{{3}}[\dX]))")
_MOBILE = re.compile(r"(?=((?:0{0,2}86)?1[3-9]\d{9}))")
_LANDLINE = re.compile(r"(?=((?:0{0,2}86|0)(?:10[2-9]\d{7}|2\d[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7})))")
_STRONG = ((_IDENTITY, IDENTITY), (_MOBILE, PHONE), (_LANDLINE, PHONE))
_TOKEN = re.compile(r"[0-9A-Za-z]+")
# Pieces of a run that are held together by nothing, blanks, brackets or dashes; a dot makes a decimal.
_JOIN = BETWEEN.replace("._", "_")
_PIECE = re.compile(rf"\d(?:[{_JOIN}]{{0,2}}\d){{6,}}[Xx叉]?")
_LONGEST_CARD = 19
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:[-./]?)(?:1[0-2]|0?[1-9])[-./]?(?:3[01]|[12]\d|0?[1-9])(?:\s+[0-2]?\d(?=[:：点时]))?(?![-./]?\d)"
)
_YEARS = re.compile(r"(?:19|20)\d{2}-(?:19|20)\d{2}|(?:19|20)\d{2}[\])】]\s?\d{1,4}")
_MEASURE = re.compile(r"(?:\.\d+)?\s?(?:元(?!旦)|块钱|万|亿|平方|平米|㎡|立方|吨|公斤|千瓦|度电|米)")
_CALLED = re.compile(r"(?:电话|座机|手机|号码|致电|拨打|联系|回电|微信|QQ|tel|phone)[^\d]{0,6}$", re.IGNORECASE)
_CASE_NUMBER = re.compile(r"(?<!\d)\d{6}-20\d{6}-\d{6}-\d(?!\d)")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]\s?[A-HJ-Za-hj-z][\s·•.\-]{0,2}"
    r"(?=[A-Za-z]{0,5}\d)[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?![0-9A-Za-z])"
)
_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_SELF = re.compile(
    rf"(?:我叫|我的名字[是叫]|本人姓名|姓名[是为]?[:：]?|联系人[是为]?[:：]?|我姓名[是叫])\s*([{_SURNAMES}][一-鿿]{{1,2}})(?=$|[^一-鿿]|电话|手机|住|家住|身份证|是)"
)
_DIGITS_AT_ALL = re.compile(r"\d")


def mask(text: str, known: Iterable[str] = ()) -> str:
    """The text without telephone, identity, bank and plate numbers, mail addresses, and the case's own `known` ones."""
    if not text:
        return text
    flat, digits = text.translate(PLAIN), text.translate(SPOKEN)
    spans = known_spans(digits, known)
    if "@" in flat:
        spans += [(m.start(), m.end(), MAIL) for m in _MAIL.finditer(flat)]
    spans += [(m.start(1), m.end(1), NAME) for m in _SELF.finditer(flat)]
    if _DIGITS_AT_ALL.search(digits):
        spans += [(m.start(), m.end(), PLATE) for m in _PLATE.finditer(digits)]
        for run in _RUN.finditer(digits):
            spans += _in_run(digits, run.start(), run.end())
    return replace(text, spans) if spans else text


def _in_run(text: str, start: int, end: int) -> list[Span]:
    """The spans to mask within one run of digits."""
    case_number = _CASE_NUMBER.fullmatch(text, start, end)
    if case_number and is_valid(case_number[0]):
        return []
    places = [i for i in range(start, end) if (text[i].isascii() and text[i].isdigit()) or text[i] in "Xx叉"]
    number = "".join("X" if text[i] in "Xx叉" else text[i] for i in places)
    spans = [
        _whole_tokens(text, places[m.start(1)], places[m.end(1) - 1] + 1, label)
        for form, label in _STRONG
        for m in form.finditer(number)
    ]
    taken = {i: label for first, last, label in spans for i in range(first, last)}
    for piece in _free_pieces(text, start, end, taken.keys()):
        found = next((taken[i] for i in range(*piece) if i in taken), "")
        if found or not _harmless(text, piece):
            spans.append(_whole_tokens(text, *piece, found or _label(text, piece)))
    return spans


def _free_pieces(text: str, start: int, end: int, taken: Set[int]) -> Iterable[tuple[int, int]]:
    for piece in _PIECE.finditer(text, start, end):
        if _count(piece[0]) <= _LONGEST_CARD or taken.isdisjoint(range(*piece.span())):
            yield piece.span()
            continue
        # A card is masked whole; what else is left of a long row counts only when it is long enough by itself.
        for token in _TOKEN.finditer(text, *piece.span()):
            if token.end() - token.start() >= 7 and taken.isdisjoint(range(*token.span())):
                yield token.span()


def _harmless(text: str, piece: tuple[int, int]) -> bool:
    if _CALLED.search(text[max(0, piece[0] - 12) : piece[0]]):
        return False
    written = text[piece[0] : piece[1]]
    if _YEARS.fullmatch(written) or (_DATE.match(text[piece[0] : piece[1] + 1]) and _count(written) <= 10):
        return True
    return written.isdigit() and len(written) <= 12 and bool(_MEASURE.match(text, piece[1]))


def _count(written: str) -> int:
    return sum(c.isdigit() for c in written)


def _label(text: str, piece: tuple[int, int]) -> str:
    count = _count(text[piece[0] : piece[1]])
    if count >= 16:
        return CARD
    return PHONE if count in (7, 8) else NUMBER


def _whole_tokens(text: str, start: int, end: int, label: str) -> Span:
    """Widened over letters and digits that touch it, so that no end of the number stays."""
    while start > 0 and text[start - 1].isascii() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    return start, end, label
