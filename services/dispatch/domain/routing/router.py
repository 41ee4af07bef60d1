"""Ordered routing: the first step with a match decides; among its matches the most specific, then the highest score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.dispatch.domain.routing import words
from services.dispatch.domain.routing.decision import Decision, Match, Outcome
from services.dispatch.domain.routing.directory import Directory
from services.dispatch.domain.routing.rules import CaseFacts, Rule, Score, Scoring, Step
from services.dispatch.domain.routing.terms import WordScores

Scores = Mapping[str, Score]
_SILENT = Score()


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    unit: str
    rank: tuple[int, int]
    terms: tuple[str, ...]


class Router:
    """The routing of one city. Pure: the same facts always give the same decision."""

    def __init__(
        self, directory: Directory, rules: Iterable[Rule], scoring: Scoring, unclear_items: Iterable[str] = ()
    ) -> None:
        self.directory = directory
        self._unclear_items = frozenset(unclear_items)
        self.rules = tuple(rules)
        self._by_step = {step: tuple(r for r in self.rules if r.step is step) for step in Step}
        # Each step reads for itself, so that the emergency's 燃气泄漏 does not hide the catalogue's 燃气.
        self._words = {step: WordScores(rules, scoring) for step, rules in self._by_step.items()}

    def decide(self, case: CaseFacts, steps: Sequence[Step]) -> Decision:
        """Where the case goes when the steps are taken in the given order."""
        case = self._completed(case)
        steps = self._for_item(case.item, steps)
        scores = {
            rule: score
            for step in steps
            if step is not Step.EMERGENCY or case.emergency_class
            for rule, score in self._words[step].of(case.subject, case.text).items()
        }
        hits = {step: self._hits(step, case, scores) for step in steps}
        deciding = next((step for step in steps if hits[step]), None)
        order = tuple(str(step) for step in steps)
        if deciding is None:
            return Decision(Outcome.NO_ROUTE, steps=order, zh=words.NO_ROUTE_ZH, en=words.NO_ROUTE_EN)
        matches = tuple(self._match(hit) for step in steps for hit in hits[step])
        best = hits[deciding][0]
        rivals = [hit for hit in hits[deciding] if hit.rank == best.rank]
        units = tuple(dict.fromkeys(hit.unit for hit in rivals))
        decision = Decision(
            Outcome.DISPATCHED if len(units) == 1 else Outcome.EQUAL_ROUTES,
            step=str(deciding),
            rule=best.rule.id,
            basis=best.rule.basis,
            matches=matches,
            attributes_that_matter=self._attributes_that_matter(deciding, steps, best, case, scores),
            steps=order,
        )
        if len(units) > 1:
            names = [self.directory.name_of(unit) for unit in units]
            return replace(decision, candidates=units, zh=words.equal_zh(names), en=words.equal_en(names))
        return self._sent(decision, best, case, hits[deciding][1:])

    def _completed(self, case: CaseFacts) -> CaseFacts:
        """The case with what follows from it: the area named in its text, and whether that is built up."""
        area = case.area or self.directory.area_named_in(case.subject + case.text)
        attributes = dict(case.attributes)
        if area in self.directory.areas and "built_up" not in attributes:
            attributes["built_up"] = "yes" if self.directory.areas[area].built_up else "no"
        return replace(case, area=area, attributes=attributes)

    def _for_item(self, item: str, steps: Sequence[Step]) -> Sequence[Step]:
        """Nobody owns an item 不明: its fallback unit comes right after the item list, before words and area."""
        if item not in self._unclear_items or not {Step.ITEM, Step.FALLBACK} <= set(steps):
            return steps
        others = [step for step in steps if step is not Step.FALLBACK]
        after = others.index(Step.ITEM) + 1
        return [*others[:after], Step.FALLBACK, *others[after:]]

    def _hits(self, step: Step, case: CaseFacts, scores: Scores) -> list[_Hit]:
        if step is Step.EMERGENCY and not case.emergency_class:
            return []
        hits = [hit for rule in self._by_step[step] if (hit := self._hit(rule, case, scores))]
        return sorted((h for h in hits if not h.rule.when.missing(case)), key=_best_first)

    def _hit(self, rule: Rule, case: CaseFacts, scores: Scores) -> _Hit | None:
        """The rule as if its attributes were as asked; None when something else speaks against it."""
        if not rule.when.hold_for(case):
            return None
        score = scores.get(rule.id, _SILENT)
        if rule.weights and not score.terms:
            return None
        area = self.directory.areas.get(case.area)
        unit = rule.unit or (area.unit if area else rule.otherwise)
        # Naming the area's own unit asks for the area, too: it goes before a rule for the whole city.
        facts = rule.when.count + (1 if area and not rule.unit else 0)
        return _Hit(rule, unit, (facts, score.value), score.terms) if unit and unit not in case.had_by else None

    def _attributes_that_matter(
        self, deciding: Step, steps: Sequence[Step], best: _Hit, case: CaseFacts, scores: Scores
    ) -> tuple[str, ...]:
        """Attributes with which a rule of this or an earlier step would have sent the case elsewhere."""
        names: set[str] = set()
        for step in steps[: list(steps).index(deciding) + 1]:
            for rule in self._by_step[step]:
                lacking = rule.when.missing(case)
                hit = self._hit(rule, case, scores) if lacking else None
                outranks = hit and (step is not deciding or hit.rank >= best.rank)
                if hit and outranks and hit.unit != best.unit:
                    names.update(lacking)
        return tuple(sorted(names | {name for name, _ in best.rule.when.attributes}))

    def _sent(self, decision: Decision, best: _Hit, case: CaseFacts, others: list[_Hit]) -> Decision:
        lead = self.away_from(best.unit, case.respondent_unit)
        if not lead:
            respondent = self.directory.name_of(case.respondent_unit)
            return replace(
                decision,
                outcome=Outcome.CONFLICT_OF_INTEREST,
                zh=words.conflict_zh(respondent),
                en=words.conflict_en(respondent),
            )
        co_units = tuple(
            unit
            for unit in dict.fromkeys(best.rule.co_units)
            if unit != lead and not self.in_conflict(unit, case.respondent_unit)
        )
        told = words.Told(
            unit=self.directory.name_of(lead),
            step=best.rule.step,
            rule=best.rule.id,
            basis=best.rule.basis,
            terms=best.terms,
            next_best=self.directory.name_of(others[0].unit) if others else "",
            moved_from=self.directory.name_of(best.unit) if lead != best.unit else "",
            attributes=decision.attributes_that_matter,
        )
        return replace(decision, lead=lead, co_units=co_units, led=best.rule.led, zh=told.zh(), en=told.en())

    def in_conflict(self, unit: str, respondent: str) -> bool:
        """A case about a unit's own conduct never goes to that unit or below it (P18 art. 35(3)2)."""
        return bool(respondent) and self.directory.is_or_below(unit, respondent)

    def away_from(self, unit: str, respondent: str) -> str:
        """The unit itself, or the one that supervises the respondent; empty when nobody is known."""
        if not self.in_conflict(unit, respondent):
            return unit
        return next(self.directory.superiors(respondent), "")

    def _match(self, hit: _Hit) -> Match:
        return Match(
            step=str(hit.rule.step),
            rule=hit.rule.id,
            unit=hit.unit,
            basis=hit.rule.basis,
            why=words.why(hit.rule.when, hit.terms, hit.rank[1]),
            rank=hit.rank,
        )


def _best_first(hit: _Hit) -> tuple[int, int, str]:
    return -hit.rank[0], -hit.rank[1], hit.rule.id
