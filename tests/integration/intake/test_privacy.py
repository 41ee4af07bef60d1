"""Looks, attachments, erasure, and what other services may ask."""

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest

from chassis.access import PermissionDenied, Role
from chassis.attachments import AttachmentAltered, AttachmentTypeFalse, AttachmentTypeRefused
from chassis.domain import BadFields, NotFound
from chassis.objects import ObjectNotFound
from chassis.privacy import ReplyBox
from services.intake.application.views import CaseView
from services.intake.domain import errors
from tests.integration.intake.conftest import (
    ADDRESS,
    AGENT,
    NAME,
    PHONE,
    PORTAL,
    SUPERVISOR,
    Desk,
    citizen_of,
    principal,
)

PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c489".replace(" ", "")) + b"\0" * 64
UNIT = principal(Role.UNIT, unit="lamps")


def looks(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.runtime.engine.connect() as connection:
        rows = connection.exec_driver_sql("select principal, what, purpose from look order by id").all()
    return [(row[0], row[1], row[2]) for row in rows]


def id_of(name: str) -> str:
    return name.rpartition("/")[2]


def test_a_look_at_the_contact_is_written_down_with_its_purpose(desk: Desk) -> None:
    case = desk.accept()
    contact = desk.ask(AGENT, "RevealContact", name=case.name, purpose="回电 13900139000")
    assert (contact.name, contact.phone, contact.address) == (NAME, PHONE, ADDRESS)
    assert looks(desk) == [("agent:350100", "contact", "回电 ［电话］")]


def test_only_an_assigned_unit_gets_the_contact_and_never_what_is_hidden_from_it(desk: Desk) -> None:
    case, report = desk.accept(), desk.accept(category="report")
    for one in (case, report):
        with pytest.raises(NotFound):
            desk.answer("reveal_contact", case_id=id_of(one.name), unit="lamps", purpose="联系")
        desk.dispatched(one.name)
    box = ReplyBox()
    answer = desk.answer(
        "reveal_contact",
        city="350100",
        case_id=id_of(case.name),
        unit="lamps",
        purpose="联系",
        reply_key=b64encode(box.public_key).decode(),
    )
    assert box.open(b64decode(answer["sealed"]))["phone"] == PHONE
    assert "路灯" in desk.answer("reveal_text", case_id=id_of(case.name), unit="lamps", purpose="办理")["text"]
    for unit in ("roads", "lamps"):
        with pytest.raises(NotFound):
            desk.answer("reveal_contact", case_id=id_of(report.name), unit=unit, purpose="联系")
    desk.tell("dispatch.return_agreed", case.name, work_order_id="wo-1", unit="lamps")
    with pytest.raises(NotFound):
        desk.answer("reveal_contact", case_id=id_of(case.name), unit="lamps", purpose="联系")
    with pytest.raises(errors.BadReplyKey):
        desk.answer("reveal_contact", case_id=id_of(case.name), purpose="短信", reply_key="AAAA")


def passages(desk: Desk, case: CaseView, *fields: str, **asked: str) -> dict[str, str]:
    """What the asker reads of passages that were sealed as these fields."""
    box = ReplyBox()
    sealed = [desk.sealed_for(case, f"{field} 的内容", field=field) for field in fields]
    given = [
        {"id": s.field, "field": s.field.replace("case.", "reply."), "ciphertext": b64encode(s.ciphertext).decode()}
        for s in sealed
    ]
    key = b64encode(box.public_key).decode()
    asked = {"case_id": id_of(case.name), "city": "350100", "purpose": "审核", "reply_key": key} | asked
    return box.open(b64decode(desk.answer("reveal_passages", passages=given, **asked)["sealed"]))


def test_what_units_wrote_is_opened_for_the_units_of_the_case_and_the_look_is_theirs(desk: Desk) -> None:
    case = desk.accept(category="report")
    desk.dispatched(case.name)
    read = passages(desk, case, "reply.result", "return.reason", unit="lamps", viewer="王科长")
    assert read == {"reply.result": "reply.result 的内容", "return.reason": "return.reason 的内容"}
    assert looks(desk) == [("王科长", "passages", "lamps: 审核")]
    for other in ({"unit": "roads"}, {"city": "350200"}):
        with pytest.raises(NotFound):
            passages(desk, case, "reply.result", **other)
    with pytest.raises(errors.BadReplyKey):
        passages(desk, case, "reply.result", reply_key="AAAA")


def test_what_the_citizen_said_is_no_passage(desk: Desk) -> None:
    case = desk.accept()
    assert passages(desk, case, "case.text", "reply.result") == {"reply.result": "reply.result 的内容"}
    given, key = {"id": "1", "field": "case.text", "ciphertext": "AAAA"}, b64encode(ReplyBox().public_key).decode()
    with pytest.raises(BadFields):
        desk.answer("reveal_passages", case_id=id_of(case.name), purpose="审核", passages=[given], reply_key=key)


def test_people_look_in_their_own_name_only(desk: Desk) -> None:
    case = desk.accept()
    asked = {"case_id": id_of(case.name), "city": "350100", "purpose": "回访", "viewer": "somebody else"}
    desk.runtime.answer(AGENT, "reveal_contact", asked)
    assert looks(desk) == [("agent:350100", "contact", "agent:350100: 回访")]
    with pytest.raises(PermissionDenied):
        desk.runtime.answer(SUPERVISOR, "reveal_passages", asked)


def wanted(name: str, city: str = "350100", purpose: str = "message:accepted") -> dict[str, str]:
    return {"case_id": id_of(name), "city": city, "purpose": purpose}


def numbers(desk: Desk, *asked: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """What the asker reads of the answer: numbers by case, and the cases whose number cannot be opened."""
    box = ReplyBox()
    answer = desk.answer("reveal_numbers", wanted=list(asked), reply_key=b64encode(box.public_key).decode())
    return box.open(b64decode(answer["sealed"])), answer["unreadable"]


def test_the_numbers_of_a_batch_are_told_at_once_and_each_look_is_written_down(desk: Desk) -> None:
    first, second = desk.accept(), desk.accept()
    nobody = f"cities/350100/cases/{'0' * 32}"
    asked = [wanted(first.name), wanted(first.name, purpose="message:replied"), wanted(second.name), wanted(nobody)]
    told, unreadable = numbers(desk, *asked)
    assert (told, unreadable) == ({id_of(first.name): PHONE, id_of(second.name): PHONE}, [])
    purposes = ["message:accepted", "message:accepted", "message:replied"]
    expected = [("service:dispatch", "number", f"service:dispatch: {purpose}") for purpose in purposes]
    assert sorted(looks(desk)) == expected


def test_a_batch_tells_no_number_of_another_city_and_none_that_was_not_left(desk: Desk) -> None:
    case, silent = desk.accept(), desk.accept(caller={})
    assert numbers(desk, wanted(case.name, city="350200"), wanted(silent.name)) == ({}, [])
    assert looks(desk) == []


def test_a_number_that_cannot_be_opened_is_named_and_the_others_are_told(desk: Desk) -> None:
    bad, good = desk.accept(), desk.accept(caller={"name": NAME, "phone": "13800138999"})
    with desk.runtime.engine.begin() as connection:
        connection.exec_driver_sql(
            "update citizen set body = jsonb_set(body, '{wrapped_key}', '\"AAAA\"') "
            "where id = (select body->>'citizen_id' from case_file where id = %(id)s)",
            {"id": id_of(bad.name)},
        )
    assert numbers(desk, wanted(bad.name), wanted(good.name)) == ({id_of(good.name): "13800138999"}, [id_of(bad.name)])


def test_a_person_may_not_ask_for_numbers(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        desk.runtime.answer(
            SUPERVISOR, "reveal_numbers", {"wanted": [wanted("cities/350100/cases/a")], "reply_key": "k"}
        )


def test_an_attachment_is_judged_by_content_and_found_again(desk: Desk) -> None:
    case = desk.accept()
    with pytest.raises(AttachmentTypeRefused):
        desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x", content=b"#!/bin/sh\n")
    with pytest.raises(AttachmentTypeFalse):
        desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x.pdf", content=PNG)
    with pytest.raises(AttachmentAltered):
        desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG, sha256="0" * 64)
    with pytest.raises(NotFound):
        desk.do(UNIT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG)
    desk.dispatched(case.name)
    kept = desk.do(
        UNIT,
        "UploadAttachment",
        parent=case.name,
        filename=f"{NAME}.png",
        content=PNG,
        sha256=sha256(PNG).hexdigest(),
    )
    assert desk.events()[-1][1]["owner"] == "wo-1"
    assert NAME not in str(desk.case(case.name).attachments)
    loaded = desk.ask(citizen_of(case), "DownloadAttachment", name=kept.name)
    assert (loaded.content, loaded.attachment.filename) == (PNG, f"{NAME}.png")
    with pytest.raises(NotFound):
        desk.ask(principal(Role.CITIZEN, citizen="citizens/x"), "DownloadAttachment", name=kept.name)
    assert [what.partition("/")[0] for _, what, _ in looks(desk)] == ["attachment"]


@pytest.mark.parametrize("hidden", [{"category": "report"}, {"respondent_unit": "350100-housing"}])
def test_what_a_citizen_attached_is_hidden_from_the_unit_like_the_citizen(desk: Desk, hidden: dict[str, str]) -> None:
    unit = principal(Role.UNIT, unit="350100-housing")
    case = desk.accept(**hidden)
    desk.dispatched(case.name, unit=unit.unit)
    photo = {"parent": case.name, "filename": f"{NAME}.png", "content": PNG}
    told, own = desk.do(AGENT, "UploadAttachment", **photo), desk.do(unit, "UploadAttachment", **photo)
    with pytest.raises(NotFound):
        desk.ask(unit, "DownloadAttachment", name=told.name)
    assert desk.ask(unit, "DownloadAttachment", name=own.name).content == PNG
    assert desk.ask(AGENT, "DownloadAttachment", name=told.name).content == PNG


def test_facts_and_authorities_tell_nobody(desk: Desk) -> None:
    case = desk.register(attributes={"place": f"{NAME}家门口"}).case
    desk.do(AGENT, "AcceptCase", name=case.name, attributes={"road": f"在{NAME}家旁"})
    refused = desk.do(AGENT, "RefuseCase", name=desk.register().case.name, ground="litigation",
                      next_authority=f"{NAME}找王法官 {PHONE}")  # fmt: skip
    accepted = next(p for t, p in desk.events() if t == "case_accepted")
    assert accepted["attributes"] == {"place": "［姓名］家门口", "road": "在［姓名］家旁"}
    assert refused.next_authority == "［姓名］找王法官 ［电话］"
    assert desk.events()[-1][1]["guidance"] == f"请向{refused.next_authority}反映。"
    with pytest.raises(BadFields):
        desk.register(attributes={PHONE: "yes"})


def test_after_erasing_nothing_of_the_citizen_can_be_opened_or_found(desk: Desk) -> None:
    case, second = desk.replied(), desk.accept()
    desk.do(AGENT, "UploadAttachment", parent=second.name, filename="x.png", content=PNG)
    with pytest.raises(NotFound):
        desk.do(principal(Role.SUPERVISOR, "610926"), "EraseCitizen", name=case.citizen, reason="本人要求")
    assert desk.do(SUPERVISOR, "EraseCitizen", name=case.citizen, reason="本人要求").cases == 2
    assert desk.told()[-2:] == ["citizen_erased", "citizen_erased"]
    for query in ("RevealContact", "RevealText"):
        with pytest.raises(errors.CitizenErased):
            desk.ask(AGENT, query, name=case.name, purpose="查看")
    with pytest.raises(NotFound):
        desk.answer("reveal_contact", case_id=id_of(case.name), purpose="短信")
    assert numbers(desk, wanted(case.name)) == ({}, [])
    with pytest.raises(NotFound):
        desk.ask(PORTAL, "LookUpProgress", number=case.number, phone=PHONE)
    seen = desk.case(case.name)
    assert (seen.masked_text, seen.subject, seen.reply) == ("", "", "")
    assert all("路灯" not in str(p) for _, p in desk.events())
    assert desk.register().case.citizen != case.citizen
    with pytest.raises(errors.CitizenErased):
        desk.do(SUPERVISOR, "EraseCitizen", name=case.citizen, reason="本人要求")


def test_what_other_services_see_of_a_case_tells_nobody(desk: Desk) -> None:
    case = desk.accept()
    summary = desk.answer("case_summary", case_id=id_of(case.name), city="350100")
    assert summary["number"] == case.number
    assert summary["state"] == "accepted"
    assert NAME not in str(summary)
    (subject,) = desk.answer("audit_facts")["subjects"]
    assert desk.answer("audit_facts", after=subject)["subjects"] == []
    (fact,) = desk.answer("audit_facts", subjects=[subject])["facts"]
    assert fact["case"] == {"state": "accepted", "accepted": True, "over": False, "times_accepted": 1}


def test_files_are_deleted_after_an_erasure_by_a_job_that_survives_the_process(desk: Desk) -> None:
    case = desk.accept()
    kept = desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG)
    objects = desk.runtime.service.dependencies["objects"]
    key = f"350100/{id_of(case.name)}/{id_of(kept.name)}"
    assert objects.get(key) == PNG
    desk.do(SUPERVISOR, "EraseCitizen", name=case.citizen, reason="本人要求")
    job = desk.runtime.service.jobs[0]
    assert (job.run(desk.runtime), job.run(desk.runtime)) == (1, 0)
    with pytest.raises(ObjectNotFound):
        objects.get(key)


@pytest.mark.parametrize("dies", ["before_put", "after_put"])
def test_a_file_whose_upload_dies_before_its_commit_is_deleted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    case = desk.accept()
    objects = desk.runtime.service.dependencies["objects"]
    put, keys = objects.put, []

    def dying(key: str, content: bytes) -> None:
        keys.append(key)
        if dies == "after_put":
            put(key, content)
        raise RuntimeError

    monkeypatch.setattr(objects, "put", dying)
    with pytest.raises(RuntimeError):
        desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG)
    job = desk.runtime.service.jobs[0]
    assert job.run(desk.runtime) == 0, "another upload may still be on its way"
    desk.pass_time(hours=2)
    assert job.run(desk.runtime) == 1
    assert [objects.exists(key) for key in keys] == [False]


def test_a_file_whose_upload_was_committed_stays(desk: Desk) -> None:
    case = desk.accept()
    kept = desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG)
    job = desk.runtime.service.jobs[0]
    desk.pass_time(hours=2)
    assert job.run(desk.runtime) == 0
    assert desk.runtime.service.dependencies["objects"].exists(f"350100/{id_of(case.name)}/{id_of(kept.name)}")
