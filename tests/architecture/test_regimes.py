"""Nothing in the code asks which regime it is; what differs is data."""

from pathlib import Path

import pytest

from tests.architecture.guards.regimes import names_of_regimes, regimes_asked_for
from tests.architecture.guards.tree import ROOT

NAMES = names_of_regimes(ROOT / "policies")
MAY_NAME_ONE = {
    "cli/demo/cases.py": "the demonstration has four cities, and its cases are written for them",
    "cli/demo/command.py": "the page tells one case whole, of the city that has its story",
    "cli/policy.py": "the help gives examples",
    "cli/replay/command.py": "the help gives an example",
}


def test_nothing_in_the_code_asks_which_regime_it_is() -> None:
    assert regimes_asked_for(ROOT, NAMES, MAY_NAME_ONE) == []


def test_every_exception_is_still_needed() -> None:
    named = {place.partition(":")[0] for place in regimes_asked_for(ROOT, NAMES, {})}
    assert named == MAY_NAME_ONE.keys()


def test_the_names_are_those_of_the_policies() -> None:
    assert {"fujian-2016", "pingli", "national-2025", "F16", "N25", "350100"} <= NAMES


@pytest.mark.parametrize(
    "code",
    [
        'if pack == "pingli-2018@1.0.0": x = 1',
        'x = pack.startswith("fujian")',
        'REDO = {"shuangyashan-2024": "reasonable"}',
        'x = "F16" in pack.regulations',
        'x = rule.partition("-")[0] in ("N25", "platform")',
        'match city:\n    case "350100": x = 1',
        "x = Regime.PINGLI",
    ],
)
def test_a_question_for_the_regime_is_found(tmp_path: Path, code: str) -> None:
    path = tmp_path / "services" / "intake" / "domain" / "case.py"
    path.parent.mkdir(parents=True)
    path.write_text(code, "utf-8")
    assert len(regimes_asked_for(tmp_path, NAMES, {})) == 1
    assert regimes_asked_for(tmp_path, NAMES, {"services/intake/domain/case.py": "told here"}) == []


def test_articles_may_be_told_of_in_comments_and_docstrings(tmp_path: Path) -> None:
    path = tmp_path / "cli" / "told.py"
    path.parent.mkdir()
    path.write_text('"""As Pingli does (P18 art. 18)."""\n\nx = 1  # F16 art. 20\n', "utf-8")
    assert regimes_asked_for(tmp_path, NAMES, {}) == []
