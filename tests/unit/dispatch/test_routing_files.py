"""The routing files: a rule that cannot be evaluated stops the load, with file and line."""

import shutil
from pathlib import Path

import pytest

from chassis.packs import load_packs
from chassis.policy import PolicyError
from chassis.settings import ROOT
from services.dispatch.adapters.catalogue import load_router, load_shared
from services.dispatch.adapters.packs import load_regime

CATALOGUE, UNITS, AREAS, CITY = (f"cities/350100/{name}.yaml" for name in ("catalogue", "units", "areas", "city"))
BASE = "catalogue/base.yaml"
PACK, HEAD, INTAKE, CLOCKS = (f"packs/fujian-2016/{name}.yaml" for name in ("dispatch", "pack", "intake", "sla"))


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    for name in (BASE, "items.yaml", "regulations.yaml", PACK, HEAD, INTAKE, CLOCKS, CITY, CATALOGUE, UNITS, AREAS):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "policies" / name, target)
    return tmp_path


def change(policies: Path, file: str, old: str, new: str) -> int:
    """Replaces the first occurrence and returns its line."""
    path = policies / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def load_city(policies: Path) -> None:
    load_router(policies, "350100", load_shared(policies))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (CATALOGUE, "to: area", "unit: 350100-nobody", "no unit 350100-nobody"),
        (CATALOGUE, '{rule: F16-04, article: "5"}}', "{rule: F16-04}}", "article"),
        (CATALOGUE, 'area: ["350121"', 'area: ["350199"', "unknown area 350199"),
        (BASE, "duty: gas", "duty: steam", "no unit holds steam"),
        (BASE, 'items: ["10"]', 'items: ["99"]', "unknown item 99"),
        (BASE, 'handed_over: "no"', 'handed_over: "maybe"', "unknown attribute handed_over=maybe"),
        (BASE, "[停气, 漏气]", "[停气, 停气]", "stands twice"),
        (BASE, "duty: gas", "dutty: gas", "unknown key"),
        (BASE, 'items: ["10"]', "when: {emergency_class: [urgnt]}", "unknown emergency class urgnt"),
        (BASE, 'items: ["10"]', "when: {category: [complant]}", "unknown category complant"),
        (CATALOGUE, 'area: ["350121"', 'category: [praise], area: ["350121"', "unknown category praise"),
        (UNITS, "supervised_by: 350100-government", "supervised_by: 350100-nobody", "no unit 350100-nobody"),
        (UNITS, "duties: [gas]", "duties: []", "no unit holds the duty gas"),
        (UNITS, "duties: [gas]", "duties: [gas, power]", "several units hold the duty power"),
        (UNITS, "duties: [government]", "duties: [government], supervised_by: 350100-housing", "circle"),
        (AREAS, "unit: 350102-government", "unit: 350102-nobody", "no unit 350102-nobody"),
    ],
)
def test_a_fault_stops_the_load_with_file_and_line(policies: Path, file: str, old: str, new: str, says: str) -> None:
    change(policies, file, old, new)
    with pytest.raises(PolicyError) as error:
        load_city(policies)
    assert says in str(error.value)
    assert file in str(error.value)
    assert all(problem.line > 0 for problem in error.value.problems)


def test_a_rule_without_any_condition_is_refused(policies: Path) -> None:
    path = policies / CATALOGUE
    extra = "  - {id: X-all, duty: gas, basis: {rule: F16-04, article: '5'}}\n"
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    with pytest.raises(PolicyError, match="asks for nothing"):
        load_city(policies)


def test_a_fault_names_the_line_of_its_rule(policies: Path) -> None:
    line = change(policies, BASE, 'id: I-expressways, items: ["10"]', 'id: I-expressways, items: ["99"]')
    with pytest.raises(PolicyError) as error:
        load_city(policies)
    assert [p.line for p in error.value.problems] == [line]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("barred_categories: [", "barred_categories: [consultations", "no category consultations"),
        (
            "citizen_answered:",
            "required_by_category: {sugestion: [result]}\n  citizen_answered:",
            "no category sugestion",
        ),
        ("order: [emergency, item,", "order: [emergency, item, item,", "each step of routing stands once"),
        ("rule: F16-23", "rule: F16-99", "no regulation has a rule F16-99"),
    ],
)
def test_a_word_that_nobody_defines_stops_the_load_at_its_line(policies: Path, old: str, new: str, says: str) -> None:
    line = change(policies, PACK, old, new)
    with pytest.raises(PolicyError, match=says) as refused:
        load_regime(load_packs(policies).current["fujian-2016"])
    assert (refused.value.file, refused.value.line) == (policies / PACK, line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("how: filing", "how: asking"),
        ("agreed_at_most: 2", "agreed_at_most: two"),
        ("pack: fujian-2016", "pack: other"),
    ],
)
def test_a_pack_that_dispatch_cannot_apply_is_refused(policies: Path, old: str, new: str) -> None:
    change(policies, PACK, old, new)
    with pytest.raises(PolicyError):
        load_regime(load_packs(policies).current["fujian-2016"])


@pytest.mark.parametrize(
    ("city", "texts"),
    [("350100", {"F16", "F21"}), ("350200", {"F16", "F21"}), ("610926", {"P18"}), ("230500", {"S24"})],
)
def test_no_city_dispatches_by_an_article_of_another_regime(city: str, texts: set[str]) -> None:
    policies = ROOT / "policies"
    router = load_router(policies, city, load_shared(policies))
    assert {rule.rule.rpartition("-")[0] for rule in router.rules} <= texts | {"N25", "platform"}
