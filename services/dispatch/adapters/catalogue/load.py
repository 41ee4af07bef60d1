"""Reading a city's directory and catalogue into a Router; whatever cannot be evaluated stops the load."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chassis.codes import CaseCodes, case_codes
from chassis.packs import PackFolder, Packs, load_packs
from chassis.policy import Basis, City, Policy, PolicyError, Problem, fault, load
from chassis.regulations import DEFAULT, Regulations
from services.dispatch.adapters.catalogue.check import check_directory, check_rule
from services.dispatch.adapters.catalogue.files import (
    AreasFile,
    BaseFile,
    CityFile,
    ItemsFile,
    RuleEntry,
    RuleLists,
    ScoringEntry,
    UnitsFile,
)
from services.dispatch.adapters.packs import DispatchFile
from services.dispatch.domain.routing import Area, Conditions, Directory, Router, Rule, Scoring, Step, Unit

LISTS = {
    Step.EMERGENCY: "emergency",
    Step.ITEM: "items",
    Step.CATALOGUE: "catalogue",
    Step.TERRITORY: "territory",
    Step.FALLBACK: "fallback",
}


@dataclass(frozen=True)
class Shared:
    """What all cities share: the items, the base catalogue, and what cases can be under any of the packs."""

    path: Path
    base: BaseFile
    items: ItemsFile
    packs: Packs
    cases: CaseCodes
    # Texts in force under every pack; decisions where every text is silent count as one.
    everywhere: frozenset[str]


def load_shared(policies: Path) -> Shared:
    path = policies / "catalogue" / "base.yaml"
    packs = load_packs(policies)
    return Shared(
        path,
        load(path, BaseFile),
        load(policies / "items.yaml", ItemsFile),
        packs,
        case_codes(*packs.followed),
        frozenset({DEFAULT.partition("-")[0], *load(policies / "regulations.yaml", Regulations).national}),
    )


def load_directory(policies: Path, city: str, duties: frozenset[str]) -> Directory:
    """Raises PolicyError for an unknown or circular superior, or a duty that not exactly one unit holds."""
    folder = policies / "cities" / city
    units, areas = load(folder / "units.yaml", UnitsFile), load(folder / "areas.yaml", AreasFile)
    _same_city(folder / "units.yaml", units, city)
    _same_city(folder / "areas.yaml", areas, city)
    problems = check_directory(folder, units, areas, duties)
    if problems:
        raise PolicyError(problems)
    return Directory(
        city,
        [Unit(**entry.model_dump()) for entry in units.units],
        [Area(**entry.model_dump()) for entry in areas.areas],
    )


def load_router(policies: Path, city: str, shared: Shared) -> Router:
    """The routing of one city: the shared rules with the city's own over them."""
    directory = load_directory(policies, city, frozenset(shared.base.duties))
    pack = shared.packs.of(load(policies / "cities" / city / "city.yaml", City))
    basis_of = _bases_here(pack, shared.everywhere)
    path = policies / "cities" / city / "catalogue.yaml"
    own = load(path, CityFile)
    _same_city(path, own, city)
    rules: dict[str, Rule] = {}
    problems: list[Problem] = []
    for file, lists, cases in (
        (shared.path, shared.base, shared.cases),
        (path, own, case_codes(pack)),
    ):
        seen: set[str] = set()
        for step, entry in _entries(lists):
            problems += check_rule(file, entry, directory, shared.items, cases)
            if entry.id in seen:
                problems.append(fault(file, entry.id, f"规则 {entry.id} 重复", f"rule {entry.id} stands twice"))
            seen.add(entry.id)
            if not problems:
                rules[entry.id] = _rule(step, entry, basis_of(step, entry), directory, shared.base.scoring)
    for dropped in own.drop:
        if rules.pop(dropped, None) is None and not problems:
            problems.append(fault(path, dropped, f"没有规则 {dropped}", f"there is no rule {dropped} to drop"))
    if problems:
        raise PolicyError(problems)
    scoring = Scoring(shared.base.scoring.subject_factor, shared.base.scoring.least)
    unclear = (item.code for item in shared.items.items if item.unclear)
    return Router(directory, rules.values(), scoring, unclear)


def _bases_here(pack: PackFolder, everywhere: frozenset[str]) -> Callable[[Step, RuleEntry], Basis]:
    """No article of another regime explains a dispatch: the pack says on which of its own a shared rule rests."""
    source = pack.file("dispatch.yaml")
    here = source.load(DispatchFile).routing.shared
    in_force = {*pack.regulations, *everywhere}

    def basis_of(step: Step, entry: RuleEntry) -> Basis:
        if entry.basis.rule.rpartition("-")[0] in in_force:
            return entry.basis
        if step not in here:
            zh, en = f"共享规则 {entry.id} 在此无依据", f"the shared rule {entry.id} has no basis here"
            raise PolicyError([source.fault("shared", zh, en)])
        return here[step]

    return basis_of


def _entries(lists: RuleLists) -> Iterator[tuple[Step, RuleEntry]]:
    for step, name in LISTS.items():
        entries: tuple[RuleEntry, ...] = getattr(lists, name)
        yield from ((step, entry) for entry in entries)


def _rule(step: Step, entry: RuleEntry, basis: Basis, directory: Directory, scoring: ScoringEntry) -> Rule:
    def unit_of(name: str) -> str:
        return directory.by_duty.get(name, name)

    weights = {
        **dict.fromkeys(entry.words.weak, scoring.weak),
        **dict.fromkeys(entry.words.words, scoring.words),
        **dict.fromkeys(entry.words.strong, scoring.strong),
    }
    return Rule(
        id=entry.id,
        step=step,
        rule=basis.rule,
        article=basis.article,
        unit=unit_of(entry.duty or entry.unit),
        otherwise=unit_of(entry.otherwise),
        co_units=tuple(unit_of(name) for name in entry.co),
        led=entry.led,
        when=Conditions(
            categories=frozenset(entry.when.category),
            items=frozenset({*entry.items, *entry.when.item}),
            areas=frozenset(entry.when.area),
            emergency_classes=frozenset(entry.when.emergency_class),
            attributes=tuple(sorted(entry.when.attributes.items())),
            without_item=entry.when.without_item,
            after_return=entry.when.after_return,
        ),
        weights=weights,
    )


def _same_city(path: Path, file: Policy, city: str) -> None:
    stated = getattr(file, "city", "")
    if stated != city:
        raise PolicyError(
            [
                fault(
                    path,
                    "city",
                    f"文件属于 {stated}，文件夹属于 {city}",
                    f"the file is of {stated}, the folder of {city}",
                )
            ]
        )
