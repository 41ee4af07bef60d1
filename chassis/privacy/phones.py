"""Telephone numbers in China: one normal form for whatever way a caller or an agent writes them."""

import re

from chassis.privacy.digits import BETWEEN, spoken

_NOISE = re.compile(f"[{BETWEEN}]+")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*\d{1,6}$", re.IGNORECASE)
_SWITCHBOARD = re.compile(r"(\(?0\d{2,3}\)?[-\s]?\d{7,8})-\d{1,6}")
_COUNTRY = re.compile(r"(?:00)?86(?=\d{10})")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10[2-9]\d{7}|2\d[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7})")
_SERVICE = re.compile(r"[48]00[1-9]\d{6}")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
MAX_WRITTEN = 60


def normalise_phone(written: str, *, area_code: str = "") -> str | None:
    """Digits only: `13800138000`, `059187654321`, `4006012345`; None when it is no number in China.

    A local number without area code needs the city's (`0591`). The extension of a switchboard is dropped.
    """
    if len(written) > MAX_WRITTEN:
        return None
    plain = _EXTENSION.sub("", spoken(written).strip())
    if behind := _SWITCHBOARD.fullmatch(plain):
        plain = behind[1]
    digits = _NOISE.sub("", plain)
    if not digits.isascii() or not digits.isdigit():
        return None
    if country := _COUNTRY.match(digits):
        rest = digits[country.end() :]
        return _known(rest) or _known("0" + rest)
    if area_code and _LOCAL.fullmatch(digits):
        return area_code + digits
    return _known(digits)


def _known(digits: str) -> str | None:
    known = any(form.fullmatch(digits) for form in (_MOBILE, _LANDLINE, _SERVICE))
    return digits if known else None


def is_mobile(phone: str) -> bool:
    """Whether a normalised number can receive a text message."""
    return bool(_MOBILE.fullmatch(phone))
