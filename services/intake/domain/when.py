"""Days as people in China count them."""

from datetime import date, datetime, timedelta, timezone

_SHANGHAI = timezone(timedelta(hours=8))


def day_in_china(instant: datetime) -> date:
    return instant.astimezone(_SHANGHAI).date()
