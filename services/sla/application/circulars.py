"""通报: drawn up by supervisors over a period, published to the units of the city, withdrawn where it was wrong."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from chassis.access import Role
from chassis.domain import NotFound
from chassis.message import id_of
from chassis.privacy import mask
from chassis.work import Read, Work
from services.sla.application.appeals import SUPERVISOR, Named, commands
from services.sla.application.assessing import counted, month_of, spans
from services.sla.application.ports import (
    Assessments,
    Circulars,
    Grounds,
    Period,
    ReportPageAsked,
    Rollup,
    Sealing,
    UnitLevels,
)
from services.sla.application.queries import queries
from services.sla.application.report_messages import (
    DrawUpCircular,
    GetCircular,
    ListCircularGrounds,
    ListCirculars,
    Naming,
    PublishCircular,
    WithdrawCircular,
)
from services.sla.application.report_views import CircularGrounds, CircularPage, CircularView, circular_view
from services.sla.application.reports import DEFAULT_PAGE, READERS
from services.sla.domain.assessing import low_months
from services.sla.domain.assessment_rules import AssessmentRules, CircularGround
from services.sla.domain.circulars import Circular, CircularState, GroundNotFound, NamedUnit, ranked
from services.sla.domain.reports import check_period
from services.sla.domain.rulebook import Rulebook

UNITS = frozenset({Role.UNIT, Role.UNIT_LEADER})
# How often each unit of a city was found on each ground that counts something.
Found = Mapping[str, Mapping[str, int]]


def circular_of_the_city(cmd: Named, work: Work) -> bool:
    return work.find(Circular, id_of(cmd.name, "circulars")) is not None


@commands.on(DrawUpCircular, roles=SUPERVISOR)
def draw_up_circular(
    cmd: DrawUpCircular,
    work: Work,
    *,
    rulebook: Rulebook,
    assessments: Assessments,
    rollup: Rollup,
    grounds: Grounds,
    unit_levels: UnitLevels,
    sealing: Sealing,
) -> CircularView:
    """Raises NothingToCover, UnknownNamingGround, GroundNotFound, CityWithoutPolicy."""
    check_period(cmd.start_time, cmd.end_time, work.now)
    pack, read = rulebook.pack_of_city(cmd.city).ref, work.as_it_stands
    rules, period = assessments[pack], Period(cmd.start_time, cmd.end_time, work.now, [cmd.city])
    found = _found(rules, read, period, rollup, grounds) if cmd.named else {}
    levels, id = unit_levels.get(cmd.city, {}), work.new_id()
    circular = Circular(
        id=id,
        city=cmd.city,
        pack=pack,
        title=mask(cmd.title),
        text=mask(cmd.text),
        start=cmd.start_time,
        end=cmd.end_time,
        drawn_at=work.now,
        drawn_by=sealing.own(id, "drawn_by", work.principal.id),
        classes=ranked(counted(rollup, read, cmd.city, (cmd.start_time, cmd.end_time), work.now), levels, rules),
        named=[_named(one, rules.ground(one.ground), found, levels) for one in cmd.named],
    )
    work.save(circular)
    return circular_view(circular)


def _named(naming: Naming, ground: CircularGround, found: Found, units: Mapping[str, str]) -> NamedUnit:
    count = _count(found, naming.unit, ground)
    if naming.unit not in units:
        raise GroundNotFound(unit=naming.unit, ground=ground.code)
    return _said(naming.unit, ground, count, mask(naming.words))


def _count(found: Found, unit: str, ground: CircularGround) -> int:
    """Raises GroundNotFound."""
    count = found.get(ground.code, {}).get(unit, 0)
    if ground.counts and not count:
        raise GroundNotFound(unit=unit, ground=ground.code)
    return count


def _said(unit: str, ground: CircularGround, count: int, words: str = "") -> NamedUnit:
    basis = ground.basis
    return NamedUnit(unit, ground.code, ground.zh, ground.en, basis.rule, basis.article, count, words)


@commands.on(PublishCircular, roles=SUPERVISOR, relation=circular_of_the_city)
def publish_circular(
    cmd: PublishCircular, work: Work, *, assessments: Assessments, rollup: Rollup, grounds: Grounds
) -> CircularView:
    """Nobody is named for what was excluded since the drawing-up. Raises GroundNotFound."""
    circular = _load(cmd, work)
    told = circular.publish(work.now)
    if circular.named:
        rules = assessments[circular.pack]
        period = Period(circular.start, circular.end, work.now, [circular.city])
        found = _found(rules, work.as_it_stands, period, rollup, grounds)
        for one in circular.named:
            _count(found, one.unit, rules.ground(one.ground))
    work.save(circular, told)
    return circular_view(circular)


@commands.on(WithdrawCircular, roles=SUPERVISOR, relation=circular_of_the_city)
def withdraw_circular(cmd: WithdrawCircular, work: Work) -> CircularView:
    circular = _load(cmd, work)
    work.save(circular, circular.withdraw(mask(cmd.reason), work.now))
    return circular_view(circular)


def _load(cmd: Named, work: Work) -> Circular:
    return work.get(Circular, id_of(cmd.name, "circulars"))


# -- on which grounds a unit could be named ----------------------------------------------------------------------------


@queries.on(ListCircularGrounds, roles=READERS)
def list_circular_grounds(
    query: ListCircularGrounds,
    read: Read,
    *,
    rulebook: Rulebook,
    assessments: Assessments,
    rollup: Rollup,
    grounds: Grounds,
) -> CircularGrounds:
    """One list of all that counts against units; whom to name, people decide. Raises NothingToCover."""
    check_period(query.start_time, query.end_time, read.now)
    rules = assessments[rulebook.pack_of_city(query.city).ref]
    period = Period(query.start_time, query.end_time, read.now, [query.city])
    found = _found(rules, read, period, rollup, grounds)
    return CircularGrounds(
        [
            _said(unit, ground, number)
            for ground in rules.circulars.grounds
            for unit, number in sorted(found.get(ground.code, {}).items())
        ]
    )


def _found(rules: AssessmentRules, read: Read, period: Period, rollup: Rollup, grounds: Grounds) -> Found:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for ground in rules.circulars.grounds:
        if ground.late or ground.findings:
            found[ground.code] = dict(grounds.counted(read, period, late=ground.late, findings=ground.findings))
        if ground.low_satisfaction:
            found[ground.code] = _low(rules, read, period, rollup)
    return found


def _low(rules: AssessmentRules, read: Read, period: Period, rollup: Rollup) -> dict[str, int]:
    """Low in as many months in a row as the pack says, the last of them that of the period's end."""
    low = rules.low_satisfaction
    if low is None:
        return {}
    (city,) = period.cities
    last = month_of(period.end - timedelta(microseconds=1))
    months = [counted(rollup, read, city, span, period.as_of) for span in spans(last, low.months)]
    return {unit: low.months for unit in months[0] if low_months(unit, months, low) >= low.months}


# -- reading -----------------------------------------------------------------------------------------------------------


@queries.on(GetCircular, roles=READERS | UNITS)
def get_circular(query: GetCircular, read: Read) -> CircularView:
    """Units read what is published; to them a draft is not there."""
    circular = read.get(Circular, id_of(query.name, "circulars"))
    if not read.principal.has(*READERS) and circular.state is not CircularState.PUBLISHED:
        raise NotFound()
    return circular_view(circular)


@queries.on(ListCirculars, roles=READERS | UNITS)
def list_circulars(query: ListCirculars, read: Read, *, circulars: Circulars) -> CircularPage:
    """The newest first; units see those that are published, whatever they ask for."""
    state = str(query.state or "") if read.principal.has(*READERS) else str(CircularState.PUBLISHED)
    size = query.page_size or DEFAULT_PAGE
    found: Sequence[Circular] = circulars.page(
        read, ReportPageAsked(query.city, state=state, before=query.page_token, size=size + 1)
    )
    token = found[size - 1].id if len(found) > size else ""
    return CircularPage([circular_view(one, whole=False) for one in found[:size]], token)
