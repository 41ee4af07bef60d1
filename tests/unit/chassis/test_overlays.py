"""A pack that lies over another holds only what it changes; the case keeps all layers by name and version."""

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.documents import plain
from chassis.overlays import laid_over
from chassis.packs import STACKS, PackFolder, load_packs, release, unreleased_beside
from chassis.policy import PolicyError, load_cities
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.bootstrap import load_desk
from services.intake.adapters.regimes import PolicyRegimes
from services.knowledge.adapters.offices import Offices
from services.notify.adapters.policies import load_book
from services.sla.adapters.policies import failed_examples, load_rulebook, load_rules
from services.sla.domain.facts import Facts

HEAD = """\
name: {name}
version: 1.0.0
title: {{zh: 某市办法, en: measures of a city}}
extends: {extends}
regulations: [G26]
in_force:
  from: 2026-01-01
  status: draft
  basis: {{rule: G26-01, article: "1"}}
"""
SLA = """\
pack: xiamen-2026
clocks:
  - kind: sign
    limits:
      - {limit: 4 working_hour, basis: {rule: G26-02, article: "2"}}
  - kind: finish
    limits:
      - {when: {category: complaint}, limit: 8 working_day, basis: {rule: G26-03, article: "3"}}
      - {when: {category: complaint, explain_only: true}, limit: 2 working_day, basis: {rule: G26-04, article: "4"}}
examples:
  - kind: finish
    facts: {category: complaint}
    start: "2026-09-24 14:05"
    due: "2026-10-13 17:30"
    note: {zh: 八个工作日, en: eight working days}
"""
INTAKE = """\
pack: xiamen-2026
regulations:
  - {code: G26, name: 《某市办法》}
grounds:
  - {code: other_law, remove: true}
  - code: discipline
    next_authority: 市纪委监委（12388）
    basis: {rule: G26-05, article: "5"}
  - code: games
    text: {zh: 网络游戏账号纠纷, en: quarrels over accounts of games}
    basis: {rule: G26-06, article: "6"}
    next_authority: 人民法院
    script: {zh: 请向人民法院起诉。, en: Please turn to a court.}
"""


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """Xiamen with measures of its own over those of its province."""
    policies = Path(shutil.copytree(ROOT / "policies", tmp_path / "policies"))
    with (policies / "regulations.yaml").open("a", encoding="utf-8") as file:
        file.write("  G26: {title: 某市办法, last: 9}\n")
    write(policies, "pack", HEAD.format(name="xiamen-2026", extends="fujian-2016"))
    write(policies, "sla", SLA)
    write(policies, "intake", INTAKE)
    replace(policies / "cities" / "350200" / "city.yaml", "pack: fujian-2016", "pack: xiamen-2026")
    return policies


def write(policies: Path, file: str, text: str, pack: str = "xiamen-2026") -> Path:
    path = policies / "packs" / pack / f"{file}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def of_xiamen(policies: Path) -> PackFolder:
    return load_packs(policies).of(load_cities(policies)["350200"])


REF = "fujian-2016@1.0.0+xiamen-2026@1.0.0"


def test_a_city_lies_over_its_province(policies: Path) -> None:
    book = load_rulebook(policies)
    assert (book.cities["350200"], book.cities["350100"]) == (REF, "fujian-2016@1.0.0")
    mine, province = book.packs[REF], book.packs["fujian-2016@1.0.0"]
    complaint, asked = Facts(category="complaint"), Facts(category="consultation")
    assert str(mine.entry("finish", complaint).limit) == "8 working_day"
    assert str(mine.entry("finish", complaint).basis) == "G26-03 3"
    assert mine.entry("finish", asked) == province.entry("finish", asked)
    assert str(mine.entry("sign", asked).limit) == "4 working_hour"
    assert mine.rule("finish").holds == province.rule("finish").holds
    assert not list(failed_examples(policies, book))


def test_a_limit_that_is_added_is_asked_first(policies: Path) -> None:
    pack = load_rulebook(policies).packs[REF]
    assert str(pack.entry("finish", Facts(category="complaint", explain_only=True)).limit) == "2 working_day"


def test_all_services_take_the_merged_pack(policies: Path) -> None:
    intake = PolicyRegimes(policies).of("350200")
    assert intake.pack_name == REF
    codes = [ground.code for ground in intake.rules.grounds]
    assert "games" in codes
    assert "other_law" not in codes
    assert intake.rules.ground("discipline").next_authority == "市纪委监委（12388）"
    assert intake.rules.ground("discipline").text.zh == "属于纪检监察机关职责范围"
    assert load_desk(policies).packs["350200"] == REF
    assert REF in load_book(policies).packs
    assert Offices(policies).rules("350200").barred


