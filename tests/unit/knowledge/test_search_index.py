"""Both shipped indexes pass the suite; the embedded one also outlives its process."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.knowledge.adapters.embedded_index import EmbeddedIndex
from services.knowledge.adapters.memory_index import MemoryIndex
from services.knowledge.application.ports import Search
from tests.contract.search_suite import FUND, LAMP, NOISE, NOW, SearchSuite


class TestEmbeddedIndex(SearchSuite):
    @pytest.fixture
    def index(self) -> EmbeddedIndex:
        return EmbeddedIndex()


class TestEmbeddedIndexInAFolder(SearchSuite):
    @pytest.fixture
    def index(self, tmp_path: Path) -> EmbeddedIndex:
        return EmbeddedIndex(tmp_path / "index")


class TestMemoryIndex(SearchSuite):
    @pytest.fixture
    def index(self) -> MemoryIndex:
        return MemoryIndex()


def _found(index: EmbeddedIndex) -> list[str]:
    return [f.article for f in index.search(Search(city="350100", text="路灯", at=NOW))]


def test_what_was_put_is_there_when_the_folder_is_opened_again(tmp_path: Path) -> None:
    EmbeddedIndex(tmp_path).put([FUND, LAMP, NOISE])
    again = EmbeddedIndex(tmp_path)
    assert _found(again) == ["lamp"]
    again.put([replace(LAMP, version=0, since=None)])
    assert _found(again) == ["lamp"], "versions are remembered too"


def test_a_damaged_folder_is_started_anew(tmp_path: Path) -> None:
    EmbeddedIndex(tmp_path).put([LAMP])
    (tmp_path / "meta.json").write_text("{ not json", encoding="utf-8")
    again = EmbeddedIndex(tmp_path)
    assert again.versions() == {}
    again.put([LAMP])
    assert _found(again) == ["lamp"]


def test_a_damaged_segment_is_started_anew(tmp_path: Path) -> None:
    EmbeddedIndex(tmp_path).put([LAMP])
    for file in tmp_path.glob("*.term"):
        file.unlink()
    assert EmbeddedIndex(tmp_path).versions() == {}
