"""What callers get to see of shared matters; fields as in the proto messages."""

from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.partner import MatterState, PartnerMatter
from services.intake.domain.partner_rules import Partners
from services.intake.domain.states import State


@dataclass(frozen=True, kw_only=True)
class PartnerMatterView:
    """For the partner that told it: no words, no person."""

    name: str
    platform: str
    number: str
    state: MatterState
    create_time: datetime
    update_time: datetime | None
    end_time: datetime | None
    version: int


@dataclass(frozen=True, kw_only=True)
class PartnerHintView:
    """For a seat: a matter of the same person that may be the same."""

    matter: str
    platform: str
    platform_name: str
    number: str
    subject: str
    place: str
    tell_time: datetime
    score: float


@dataclass(frozen=True, kw_only=True)
class PartnerHintsView:
    matters: list[PartnerHintView]


@dataclass(frozen=True, kw_only=True)
class HotlineMatterView:
    """For a partner: no case, no unit, no words."""

    number: str
    state: State
    category: str
    create_time: datetime
    close_time: datetime | None


@dataclass(frozen=True, kw_only=True)
class HotlineMattersView:
    matters: list[HotlineMatterView]


def matter_name(city: str, id: str) -> str:
    return f"cities/{city}/partnerMatters/{id}"


def saved_matter(one: PartnerMatter) -> PartnerMatterView:
    """With the version that the save at the end of the transaction will give."""
    return PartnerMatterView(
        name=matter_name(one.city, one.id),
        platform=one.platform,
        number=one.number,
        state=one.state,
        create_time=one.told_at,
        update_time=one.updated_at,
        end_time=one.ended_at,
        version=one.version + 1,
    )


def hint_view(one: PartnerMatter, score: float, rules: Partners) -> PartnerHintView:
    platform = rules.known(one.platform)
    return PartnerHintView(
        matter=matter_name(one.city, one.id),
        platform=one.platform,
        platform_name=platform.name.zh if platform else "",
        number=one.number,
        subject=one.masked_subject,
        place=one.place,
        tell_time=one.told_at,
        score=round(score, 3),
    )
