"""The book of notices: for each moment of a case, who is told what. Read from policies, pure to apply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.domain import UnknownPack
from services.notify.domain.casefile import CaseFile
from services.notify.domain.escalation import Rung
from services.notify.domain.message import Audience, Medium, Message
from services.notify.domain.moments import Moment
from services.notify.domain.quiet import CHINA, QuietHours

DISPATCHERS, SUPERVISORS = "dispatchers", "supervisors"


@dataclass(frozen=True, slots=True)
class Template:
    """The words of a message in each language; braces name values."""

    name: str
    words: Mapping[str, str]
    may_repeat: bool
    expires_after: timedelta


@dataclass(frozen=True, slots=True)
class Notice:
    """At this moment this audience gets this message, by order of this article."""

    moment: Moment
    audience: Audience
    medium: Medium
    template: str
    urgent: bool
    rule: str
    article: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """How an emergency is phoned: minutes per call, numbers per unit, what is said."""

    patience_minutes: int
    places: int
    template: str
    last_template: str


@dataclass(frozen=True, slots=True)
class Report:
    """What belongs to another is reported to it: emergencies by their class, alarms by the line they were passed to."""

    duty: str
    emergency_classes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackNotices:
    """What one rule pack orders."""

    quiet: QuietHours
    ladder: Ladder
    notices: Mapping[Moment, tuple[Notice, ...]]
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """The duty desks of one city, each with its numbers in the order of calling."""

    dispatchers: tuple[str, ...]
    supervisors: tuple[str, ...]
    units: Mapping[str, tuple[str, ...]]
    civilisation_office: tuple[str, ...] = ()

    def numbers(self, audience: Audience, recipient: str) -> tuple[str, ...]:
        """A unit that is not listed is reached through the dispatchers."""
        if audience is Audience.SUPERVISORS:
            return self.supervisors
        if audience is Audience.CIVILISATION_OFFICE:
            return self.civilisation_office
        if audience is Audience.UNIT:
            return self.units.get(recipient) or self.dispatchers
        if audience is Audience.UNIT_LEADER:
            own = self.units.get(recipient, ())
            return own[1:] or own or self.dispatchers
        return self.dispatchers


@dataclass(frozen=True, slots=True)
class CityDesk:
    """What messages need to know of a city."""

    name: Mapping[str, str]
    pack: str
    roster: Roster
    duties: Mapping[str, str] = field(default_factory=dict)
    """Which unit answers for what."""


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, for its texts and for taking it back."""

    work_order_id: str = ""
    thing: str = ""
    escalation_id: str = ""
    over_at: datetime | None = None
    """From when on nothing of it needs to be told."""


@dataclass(frozen=True)
class Book:
    """All packs, templates, words and cities."""

    packs: Mapping[str, PackNotices]
    templates: Mapping[str, Template]
    cities: Mapping[str, CityDesk]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]

    def pack_of(self, file: CaseFile) -> PackNotices:
        """The pack that governs the case; before intake has said which, the city's. Raises UnknownPack."""
        ref = file.pack or self.cities[file.city].pack
        if ref not in self.packs:
            raise UnknownPack(pack=ref)
        return self.packs[ref]

    def notices(self, file: CaseFile, moment: Moment) -> tuple[Notice, ...]:
        return self.pack_of(file).notices.get(moment, ())

    def reported_to(self, file: CaseFile, *, emergency_class: str = "", line: str = "") -> list[str]:
        """The units of the city to which the pack has such a case reported."""
        duties = self.cities[file.city].duties
        asked = (r for r in self.pack_of(file).reports if emergency_class in r.emergency_classes or line in r.lines)
        return [duties[report.duty] for report in asked if report.duty in duties]

    def ladder(self, file: CaseFile, unit: str) -> list[Rung]:
        """Whose telephone rings, in order: the unit's duty roster, then the supervisors'."""
        roster, limits = self.cities[file.city].roster, self.pack_of(file).ladder
        unit_numbers = min(len(roster.numbers(Audience.UNIT, unit)), limits.places)
        rungs = [Rung(Audience.UNIT, unit, place) for place in range(unit_numbers)]
        supervisors = [Rung(Audience.SUPERVISORS, SUPERVISORS, place) for place in range(len(roster.supervisors))]
        return rungs + supervisors

    def number(self, message: Message) -> str | None:
        """The duty desk's number for a message that is not for a citizen; past the last place the first is called."""
        numbers = self.cities[message.city].roster.numbers(message.audience, message.recipient)
        return numbers[message.place % len(numbers)] if numbers else None

    def say(self, template: str, language: str, file: CaseFile, values: Mapping[str, str]) -> str:
        given = {"city": self.cities[file.city].name[language], **values}
        return self.templates[template].words[language].format_map(given)

    def word(self, kind: str, code: str, language: str) -> str:
        known = self.words.get(kind, {}).get(code)
        return known[language] if known else code

    def compose(
        self,
        notice: Notice,
        file: CaseFile,
        *,
        id: str,
        recipient: str,
        values: Mapping[str, str],
        now: datetime,
        about: About,
        place: int = 0,
        language: str = "zh",
    ) -> Message:
        """A queued message; one for a citizen waits for the end of the quiet hours unless it is urgent."""
        template = self.templates[notice.template]
        urgent = notice.urgent or bool(file.emergency_class)
        quiet = notice.audience is Audience.CITIZEN and not urgent
        send_at = self.pack_of(file).quiet.first_allowed(now) if quiet else now
        return Message(
            id=id,
            city=file.city,
            case_id=file.case_id,
            template=notice.template,
            medium=notice.medium,
            audience=notice.audience,
            recipient=recipient,
            text=self.say(notice.template, language, file, values),
            queued_at=now,
            send_at=send_at,
            expires_at=send_at + template.expires_after,
            work_order_id=about.work_order_id,
            language=language,
            place=place,
            may_repeat=template.may_repeat,
            urgent=urgent,
            about=about.thing,
            escalation_id=about.escalation_id,
            over_at=about.over_at,
        )


def local_time(instant: datetime | None) -> str:
    """As people in China read it: 10月15日17:30."""
    if instant is None:
        return ""
    local = instant.astimezone(CHINA)
    return f"{local.month}月{local.day}日{local:%H:%M}"
