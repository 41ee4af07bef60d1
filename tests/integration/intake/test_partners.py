"""Matters that petition and "Internet + supervision" handle, and what each side is told, on the real database."""

from typing import Any

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.domain import BadFields, NotFound, StepNotAllowed
from services.intake.application import partner_messages
from services.intake.domain import partner_errors as errors
from services.intake.domain.errors import BadPhone
from services.intake.domain.partner import MOST_OF_PERSON
from tests.integration.intake.conftest import FUZHOU, NAME, PHONE, SHUANGYASHAN, Desk, principal

PETITION, SUPERVISION = (
    Principal(id, frozenset({Role.PARTNER}), frozenset({SHUANGYASHAN})) for id in ("petition", "internet_supervision")
)
SEAT, OFFICE = principal(Role.AGENT, SHUANGYASHAN), principal(Role.SUPERVISOR, SHUANGYASHAN)
IDENTITY = "35010219900101123x"
SAID = {"subject": "拆迁补偿", "text": "拆迁补偿款两年没有发放，请督促。"}
OTHER = {"name": "周建国", "phone": "19904690002"}


def do(desk: Desk, who: Principal, command: str, /, **fields: Any) -> Any:
    given = {"request_id": f"partner-{next(desk.numbers):04}"} | fields
    return desk.runtime.execute(who, getattr(partner_messages, command).of(given))


def ask(desk: Desk, who: Principal, query: str, /, **fields: Any) -> Any:
    return desk.runtime.query(who, getattr(partner_messages, query).of(fields))


def told(desk: Desk, who: Principal = PETITION, **changed: Any) -> Any:
    known = {"city": SHUANGYASHAN, "number": "XF2026-0012", "phone": "+86 138-0013 8000", "person_name": NAME}
    words = {"subject": "拆迁补偿", "text": f"{NAME}（{PHONE}）反映拆迁补偿款没有发放"}
    return do(desk, who, "TellPartnerMatter", **(known | words | changed))


def registered(desk: Desk, who: Principal = SEAT, **changed: Any) -> Any:
    return desk.register(who, **({"city": SHUANGYASHAN} | SAID | changed))


def found(desk: Desk, who: Principal = PETITION, **changed: Any) -> list[Any]:
    asked = {"city": SHUANGYASHAN, "phone": PHONE, "purpose": "信访登记前查重"} | SAID
    matters: list[Any] = ask(desk, who, "FindHotlineMatters", **(asked | changed)).matters
    return matters


def weighed(desk: Desk, case: str, matter: str, decision: str, **more: Any) -> Any:
    return do(desk, SEAT, "WeighPartnerMatter", name=case, matter=matter, decision=decision, **more)


def test_the_person_is_kept_as_hashes_and_the_words_masked(desk: Desk) -> None:
    one = told(desk, identity_number=IDENTITY)
    assert (one.platform, one.number, one.state) == ("petition", "XF2026-0012", "in_hand")
    for table in ("partner_matter", "remembered", "outbox"):
        kept = str(desk.rows(f"select * from {table}"))
        assert not [clear for clear in (PHONE, NAME, IDENTITY, IDENTITY.upper()) if clear in kept], table
    again = told(desk, subject="征地补偿", phone="", identity_number="")
    assert (again.name, again.version) == (one.name, 2)


def test_a_seat_is_shown_what_the_same_person_has_there_and_the_look_is_written_down(desk: Desk) -> None:
    one = told(desk)
    told(desk, SUPERVISION, number="D-7", subject="噪声", text="工地夜间施工噪声扰民")
    answer = registered(desk)
    (hint,) = answer.partner_matters
    assert (hint.matter, hint.platform, hint.platform_name, hint.number) == (
        one.name, "petition", "信访部门", "XF2026-0012",
    )  # fmt: skip
    assert PHONE not in hint.subject
    (look,) = desk.rows("select principal, case_id, what from look")
    assert look == (SEAT.id, answer.case.name.rpartition("/")[2], "shared: petition XF2026-0012")
    assert ask(desk, SEAT, "FindPartnerMatters", name=answer.case.name).matters == [hint]
    assert desk.rows("select count(*) from look") == [(2,)]
    assert registered(desk, caller=OTHER).partner_matters == []
    assert registered(desk, principal(Role.PORTAL, SHUANGYASHAN), channel="web").partner_matters == []
    assert registered(desk, subject="路灯不亮", text="门口的路灯不亮三天了。").partner_matters == []


