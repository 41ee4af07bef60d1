"""Routes and units as callers are shown them; the fields are those of the proto responses."""

from dataclasses import dataclass

from services.dispatch.domain.routing import Decision, Unit


@dataclass(frozen=True)
class RouteMatchView:
    step: str
    rule: str
    unit: str
    basis: str
    why: str


@dataclass(frozen=True)
class RouteView:
    outcome: str
    lead: str
    co_units: list[str]
    step: str
    rule: str
    matches: list[RouteMatchView]
    attributes_that_matter: list[str]
    zh: str
    en: str


@dataclass(frozen=True)
class UnitView:
    id: str
    name: str
    level: str
    area: str
    supervised_by: str
    domain: str


@dataclass(frozen=True)
class UnitPage:
    units: list[UnitView]
    next_page_token: str


def route_view(decision: Decision) -> RouteView:
    return RouteView(
        outcome=str(decision.outcome),
        lead=decision.lead,
        co_units=list(decision.co_units),
        step=decision.step,
        rule=decision.rule,
        matches=[RouteMatchView(m.step, m.rule, m.unit, m.basis, m.why) for m in decision.matches],
        attributes_that_matter=list(decision.attributes_that_matter),
        zh=decision.zh,
        en=decision.en,
    )


def unit_view(unit: Unit) -> UnitView:
    return UnitView(unit.id, unit.name, unit.level, unit.area, unit.supervised_by, unit.domain)
