"""Attachments through a real MinIO: forms, checks, quarantine, links, scanner."""

from collections.abc import Iterator

import pytest

from chassis.access import Role
from chassis.attachments import (
    AttachmentAltered,
    AttachmentTooLarge,
    AttachmentTypeFalse,
    AttachmentTypeRefused,
    TooManyAttachments,
)
from chassis.domain import NotFound
from chassis.scanner import AttachmentInfected, ScannerAway
from chassis.transfers import AttachmentNotUploaded, DirectTransferNotOffered
from services.intake.domain import errors
from tests.integration.intake.conftest import AGENT, NAME, SUPERVISOR, Desk, Open, citizen_of, principal
from tests.integration.intake.files import begun, delete_files, finished, keys, sent
from tests.integration.intake.test_privacy import PNG, UNIT, id_of, looks
from tests.integration.objects.clamd import HARMFUL, Clamd, clamd
from tests.integration.objects.store import fetch


@pytest.fixture
def scanner() -> Iterator[Clamd]:
    with clamd() as server:
        yield server


def test_a_file_counts_only_after_it_arrived_and_was_checked(stored: Desk) -> None:
    case = stored.accept()
    upload = sent(stored, case.name)
    assert stored.case(case.name).attachments == []
    kept = finished(stored, case.name, upload)
    assert (kept.filename, kept.media_type, kept.size_bytes) == (f"{NAME}.png", "image/png", len(PNG))
    assert stored.told()[-1] == "attachment_added"
    loaded = stored.ask(citizen_of(case), "DownloadAttachment", name=kept.name)
    assert (loaded.content, loaded.attachment.filename) == (PNG, f"{NAME}.png")
    link = stored.ask(AGENT, "GetAttachmentLink", name=kept.name)
    answer = fetch(link.url)
    assert (answer.data, answer.headers["content-type"]) == (PNG, "image/png")
    assert NAME not in answer.headers["content-disposition"]
    assert [purpose for _, _, purpose in looks(stored)] == ["download", "link"]


def test_files_on_their_way_do_not_take_a_case_over_its_limit(stored: Desk) -> None:
    case = stored.accept()
    upload = sent(stored, case.name)
    for number in range(20):
        stored.do(AGENT, "UploadAttachment", parent=case.name, filename=f"{number}.png", content=PNG)
    with pytest.raises(TooManyAttachments):
        finished(stored, case.name, upload)
    assert len(stored.case(case.name).attachments) == 20


def test_what_was_taken_over_leaves_nothing_behind(stored: Desk) -> None:
    case = stored.accept()
    kept = finished(stored, case.name, sent(stored, case.name))
    assert delete_files(stored) == 1
    assert keys(stored) == [f"350100/{id_of(case.name)}/{id_of(kept.name)}"]
    stored.pass_time(hours=3)
    assert delete_files(stored) == 0


def test_what_never_came_or_never_was_finished_is_deleted(stored: Desk) -> None:
    case = stored.accept()
    absent, sent_only = begun(stored, case.name), sent(stored, case.name)
    with pytest.raises(AttachmentNotUploaded):
        finished(stored, case.name, absent)
    assert delete_files(stored) == 0
    stored.pass_time(hours=2)
    assert delete_files(stored) == 2
    assert keys(stored) == []
    with pytest.raises(NotFound):
        finished(stored, case.name, sent_only)


def test_a_repeated_finish_gets_the_first_answer(stored: Desk) -> None:
    case = stored.accept()
    upload = sent(stored, case.name)
    fields = {"parent": case.name, "upload": upload.upload, "request_id": "request-repeated"}
    first = stored.do(AGENT, "FinishAttachmentUpload", **fields)
    delete_files(stored)
    assert stored.do(AGENT, "FinishAttachmentUpload", **fields) == first
    with pytest.raises(NotFound):
        finished(stored, case.name, upload)


