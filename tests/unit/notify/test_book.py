"""The shipped notices, templates and rosters fit together, and a fault in them is named with its line."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from chassis.policy import PolicyError
from chassis.settings import ROOT
from services.notify.adapters.policies import VALUES, load_book, load_providers
from services.notify.domain.casefile import CaseFile
from services.notify.domain.message import Audience, Medium
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, Book

POLICIES = ROOT / "policies"
NIGHT = datetime(2026, 9, 21, 15, 0, tzinfo=UTC)
CITIES = ("230500", "350100", "350200", "610926")


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book(POLICIES)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(POLICIES, tmp_path / "policies"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_pack_has_a_notice_for_every_moment(book: Book) -> None:
    missing = {name: set(Moment) - set(pack.notices) for name, pack in book.packs.items()}
    of_shuangyashan = {
        *(Moment.STATEMENT_SUBMITTED, Moment.END_PROPOSED, Moment.END_REFUSED),
        # Only S24 art. 35 knows it; elsewhere nobody may be kept from the telephone.
        *(Moment.CALLER_RESTRICTED, Moment.RESTRICTION_LIFTED),
    }
    # Only P18 art. 28 has a commission that is reported to.
    of_pingli = {Moment.SUPERVISION_REFERRAL}
    alone = {
        # Filed, not approved: nobody decides. Only Pingli knows the longer cycle.
        # F16 art. 15 has emergencies reported, S24 art. 11 alarms; P18 has neither.
        "fujian-2016@1.0.0": {
            *(Moment.EXTENSION_FILED, Moment.LONG_CYCLE_FILED, Moment.ALARM_REPORTED),
            *of_pingli,
            *of_shuangyashan,
        },
        # Only Fujian's measures know a province's office, and have copies made for the civilisation offices.
        "pingli-2018@1.0.0": {
            *(Moment.EMERGENCY_REPORTED, Moment.ALARM_REPORTED, Moment.SUPERVISION_BY_PROVINCE, Moment.REPORT_COPIED),
            *of_shuangyashan,
        },
        "shuangyashan-2024@1.0.0": {
            *(Moment.LONG_CYCLE_FILED, Moment.EMERGENCY_REPORTED, Moment.SUPERVISION_BY_PROVINCE, Moment.REPORT_COPIED),
            *of_pingli,
        },
    }
    assert missing == {ref: alone[ref.partition("+")[0]] for ref in missing}
    assert missing.keys() >= alone.keys()


def test_every_template_is_used_and_speaks_both_languages(book: Book) -> None:
    used = {n.template for pack in book.packs.values() for notices in pack.notices.values() for n in notices}
    used |= {t for pack in book.packs.values() for t in (pack.ladder.template, pack.ladder.last_template)}
    assert used == set(book.templates)
    assert all(set(t.words) == {"zh", "en"} for t in book.templates.values())


def test_every_text_can_be_said_with_the_values_that_exist(book: Book) -> None:
    file = CaseFile(id="c1", city="350100")
    for name in book.templates:
        for language in ("zh", "en"):
            assert "{" not in book.say(name, language, file, dict.fromkeys(VALUES - {"city"}, "x"))


def test_every_clock_of_the_packs_has_a_word(book: Book) -> None:
    files = (POLICIES / "packs").glob("*/sla.yaml")
    kinds = {kind for file in files for kind in re.findall(r"^  - kind: (\w+)", file.read_text(encoding="utf-8"), re.M)}
    assert kinds - set(book.words["clock"]) == set()


@pytest.mark.parametrize("city", CITIES)
def test_every_unit_of_the_directory_has_a_duty_roster(book: Book, city: str) -> None:
    units = yaml.safe_load((POLICIES / "cities" / city / "units.yaml").read_text(encoding="utf-8"))["units"]
    assert {unit["id"] for unit in units} == set(book.cities[city].roster.units)


@pytest.mark.parametrize("city", CITIES)
def test_no_shipped_number_can_belong_to_a_subscriber(city: str) -> None:
    text = (POLICIES / "notify" / "rosters" / f"{city}.yaml").read_text(encoding="utf-8")
    numbers = re.findall(r'"(\d{7,})"', text)
    assert numbers
    assert all(number.startswith("129") and len(number) == 11 for number in numbers)
    assert len(numbers) == len(set(numbers))


def test_a_citizen_is_told_in_the_morning_but_a_unit_at_once(book: Book) -> None:
    file = CaseFile(id="c1", city="610926", citizen_id="citizen-1", reachable=True)
    sent = {}
    for moment in (Moment.CASE_ACCEPTED, Moment.WORK_ORDER_DISPATCHED):
        (notice,) = book.notices(file, moment)
        made = book.compose(notice, file, id="m", recipient="r", values={"number": "n"}, now=NIGHT, about=About())
        sent[notice.audience] = made.send_at
    assert sent == {Audience.CITIZEN: NIGHT + timedelta(hours=9), Audience.UNIT: NIGHT}


def test_an_emergency_passes_the_quiet_hours(book: Book) -> None:
    file = CaseFile(id="c1", city="350100", citizen_id="citizen-1", reachable=True, emergency_class="gas")
    (notice,) = book.notices(file, Moment.CASE_ACCEPTED)
    made = book.compose(notice, file, id="m", recipient="r", values={"number": "n"}, now=NIGHT, about=About())
    assert made.send_at == NIGHT


def test_a_unit_without_roster_is_reached_through_the_dispatchers(book: Book) -> None:
    roster = book.cities["350100"].roster
    assert roster.numbers(Audience.UNIT, "350100-new-unit") == roster.dispatchers


def test_the_ladder_ends_with_the_supervisors(book: Book) -> None:
    ladder = book.ladder(CaseFile(id="c1", city="350100"), "350100-fire")
    assert [(rung.audience, rung.place) for rung in ladder] == [
        (Audience.UNIT, 0), (Audience.UNIT, 1), (Audience.SUPERVISORS, 0), (Audience.SUPERVISORS, 1),
    ]  # fmt: skip


def test_the_pack_of_the_case_wins_over_that_of_the_city(book: Book) -> None:
    assert book.pack_of(CaseFile(id="c1", city="350100", pack="pingli-2018@1.0.0")) is book.packs["pingli-2018@1.0.0"]
    assert book.pack_of(CaseFile(id="c1", city="350100")) is book.packs["fujian-2016@1.0.0"]


def test_both_media_have_a_provider() -> None:
    assert set(load_providers(POLICIES)) == set(Medium)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("packs/pingli-2018/notify.yaml", "moment: case_refused", "moment: case_lost", "moment"),
        ("packs/pingli-2018/notify.yaml", "template: case_refused", "template: nothing", "no template nothing"),
        ("packs/pingli-2018/notify.yaml", ', basis: {rule: P18-05, article: "7"}', "", "basis"),
        ("packs/fujian-2016/notify.yaml", "patience_minutes: 5", "patience_minutes: 0", "patience_minutes"),
        ("notify/templates.yaml", "编号 {number}。", "电话 {phone}。", "unknown values phone"),
        ("notify/templates.yaml", "may_repeat: true", "maybe_repeat: true", "unknown key"),
        ("notify/rosters/350100.yaml", '"12910000001"', '"call me"', "dispatchers"),
        ("notify/rosters/350100.yaml", "350100-fire:", "350100-fier:", "no unit 350100-fier"),
        ("notify/rosters/350100.yaml", 'city: "350100"', 'city: "350200"', "should be 350100"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_and_line(copy: Path, file: str, old: str, new: str, said: str) -> None:
    change(copy / file, old, new)
    with pytest.raises(PolicyError, match=re.escape(said)) as caught:
        load_book(copy)
    assert caught.value.file == copy / file
    assert caught.value.line > 0


def test_a_city_whose_pack_copies_to_the_civilisation_office_must_have_its_number(copy: Path) -> None:
    roster = copy / "notify/rosters/350100.yaml"
    change(roster, 'civilisation_office: ["12910000901"]', "civilisation_office: []")
    with pytest.raises(PolicyError, match="civilisation office"):
        load_book(copy)