def test_layers_may_lie_three_deep_and_the_highest_wins(policies: Path) -> None:
    write(policies, "pack", HEAD.format(name="district-2026", extends="xiamen-2026"), "district-2026")
    text = "pack: district-2026\nreturns:\n  agreed_at_most: 1\n  basis: {rule: G26-07, article: '7'}\n"
    write(policies, "dispatch", text, "district-2026")
    replace(policies / "cities" / "350200" / "city.yaml", "pack: xiamen-2026", "pack: district-2026")
    pack = of_xiamen(policies)
    assert pack.ref == f"{REF}+district-2026@1.0.0"
    assert load_regime(pack).returns.agreed_at_most == 1
    assert str(load_rules(policies, pack).entry("finish", Facts(category="complaint")).limit) == "8 working_day"


def load_all(policies: Path) -> None:
    for read in (load_rulebook, load_desk, PolicyRegimes):
        read(policies)


def fault(policies: Path) -> tuple[str, int, str]:
    with pytest.raises(PolicyError) as caught:
        load_all(policies)
    problem = caught.value.problems[0]
    assert any("一" <= c <= "鿿" for c in problem.zh)
    return problem.file.relative_to(policies).as_posix(), problem.line, problem.en


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("sla", "limit: 8 working_day", "limit: 8 working_dey", 8, "a limit reads like"),
        ("sla", "  - kind: sign\n", "  - kind: sign\n    surprise: 1\n", 4, "unknown key"),
        ("sla", "category: complaint, explain", "category: complaints, explain", 9, "no category complaints"),
        ("sla", ', basis: {rule: G26-03, article: "3"}', "", 8, "what changes limit must name its basis"),
        ("sla", "G26-03", "G26-33", 8, "no regulation has a rule G26-33"),
        ("sla", "pack: xiamen-2026", "pack: xiamen", 1, "folder xiamen-2026 and xiamen inside differ"),
        ("intake", "code: other_law", "code: other_lore", 5, "grounds has no such member to remove"),
        (
            "intake",
            '    basis: {rule: G26-05, article: "5"}\n',
            "",
            7,
            "what changes next_authority must name its basis",
        ),
        ("intake", "    next_authority: 人民法院\n", "", 9, "Field required"),
        ("intake", "code: games", "code: discipline", 9, "it stands twice in grounds"),
        ("intake", "{code: other_law, remove: true}", "{code: repeat, remove: true}", 1, "no ground repeat"),
        ("pack", "extends: fujian-2016", "extends: fujian-2017", 4, "there is no rule pack fujian-2017"),
        ("pack", "extends: fujian-2016", "extends: xiamen-2026", 4, "xiamen-2026 lies over itself"),
    ],
)
def test_a_fault_is_told_with_the_overlays_own_file_and_line(
    policies: Path, file: str, old: str, new: str, line: int, said: str
) -> None:
    replace(policies / "packs" / "xiamen-2026" / f"{file}.yaml", old, new)
    place, found, told = fault(policies)
    assert (place, found) == (f"packs/xiamen-2026/{file}.yaml", line), told
    assert said in told


def test_a_fault_below_is_told_with_the_file_below(policies: Path) -> None:
    replace(policies / "packs" / "fujian-2016" / "sla.yaml", "limit: 30 minute", "limit: 30 minutes")
    assert fault(policies)[0] == "packs/fujian-2016/sla.yaml"


def test_a_changed_limit_whose_example_was_forgotten_is_named_where_the_example_stands(policies: Path) -> None:
    path = policies / "packs" / "xiamen-2026" / "sla.yaml"
    path.write_text(SLA[: SLA.index("examples:")], "utf-8")
    problem = next(iter(failed_examples(policies, load_rulebook(policies))))
    assert problem.file == policies / "packs" / "fujian-2016" / "sla.yaml"
    assert "expected 2026-10-15 17:30, comes out 2026-10-13 17:30" in problem.en


def test_an_overlay_for_all_lies_over_whichever_pack_a_city_names(policies: Path) -> None:
    write(policies, "pack", HEAD.format(name="law-2026", extends="any"), "law-2026")
    write(
        policies,
        "dispatch",
        "pack: law-2026\nform:\n  citizen_answered: false\n  basis: {rule: G26-08, article: '8'}\n",
        "law-2026",
    )
    packs = load_packs(policies)
    over_all = [folder for folder in packs.folders.values() if folder.head.name == "law-2026"]
    assert {folder.layers[0].head.name for folder in over_all} == {"fujian-2016", "pingli-2018", "shuangyashan-2024"}
    assert not any(load_regime(folder).form.citizen_answered for folder in over_all)
    replace(
        policies / "cities" / "610926" / "city.yaml", "pack: pingli-2018", "pack: pingli-2018\noverlays: [law-2026]"
    )
    assert load_desk(policies).packs["610926"] == "pingli-2018@1.0.0+law-2026@1.0.0"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pack: xiamen-2026", "pack: fujian-2016\noverlays: [xiamen-2026]", "cannot lie over it here"),
        ("pack: xiamen-2026", "pack: fujian-2016\noverlays: [nowhere-2026]", "there is no rule pack nowhere-2026"),
    ],
)
def test_a_city_that_names_an_overlay_wrongly_is_told(policies: Path, old: str, new: str, said: str) -> None:
    replace(policies / "cities" / "350200" / "city.yaml", old, new)
    place, _, told = fault(policies)
    assert (place, said in told) == ("cities/350200/city.yaml", True)


