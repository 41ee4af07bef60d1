"""What is asked of dispatch.yaml about whose an order is: routing, several units, levels, other tenants, disputes."""

from dataclasses import replace

from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench, ids
from cli.worked.orders import LEAD, OTHER, completed, in_handling, lead_of, sent
from services.dispatch.application.desk import choice_of, choices_of
from services.dispatch.domain import disputes, handing_over, handling, passing, returns
from services.dispatch.domain.assignment import ReturnRequest
from services.dispatch.domain.disputes import Opening
from services.dispatch.domain.notes import Passing
from services.dispatch.domain.routing import CaseFacts, Decision, Directory
from services.dispatch.domain.states import HandOverMode, ReturnKind


def _routed(bench: Bench, facts: CaseFacts) -> Decision:
    return bench.desk.route(bench.city.code, facts, bench.regime)


@asks("dispatch.routing")
def a_route(
    bench: Bench,
    *,
    says: str = "",
    category: str = "complaint",
    item: str = "",
    in_area: str = "",
    emergency_class: str = "",
    attributes: dict[str, str] | None = None,
) -> Found:
    """Where the case goes in a city that follows the pack; `in_area` by name, "first": whatever the city has."""
    directory = bench.desk.directory(bench.city.code)
    areas = {area.name: code for code, area in directory.areas.items()}
    area = next(iter(areas.values())) if in_area == "first" else areas.get(in_area, "")
    decision = _routed(
        bench,
        CaseFacts(
            category=category, item=item, area=area, emergency_class=emergency_class, text=says,
            attributes=attributes or {},
        ),
    )  # fmt: skip
    return {
        "outcome": str(decision.outcome),
        "unit": directory.name_of(decision.lead),
        "co_units": [directory.name_of(unit) for unit in decision.co_units],
        "step": decision.step,
        "also": sorted({match.step for match in decision.matches} - {decision.step}),
        "rested_on": decision.basis,
    }


@asks("dispatch.compound")
def several_units(bench: Bench, *, co_units: int, led: bool = True) -> Found:
    """A matter of that many units beside the first; `led`: one of them is to lead."""
    units = [*bench.desk.directory(bench.city.code).units][: co_units + 1]
    facts = CaseFacts(category="complaint", item="01")
    decision = replace(_routed(bench, facts), lead=units[0], co_units=tuple(units[1:]), led=led)
    choices = choices_of(decision, bench.regime)
    return {"orders": len(choices), "co_units": [len(choice.co_units) for choice in choices]}


@asks("dispatch.repeats")
def a_repeat(bench: Bench) -> Found:
    """What was answered comes again, with an order that a unit of the city had completed."""
    directory = bench.desk.directory(bench.city.code)
    former = completed(bench, explain_only=True)
    unit = directory.by_duty["market"]
    lead_of(former).unit = unit
    again = bench.desk.explained_again(bench.city.code, former.case, [former], bench.regime)
    return {
        "orders": len(again),
        "same_unit": [choice_of(decision).lead == unit for decision in again],
        "basis": [decision.basis for decision in again],
    }


def _below(directory: Directory, unit: str, level: str) -> str:
    """The first of that level that stands below."""
    return next(u.id for u in directory.units.values() if u.level == level and directory.is_or_below(u.id, unit))


def _pass_on(bench: Bench, unit: str, down: list[str]) -> Found:
    directory, regime = bench.desk.directory(bench.city.code), bench.regime
    assert regime.passing is not None
    order = in_handling(sent(bench, lead=unit))
    part, by = lead_of(order), unit
    for number, section in enumerate(down):
        passing.check(
            order, part, by=by, section=section, rules=regime.passing, directory=directory,
            grass_roots=regime.grass_roots,
        )  # fmt: skip
        passing.pass_on(order, Passing(f"passing-{number}", part.id, section, by, NOW), note=None)
        by = section
    return {
        "in_hand_of": directory.name_of(by),
        "responsible": directory.name_of(part.unit),
        "basis": [str(regime.passing.basis)],
    }


@asks("dispatch.sub_dispatch")
def a_passing(bench: Bench, *, unit: str, down: list[str]) -> Found:
    """From the unit to its section, from the section further down; by their ids in the city's directory."""
    return _pass_on(bench, unit, down)


@asks("dispatch.grass_roots")
def down_to_a_town(bench: Bench, *, duty: str, level: str, returns_it: bool = False) -> Found:
    """The unit of that duty passes it to the first below it of that level; or a town that got it returns it."""
    directory = bench.desk.directory(bench.city.code)
    unit = directory.by_duty[duty]
    below = _below(directory, unit, level)
    if not returns_it:
        return _pass_on(bench, unit, [below])
    order = sent(bench, lead=below)
    part = lead_of(order)
    asked = ReturnRequest(ReturnKind.DEPARTMENT_DUTY, unit, NOW, False)
    returns.request(order, part, asked, rules=bench.regime.returns, now=NOW, ladder=bench.regime.disputes)
    returns.agree(order, part, now=NOW)
    return {"outcome": asked.outcome, "town_has_it": part.is_active}


@asks("dispatch.hand_over")
def a_hand_over(bench: Bench, *, mode: str, signed: bool = False, pending_return: bool = False) -> Found:
    """To another tenant: up to the province, or across cities."""
    order = in_handling(sent(bench)) if signed else sent(bench)
    part = lead_of(order)
    if pending_return:
        asked = ReturnRequest(ReturnKind.NOT_OURS, OTHER, NOW, False)
        returns.request(order, part, asked, rules=bench.regime.returns, now=NOW, ladder=bench.regime.disputes)
    handing_over.check(order, HandOverMode(mode), bench.regime.hand_over, bench.ref)
    return {"may_leave": True}


@asks("dispatch.disputes")
def a_dispute(
    bench: Bench,
    *,
    ground: str,
    steps: list[str] | None = None,
    decided_by: str = "",
    emergency_class: str = "",
    returns_it: bool = False,
) -> Found:
    """Opened on that ground, led down those steps, settled by the last of them or the one named."""
    rules = bench.regime.disputes
    assert rules is not None
    order = in_handling(sent(bench, emergency_class=emergency_class))
    first, *others = steps or [""]
    dispute, _ = disputes.open_dispute(order, Opening(ground, step=first), id="dispute-1", rules=rules, now=NOW)
    found: Found = {
        "begins_with": rules.steps[rules.place(dispute.current.code)].zh,
        "made_safe_by": dispute.made_safe_by,
    }
    for code in others:
        disputes.advance(order, dispute, code, participants=[], rules=rules, now=NOW)
    step = disputes.deciding_step(dispute, decided_by, rules)
    disputes.settle(order, dispute, step, lead=OTHER, co_units=[], ids=ids(), now=NOW)
    lead = lead_of(order)
    found |= {
        "decided_by": step.zh,
        "lead": str(lead.role),
        "names": str(step.names),
        "basis": [str(step.basis), str(rules.grounds[ground].basis)],
    }
    if returns_it:
        handling.sign(order, lead, now=NOW)
        asked = ReturnRequest(ReturnKind.NOT_OURS, LEAD, NOW, False)
        returns.request(order, lead, asked, rules=bench.regime.returns, now=NOW, ladder=rules)
    return found
