"""What every search index must do; subclass it and give the fixture `index`, an empty one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.knowledge.application.ports import Entry, Found, Search, SearchIndex

NOW = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
FUND = Entry(
    article="fund",
    version=1,
    city="350100",
    unit="350100-housing-fund",
    title="异地缴存职工能否在本市申请公积金贷款",
    question="在外地缴存住房公积金，可以在福州贷款买房吗？",
    answer="连续缴存满六个月的异地职工，可持缴存证明到公积金中心窗口申请贷款。",
    since=NOW - timedelta(days=10),
)
LAMP = Entry(
    article="lamp",
    version=1,
    city="350100",
    unit="350100-urban-management",
    title="路灯不亮找谁修",
    question="小区门口的路灯坏了怎么报修？",
    answer="市政道路上的路灯由城市管理局维修，一般两个工作日内修好。",
    since=NOW - timedelta(days=10),
)
NOISE = Entry(
    article="noise",
    version=1,
    city="350100",
    unit="350100-urban-management",
    title="夜间施工噪音怎么投诉",
    question="工地半夜施工吵人，可以投诉吗？",
    answer="夜间二十二时至次日六时禁止产生噪音的施工，抢修抢险除外。",
    since=NOW - timedelta(days=10),
)


class SearchSuite:
    @pytest.fixture
    def filled(self, index: SearchIndex) -> SearchIndex:
        index.put([FUND, LAMP, NOISE])
        return index

    # -- finding -----------------------------------------------------------------------------------------------------

    def test_a_citizens_words_find_the_article_that_answers_them(self, filled: SearchIndex) -> None:
        assert _ids(filled, "我在外地交的公积金，能在这里贷款吗")[0] == "fund"
        assert _ids(filled, "我们这条路上的路灯坏了好几天")[0] == "lamp"

    def test_words_in_the_answer_alone_are_found_too(self, filled: SearchIndex) -> None:
        assert _ids(filled, "抢险")[0] == "noise"

    def test_a_single_character_is_found(self, filled: SearchIndex) -> None:
        assert _ids(filled, "灯") == ["lamp"]

    def test_full_width_letters_and_capitals_make_no_difference(self, index: SearchIndex) -> None:
        index.put([replace(FUND, answer="社保卡APP可以查询")])
        assert _ids(index, "社保卡ＡＰＰ") == _ids(index, "社保卡app") == ["fund"]

    def test_names_that_no_dictionary_knows_are_found(self, index: SearchIndex) -> None:
        lamp = replace(LAMP, answer="洋下新村和洪山桥一带的路灯九月改造")
        index.put([lamp, replace(NOISE, answer="洪山桥禁止夜间施工")])
        assert _ids(index, "洋下新村晚上一片漆黑")[0] == "lamp"

    def test_the_first_line_says_what_it_is_about(self, filled: SearchIndex) -> None:
        assert _ids(filled, "路灯不亮\n门口在夜间施工，噪音也大")[0] == "lamp"

    def test_nothing_in_common_finds_nothing(self, filled: SearchIndex) -> None:
        assert _ids(filled, "蟹黄") == []

    @pytest.mark.parametrize(
        "text", ["", "   ", "？！。", "\n\n", "AND OR NOT ( \" ' : * ^ ~ [", "a" * 5000, "路灯" * 2500]
    )
    def test_no_text_breaks_it(self, filled: SearchIndex, text: str) -> None:
        _ids(filled, text)

    def test_an_empty_index_finds_nothing(self, index: SearchIndex) -> None:
        assert index.versions() == {}
        assert _ids(index, "路灯") == []

    # -- validity, city, unit ----------------------------------------------------------------------------------------

    def test_an_article_is_found_from_its_first_instant_until_just_before_its_last(self, index: SearchIndex) -> None:
        since, until = NOW, NOW + timedelta(hours=1)
        index.put([replace(LAMP, since=since, until=until)])
        a_little = timedelta(milliseconds=1)
        assert _ids(index, "路灯", at=since - a_little) == []
        assert _ids(index, "路灯", at=since) == ["lamp"]
        assert _ids(index, "路灯", at=until - a_little) == ["lamp"]
        assert _ids(index, "路灯", at=until) == []

    def test_a_withdrawn_article_is_not_found(self, filled: SearchIndex) -> None:
        filled.put([replace(LAMP, version=2, since=None)])
        assert _ids(filled, "路灯") == []

    def test_another_citys_article_is_not_found(self, filled: SearchIndex) -> None:
        filled.put([replace(LAMP, article="elsewhere", city="350200")])
        assert _ids(filled, "路灯") == ["lamp"]
        assert _ids(filled, "路灯", city="350200") == ["elsewhere"]

    def test_a_unit_narrows_the_search(self, filled: SearchIndex) -> None:
        assert _ids(filled, "公积金 路灯", unit="350100-urban-management") == ["lamp"]

    # -- versions ----------------------------------------------------------------------------------------------------

    def test_a_newer_version_replaces_the_older(self, filled: SearchIndex) -> None:
        filled.put([replace(LAMP, version=2, title="窨井盖丢失", question="", answer="请拨打热线")])
        assert _ids(filled, "路灯") == []
        assert _ids(filled, "窨井盖") == ["lamp"]

    def test_a_late_older_version_changes_nothing(self, filled: SearchIndex) -> None:
        filled.put([replace(LAMP, version=3, title="窨井盖丢失", question="", answer="请拨打热线")])
        filled.put([replace(LAMP, version=2)])
        assert _ids(filled, "路灯") == []
        assert _ids(filled, "窨井盖") == ["lamp"]

    def test_a_late_older_version_does_not_bring_a_withdrawn_article_back(self, filled: SearchIndex) -> None:
        filled.put([replace(LAMP, version=3, since=None)])
        filled.put([replace(LAMP, version=2)])
        assert _ids(filled, "路灯") == []

    def test_the_same_version_twice_is_found_once(self, filled: SearchIndex) -> None:
        filled.put([LAMP, LAMP])
        assert _ids(filled, "路灯") == ["lamp"]

    def test_the_newest_of_one_batch_stays(self, index: SearchIndex) -> None:
        index.put([replace(LAMP, version=2, title="窨井盖", question="", answer="报修"), LAMP])
        assert _ids(index, "窨井盖") == ["lamp"]

    def test_it_knows_the_version_of_every_article_also_of_withdrawn_ones(self, filled: SearchIndex) -> None:
        filled.put([replace(LAMP, version=7, since=None)])
        assert filled.versions() == {"fund": 1, "lamp": 7, "noise": 1}

    # -- rebuilding --------------------------------------------------------------------------------------------------

    def test_a_rebuilt_index_holds_what_it_was_given_and_no_more(self, filled: SearchIndex) -> None:
        rebuild = filled.rebuild(anew=True)
        rebuild.put([FUND, replace(LAMP, version=0, title="窨井盖", question="", answer="报修")])
        assert _ids(filled, "施工噪音") == ["noise"], "until it is finished the old state is searched"
        rebuild.finish()
        assert _ids(filled, "施工噪音") == []
        assert _ids(filled, "窨井盖") == ["lamp"]
        assert filled.versions() == {"fund": 1, "lamp": 0}

    # -- showing -----------------------------------------------------------------------------------------------------

    def test_a_hit_shows_title_unit_and_the_words_found(self, filled: SearchIndex) -> None:
        hit = _find(filled, "公积金贷款")[0]
        assert (hit.article, hit.title, hit.unit) == ("fund", FUND.title, FUND.unit)
        assert "【公积金】" in hit.snippet
        assert "【贷款】" in hit.snippet
        assert hit.score > 0

    def test_the_snippet_of_a_long_answer_is_short_and_shows_the_place(self, index: SearchIndex) -> None:
        index.put([replace(LAMP, answer="请您耐心等待。" * 60 + "洪山桥的路灯由市政维修。" + "感谢您的来电。" * 60)])
        shown = _find(index, "洪山桥")[0].snippet
        assert len(shown) < 130
        assert "【洪山桥】" in shown

    def test_pages_follow_each_other_without_gap_or_repetition(self, index: SearchIndex) -> None:
        index.put([replace(LAMP, article=f"lamp-{i:02}", answer="路灯报修" + "，请稍候" * i) for i in range(23)])
        pages = [_ids(index, "路灯", limit=5, offset=start) for start in range(0, 30, 5)]
        whole = [article for page in pages for article in page]
        assert [len(page) for page in pages] == [5, 5, 5, 5, 3, 0]
        assert len(set(whole)) == 23
        assert whole == _ids(index, "路灯", limit=50)

    def test_scores_never_rise_down_the_page(self, filled: SearchIndex) -> None:
        scores = [hit.score for hit in _find(filled, "夜间路灯施工公积金")]
        assert len(scores) == 3
        assert scores == sorted(scores, reverse=True)


def _find(index: SearchIndex, text: str, *, at: datetime = NOW, **more: object) -> list[Found]:
    return index.search(Search(**{"city": "350100", "text": text, "at": at, **more}))  # type: ignore[arg-type]


def _ids(index: SearchIndex, text: str, **more: object) -> list[str]:
    return [hit.article for hit in _find(index, text, **more)]  # type: ignore[arg-type]
