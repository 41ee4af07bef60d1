"""The shipped packs: their worked examples come out, their numbers are the law's, a new regime needs only files."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chassis.domain import UnknownPack
from chassis.policy import PolicyError
from services.sla.adapters.policies import failed_examples, load_rulebook
from services.sla.application.foreign import INSTANT
from services.sla.domain.facts import Facts, NoLimitFits
from services.sla.domain.rulebook import CityWithoutPolicy, Rulebook, UnknownClock
from tests.unit.sla.conftest import POLICIES

START = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)


def limit(book: Rulebook, city: str, kind: str, **facts: object) -> str:
    pack = book.pack_of_city(city)
    return str(book.time(pack, city, pack.rule(kind), Facts(**facts), START).limit)  # type: ignore[arg-type]


def test_the_worked_examples_of_every_pack_come_out(book: Rulebook) -> None:
    assert list(failed_examples(POLICIES, book)) == []


@pytest.mark.parametrize(
    ("city", "facts", "expected"),
    [
        ("350100", {"category": "consultation"}, "2 working_day"),
        ("350100", {"category": "complaint"}, "10 working_day"),
        ("350100", {"category": "complaint", "item": "23"}, "3 working_day"),
        ("350100", {"category": "complaint", "item": "23", "round": 2}, "3 working_day"),
        ("350100", {"category": "complaint", "round": 2}, "5 working_day"),
        ("350100", {"category": "suggestion"}, "5 working_day"),
        ("350100", {"category": "help"}, "3 working_day"),
        ("350100", {"category": "report"}, "10 working_day"),
        ("350100", {"category": "help", "emergency_class": "urgent"}, "4 same_day"),
        ("610926", {"category": "consultation"}, "2 working_day"),
        ("610926", {"category": "complaint"}, "5 working_day"),
        ("610926", {"category": "complaint", "explain_only": True}, "2 working_day"),
        ("610926", {"category": "consultation", "round": 2}, "5 working_day"),
        ("610926", {"category": "help", "emergency_class": "sudden"}, "2 working_day"),
        ("230500", {"category": "consultation"}, "2 working_day"),
        ("230500", {"category": "praise"}, "5 working_day"),
        ("230500", {"category": "report"}, "15 working_day"),
        ("230500", {"category": "report", "round": 2}, "5 working_day"),
    ],
)
def test_the_finish_limit_is_the_regulations(
    book: Rulebook, city: str, facts: dict[str, object], expected: str
) -> None:
    assert limit(book, city, "finish", **facts) == expected


@pytest.mark.parametrize(
    ("kind", "fujian", "pingli", "shuangyashan"),
    [
        ("dispatch", "1 working_day", "1 half_working_day", "1 half_working_day"),
        ("sign", "1 working_day", "24 clock_hour", "1 working_day"),
        ("return", "1 working_day", "2 working_day", "1 working_day"),
        ("contact", "1 working_day", "1 half_working_day", "1 working_day"),
    ],
)
def test_the_regimes_differ_only_in_numbers(
    book: Rulebook, kind: str, fujian: str, pingli: str, shuangyashan: str
) -> None:
    cities = ("350100", "610926", "230500")
    assert [limit(book, city, kind, category="help") for city in cities] == [fujian, pingli, shuangyashan]


def test_a_repeat_that_is_only_explained_has_the_consultation_limit_for_the_citizen_too(book: Rulebook) -> None:
    told = [limit(book, "610926", "citizen", category="complaint", explain_only=again) for again in (False, True)]
    assert told == ["5 working_day", limit(book, "610926", "citizen", category="consultation")]


def test_an_extension_is_barred_where_the_law_bars_it(book: Rulebook) -> None:
    def last(city: str, **facts: str) -> datetime | None:
        pack = book.pack_of_city(city)
        return book.time(pack, city, pack.rule("finish"), Facts(**facts), START).last_extension  # type: ignore[arg-type]

    assert last("350100", category="consultation") is not None
    assert last("230500", category="consultation") is None
    assert last("610926", category="help", emergency_class="sudden") is None


def test_a_category_that_the_pack_does_not_know_is_never_skipped(book: Rulebook) -> None:
    with pytest.raises(NoLimitFits):
        limit(book, "350100", "finish", category="praise")


def test_unknown_names_are_named(book: Rulebook) -> None:
    with pytest.raises(UnknownPack):
        book.pack("fujian-2016@9.9.9")
    with pytest.raises(CityWithoutPolicy):
        book.pack_of_city("999999")
    with pytest.raises(UnknownClock):
        book.pack_of_city("350100").rule("tea")


def test_packs_name_only_events_whose_instant_is_known(book: Rulebook) -> None:
    assert book.events <= INSTANT.keys()


def test_no_code_of_sla_knows_a_regime_by_name() -> None:
    code = list((POLICIES.parent / "services" / "sla").rglob("*.py"))
    named = re.compile(r"fujian|pingli|shuangyashan|\b(350100|350200|610926|230500)\b", re.IGNORECASE)
    assert [str(p) for p in code if named.search(p.read_text(encoding="utf-8"))] == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for folder in ("packs", "cities", "calendar"):
        shutil.copytree(POLICIES / folder, tmp_path / folder)
    for file in ("items.yaml", "regulations.yaml"):
        shutil.copy(POLICIES / file, tmp_path)
    return tmp_path


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_fourth_regime_is_a_new_folder_and_nothing_else(copied: Path) -> None:
    shutil.copytree(copied / "packs/pingli-2018", copied / "packs/hainan-2030")
    for name in ("pack.yaml", "sla.yaml", "intake.yaml", "dispatch.yaml"):
        _edit(copied / "packs/hainan-2030" / name, "pingli-2018", "hainan-2030")
    with (copied / "regulations.yaml").open("a", encoding="utf-8") as file:
        file.write("  H30: {title: 海南省办法, last: 9}\n")
    _edit(copied / "packs/hainan-2030/sla.yaml", "P18-12", "H30-02")
    shutil.copytree(copied / "cities/610926", copied / "cities/460100")
    _edit(copied / "cities/460100/city.yaml", '"610926"', '"460100"')
    _edit(copied / "cities/460100/city.yaml", "pingli-2018", "hainan-2030")
    assert limit(load_rulebook(copied), "460100", "sign", category="help") == "24 clock_hour"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("limit: 24 clock_hour", "limit: 24 sandglasses", "a limit reads like"),
        ("judges: office", "judges: nobody", "judges"),
        ("    watches: assignment", "    watches: assignment\n    colour: red", "unknown key"),
        ('basis: {rule: P18-12, article: "10(1)"}', "basis: {rule: P18-12}", "article"),
        ("after: sign", "after: signature", "needs clock signature before it"),
        ("stops_on: dispatch.assignment_signed", "stops_on: signed", "stops_on"),
    ],
)
def test_a_fault_in_a_pack_stops_the_start_with_file_and_line(copied: Path, old: str, new: str, said: str) -> None:
    path = copied / "packs/pingli-2018/sla.yaml"
    _edit(path, old, new)
    with pytest.raises(PolicyError) as caught:
        load_rulebook(copied)
    problem = caught.value.problems[0]
    assert problem.file == path
    line = path.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert said in str(caught.value)
    assert any(word in line for word in new.replace(":", " ").split())


def test_applications_that_hold_no_clock_cannot_be_counted(copied: Path) -> None:
    path = copied / "packs/shuangyashan-2024/sla.yaml"
    _edit(
        path,
        "      - {starts: dispatch.extension_filed, ",
        "      - {starts: dispatch.extension_filed, ends: dispatch.extension_refused}\n      #",
    )
    with pytest.raises(PolicyError, match="no application holds finish"):
        load_rulebook(copied)


def test_a_published_notice_replaces_the_provisional_year(copied: Path) -> None:
    notice = """notices:
  - year: 2027
    source: {zh: 通知, en: notice}
    days_off:
      - {from: 2027-02-05, until: 2027-02-11, name: {zh: 春节, en: Spring Festival}}
    make_up_workdays: [2027-02-20]
