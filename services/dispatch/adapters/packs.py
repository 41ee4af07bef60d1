"""``packs/<name>/dispatch.yaml`` read into the domain's Regime."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from chassis import policy
from chassis.codes import case_codes, clock_kinds, unknown
from chassis.packs import PackFolder
from chassis.policy import Policy, PolicyError
from services.dispatch.adapters.ladders import DisputesEntry, GroundEntry, faults, ladder
from services.dispatch.adapters.level_packs import (
    GrassRootsEntry,
    HandOverEntry,
    RaisingEntry,
    SubDispatchEntry,
    grass_roots,
    hand_over_rules,
    passing_rules,
    raising_rules,
)
from services.dispatch.adapters.reply_packs import (
    EndingsEntry,
    FilingEntry,
    LeaderReviewEntry,
    RedoClassEntry,
    StatementsEntry,
    end_rules,
    filing_rules,
    redo_classes,
    statement_rules,
)
from services.dispatch.adapters.staff_packs import StaffEntry, staff_rules
from services.dispatch.adapters.supervision_packs import SupervisionEntry, supervision_problems, supervision_rules
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.regime import (
    Counted,
    ExtensionHow,
    ExtensionRules,
    ForceMajeureRules,
    FormRules,
    Ground,
    LateReturn,
    Length,
    LongCycle,
    Overrides,
    RedoRules,
    Regime,
    ReturnRules,
)
from services.dispatch.domain.routing import Step
from services.dispatch.domain.states import Bar, Finding, ReturnKind

ReturnField = Literal["reason", "basis", "suggested_unit"]
ExtensionField = Literal["reason", "agreed_by"]
LongCycleField = Literal["reason", "basis", "confirmed_by"]
ForceMajeureField = Literal["reason", "evidence"]
FormField = Literal["result", "result_kind", "handler", "legal_basis", "section", "reviewed_by", "filing"]


def _distinct(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if len(set(steps)) < len(steps):
        raise policy.Unsound("派单各步骤只列一次", "each step of routing stands once")
    return steps


class RoutingEntry(Policy):
    order: Annotated[tuple[Step, ...], Field(min_length=1), AfterValidator(_distinct)]
    basis: policy.Basis
    # What shared rules of the catalogue rest on here, where their own basis is an article of another regime.
    shared: dict[Step, policy.Basis]


class CompoundEntry(Policy):
    orders: Literal["one", "one_per_unit_without_lead"]
    basis: policy.Basis


class RepeatsEntry(Policy):
    to: Literal["former_unit"]
    basis: policy.Basis


class ReturnsEntry(Policy):
    kinds: Annotated[tuple[ReturnKind, ...], Field(min_length=1)]
    required: tuple[ReturnField, ...]
    required_while_handling: tuple[ReturnField, ...] = ()
    late: LateReturn
    agreed_at_most: Annotated[int, Field(ge=1)]
    basis: policy.Basis
    out_of_scope_basis: policy.Basis
    refusal_grounds: Annotated[tuple[GroundEntry, ...], Field(min_length=1)]


class OverridesEntry(Policy):
    bars: Annotated[tuple[Bar, ...], Field(min_length=1)]
    basis: policy.Basis


class LongCycleEntry(Policy):
    how: ExtensionHow
    count: Annotated[int, Field(ge=1)]
    required: tuple[LongCycleField, ...]
    basis: policy.Basis


class ExtensionsEntry(Policy):
    how: ExtensionHow
    count: Annotated[int, Field(ge=0)]
    counted: Counted
    length: Length
    barred_categories: tuple[str, ...]
    barred_emergencies: bool
    required: tuple[ExtensionField, ...]
    told_by: Literal["unit", "platform"]
    basis: policy.Basis
    overrides: OverridesEntry | None = None
    long_cycle: LongCycleEntry | None = None


class ForceMajeureEntry(Policy):
    clocks: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")], ...], Field(min_length=1)]
    required: tuple[ForceMajeureField, ...]
    basis: policy.Basis


class RedoEntry(Policy):
    findings: tuple[Finding, ...]
    at_most: Annotated[int, Field(ge=0)]
    afterwards: str
    on_revisit: bool = False
    classes: tuple[RedoClassEntry, ...] = ()
    basis: policy.Basis


class FormEntry(Policy):
    required: Annotated[tuple[FormField, ...], Field(min_length=1)]
    required_by_category: dict[str, tuple[FormField, ...]] = {}
    citizen_answered: bool
    suggestion_adopted: bool
    filing: FilingEntry | None = None
    leader_review: LeaderReviewEntry | None = None
    basis: policy.Basis


class DispatchFile(Policy):
    """The dispatch part of a rule pack."""

    pack: str
    routing: RoutingEntry
    compound: CompoundEntry
    repeats: RepeatsEntry | None = None
    returns: ReturnsEntry
    extensions: ExtensionsEntry
    redo: RedoEntry
    form: FormEntry
    # Versions that were released before there was a ledger supervise nothing.
    supervision: SupervisionEntry = SupervisionEntry()
    force_majeure: ForceMajeureEntry | None = None
    disputes: DisputesEntry | None = None
    statements: StatementsEntry | None = None
    endings: EndingsEntry | None = None
    sub_dispatch: SubDispatchEntry | None = None
    grass_roots: GrassRootsEntry | None = None
    hand_over: HandOverEntry | None = None
    raising: RaisingEntry | None = None
    staff: StaffEntry | None = None


def load_regime(folder: PackFolder) -> Regime:
    """Raises PolicyError with file and line for whatever dispatch could not apply."""
    source, pack = folder.file("dispatch.yaml"), folder.name
    file = source.load(DispatchFile)
    if file.pack != pack:
        zh, en = f"文件属于 {file.pack}，文件夹属于 {pack}", f"the file is of {file.pack}, the folder of {pack}"
        raise PolicyError([source.fault("pack", zh, en)])
    codes = case_codes(folder)
    categories = (*file.extensions.barred_categories, *file.form.required_by_category)
    problems = list(unknown(source, categories, codes.categories, "类别", "category"))
    grounds = {g.code: g.basis for g in file.returns.refusal_grounds}
    problems += faults(source, file.disputes, codes.emergency_classes, grounds) if file.disputes else ()
    problems += supervision_problems(folder, file.supervision)
    problems += unknown(source, file.raising.on_breach if file.raising else (), clock_kinds(folder), "时限", "clock")
    if problems:
        raise PolicyError(problems)
    supervision = supervision_rules(file.supervision)
    return Regime(
        pack=pack,
        routing=file.routing.order,
        one_order=file.compound.orders == "one",
        repeats=_basis(file.repeats.basis) if file.repeats else None,
        returns=_returns(file.returns, file.grass_roots),
        extensions=_extensions(file.extensions),
        redo=_redo(file.redo, waits_for_finding=supervision.decides_after_redo),
        form=_form(file.form),
        supervision=supervision,
        force_majeure=_force_majeure(file.force_majeure) if file.force_majeure else None,
        disputes=ladder(file.disputes, grounds) if file.disputes else None,
        statements=statement_rules(file.statements) if file.statements else None,
        endings=end_rules(file.endings) if file.endings else None,
        passing=passing_rules(file.sub_dispatch) if file.sub_dispatch else None,
        grass_roots=grass_roots(file.grass_roots) if file.grass_roots else None,
        hand_over=hand_over_rules(file.hand_over) if file.hand_over else None,
        raising=raising_rules(file.raising) if file.raising else None,
        staff=staff_rules(file.staff) if file.staff else None,
    )


def _redo(entry: RedoEntry, *, waits_for_finding: bool) -> RedoRules:
    return RedoRules(
        findings=frozenset(entry.findings),
        at_most=entry.at_most,
        afterwards=entry.afterwards,
        basis=_basis(entry.basis),
        on_revisit=entry.on_revisit,
        waits_for_finding=waits_for_finding,
        classes=redo_classes(entry.classes),
    )


def _form(entry: FormEntry) -> FormRules:
    return FormRules(
        required=frozenset(entry.required),
        required_by_category={c: frozenset(fields) for c, fields in entry.required_by_category.items()},
        citizen_answered=entry.citizen_answered,
        suggestion_adopted=entry.suggestion_adopted,
        basis=_basis(entry.basis),
        filing=filing_rules(entry.filing) if entry.filing else None,
        leader_review=_basis(entry.leader_review.basis) if entry.leader_review else None,
    )


def _force_majeure(entry: ForceMajeureEntry) -> ForceMajeureRules:
    return ForceMajeureRules(frozenset(entry.clocks), frozenset(entry.required), _basis(entry.basis))


def _returns(entry: ReturnsEntry, towns: GrassRootsEntry | None) -> ReturnRules:
    of_towns = {ReturnKind.DEPARTMENT_DUTY} if towns else set()
    return ReturnRules(
        kinds=frozenset({*entry.kinds, *of_towns}),
        required=frozenset(entry.required),
        required_while_handling=frozenset(entry.required_while_handling),
        late=entry.late,
        agreed_at_most=entry.agreed_at_most,
        refusal_grounds={g.code: Ground(g.zh, g.en, _basis(g.basis)) for g in entry.refusal_grounds},
        basis=_basis(entry.basis),
        out_of_scope_basis=_basis(entry.out_of_scope_basis),
    )


def _extensions(entry: ExtensionsEntry) -> ExtensionRules:
    return ExtensionRules(
        how=entry.how,
        count=entry.count,
        counted=entry.counted,
        length=entry.length,
        barred_categories=frozenset(entry.barred_categories),
        barred_emergencies=entry.barred_emergencies,
        required=frozenset(entry.required),
        told_by=entry.told_by,
        basis=_basis(entry.basis),
        overrides=_overrides(entry.overrides) if entry.overrides else None,
        long_cycle=_long_cycle(entry.long_cycle) if entry.long_cycle else None,
    )


def _overrides(entry: OverridesEntry) -> Overrides:
    return Overrides(frozenset(entry.bars), _basis(entry.basis))


def _long_cycle(entry: LongCycleEntry) -> LongCycle:
    return LongCycle(entry.how, entry.count, frozenset(entry.required), _basis(entry.basis))


def _basis(basis: policy.Basis) -> Basis:
    return Basis(basis.rule, basis.article)