def test_who_is_known_there_by_the_identity_number_is_found_too(desk: Desk) -> None:
    one = told(desk, phone="", identity_number=IDENTITY)
    (hint,) = registered(desk).partner_matters
    assert hint.matter == one.name


def test_handled_there_it_is_refused_on_the_ground_and_the_platform_is_named(desk: Desk) -> None:
    one, case = told(desk), registered(desk).case.name
    seen = weighed(desk, case, one.name, "handled_there")
    assert (seen.state, [link.number for link in seen.partner_links]) == ("registered", ["XF2026-0012"])
    refused = desk.do(SEAT, "RefuseCase", name=case, ground="legal_way")
    assert (refused.state, refused.next_authority) == ("refused", "信访部门")
    citizen = principal(Role.CITIZEN, SHUANGYASHAN, citizen=refused.citizen)
    assert desk.case(case, citizen).partner_links == []
    assert dict(desk.events())["case_refused"]["next_authority"] == "信访部门"


def test_the_number_there_that_a_seat_writes_into_a_refusal_travels_in_no_event(desk: Desk) -> None:
    one, case = told(desk), registered(desk).case.name
    weighed(desk, case, one.name, "handled_there")
    refused = desk.do(SEAT, "RefuseCase", name=case, ground="legal_way", next_authority="信访部门（XF2026-0012）")
    assert refused.next_authority.startswith("信访部门（")
    assert "XF2026-0012" not in refused.next_authority + dict(desk.events())["case_refused"]["next_authority"]


def test_it_goes_on_with_a_reason_and_nothing_is_blocked_without_one_word(desk: Desk) -> None:
    one, case = told(desk), registered(desk).case.name
    with pytest.raises(errors.ReasonToGoOnMissing):
        weighed(desk, case, one.name, "goes_on")
    seen = weighed(desk, case, one.name, "goes_on", reason=f"{NAME}所述为新的地块")
    (link,) = seen.partner_links
    assert (link.decision, link.matter, link.weighed_by) == ("goes_on", one.name, SEAT.id)
    assert NAME not in link.reason
    assert desk.do(SEAT, "AcceptCase", name=case).state == "accepted"
    unweighed = registered(desk)
    assert unweighed.partner_matters
    assert desk.do(SEAT, "AcceptCase", name=unweighed.case.name).state == "accepted"


def test_a_seat_cannot_hold_another_persons_matter_beside_a_case(desk: Desk) -> None:
    one, case = told(desk), registered(desk, caller=OTHER).case.name
    with pytest.raises(errors.MatterOfAnotherPerson):
        weighed(desk, case, one.name, "handled_there")
    fuzhou = desk.register().case.name
    with pytest.raises(NotFound):
        do(desk, principal(Role.AGENT), "WeighPartnerMatter", name=fuzhou, matter=one.name, decision="handled_there")


def test_a_partner_learns_that_the_matter_is_here_and_nothing_else_of_the_person(desk: Desk) -> None:
    case = desk.do(SEAT, "AcceptCase", name=registered(desk).case.name)
    registered(desk, subject="路灯不亮", text="门口的路灯不亮三天了。")
    registered(desk, caller=OTHER)
    registered(desk, confidentiality="platform_only")
    registered(desk, confidentiality="hidden_from_unit")
    (matter,) = found(desk)
    assert (matter.number, matter.state, matter.category) == (case.number, "accepted", "complaint")
    assert set(vars(matter)) == {"number", "state", "category", "create_time", "close_time"}
    citizen = case.citizen.removeprefix("citizens/")
    looks = "select principal, citizen_id, what, purpose from look where principal = 'petition'"
    assert desk.rows(looks) == [("petition", citizen, f"shared: petition: {case.number}", "信访登记前查重")]
    assert found(desk, phone="19904690003") == []
    assert desk.rows("select count(*) from look where principal = 'petition'") == [(2,)]
    desk.pass_time(days=366)
    assert found(desk) == []


