"""What counts when articles are ranked, what is shown of them, and how pages follow."""

import contextlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.knowledge.adapters.words import pairs, words
from services.knowledge.application.paging import DEEPEST, continued, token_for_next
from services.knowledge.application.ports import Search
from services.knowledge.domain.errors import PageTokenInvalid
from services.knowledge.domain.highlight import snippet
from services.knowledge.domain.ranking import Words, brevity, headline_and_story, rarity, term_weights

NOW = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
CHINESE = st.text(alphabet="路灯不亮市政维修公积金贷款，。【】 ABc\n", max_size=300)


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    weights = _weights(Words([], ["洪山桥", "政府"]), {"洪山桥": 1, "政府": 900})
    assert weights["洪山桥"] > 10 * weights["政府"]


def test_a_word_of_the_first_line_weighs_more_than_one_of_the_story() -> None:
    weights = _weights(Words(["路灯"], ["噪音", "路灯"]), {"路灯": 5, "噪音": 5})
    assert weights["路灯"] == pytest.approx(3 * weights["噪音"])


def test_saying_it_ten_times_does_not_make_it_ten_times_as_heavy() -> None:
    weights = _weights(Words([], ["路灯"] * 10 + ["噪音"]), {"路灯": 5, "噪音": 5})
    assert 1 < weights["路灯"] / weights["噪音"] < 4


def test_words_that_no_article_has_are_left_out() -> None:
    assert _weights(Words(["外星人"], []), {}) == {}


def test_a_short_text_goes_before_a_long_one() -> None:
    assert brevity(5) == brevity(20) == 1
    assert brevity(100) > brevity(1000) > brevity(10_000) > 0


def test_a_single_line_is_all_story() -> None:
    assert headline_and_story("路灯不亮") == ("", "路灯不亮")
    assert headline_and_story(" 路灯不亮\n三天了 \n") == ("路灯不亮", "三天了")


def test_words_and_pairs_lie_inside_the_text() -> None:
    assert {"住房", "公积金", "住房公积金"} & set(words("住房公积金"))
    assert pairs("洋下新村，A1") == ["洋下", "下新", "新村", "a1"]


@given(
    CHINESE, st.dictionaries(st.sampled_from(["路灯", "公积金", "贷款", "abc", "，", "市政维修"]), st.floats(0.1, 9))
)
def test_a_snippet_is_a_part_of_the_text_with_balanced_marks(text: str, weights: dict[str, float]) -> None:
    shown = snippet(text, weights)
    bare = shown.replace("【", "").replace("】", "").strip("…")
    assert bare in " ".join(text.replace("【", "〔").replace("】", "〕").split())
    depth = 0
    for character in shown:
        depth += (character == "【") - (character == "】")
        assert depth in {0, 1}
    assert depth == 0
    assert len(bare) <= 96


def test_a_snippet_shows_the_heaviest_place() -> None:
    text = "路灯。" + "请您耐心等待，" * 40 + "洪山桥的路灯由市政维修。" + "感谢来电，" * 40
    shown = snippet(text, {"路灯": 1.0, "洪山桥": 5.0})
    assert shown.startswith("…")
    assert "【洪山桥】的【路灯】" in shown


@given(st.integers(1, 50), st.integers(0, 900))
def test_a_page_token_leads_to_the_next_page_at_the_same_instant(limit: int, offset: int) -> None:
    search = Search(city="350100", text="路灯", at=NOW, limit=limit, offset=offset)
    token = token_for_next(search)
    following = continued(replace(search, offset=0, at=NOW), token)
    assert (following.offset, following.at) == ((offset + limit, NOW) if offset + limit < DEEPEST else (0, NOW))


@given(st.text(max_size=60))
def test_no_token_breaks_it(token: str) -> None:
    search = Search(city="350100", text="路灯", at=NOW)
    with contextlib.suppress(PageTokenInvalid):
        assert 0 <= continued(search, token).offset < DEEPEST


def _weights(said: Words, frequency: dict[str, int]) -> dict[str, float]:
    return term_weights(said, documents=1000, frequency=lambda word: frequency.get(word, 0))


def test_a_word_that_was_counted_among_more_articles_than_there_are_never_weighs_below_nothing() -> None:
    assert rarity(500, 600) == rarity(600, 600) > 0
