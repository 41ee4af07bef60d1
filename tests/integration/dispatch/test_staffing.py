"""备案 through the real store: units register their people, sealed; the office sees who has not."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import BadFields, NotFound, VersionMovedOn
from services.dispatch.application import staff_messages as m
from services.dispatch.domain.errors import FieldRequired
from services.dispatch.domain.staff_errors import NothingRegistered, TooFewStaff
from tests.integration.dispatch.conftest import Desk, of_unit, office

FUZHOU, SHUANGYASHAN, PINGLI = "350100", "230500", "610926"
HOUSING = "350100-housing"
LEADER = {
    "part": "leader",
    "name": "周建国",
    "post": "副局长",
    "staffing": "行政编制",
    "office_phone": "0591-00000001",
    "mobile": "19900002222",
}
RESPONSIBLE = LEADER | {"part": "responsible", "name": "吴小昊", "post": "科长", "mobile": "19900003333"}


def leads(unit: str = HOUSING, city: str = FUZHOU) -> Principal:
    return of_unit(unit, city, Role.UNIT_LEADER)


def name_of(unit: str = HOUSING, city: str = FUZHOU) -> str:
    return f"cities/{city}/units/{unit}"


def register(desk: Desk, *persons: dict[str, str], who: Principal | None = None, **more: Any) -> Any:
    given = {"name": name_of(), "persons": list(persons or (LEADER, RESPONSIBLE))} | more
    return desk.do(who or leads(), m.RegisterUnitStaff, **given)


def seen(desk: Desk, who: Principal, name: str = "") -> Any:
    return desk.runtime.query(who, m.GetUnitStaff(name=name or name_of(), purpose="核对 19900001234 的联系人"))


def staffing(desk: Desk, city: str = FUZHOU, **more: Any) -> list[Any]:
    return list(desk.runtime.query(office(city), m.ListUnitStaffing(city=city, page_size=200, **more)).units)


def kept(desk: Desk) -> str:
    with desk.runtime.engine.connect() as connection:
        tables = ("unit_staff", "remembered", "outbox")
        return " ".join(str(connection.exec_driver_sql(f"select * from {table}").all()) for table in tables)


def test_what_a_unit_registers_is_read_by_itself_and_the_office(desk: Desk) -> None:
    done = register(desk, section="房屋安全科")
    assert (done.leaders, done.responsible, done.fixed_staff, done.has_section, done.missing) == (1, 1, 0, True, [])
    for who in (leads(), office(), office(role=Role.SUPERVISOR)):
        found = seen(desk, who)
        assert (found.section, found.version) == ("房屋安全科", done.version)
        assert [(p.part, p.name, p.mobile) for p in found.persons] == [
            ("leader", "周建国", "19900002222"),
            ("responsible", "吴小昊", "19900003333"),
        ]


def test_each_look_at_the_people_of_a_unit_is_written_down_with_its_purpose(desk: Desk) -> None:
    register(desk)
    seen(desk, office())
    with pytest.raises(NotFound):
        seen(desk, leads("350100-market"))
    with desk.runtime.engine.connect() as connection:
        rows = connection.exec_driver_sql("select principal, city, unit, purpose, looked_at from staff_look").all()
    assert [tuple(row) for row in rows] == [(office().id, FUZHOU, HOUSING, "核对 ［电话］ 的联系人", desk.clock.now())]
    with pytest.raises(BadFields, match="purpose"):
        m.GetUnitStaff.of({"name": name_of(), "purpose": " "})


def test_no_name_or_number_lies_in_clear(desk: Desk) -> None:
    register(desk, section="房屋安全科")
    stored = kept(desk)
    for word in ("周建国", "吴小昊", "副局长", "19900002222", "0591-00000001", "房屋安全科"):
        assert word not in stored
    assert "leader" in stored


def test_a_unit_with_fewer_than_the_pack_asks_is_named(desk: Desk) -> None:
    everybody = staffing(desk)
    assert {unit.unit for unit in everybody} > {HOUSING, "350102-government"}
    assert "350100-municipal-roads" not in {unit.unit for unit in everybody}
    assert all(unit.missing == ["leader", "responsible"] for unit in everybody)
    register(desk)
    short = staffing(desk, incomplete=True)
    assert {unit.unit for unit in everybody} - {unit.unit for unit in short} == {HOUSING}
    assert {unit.basis for unit in short} == {"F21-10, 3(3)"}


def test_the_list_is_paged(desk: Desk) -> None:
    everybody, found, token = [unit.unit for unit in staffing(desk)], [], ""
    while True:
        page = desk.runtime.query(office(), m.ListUnitStaffing(city=FUZHOU, page_size=20, page_token=token))
        found += [unit.unit for unit in page.units]
        token = page.next_page_token
        if not token:
            break
    assert found == everybody


def test_shuangyashan_wants_two_fixed_staff_and_the_section(desk: Desk) -> None:
    unit, fixed = "230500-housing", {"part": "fixed", "name": "李甲"}
    given = {"name": name_of(unit, SHUANGYASHAN), "who": leads(unit, SHUANGYASHAN), "section": "热线科"}
    lead = {"part": "leader", "name": "赵乙"}
    with pytest.raises(TooFewStaff, match="S24-06"):
        register(desk, lead, fixed, **given)
    with pytest.raises(FieldRequired, match="section"):
        register(desk, lead, fixed, fixed, **given | {"section": ""})
    done = register(desk, lead, fixed, fixed | {"name": "王丙"}, **given)
    assert (done.fixed_staff, done.missing, done.basis) == (2, [], "S24-06, 8(2)")
    assert unit not in {one.unit for one in staffing(desk, SHUANGYASHAN, incomplete=True)}


def test_where_no_rule_asks_nobody_is_missing(desk: Desk) -> None:
    assert {tuple(unit.missing) for unit in staffing(desk, PINGLI)} == {()}
    assert staffing(desk, PINGLI, incomplete=True) == []


def test_a_new_registration_takes_the_place_of_the_old_one(desk: Desk) -> None:
    first = register(desk)
    second = register(desk, LEADER | {"name": "郑新"}, RESPONSIBLE, version=first.version)
    assert [p.name for p in seen(desk, office()).persons] == ["郑新", "吴小昊"]
    with pytest.raises(VersionMovedOn):
        register(desk, version=first.version)
    assert second.version == first.version + 1


def test_only_the_units_own_leader_and_the_office_have_to_do_with_it(desk: Desk) -> None:
    register(desk, who=office())
    stranger = leads("350100-market")
    with pytest.raises(NotFound):
        register(desk, who=stranger)
    with pytest.raises(NotFound):
        seen(desk, stranger)
    for who in (of_unit(HOUSING, FUZHOU, Role.UNIT), office(role=Role.AGENT), leads(HOUSING, "350200")):
        with pytest.raises(PermissionDenied):
            register(desk, who=who)
        with pytest.raises(PermissionDenied):
            seen(desk, who)
    with pytest.raises(PermissionDenied):
        desk.runtime.query(leads(), m.ListUnitStaffing(city=FUZHOU))


@pytest.mark.parametrize("unit", ["nobody", "350100-municipal-roads"])
def test_a_section_is_no_linked_unit(desk: Desk, unit: str) -> None:
    for ask in (lambda: register(desk, who=office(), name=name_of(unit)), lambda: seen(desk, office(), name_of(unit))):
        with pytest.raises(NotFound):
            ask()


def test_nothing_is_read_of_a_unit_that_has_registered_nobody(desk: Desk) -> None:
    with pytest.raises(NothingRegistered):
        seen(desk, office())


def test_a_number_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(BadFields):
        register(desk, LEADER | {"mobile": "问办公室"}, RESPONSIBLE)
