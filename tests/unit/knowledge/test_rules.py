"""The packs' rules about the knowledge base, and the seed articles, as they are shipped."""

from collections import Counter
from pathlib import Path

import pytest

from chassis.policy import PolicyError
from chassis.privacy import mask
from chassis.settings import ROOT
from services.knowledge.adapters.offices import Offices
from services.knowledge.adapters.seeds import Seed, read_seeds
from services.knowledge.domain.errors import CityUnknown, TextBarred, UnitUnknown

POLICIES = ROOT / "policies"


@pytest.fixture(scope="module")
def offices() -> Offices:
    return Offices(POLICIES)


@pytest.fixture(scope="module")
def seeds(offices: Offices) -> list[Seed]:
    return list(read_seeds(POLICIES, offices))


@pytest.mark.parametrize("city", ["350100", "350200", "610926", "230500"])
def test_every_city_has_rules_with_their_source(offices: Offices, city: str) -> None:
    rules = offices.rules(city)
    assert rules.open_to_public.value
    assert all(barred.basis.article for barred in rules.barred)


@pytest.mark.parametrize("text", ["机密级文件", "机 密 级 文件", "机\n密级", "密级：秘密", "该事项属工作秘密"])
def test_state_secrets_and_internal_papers_are_barred_however_they_are_spaced(offices: Offices, text: str) -> None:
    with pytest.raises(TextBarred) as refused:
        offices.rules("230500").check({"title": "标题", "answer": text})
    assert refused.value.field == "answer"
    assert "S24-37" in refused.value.message_zh


def test_speaking_of_secrets_is_not_telling_them(offices: Offices) -> None:
    offices.rules("230500").check({"answer": "涉及国家秘密、商业秘密的事项，热线不予受理。"})


def test_unknown_cities_and_units_have_names_for_their_errors(offices: Offices) -> None:
    with pytest.raises(CityUnknown):
        offices.rules("000000")
    with pytest.raises(UnitUnknown):
        offices.check_unit("350100", "230500-police")


def test_the_seeds_fill_every_city(seeds: list[Seed]) -> None:
    per_city = Counter(seed.city for seed in seeds)
    assert set(per_city) == {"350100", "350200", "610926", "230500"}
    assert min(per_city.values()) >= 60


def test_a_seed_is_known_by_its_title_within_its_unit(seeds: list[Seed]) -> None:
    assert max(Counter((s.unit, s.title) for s in seeds).values()) == 1
    assert max(Counter((s.city, s.id) for s in seeds).values()) == 1


def test_no_seed_is_barred_or_holds_personal_data_or_a_blank_to_fill(seeds: list[Seed], offices: Offices) -> None:
    for seed in seeds:
        texts = {"title": seed.title, "question": seed.question, "answer": seed.answer}
        offices.rules(seed.city).check(texts)
        assert not any("{" in text for text in texts.values())
        assert mask(seed.answer) == seed.answer, seed.id


def test_a_rule_without_an_article_stops_the_start(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(POLICIES, tmp_path / "policies")
    file = tmp_path / "policies" / "packs" / "pingli-2018" / "knowledge.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('article: "21"', 'artikel: "21"'), encoding="utf-8")
    with pytest.raises(PolicyError) as refused:
        Offices(tmp_path / "policies")
    assert refused.value.file == file
    assert refused.value.line > 1
