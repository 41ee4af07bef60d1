"""On real petitions, where they are at hand: the right answer comes back more often than with plain BM25."""

import os
from pathlib import Path

import pytest

from chassis.settings import ROOT
from services.knowledge.entrypoints.quality import Petition, measure, read_petitions

DATA = Path(os.environ.get("HUYING_DATA", ROOT.parent / "shared" / "data")) / "answered.csv"


@pytest.mark.skipif(not DATA.exists(), reason=f"needs {DATA}; set HUYING_DATA")
def test_the_right_answer_comes_back_more_often_than_with_plain_bm25(capsys: pytest.CaptureFixture[str]) -> None:
    # the half that had no part in choosing the constants of the ranking
    quality = measure(read_petitions(DATA), asking=slice(1, None, 2))
    with capsys.disabled():
        print(f"\n{quality.petitions} petitions, right answer in the first {quality.first}: "
              f"plain BM25 {quality.plain:.1%}, ours {quality.ours:.1%}")  # fmt: skip
    assert quality.ours >= quality.plain + 0.05


def test_it_measures_both_searches_on_the_same_petitions() -> None:
    petitions = [
        Petition("路灯不亮\n洪山桥的路灯坏了", "洪山桥路灯已修复"),
        Petition("工地噪音\n夜里施工", "已责令工地夜间停工"),
        Petition("公积金\n异地贷款", "公积金可以异地贷款"),
    ]
    quality = measure(petitions, first=1)
    assert (quality.petitions, quality.plain, quality.ours) == (3, 1.0, 1.0)