def test_ended_there_nobody_is_shown_it_and_nothing_of_the_person_stays(desk: Desk) -> None:
    one = told(desk)
    assert registered(desk).partner_matters
    answers = "select answer is not null from remembered where command = 'RegisterCase'"
    assert desk.rows(answers) == [(True,)]
    with pytest.raises(NotFound):
        do(desk, SUPERVISION, "EndPartnerMatter", city=SHUANGYASHAN, number=one.number)
    ended = do(desk, PETITION, "EndPartnerMatter", city=SHUANGYASHAN, number=one.number)
    assert (ended.state, ended.version) == ("ended", 2)
    assert desk.rows(answers) == [(False,)], "it held the words of the matter"
    assert registered(desk).partner_matters == []
    kept = "select phone_hash, identity_hash, body->>'masked_text', body->>'masked_subject' from partner_matter"
    assert desk.rows(kept) == [("", "", "", "")]
    with pytest.raises(errors.MatterHasEnded):
        told(desk)
    with pytest.raises(StepNotAllowed):
        do(desk, PETITION, "EndPartnerMatter", city=SHUANGYASHAN, number=one.number)


def test_erasing_the_citizen_erases_what_was_told_of_them_and_what_stood_beside_the_case(desk: Desk) -> None:
    one, case = told(desk), registered(desk).case
    told(desk, number="XF2026-0013", phone="", identity_number=IDENTITY)
    other = told(desk, number="XF2026-0014", phone=OTHER["phone"])
    registered(desk, caller={"phone": PHONE, "identity_number": "230502198001011234"})
    weighed(desk, case.name, one.name, "goes_on", reason="新的地块")
    desk.do(OFFICE, "EraseCitizen", name=case.citizen, reason="本人申请")
    states = dict(desk.rows("select body->>'number', body->>'state' from partner_matter"))
    assert states == {"XF2026-0012": "erased", "XF2026-0013": "erased", other.number: "in_hand"}
    assert desk.rows("select count(*) from partner_matter where phone_hash || identity_hash <> ''") == [(1,)]
    assert desk.case(case.name, SEAT).partner_links == []
    assert found(desk) == []


def test_only_the_partners_of_the_city_tell_and_ask(desk: Desk) -> None:
    stranger = Principal("newspaper", frozenset({Role.PARTNER}), frozenset({SHUANGYASHAN}))
    platform, portal = (principal(role, SHUANGYASHAN) for role in (Role.PLATFORM, Role.PORTAL))
    for who in (stranger, platform, portal, SEAT, OFFICE):
        with pytest.raises((PermissionDenied, errors.NoPartner)):
            told(desk, who)
        with pytest.raises((PermissionDenied, errors.NoPartner)):
            found(desk, who)
        with pytest.raises((PermissionDenied, errors.NoPartner)):
            do(desk, who, "EndPartnerMatter", city=SHUANGYASHAN, number="XF2026-0012")
    everywhere = Principal("petition", frozenset({Role.PARTNER}), frozenset({"*"}))
    with pytest.raises(errors.NoPartner):
        told(desk, everywhere, city=FUZHOU)
    case, one = registered(desk).case.name, told(desk)
    for who in (PETITION, OFFICE):
        with pytest.raises(PermissionDenied):
            ask(desk, who, "FindPartnerMatters", name=case)
        with pytest.raises(PermissionDenied):
            do(desk, who, "WeighPartnerMatter", name=case, matter=one.name, decision="handled_there")
    with pytest.raises(PermissionDenied):
        desk.ask(PETITION, "GetCase", name=case)


def test_what_is_told_has_a_person_and_a_size(desk: Desk) -> None:
    with pytest.raises(errors.PersonMissing):
        told(desk, phone="")
    with pytest.raises(BadPhone):
        told(desk, phone="call me")
    for wrong in ({"number": "XF 1"}, {"subject": ""}, {"text": "字" * 2_001}, {"identity_number": "１"}):
        with pytest.raises(BadFields):
            told(desk, **wrong)
    for number in range(MOST_OF_PERSON):
        told(desk, number=f"XF-{number}")
    with pytest.raises(errors.TooManyMatters):
        told(desk, number="XF-more")
    assert told(desk, SUPERVISION, number="XF-more").state == "in_hand"
