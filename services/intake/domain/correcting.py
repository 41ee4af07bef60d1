"""What changes the limits of a case after its acceptance: its facts were wrong, or something else limits it."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from chassis.domain import Event
from services.intake.domain import errors, events
from services.intake.domain.case import Case
from services.intake.domain.pack import Confidentiality, IntakePack
from services.intake.domain.parts import CaseLimit
from services.intake.domain.states import OPEN, State

# A moment that somebody sets; the working calendar reaches further.
MOST_DAYS = 366
OTHER_LAW = "other_law"
_RANKS = {"law": "法律", "regulation": "法规", "rule": "规章", "normative_document": "规范性文件"}


@dataclass(frozen=True)
class Facts:
    """What a case is about, as far as limits and routing ask for it."""

    category: str
    item: str
    area: str
    emergency_class: str

    @classmethod
    def of(cls, case: Case) -> "Facts":
        return cls(case.category, case.item, case.area, case.emergency_class)


def check_in_hand(case: Case) -> None:
    """Raises CaseNotInHand, also once it is replied: what was kept or missed by then stands."""
    if case.state not in OPEN:
        raise errors.CaseNotInHand(state=case.state)


def check_seat(case: Case) -> None:
    """Units work by what they were told, so a dispatched case is the dispatchers'. Raises DispatchedAlready."""
    if case.state is State.IN_HANDLING:
        raise errors.DispatchedAlready()


def correct(case: Case, new: Facts, pack: IntakePack, *, by: str, now: datetime) -> list[Event]:
    """更正. Raises NothingToCorrect, UnknownCategory."""
    old = Facts.of(case)
    if new == old:
        raise errors.NothingToCorrect()
    if case.confidentiality is Confidentiality.NORMAL:
        case.confidentiality = pack.category(new.category).confidentiality
    case.category, case.item, case.area, case.emergency_class = new.category, new.item, new.area, new.emergency_class
    case.note("corrected", now)
    assert case.accepted_at is not None
    corrected = events.CaseCorrected(
        case_id=case.id,
        city=case.city,
        **asdict(new),
        **{f"old_{name}": value for name, value in asdict(old).items()},
        confidentiality=case.confidentiality,
        corrected_by=by,
        accepted_at=case.accepted_at,
        corrected_at=now,
    )
    return [corrected]


def set_limit(case: Case, limit: CaseLimit, pack: IntakePack, *, by: str) -> list[Event]:
    """另定期限. Raises UnknownLimitGround, RankDoesNotCount, LimitIncomplete, LimitFieldNotWanted, DueOutOfRange."""
    rule = pack.own_limit(limit.ground)
    _check_fields(limit)
    if limit.ground == OTHER_LAW and limit.rank not in rule.ranks:
        raise errors.RankDoesNotCount(field="rank", rank=_RANKS.get(limit.rank, limit.rank), basis=str(rule.basis))
    if limit.due_at and not limit.set_at < limit.due_at <= limit.set_at + timedelta(days=MOST_DAYS):
        raise errors.DueOutOfRange(field="due_time", days=MOST_DAYS)
    case.own_limits = [*(one for one in case.own_limits if one.ground != limit.ground), limit]
    case.note("limit_set", limit.set_at)
    told = events.CaseLimitSet(
        case_id=case.id,
        city=case.city,
        ground=limit.ground,
        rank=limit.rank,
        title=limit.title,
        cited_article=limit.article,
        limit_amount=limit.amount,
        limit_unit=limit.unit,
        due_at=limit.due_at,
        cited=cited(limit),
        set_by=by,
        set_at=limit.set_at,
    )
    return [told]


def _check_fields(limit: CaseLimit) -> None:
    """A document is cited with the limit in it; of the other grounds the moment is all that is kept."""
    law = {
        "rank": limit.rank,
        "title": limit.title,
        "article": limit.article,
        "limit_amount": limit.amount,
        "limit_unit": limit.unit,
    }
    by_law = limit.ground == OTHER_LAW
    wanted, unwanted = (law, {"due_time": limit.due_at}) if by_law else ({"due_time": limit.due_at}, law)
    if missing := next((name for name, value in wanted.items() if not value), ""):
        raise errors.LimitIncomplete(field=missing, ground=limit.ground, what=missing)
    if given := next((name for name, value in unwanted.items() if value), ""):
        raise errors.LimitFieldNotWanted(field=given, ground=limit.ground, what=given)


def cited(limit: CaseLimit) -> str:
    """As people look it up: 《…》第9条（法律）; of grounds that are no law nothing."""
    if limit.ground != OTHER_LAW:
        return ""
    return f"《{limit.title.strip('《》')}》第{limit.article}条（{_RANKS[limit.rank]}）"


def lift_limit(case: Case, ground: str, *, by: str, now: datetime) -> list[Event]:
    """Raises LimitNotSet."""
    if all(one.ground != ground for one in case.own_limits):
        raise errors.LimitNotSet(ground=ground)
    case.own_limits = [one for one in case.own_limits if one.ground != ground]
    case.note("limit_lifted", now)
    return [events.CaseLimitLifted(case_id=case.id, city=case.city, ground=ground, lifted_by=by, lifted_at=now)]