def test_released_layers_stay_together_for_the_cases_accepted_under_them(policies: Path) -> None:
    release(policies, "fujian-2016")
    assert not (policies / "packs" / STACKS).exists()
    assert unreleased_beside(policies, "fujian-2016") == ["xiamen-2026@1.0.0"]
    release(policies, "xiamen-2026")
    assert (policies / "packs" / STACKS).read_text("utf-8").split() == [REF]
    assert not unreleased_beside(policies, "xiamen-2026")
    replace(policies / "packs" / "xiamen-2026" / "pack.yaml", "version: 1.0.0", "version: 1.1.0")
    replace(policies / "packs" / "xiamen-2026" / "sla.yaml", "limit: 8 working_day", "limit: 7 working_day")
    replace(policies / "packs" / "fujian-2016" / "pack.yaml", "version: 1.0.0", "version: 1.2.0")
    book, complaint = load_rulebook(policies), Facts(category="complaint")
    assert book.cities["350200"] == "fujian-2016@1.2.0+xiamen-2026@1.1.0"
    assert str(book.packs[REF].entry("finish", complaint).limit) == "8 working_day"
    assert str(book.packs[book.cities["350200"]].entry("finish", complaint).limit) == "7 working_day"


def test_a_stack_in_use_that_nobody_noted_stops_the_start(policies: Path) -> None:
    release(policies, "fujian-2016")
    release(policies, "xiamen-2026")
    (policies / "packs" / STACKS).unlink()
    assert f"{REF} is not noted" in fault(policies)[2]


def test_a_noted_stack_whose_layer_is_gone_stops_the_start(policies: Path) -> None:
    (policies / "packs" / STACKS).write_text("fujian-2016@0.9.0+xiamen-2026@1.0.0\n", "utf-8")
    assert fault(policies) == (f"packs/{STACKS}", 1, "fujian-2016@0.9.0 is not released")


def test_an_overlay_is_released_like_any_other_pack(policies: Path) -> None:
    release(policies, "xiamen-2026")
    replace(policies / "packs" / "xiamen-2026" / "sla.yaml", "limit: 8 working_day", "limit: 7 working_day")
    assert "needs a higher version" in fault(policies)[2]


SHIPPED = load_packs(ROOT / "policies")
FILES = [(name, path.name) for name, pack in SHIPPED.current.items() for path in sorted(pack.path.glob("*.yaml"))]


@pytest.mark.parametrize(("pack", "file"), FILES)
def test_what_says_the_same_again_changes_nothing(pack: str, file: str) -> None:
    tree = SHIPPED.current[pack].file(file).tree()
    before = plain(tree)
    assert plain(laid_over(tree, tree)) == before
    nothing = yaml.MappingNode(tree.tag, [], tree.start_mark, tree.end_mark)
    assert plain(laid_over(tree, nothing)) == before
    assert plain(tree) == before


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(chosen=st.data())
def test_whoever_takes_some_members_away_and_adds_them_again_has_them_all(chosen: st.DataObject) -> None:
    tree = SHIPPED.current["fujian-2016"].file("intake.yaml").tree()
    grounds = plain(tree)["grounds"]
    codes = [ground["code"] for ground in grounds]
    gone = chosen.draw(st.lists(st.sampled_from(codes), unique=True))
    without = laid_over(tree, _tree({"grounds": [{"code": code, "remove": True} for code in gone]}))
    assert [g["code"] for g in plain(without)["grounds"]] == [code for code in codes if code not in gone]
    again = laid_over(without, _tree({"grounds": [g for g in grounds if g["code"] in gone]}))
    by_code = {ground["code"]: ground for ground in plain(again)["grounds"]}
    assert by_code == {ground["code"]: ground for ground in grounds}


def _tree(values: object) -> yaml.nodes.MappingNode:
    node = yaml.compose(yaml.safe_dump(values, allow_unicode=True), Loader=yaml.CSafeLoader)
    assert isinstance(node, yaml.MappingNode)
    return node