@pytest.mark.parametrize(
    ("content", "changed", "fault"),
    [
        (b"#!/bin/sh\nrm -rf /\n", {}, AttachmentTypeRefused),
        (PNG, {"filename": "x.pdf"}, AttachmentTypeFalse),
        (PNG, {"sha256": "0" * 64}, AttachmentAltered),
        (b"%PDF-1.7\n".ljust(21 * 2**20, b"\0"), {"filename": "x.pdf"}, AttachmentTooLarge),
    ],
    ids=["type", "name", "checksum", "size"],
)
def test_what_fails_its_checks_is_put_into_quarantine_and_does_not_count(
    stored: Desk, content: bytes, changed: dict[str, str], fault: type[Exception]
) -> None:
    case = stored.accept()
    upload = sent(stored, case.name, content, **changed)
    with pytest.raises(fault) as caught:
        finished(stored, case.name, upload)
    reason = getattr(caught.value, "reason", "").lower().replace("_", "-")
    assert keys(stored) == [f"quarantine/{reason}/350100/{id_of(case.name)}/{upload.upload}"]
    assert stored.case(case.name).attachments == []
    with pytest.raises(AttachmentNotUploaded):
        finished(stored, case.name, upload)


def test_a_harmful_file_is_put_into_quarantine_whichever_way_it_came(open_desk: Open, scanner: Clamd) -> None:
    desk = open_desk(scanner_url=scanner.url)
    case, harmful = desk.accept(), PNG + HARMFUL
    upload = sent(desk, case.name, harmful)
    with pytest.raises(AttachmentInfected, match="Eicar-Test-Signature"):
        finished(desk, case.name, upload)
    with pytest.raises(AttachmentInfected):
        desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=harmful)
    assert [key.split("/")[:2] for key in keys(desk)] == [["quarantine", "attachment-infected"]] * 2
    assert finished(desk, case.name, sent(desk, case.name)).size_bytes == len(PNG)


def test_while_the_scanner_is_away_nothing_is_taken_and_nothing_is_lost(open_desk: Open) -> None:
    with clamd() as gone:
        url = gone.url
    desk = open_desk(scanner_url=url)
    case = desk.accept()
    upload = sent(desk, case.name)
    with pytest.raises(ScannerAway):
        finished(desk, case.name, upload)
    with pytest.raises(ScannerAway):
        desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG)
    assert keys(desk) == [f"incoming/350100/{id_of(case.name)}/{upload.upload}"]


def test_only_who_began_an_upload_may_finish_it_and_only_for_its_case(stored: Desk) -> None:
    case, other = stored.accept(), stored.accept()
    with pytest.raises(NotFound):
        begun(stored, case.name, who=UNIT)
    stored.dispatched(case.name)
    upload = sent(stored, case.name, who=UNIT)
    for who, name in ((AGENT, case.name), (citizen_of(case), case.name), (UNIT, other.name)):
        with pytest.raises(NotFound):
            finished(stored, name, upload, who)
    kept = finished(stored, case.name, upload, UNIT)
    assert stored.events()[-1][1]["owner"] == "wo-1"
    with pytest.raises(NotFound):
        stored.ask(principal(Role.UNIT, unit="roads"), "GetAttachmentLink", name=kept.name)


def test_uploads_on_their_way_count_and_a_case_that_is_over_takes_none(stored: Desk) -> None:
    case = stored.accept()
    for _ in range(20):
        begun(stored, case.name)
    with pytest.raises(TooManyAttachments):
        begun(stored, case.name)
    stored.pass_time(hours=2)
    late = begun(stored, case.name)
    stored.do(AGENT, "WithdrawCase", name=case.name, reason="已解决")
    for call in (lambda: begun(stored, case.name), lambda: finished(stored, case.name, late)):
        with pytest.raises((errors.NoMoreAttachments, AttachmentNotUploaded)):
            call()


def test_an_erased_citizen_leaves_no_upload(stored: Desk) -> None:
    case = stored.accept()
    kept, upload = finished(stored, case.name, sent(stored, case.name)), sent(stored, case.name)
    stored.do(SUPERVISOR, "EraseCitizen", name=case.citizen, reason="本人要求")
    stored.pass_time(hours=2)
    delete_files(stored)
    assert keys(stored) == []
    for name in (kept.name,):
        with pytest.raises(NotFound):
            stored.ask(AGENT, "GetAttachmentLink", name=name)
    with pytest.raises(NotFound):
        finished(stored, case.name, upload)


def test_a_folder_offers_no_forms_and_says_what_to_do_instead(desk: Desk) -> None:
    case = desk.accept()
    with pytest.raises(DirectTransferNotOffered, match="UploadAttachment"):
        begun(desk, case.name)
    kept = desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG)
    with pytest.raises(DirectTransferNotOffered):
        desk.ask(AGENT, "GetAttachmentLink", name=kept.name)
    assert looks(desk) == []
