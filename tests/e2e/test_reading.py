"""What the people of an order must read to work on it, through all services."""

import pytest

from chassis.domain import NotFound
from tests.e2e.acts import CALLER, TEXT, Life, registered
from tests.e2e.conftest import Stage, office, seat, unit

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def photographed(stage: Stage, **changed: str) -> Life:
    """A case with a photo from before it was accepted."""
    case = registered(stage, item="12", **changed)
    stage.call(seat(), "intake", "UploadAttachment", parent=case.name, filename="林晓梅家门口.png", content=PNG)
    case = stage.call(seat(), "intake", "AcceptCase", name=case.name)
    return Life(stage, case.name, case.citizen, case.number)


def test_the_assigned_unit_finds_and_opens_every_photo_of_its_case(stage: Stage) -> None:
    life = photographed(stage)
    stage.call(seat(), "intake", "UploadAttachment", parent=life.name, filename="第二张.png", content=PNG)
    me, other = unit(life.lead.unit), unit("350100-market")
    files = stage.call(me, "dispatch", "GetWorkOrder", name=life.order.name).attachments
    assert [(f.media_type, f.size_bytes) for f in files] == [("image/png", len(PNG))] * 2
    for file in files:
        assert stage.call(me, "intake", "DownloadAttachment", name=file.name).content == PNG
        with pytest.raises(NotFound):
            stage.call(other, "intake", "DownloadAttachment", name=file.name)


def test_a_confidential_case_shows_its_unit_no_file_of_the_citizen(stage: Stage) -> None:
    life = photographed(stage, confidentiality="hidden_from_unit")
    stage.call(seat(), "intake", "UploadAttachment", parent=life.name, filename="第二张.png", content=PNG)
    me = unit(life.lead.unit)
    own = stage.call(me, "intake", "UploadAttachment", parent=life.name, filename="修好了.png", content=PNG)
    files = stage.call(me, "dispatch", "GetWorkOrder", name=life.order.name).attachments
    assert [f.name for f in files] == [own.name]


def test_a_unit_reaches_the_citizen_and_reads_why_its_reply_came_back(stage: Stage) -> None:
    life = Life.begun(stage)
    life.sign()
    assert life.unit("RevealCitizenText", purpose="核实").text == TEXT
    contact = life.unit("RevealCitizenContact", purpose="首次联系")
    assert {"name": contact.name, "phone": contact.phone, "address": contact.address} == CALLER
    life.contact()
    life.reply("已转交。")
    life.office("SendBackReply", reason="请说明何时修补")
    read = stage.call(unit(life.lead.unit), "dispatch", "RevealPassages", name=life.order.name, purpose="重新答复")
    assert {p.kind: p.text for p in read.passages}["work_order.sent_back"] == "请说明何时修补"
    form = {"legal_basis": "条例", "handler": "陈师傅", "section": "养护科", "reviewed_by": "林局长"}
    life.unit("SubmitReply", result="三日内修补。", result_kind="solved", **form)
    reviewed = stage.call(office(), "dispatch", "RevealPassages", name=life.order.name, purpose="审核").passages
    assert {p.kind: p.text for p in reviewed}["reply.result"] == "三日内修补。"
    looks = "select principal, what from look where what <> 'number' order by id"
    mine, what = f"unit:{life.lead.unit}", ("text", "contact", "passages")
    looked = [tuple(row) for row in stage.databases.rows("intake", looks)]
    assert looked == [*((mine, one) for one in what), ("office", "passages")]


def test_what_a_supervision_says_is_read_by_the_office_and_by_the_unit(stage: Stage) -> None:
    life = Life.begun(stage)
    pressed = {"ground": "leader_instruction", "reason": "请限期整改"}
    stage.call(office(), "dispatch", "OpenSupervision", name=life.order.name, **pressed)
    for who in (office(), unit(life.lead.unit)):
        read = stage.call(who, "dispatch", "RevealPassages", name=life.order.name, purpose="督办").passages
        assert {p.kind: p.text for p in read} == {"supervision.order": "请限期整改"}
