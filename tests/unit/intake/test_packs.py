"""The three packs hold every ground that the regulations name, and fall to pieces loudly."""

import shutil
from pathlib import Path

import pytest

from chassis.policy import PolicyError, load
from chassis.settings import ROOT
from services.intake.adapters.regimes import PolicyRegimes
from services.intake.domain import errors
from services.intake.domain.pack import IntakePack

PACKS = ROOT / "policies" / "packs"
FUJIAN, PINGLI, SHUANGYASHAN = (
    load(PACKS / name / "intake.yaml", IntakePack) for name in ("fujian-2016", "pingli-2018", "shuangyashan-2024")
)


def test_fujian_carries_every_ground_of_both_its_regulations() -> None:
    rules = {g.basis.rule for g in FUJIAN.grounds}
    assert {f"F16-11{letter}" for letter in "abcdefgh"} | {"F21-09"} <= rules


@pytest.mark.parametrize(
    ("pack", "rule", "article", "count"), [(PINGLI, "P18-04", 7, 11), (SHUANGYASHAN, "S24-13", 12, 6)]
)
def test_every_numbered_ground_is_there(pack: IntakePack, rule: str, article: int, count: int) -> None:
    articles = {g.basis.article for g in pack.grounds if g.basis.rule == rule}
    assert articles == {f"{article}({n})" for n in range(1, count + 1)}


@pytest.mark.parametrize("pack", [FUJIAN, PINGLI, SHUANGYASHAN])
def test_every_refusal_is_explained_in_both_languages(pack: IntakePack) -> None:
    assert all(len(g.script.zh) > 10 and len(g.script.en) > 10 for g in pack.grounds)


@pytest.mark.parametrize("pack", [FUJIAN, PINGLI, SHUANGYASHAN])
def test_the_emergency_lines_are_one_key_away(pack: IntakePack) -> None:
    assert {"110", "119", "120", "122"} <= {line.code for line in pack.lines}


def test_pingli_also_transfers_lift_rescues_and_rates_in_three_steps() -> None:
    assert PINGLI.line("96333").kind == "emergency"
    assert [s.satisfied for s in PINGLI.rating.scale] == [True, True, False]


@pytest.mark.parametrize("pack", [FUJIAN, SHUANGYASHAN])
def test_of_five_steps_the_last_two_count_as_dissatisfied(pack: IntakePack) -> None:
    assert [s.satisfied for s in pack.rating.scale] == [True, True, True, False, False]


def test_praise_is_a_category_of_shuangyashan_alone() -> None:
    assert SHUANGYASHAN.category("praise")
    with pytest.raises(errors.UnknownCategory):
        FUJIAN.category("praise")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("请问异地就医怎么办理", "consultation"),
        ("举报非法经营", "report"),
        ("建议增加公交班次", "suggestion"),
        ("投诉工地夜间扰民", "complaint"),
        ("求助，家里停水了", "help"),
        ("无从判断", "complaint"),
    ],
)
def test_the_words_of_the_caller_propose_a_category(text: str, category: str) -> None:
    assert FUJIAN.propose_category("", text) == category


def test_the_gravest_emergency_class_is_proposed() -> None:
    assert SHUANGYASHAN.propose_emergency_class("大面积停水", "主管道爆炸") == "special_urgent"
    assert SHUANGYASHAN.propose_emergency_class("", "路灯不亮") == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("how: explain_only", "how: forget"),
        ("ground: anonymous_own_rights", "ground: unheard_of"),
        ("default: complaint", "default: rumour"),
        ('{rule: P18-20, article: "17"}', "{rule: P18-20}"),
        ("{code: P18,", "{code: P19,"),
        ("pack: pingli-2018", "pack: pingli-2018\nsurprise: 1"),
        ("handled_on: [sudden]", "handled_on: [slow]"),
    ],
)
def test_a_pack_that_does_not_hang_together_stops_the_start(tmp_path: Path, old: str, new: str) -> None:
    text = (PACKS / "pingli-2018" / "intake.yaml").read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "intake.yaml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load(broken, IntakePack)
    assert caught.value.line >= 1


@pytest.mark.parametrize(
    ("pack", "basis", "words"),
    [
        (FUJIAN, "F16-11c 13(3)", "《福建省12345便民服务平台监督管理办法》第13条第（3）项"),
        (FUJIAN, "F21-09 3(2)", "《福建省进一步优化政务服务便民热线工作方案》第3部分第（2）项"),
        (PINGLI, "P18-04, 7, 10(2)", "《平利县12345便民服务平台管理办法（试行）》第7条、第10条第（2）项"),
        (SHUANGYASHAN, "按信访条例", "按信访条例"),
        (PINGLI, "S24-13 12", "S24-13 12"),
    ],
)
def test_a_basis_is_told_so_that_a_citizen_can_look_it_up(pack: IntakePack, basis: str, words: str) -> None:
    assert pack.cited(basis) == words


def test_a_text_with_a_longer_short_name_is_cited_like_any_other(tmp_path: Path) -> None:
    shutil.copy(PACKS.parent / "regulations.yaml", tmp_path)
    with (tmp_path / "regulations.yaml").open("a", encoding="utf-8") as file:
        file.write("  FZ25: {title: 某市办法, last: 9}\n")
    text = (PACKS / "fujian-2016" / "intake.yaml").read_text("utf-8")
    named = text.replace("  - {code: F21,", "  - {code: FZ25, name: 《某市办法》}\n  - {code: F21,", 1)
    (tmp_path / "intake.yaml").write_text(named.replace("rule: F16-11c", "rule: FZ25-03"), "utf-8")
    assert load(tmp_path / "intake.yaml", IntakePack).cited("FZ25-03 7") == "《某市办法》第7条"


def test_every_city_has_its_regime() -> None:
    regimes = PolicyRegimes(ROOT / "policies")
    assert regimes.of("350200").pack_name.startswith("fujian-2016@")
    assert {"350102"} <= regimes.of("350100").areas
    assert len(regimes.of("610926").items) == 90
    with pytest.raises(errors.UnknownCity):
        regimes.of("110000")
