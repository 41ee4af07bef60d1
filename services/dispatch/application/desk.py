"""The dispatchers' desk: routing, directory and pack of every city."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chassis.domain import BadFields, UnknownPack, Violation
from chassis.policy import City, Level
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.choice import Choice
from services.dispatch.domain.dispute_errors import NotNamedByThisStep
from services.dispatch.domain.errors import (
    ConflictOfInterest,
    ReturnedByThisUnit,
    UnitNamedTwice,
    UnitNotInDirectory,
    ValueNotAllowed,
)
from services.dispatch.domain.passing_errors import SectionIsNoUnit
from services.dispatch.domain.regime import LadderStep, Names, Regime
from services.dispatch.domain.routing import CaseFacts, Decision, Directory, Outcome, Router, Step, repeated
from services.dispatch.domain.states import HandOverMode
from services.dispatch.domain.work_order import WorkOrder

SECTION = "section"
# From below.
RANKS = (Level.COUNTY, Level.PREFECTURE, Level.PROVINCE)


@dataclass(frozen=True)
class Desk:
    """Read once at the start; a case stays under the pack it was accepted under."""

    routers: Mapping[str, Router]
    regimes: Mapping[str, Regime]
    packs: Mapping[str, str]
    authorities: Mapping[str, str]
    """The names, by code, of those that are no unit of a city."""
    tenants: Mapping[str, City] = field(default_factory=dict)

    def mode_of_hand_over(self, city: str, to: str) -> HandOverMode:
        """Up to a tenant of a higher level of the same province; across to any other."""
        here, there = self.tenants[city], self.tenants[to]
        above = RANKS.index(there.level) > RANKS.index(here.level) and there.province.zh == here.province.zh
        return HandOverMode.PUSH_UP if above else HandOverMode.ACROSS

    def regime(self, pack: str, city: str) -> Regime:
        """The regime of "<name>@<version>"; of the city where a case names none. Raises UnknownPack."""
        ref = pack or self.packs[city]
        if ref not in self.regimes:
            raise UnknownPack(pack=ref)
        return self.regimes[ref]

    def regime_of(self, order: WorkOrder) -> Regime:
        return self.regime(order.pack, order.city)

    def directory(self, city: str) -> Directory:
        return self._router(city).directory

    def authority(self, city: str, code: str) -> str:
        """The name of a unit or of an authority that is none: no typed word is published. Raises ValueNotAllowed."""
        if code in self.directory(city).units:
            return self.directory(city).name_of(code)
        if code not in self.authorities:
            raise ValueNotAllowed(field="next_authority", value=code)
        return self.authorities[code]

    def route(self, city: str, facts: CaseFacts, regime: Regime) -> Decision:
        return self._router(city).decide(facts, regime.routing)

    def route_here(self, city: str, facts: CaseFacts) -> Decision:
        """Where the city's own pack would send a case that need not exist."""
        return self.route(city, facts, self.regime("", city))

    def explained_again(self, city: str, case: CaseCopy, former: Sequence[WorkOrder], regime: Regime) -> list[Decision]:
        """A repeat goes to whoever answered it before (P18 art. 8(5)), but never to the unit that it is about."""
        if regime.repeats is None:
            return []
        router, basis = self._router(city), regime.repeats
        units = dict.fromkeys(order.lead.unit for order in former if order.lead)
        return [
            repeated(unit, router.directory.name_of(unit), basis.rule, str(basis))
            for unit in units
            if unit in router.directory.units and not router.in_conflict(unit, case.respondent_unit)
        ]

    def fallback(self, order: WorkOrder) -> Decision:
        """兜底: who takes an order that came back, if the city names somebody who has not had it yet."""
        had_by = frozenset(assignment.unit for assignment in order.assignments)
        facts = replace(order.case.facts(), after_return=True, had_by=had_by)
        return self._router(order.city).decide(facts, [Step.FALLBACK])

    def invited(self, city: str, step: LadderStep | None) -> list[str]:
        """The units of the duties that a step of the ladder asks to come, as far as the city has them."""
        by_duty = self.directory(city).by_duty
        return [by_duty[duty] for duty in (step.invites if step else ()) if duty in by_duty]

    def check_named_by(self, order: WorkOrder, step: LadderStep, lead: str) -> None:
        """A fallback step names whom the list or the area says, not whom it likes. Raises NotNamedByThisStep."""
        allowed = {Names.AREA: self._of_an_area, Names.FALLBACK: self._of_the_list}.get(step.names)
        if allowed is not None and lead not in allowed(order):
            name = self.directory(order.city).name_of(lead)
            raise NotNamedByThisStep(field="lead", step_zh=step.zh, step_en=step.en, unit=name, basis=str(step.basis))

    def _of_an_area(self, order: WorkOrder) -> set[str]:
        """The unit of the place; where that is not known, any unit that answers for one."""
        areas = self.directory(order.city).areas
        here = areas.get(order.case.area)
        return {here.unit} if here else {area.unit for area in areas.values()}

    def _of_the_list(self, order: WorkOrder) -> set[str]:
        """Also one that has had it: now it is named for good."""
        facts = replace(order.case.facts(), after_return=True)
        decision = self._router(order.city).decide(facts, [Step.FALLBACK])
        return {match.unit for match in decision.matches} | {decision.lead}

    def check_units(self, city: str, case: CaseCopy, lead: str, co_units: Sequence[str] = ()) -> None:
        """Raises UnitNotInDirectory, UnitNamedTwice or ConflictOfInterest."""
        router, seen = self._router(city), set[str]()
        for unit in (lead, *co_units):
            if unit not in router.directory.units:
                raise UnitNotInDirectory(field="lead" if unit == lead else "co_units", unit=unit)
            if router.directory.units[unit].level == SECTION:
                raise SectionIsNoUnit(field="lead" if unit == lead else "co_units", unit=unit)
            if unit in seen:
                raise UnitNamedTwice(field="co_units", unit=unit)
            if router.in_conflict(unit, case.respondent_unit):
                raise ConflictOfInterest(field="lead" if unit == lead else "co_units", unit=unit)
            seen.add(unit)

    def check_no_conflict(self, order: WorkOrder, field: str, unit: str) -> None:
        """Raises ConflictOfInterest."""
        if self._router(order.city).in_conflict(unit, order.case.respondent_unit):
            raise ConflictOfInterest(field=field, unit=unit)

    def check_named(self, order: WorkOrder, lead: str, co_units: Sequence[str] = ()) -> None:
        """Units that a dispatcher names. Raises as `check_units`, and ReturnedByThisUnit."""
        self.check_units(order.city, order.case, lead, co_units)
        if lead == order.just_returned_by:
            raise ReturnedByThisUnit(field="lead", unit=lead)

    def _router(self, city: str) -> Router:
        if city not in self.routers:
            raise BadFields([Violation("city", f"未知城市 {city}", f"names the unknown city {city}")])
        return self.routers[city]


def choice_of(decision: Decision) -> Choice:
    """The units of a decision that sends."""
    assert decision.outcome is Outcome.DISPATCHED
    return Choice(
        lead=decision.lead,
        co_units=decision.co_units,
        fallback=decision.is_fallback,
        step=decision.step,
        rule=decision.rule,
    )


def choices_of(decision: Decision, regime: Regime) -> list[Choice]:
    """For each order of a case to whom it goes; several only where the pack gives each unit its own (P18 art. 8(3))."""
    choice = choice_of(decision)
    if regime.one_order or decision.led:
        return [choice]
    return [Choice(unit, step=choice.step, rule=choice.rule) for unit in (choice.lead, *choice.co_units)]
