"""Whether a caller is kept from the telephone: for seats that have them on the line, and for the record of a call."""

from datetime import datetime

from chassis.work import Read
from services.intake.application.ports import Regime
from services.intake.application.restriction_views import CallerRestrictionView, told_to_seat
from services.intake.domain.citizen import Citizen
from services.intake.domain.restriction import Restriction, standing


def restricted(citizen: Citizen, read: Read, regime: Regime) -> CallerRestrictionView | None:
    """A city whose pack gives no power for it restricts nobody, and is not asked."""
    if regime.rules.restrictions is None:
        return None
    one = standing(read.find_by(Restriction, "citizen_id", citizen.id), read.now)
    return told_to_seat(one, regime.rules) if one else None


def restricted_then(citizen: Citizen, read: Read, regime: Regime, then: datetime) -> datetime | None:
    """Until when it was to last, of a call that came at that instant."""
    if regime.rules.restrictions is None:
        return None
    known = read.find_by(Restriction, "citizen_id", citizen.id)
    return next((one.ends_at for one in known if one.stood_at(then)), None)
