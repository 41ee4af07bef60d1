"""The book of notices from policies/: packs, templates, rosters, providers, each fault with file and line."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import BaseModel, Field

from chassis.packs import PackFile, PackFolder, load_packs
from chassis.policy import Basis, City, Policy, PolicyError, Words, fault, load, load_cities
from services.notify.domain.message import Audience, Medium
from services.notify.domain.moments import Moment
from services.notify.domain.notices import Book, CityDesk, Ladder, Notice, PackNotices, Report, Roster, Template
from services.notify.domain.quiet import QuietHours

VALUES = frozenset(
    {
        *("city", "number", "reason", "basis", "guidance", "next_authority_zh", "next_authority_en"),
        *("working_days", "why", "round", "clock", "due", "unit", "title", "step"),
        *("supervision", "ground", "method", "finding", "changed", "mark", "count", "minutes", "progress"),
        *("fact", "outcome", "excluded", "emergency", "line", "period", "report"),
    }
)
"""Every value that a template may name; none of them is personal data."""

Number = Annotated[str, Field(pattern=r"^[0-9]{7,12}$")]


class QuietPolicy(Policy):
    since: time = Field(alias="from")
    until: time
    basis: Basis


class EscalationPolicy(Policy):
    patience_minutes: Annotated[int, Field(ge=1, le=60)]
    places: Annotated[int, Field(ge=1, le=9)]
    template: str
    last_template: str
    basis: Basis


class NoticePolicy(Policy):
    moment: Moment
    audience: Audience
    medium: Medium
    template: str
    urgent: bool = False
    basis: Basis


class ReportPolicy(Policy):
    duty: str
    emergency_classes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    basis: Basis


class NotifyFile(Policy):
    """`packs/<name>/notify.yaml`."""

    pack: str
    quiet_hours: QuietPolicy
    escalation: EscalationPolicy
    notices: tuple[NoticePolicy, ...]
    reports: tuple[ReportPolicy, ...] = ()


class TemplatePolicy(Words):
    may_repeat: bool
    expires_hours: Annotated[int, Field(ge=1, le=720)]


class TemplatesFile(Policy):
    """`notify/templates.yaml`."""

    templates: dict[str, TemplatePolicy]
    words: dict[str, dict[str, Words]]


class RosterFile(Policy):
    """`notify/rosters/<city>.yaml`."""

    city: str
    dispatchers: Annotated[tuple[Number, ...], Field(min_length=1)]
    supervisors: Annotated[tuple[Number, ...], Field(min_length=1)]
    # Where the pack has something copied to it.
    civilisation_office: tuple[Number, ...] = ()
    units: dict[str, Annotated[tuple[Number, ...], Field(min_length=1)]]


class ListedUnit(BaseModel):
    id: str
    duties: tuple[str, ...] = ()


class DirectoryFile(BaseModel):
    """`cities/<code>/units.yaml`, which dispatch reads: here only which units there are."""

    units: tuple[ListedUnit, ...]


class ProvidersFile(Policy):
    """`notify/providers.yaml`: names in the order of failover."""

    sms: Annotated[tuple[str, ...], Field(min_length=1)]
    voice: Annotated[tuple[str, ...], Field(min_length=1)]


def load_book(policies: Path) -> Book:
    """Raises PolicyError."""
    path = policies / "notify" / "templates.yaml"
    words = load(path, TemplatesFile)
    for name, template in words.templates.items():
        _check_values(path, name, template)
    cities = load_cities(policies)
    packs = load_packs(policies)
    return Book(
        packs={ref: _pack(folder, words) for ref, folder in packs.folders.items()},
        templates={name: _template(name, template) for name, template in words.templates.items()},
        cities={code: _city(policies, city, packs.of(city)) for code, city in cities.items()},
        words={kind: {c: _both(w) for c, w in codes.items()} for kind, codes in words.words.items()},
    )


def load_providers(policies: Path) -> Mapping[Medium, tuple[str, ...]]:
    """The names of the providers of each medium, in the order of failover. Raises PolicyError."""
    file = load(policies / "notify" / "providers.yaml", ProvidersFile)
    return {Medium.SMS: file.sms, Medium.VOICE: file.voice}


def _both(words: Words) -> Mapping[str, str]:
    return {"zh": words.zh, "en": words.en}


def _template(name: str, policy: TemplatePolicy) -> Template:
    return Template(name, _both(policy), policy.may_repeat, timedelta(hours=policy.expires_hours))


def _check_values(path: Path, name: str, template: TemplatePolicy) -> None:
    for text in (template.zh, template.en):
        unknown = {value for _, value, _, _ in Formatter().parse(text) if value is not None} - VALUES
        if unknown:
            listed = ", ".join(sorted(unknown))
            raise PolicyError(
                [fault(path, name, f"模板含未知的值 {listed}", f"the template names unknown values {listed}")]
            )


def _pack(folder: PackFolder, words: TemplatesFile) -> PackNotices:
    source = folder.file("notify.yaml")
    file = source.load(NotifyFile)
    by_moment: dict[Moment, list[Notice]] = defaultdict(list)
    for notice in file.notices:
        _check_template(source, notice.template, words)
        by_moment[notice.moment].append(_notice(notice))
    escalation = file.escalation
    for template in (escalation.template, escalation.last_template):
        _check_template(source, template, words)
    return PackNotices(
        quiet=QuietHours(file.quiet_hours.since, file.quiet_hours.until),
        ladder=Ladder(escalation.patience_minutes, escalation.places, escalation.template, escalation.last_template),
        notices={moment: tuple(notices) for moment, notices in by_moment.items()},
        reports=tuple(Report(r.duty, r.emergency_classes, r.lines) for r in file.reports),
    )


def _check_template(source: PackFile, template: str, words: TemplatesFile) -> None:
    if template not in words.templates:
        raise PolicyError([source.fault(template, f"没有模板 {template}", f"there is no template {template}")])


def _notice(policy: NoticePolicy) -> Notice:
    return Notice(
        policy.moment, policy.audience, policy.medium, policy.template, policy.urgent,
        policy.basis.rule, policy.basis.article,
    )  # fmt: skip


def _city(policies: Path, city: City, pack: PackFolder) -> CityDesk:
    path = policies / "notify" / "rosters" / f"{city.code}.yaml"
    file = load(path, RosterFile)
    if file.city != city.code:
        raise PolicyError([fault(path, file.city, f"应为 {city.code}", f"should be {city.code}")])
    units = load(policies / "cities" / city.code / "units.yaml", DirectoryFile).units
    listed, duties = {unit.id for unit in units}, {duty: unit.id for unit in units for duty in unit.duties}
    # Misspelt, the unit would have no number, and its emergencies would ring at the dispatchers'.
    unknown = [fault(path, unit, f"没有单位 {unit}", f"no unit {unit}") for unit in file.units if unit not in listed]
    if unknown:
        raise PolicyError(unknown)
    _check_reports(pack, city, duties)
    told = {notice.audience for notice in pack.file("notify.yaml").load(NotifyFile).notices}
    if Audience.CIVILISATION_OFFICE in told and not file.civilisation_office:
        zh, en = "规则包须告知文明办，缺其号码", "the pack has the civilisation office told, whose number is missing"
        raise PolicyError([fault(path, "city", zh, en)])
    roster = Roster(file.dispatchers, file.supervisors, file.units, file.civilisation_office)
    return CityDesk(_both(city.name), pack.ref, roster, duties)


def _check_reports(pack: PackFolder, city: City, duties: Mapping[str, str]) -> None:
    """Whom the pack has something reported to, each of its cities must have."""
    source = pack.file("notify.yaml")
    for report in source.load(NotifyFile).reports:
        if report.duty not in duties:
            zh, en = f"{city.code} 没有承担 {report.duty} 的单位", f"{city.code} has no unit of the duty {report.duty}"
            raise PolicyError([source.fault(report.duty, zh, en)])
