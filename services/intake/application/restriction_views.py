"""What callers get to see of a restriction; fields as in the proto messages."""

from dataclasses import dataclass
from datetime import datetime

from services.intake.application.call_views import call_name
from services.intake.application.views import case_name
from services.intake.domain.pack import IntakePack
from services.intake.domain.restriction import Restriction, RestrictionState
from services.intake.domain.telephone import power


@dataclass(frozen=True, kw_only=True)
class RestrictionView:
    name: str
    state: RestrictionState
    citizen: str
    phone: str
    ground: str
    basis: str
    reason: str
    calls: list[str]
    cases: list[str]
    restricted_by: str
    create_time: datetime
    end_time: datetime
    lifted_by: str
    lift_time: datetime | None
    lift_reason: str
    pack: str
    version: int


@dataclass(frozen=True, kw_only=True)
class RestrictionsView:
    restrictions: list[RestrictionView]
    next_page_token: str = ""


@dataclass(frozen=True, kw_only=True)
class CallerRestrictionView:
    """For a seat or a telephone system that has the caller on the line: no person, no reason."""

    name: str
    end_time: datetime
    ground: str
    ground_name: str
    cited: str
    appeal: str
    appeal_en: str


@dataclass(frozen=True, kw_only=True)
class CallerCheckView:
    restriction: CallerRestrictionView | None
    emergency_lines: list[str]


def restriction_name(one: Restriction) -> str:
    return f"cities/{one.city}/restrictions/{one.id}"


def restriction_view(one: Restriction, *, phone: str, now: datetime, version: int | None = None) -> RestrictionView:
    return RestrictionView(
        name=restriction_name(one),
        state=one.state_at(now),
        citizen=f"citizens/{one.citizen_id}",
        phone=shown_number(phone),
        ground=one.ground,
        basis=one.basis,
        reason=one.reason,
        calls=[call_name(one.city, id) for id in one.call_ids],
        cases=[case_name(one.city, id) for id in one.case_ids],
        restricted_by=one.restricted_by,
        create_time=one.restricted_at,
        end_time=one.ends_at,
        lifted_by=one.lifted_by,
        lift_time=one.lifted_at,
        lift_reason=one.lift_reason,
        pack=one.pack,
        version=one.version if version is None else version,
    )


def saved_restriction(one: Restriction, *, phone: str, now: datetime) -> RestrictionView:
    """With the version that the save at the end of the transaction will give."""
    return restriction_view(one, phone=phone, now=now, version=one.version + 1)


def told_to_seat(one: Restriction, rules: IntakePack) -> CallerRestrictionView:
    own = power(rules.restrictions, one.pack)
    ground = own.known(one.ground)
    return CallerRestrictionView(
        name=restriction_name(one),
        end_time=one.ends_at,
        ground=one.ground,
        ground_name=ground.name.zh if ground else "",
        cited=rules.cited(one.basis),
        appeal=own.appeal.zh,
        appeal_en=own.appeal.en,
    )


def shown_number(phone: str) -> str:
    """Enough to tell two restrictions apart, not enough to call: 138****8000."""
    if len(phone) < 9:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
