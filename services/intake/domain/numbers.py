"""The number of a case that people read: `350100-20260924-000123-7`."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chassis.numbers import check_digit, is_valid

CHINA = ZoneInfo("Asia/Shanghai")
_FORM = re.compile(r"\d{6}-\d{8}-\d{6,}-\d")


def day_of(instant: datetime) -> date:
    """The day of an instant in China, under which its number is counted."""
    return instant.astimezone(CHINA).date()


def case_number(city: str, day: date, running: int) -> str:
    """City, day, running number of the city on that day, check digit."""
    body = f"{city}-{day:%Y%m%d}-{running:06d}"
    return f"{body}-{check_digit(body.replace('-', ''))}"


def normalise_number(written: str) -> str | None:
    """The number as it was given out, however it was typed; None when it cannot be one."""
    digits = re.sub(r"[\s\-–—－]+", "", written.translate(_WIDE))
    if not 21 <= len(digits) <= 24 or not digits.isascii() or not digits.isdigit():
        return None
    number = f"{digits[:6]}-{digits[6:14]}-{digits[14:-1]}-{digits[-1]}"
    return number if _FORM.fullmatch(number) and is_valid(number) else None


_WIDE = {0xFF10 + d: str(d) for d in range(10)}
