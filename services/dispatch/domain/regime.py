"""What a rule pack says to dispatch; every part names its rule and article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from services.dispatch.domain.basis import Basis
from services.dispatch.domain.reply_rules import EndRules, FilingRules, RedoClass, StatementRules
from services.dispatch.domain.routing.rules import Step
from services.dispatch.domain.staff import StaffRules
from services.dispatch.domain.states import Bar, Finding, HandOverMode, ReturnKind, Route
from services.dispatch.domain.supervision_rules import SupervisionRules


class LateReturn(StrEnum):
    """A return after its limit: counted as overdue (S24 art. 18), refused (P18), or, once signed, still open.

    Open (F16 art. 19) means in time until the deadline of the order, and refused after it.
    """

    OPEN = "open"
    OVERDUE = "overdue"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of the pack on which a return is refused."""

    zh: str
    en: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class ReturnRules:
    """退单: which kinds, what must be stated, what lateness means, how many may be agreed."""

    kinds: frozenset[ReturnKind]
    required: frozenset[str]
    # Beside those, once the unit has signed.
    required_while_handling: frozenset[str]
    late: LateReturn
    agreed_at_most: int
    refusal_grounds: Mapping[str, Ground]
    basis: Basis
    out_of_scope_basis: Basis


class ExtensionHow(StrEnum):
    FILING = "filing"
    APPROVAL = "approval"


class Counted(StrEnum):
    """Whether refused applications use up the count."""

    GRANTS = "grants"
    APPLICATIONS = "applications"


class Length(StrEnum):
    """How long an extension may be, against the limit."""

    AT_MOST_LIMIT = "at_most_limit"
    EQUAL_TO_LIMIT = "equal_to_limit"


@dataclass(frozen=True, slots=True)
class LongCycle:
    """需办理周期较长: longer than the limit, by a route of its own (P18 art. 13)."""

    how: ExtensionHow
    count: int
    required: frozenset[str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a supervisor may lift, on record."""

    bars: frozenset[Bar]
    basis: Basis


@dataclass(frozen=True, slots=True)
class ExtensionRules:
    """延期: filed or approved, how often, how long, for whom never, and who tells the citizen."""

    how: ExtensionHow
    count: int
    counted: Counted
    length: Length
    barred_categories: frozenset[str]
    barred_emergencies: bool
    required: frozenset[str]
    told_by: str
    basis: Basis
    overrides: Overrides | None = None
    long_cycle: LongCycle | None = None

    def how_of(self, route: Route) -> ExtensionHow:
        return self.long_cycle.how if self.long_cycle and route is Route.LONG_CYCLE else self.how


@dataclass(frozen=True, slots=True)
class ForceMajeureRules:
    """不可抗力: which clocks a supervisor may excuse by it, and what must be stated."""

    clocks: frozenset[str]
    required: frozenset[str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class RedoRules:
    """重办: on which findings (none: at once, without verification), how often, and what follows then."""

    findings: frozenset[Finding]
    at_most: int
    afterwards: str
    basis: Basis
    # Whether "not done" or "dissatisfied" in a return visit counts as such a rating does.
    on_revisit: bool = False
    # After the last redo the case waits for the finding of a supervision.
    waits_for_finding: bool = False
    # One of them is named with the reply of a redo, where the pack knows any.
    classes: Mapping[str, RedoClass] = field(default_factory=dict)

    @property
    def at_once(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True)
class FormRules:
    """办结: fields of the closing form, also by category, and whether a reply needs an answered citizen."""

    required: frozenset[str]
    required_by_category: Mapping[str, frozenset[str]]
    citizen_answered: bool
    suggestion_adopted: bool
    basis: Basis
    filing: FilingRules | None = None
    # Where the unit's own leader reviews a reply before it is one.
    leader_review: Basis | None = None

    def required_for(self, category: str) -> frozenset[str]:
        return self.required | self.required_by_category.get(category, frozenset())


class Names(StrEnum):
    """Whom a step may name: anybody, the unit of an area (属地兜底), or the fallback unit of the catalogue."""

    ANY = "any"
    AREA = "area"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step towards the unit that must take it; its limit is a clock of sla."""

    code: str
    zh: str
    en: str
    names: Names
    # The named unit leads as fallback unit (兜底).
    as_fallback: bool
    # Only where another step has not helped.
    after_another: bool
    # Duties of the directory whose units are asked to come.
    invites: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class MakeSafe:
    """For which emergencies the first unit makes safe what is dangerous while ownership is open (F16 art. 19)."""

    emergency_classes: frozenset[str]
    basis: Basis


# Grounds that no hand gives: the rule itself opens the dispute where the pack has them.
RETURNS_USED_UP, EQUAL_CLAIMS = "returns_used_up", "equal_claims"


@dataclass(frozen=True, slots=True)
class DisputeRules:
    """权责争议: on which grounds, by which steps, and why a unit so named may not return."""

    grounds: Mapping[str, Ground]
    steps: tuple[LadderStep, ...]
    make_safe: MakeSafe | None
    fixed: Basis

    def step(self, code: str) -> LadderStep | None:
        return next((step for step in self.steps if step.code == code), None)

    def place(self, code: str) -> int:
        """How far down the ladder the step stands."""
        return [step.code for step in self.steps].index(code)


@dataclass(frozen=True, slots=True)
class PassingRules:
    """转办: how many steps below the unit an order may be passed on."""

    depth: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class HandOverRules:
    """移交: by which modes an order goes to another tenant."""

    modes: frozenset[HandOverMode]
    basis: Basis


@dataclass(frozen=True, slots=True)
class GrassRoots:
    """基层: units of these levels are not given what a department must do."""

    levels: frozenset[str]
    departments: frozenset[str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class RaisingRules:
    """提级办理: after so many agreed returns, or when one of these clocks is breached."""

    returns: int
    clocks: frozenset[str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Regime:
    """The dispatch part of one rule pack."""

    pack: str
    routing: tuple[Step, ...]
    # False: units that need no lead get an order each (P18 art. 8(3)).
    one_order: bool
    # Where a repeat goes back to the unit that answered it, for explanation only (P18 art. 8(5)).
    repeats: Basis | None
    returns: ReturnRules
    extensions: ExtensionRules
    redo: RedoRules
    form: FormRules
    supervision: SupervisionRules
    force_majeure: ForceMajeureRules | None = None
    disputes: DisputeRules | None = None
    statements: StatementRules | None = None
    endings: EndRules | None = None
    passing: PassingRules | None = None
    grass_roots: GrassRoots | None = None
    hand_over: HandOverRules | None = None
    raising: RaisingRules | None = None
    staff: StaffRules | None = None