"""
    _edit(copied / "calendar/china.yaml", "notices: []\n", notice)
    calendar = load_rulebook(copied).calendar("350100")
    assert not calendar.kind_of(date(2027, 2, 11)).is_worked
    assert calendar.kind_of(date(2027, 2, 20)).is_worked
    assert calendar.days.published_through == date(2027, 12, 31)


def test_the_earlier_of_two_limits_also_counts_for_what_follows_it(copied: Path) -> None:
    long = 'limit: 1 working_day, basis: {rule: F16-13, article: "14"}'
    _edit(copied / "packs/fujian-2016/sla.yaml", long, long.replace("basis", "at_most: 1 clock_hour, basis"))
    book = load_rulebook(copied)
    pack = book.pack_of_city("350100")
    timing = book.time(pack, "350100", pack.rule("citizen"), Facts(category="consultation"), START)
    assert timing.deadline.due == datetime(2026, 9, 23, 9, 30, tzinfo=UTC), "two working days from the hour, not three"


@pytest.mark.parametrize("order", [1, -1])
def test_notices_count_whatever_order_they_stand_in(copied: Path, order: int) -> None:
    year = """  - year: {year}
    source: {{zh: 通知, en: notice}}
    days_off:
      - {{from: {since}, until: {year}-01-02, name: {{zh: 元旦, en: New Year's Day}}}}
    make_up_workdays: []
"""
    written = [(2026, "2026-01-01"), (2027, "2026-12-31"), (2028, "2028-01-01")][::order]
    notices = "".join(year.format(year=year_of, since=since) for year_of, since in written)
    _edit(copied / "calendar/china.yaml", "notices: []\n", f"notices:\n{notices}")
    days = load_rulebook(copied).calendar("350100").days
    assert days.published_through == date(2028, 12, 31)
    assert not load_rulebook(copied).calendar("350100").kind_of(date(2026, 12, 31)).is_worked


@pytest.mark.parametrize(
    ("written", "misspelt", "said"),
    [
        ("emergency_class: sudden", "emergency_class: suden", "no emergency class suden"),
        ("category: consultation", "category: consultaton", "no category consultaton"),
        ("starts_on: dispatch.verification_opened", "starts_on: dispatch.verification_opend", "no event dispatch"),
        ("role: co", "role: coo", "'lead', 'co', 'fallback_lead' or 'none'"),
        ("return_kind: [not_ours, ", "return_kind: [not-ours, ", "'not_ours', 'out_of_scope', 'department_duty'"),
        ("when: {redo: false}", "when: {extension: [aproval]}", "'filing', 'approval' or 'none'"),
        ("when: {redo: false}", "when: {queued_because: [no_route]}", "unknown key"),
        (
            "judged_by: [replied_at, answered_at]",
            "judged_by: [replied_att]",
            "no instant of an event called replied_att",
        ),
        ("starts_at: effective_at", "starts_at: efective_at", "no instant of an event called efective_at"),
        ('rule: P18-15, article: "12(1)"', 'rule: P18-99, article: "12(1)"', "no regulation has a rule P18-99"),
        ("facts: {category: help, emerg", 'facts: {item: "97", emerg', "no item 97"),
        ("facts: {category: help, emerg", "facts: {categry: help, emerg", "unknown key"),
        ("facts: {category: help, emerg", 'facts: {round: "2", emerg', "valid integer"),
    ],
)
def test_a_word_that_nobody_defines_stops_the_start_at_its_line(
    tmp_path: Path, written: str, misspelt: str, said: str
) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(POLICIES, policies)
    pack = policies / "packs" / "pingli-2018" / "sla.yaml"
    text = pack.read_text("utf-8")
    assert written in text
    pack.write_text(text.replace(written, misspelt), "utf-8")
    with pytest.raises(PolicyError, match=said) as refused:
        load_rulebook(policies)
    line = text[: text.index(written)].count("\n") + 1
    assert (refused.value.file, refused.value.line) == (pack, line)
