"""Attachments that go to the store directly: a form of a short life, then everything is checked before it counts."""

import tempfile
from dataclasses import dataclass
from typing import Any

from chassis.attachments import (
    MAX_VIDEO_BYTES,
    AttachmentAltered,
    MediaType,
    check_announced,
    check_ending,
    check_file,
    ending_of,
)
from chassis.domain import DomainError, NotFound, Status
from chassis.message import city_of, id_of
from chassis.questions import Questions
from chassis.scanner import Scanner
from chassis.transfers import Arrived, Transfers
from chassis.work import Work
from services.intake.application.attaching import ROLES, object_key, opened_name, owner_of, sealed_name, sees_case
from services.intake.application.messages import FinishAttachmentUpload, StartAttachmentUpload
from services.intake.application.ports import Files, Uploads
from services.intake.application.tables import case_of, commands
from services.intake.application.views import AttachmentView, UploadView, attachment_view
from services.intake.domain.citizen import Vault
from services.intake.domain.parts import Attachment, Upload


@commands.on(StartAttachmentUpload, roles=ROLES, relation=sees_case)
def start_attachment_upload(
    cmd: StartAttachmentUpload, work: Work, *, uploads: Uploads, transfers: Transfers, vault: Vault
) -> UploadView:
    case = case_of(work, cmd.parent)
    case.check_attachable()
    check_announced(cmd.size_bytes, already=len(case.attachments) + uploads.waiting(work, case.id))
    upload = Upload(
        id=work.new_id(),
        case_id=case.id,
        principal=work.principal.id,
        filename=sealed_name(case, vault, cmd.filename),
        ending=ending_of(cmd.filename),
        size_bytes=cmd.size_bytes,
        sha256=cmd.sha256.lower(),
    )
    key = incoming_key(case.city, case.id, upload.id)
    form = transfers.upload_form(key, size_bytes=cmd.size_bytes)
    uploads.start(work, upload, key)
    return UploadView(upload=upload.id, url=form.url, fields=form.fields, expire_time=form.expires_at)


@dataclass(frozen=True)
class Judged:
    """What has arrived, and what is wrong with it by itself."""

    arrived: Arrived | None = None
    media: MediaType | None = None
    fault: DomainError | None = None


def judged_before(
    cmd: FinishAttachmentUpload, _questions: Questions, *, transfers: Transfers, scanner: Scanner
) -> dict[str, Any]:
    """No transaction waits for 200 MB and their scanner; the verdict is given only to who started the upload."""
    key = incoming_key(city_of(cmd.parent), id_of(cmd.parent, "cases"), cmd.upload)
    arrived = None
    with tempfile.TemporaryFile() as file:
        try:
            arrived = transfers.arrived(key, file, at_most=MAX_VIDEO_BYTES)
            media = check_file(file, arrived.size_bytes)
            scanner.scan(file)
        except DomainError as fault:
            return {"judged": Judged(arrived, None, fault)}
    return {"judged": Judged(arrived, media)}


@commands.on(FinishAttachmentUpload, roles=ROLES, relation=sees_case, ask=judged_before)
def finish_attachment_upload(
    cmd: FinishAttachmentUpload, work: Work, *, uploads: Uploads, files: Files, vault: Vault
) -> AttachmentView:
    case = case_of(work, cmd.parent)
    upload = uploads.find(work, cmd.upload)
    if upload is None or (upload.case_id, upload.principal) != (case.id, work.principal.id):
        raise NotFound()
    key, judged = incoming_key(case.city, case.id, upload.id), work.answers["judged"]
    fault = judged.fault or _unlike(upload, judged)
    if fault is not None:
        if judged.arrived is not None and fault.status is Status.INVALID_ARGUMENT:
            files.quarantine(key, fault)
        raise fault
    attachment = Attachment(
        id=work.new_id(),
        filename=upload.filename,
        media_type=judged.media.name,
        size_bytes=judged.arrived.size_bytes,
        sha256=judged.arrived.sha256,
        added_at=work.now,
        owner=owner_of(case, work.principal.unit),
    )
    events = case.attach(attachment)
    files.adopt(work, judged.arrived, key, object_key(case, attachment.id))
    uploads.end(work, [upload.id])
    work.save(case, *events)
    return attachment_view(case, attachment, opened_name(case, upload.filename, work, vault))


def _unlike(upload: Upload, judged: Judged) -> DomainError | None:
    """What does not fit the announcement."""
    assert judged.arrived is not None
    assert judged.media is not None
    if judged.arrived.sha256 != upload.sha256 or judged.arrived.size_bytes != upload.size_bytes:
        return AttachmentAltered(field="sha256")
    try:
        check_ending(upload.ending, judged.media)
    except DomainError as fault:
        return fault
    return None


def incoming_key(city: str, case_id: str, upload_id: str) -> str:
    """Apart from the attachments: what lies here does not count yet."""
    return f"incoming/{city}/{case_id}/{upload_id}"
