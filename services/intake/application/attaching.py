"""Attachments: judged by content, kept in the object store, named only to those who may see the case."""

import io
from hashlib import sha256
from typing import Any

from chassis.access import Principal, Role
from chassis.attachments import AttachmentAltered, check_attachment
from chassis.domain import DomainError, NotFound, Sealed
from chassis.message import city_of, id_of
from chassis.objects import ObjectStore
from chassis.questions import Questions
from chassis.scanner import AttachmentInfected, Scanner
from chassis.transfers import Transfers
from chassis.work import Work
from services.intake.application.messages import (
    DownloadAttachment,
    FinishAttachmentUpload,
    GetAttachmentLink,
    StartAttachmentUpload,
    UploadAttachment,
)
from services.intake.application.ports import Files, Looks
from services.intake.application.tables import case_of, citizen_of, commands, may_see, queries
from services.intake.application.views import (
    AttachmentContentView,
    AttachmentLinkView,
    AttachmentView,
    attachment_view,
)
from services.intake.domain.case import FILENAME, Case
from services.intake.domain.citizen import Vault
from services.intake.domain.errors import CitizenErased
from services.intake.domain.pack import Confidentiality
from services.intake.domain.parts import Attachment

ROLES = frozenset({Role.AGENT, Role.CITIZEN, Role.UNIT, Role.UNIT_LEADER})
READERS = ROLES | {Role.SUPERVISOR}
Upload = UploadAttachment | StartAttachmentUpload | FinishAttachmentUpload


def sees_case(cmd: Upload, work: Work) -> bool:
    case = work.find(Case, id_of(cmd.parent, "cases"))
    return case is not None and case.city == city_of(cmd.parent) and may_see(work, case)


def scanned_before(cmd: UploadAttachment, _questions: Questions, *, scanner: Scanner) -> dict[str, Any]:
    """No transaction waits for the scanner; its word is given only to those who may attach."""
    try:
        scanner.scan(io.BytesIO(cmd.content))
    except DomainError as fault:
        return {"fault": fault}
    return {"fault": None}


@commands.on(UploadAttachment, roles=ROLES, relation=sees_case, ask=scanned_before)
def upload_attachment(cmd: UploadAttachment, work: Work, *, files: Files, vault: Vault) -> AttachmentView:
    case = case_of(work, cmd.parent)
    media = check_attachment(cmd.filename, cmd.content, already=len(case.attachments))
    checksum = sha256(cmd.content).hexdigest()
    if cmd.sha256 and cmd.sha256.lower() != checksum:
        raise AttachmentAltered(field="sha256")
    attachment = Attachment(
        id=work.new_id(),
        filename=sealed_name(case, vault, cmd.filename),
        media_type=media.name,
        size_bytes=len(cmd.content),
        sha256=checksum,
        added_at=work.now,
        owner=owner_of(case, work.principal.unit),
    )
    events = case.attach(attachment)
    _check_scanned(work, files, object_key(case, attachment.id), cmd.content)
    # Kept before the commit: a crash between leaves a file that is deleted later, never a name without its file.
    files.put(work, object_key(case, attachment.id), cmd.content)
    work.save(case, *events)
    return attachment_view(case, attachment, cmd.filename)


def _check_scanned(work: Work, files: Files, key: str, content: bytes) -> None:
    fault: DomainError | None = work.answers["fault"]
    if fault is None:
        return
    if isinstance(fault, AttachmentInfected):
        files.quarantine(key, fault, content)
    raise fault


def owner_of(case: Case, unit: str) -> str:
    """The order for which a unit adds something, or the case itself."""
    order = next((o for o in case.orders if unit and unit in o.units), None)
    return order.id if order else "case"


def sealed_name(case: Case, vault: Vault, filename: str) -> Sealed | None:
    if case.erased:
        return None
    return vault.seal(case.citizen_key, citizen_id=case.citizen_id, case_id=case.id, field=FILENAME, text=filename)


def object_key(case: Case, attachment_id: str) -> str:
    return f"{case.city}/{case.id}/{attachment_id}"


@queries.on(DownloadAttachment, roles=READERS, writes=True)
def download_attachment(
    query: DownloadAttachment, work: Work, *, objects: ObjectStore, vault: Vault, looks: Looks
) -> AttachmentContentView:
    case, attachment = _seen(query, work)
    looks.log(work, case=case, what=f"attachment/{attachment.id}", purpose="download")
    view = attachment_view(case, attachment, opened_name(case, attachment.filename, work, vault))
    return AttachmentContentView(attachment=view, content=objects.get(object_key(case, attachment.id)))


@queries.on(GetAttachmentLink, roles=READERS, writes=True)
def get_attachment_link(
    query: GetAttachmentLink, work: Work, *, transfers: Transfers, vault: Vault, looks: Looks
) -> AttachmentLinkView:
    case, attachment = _seen(query, work)
    looks.log(work, case=case, what=f"attachment/{attachment.id}", purpose="link")
    # A link travels through the logs of proxies: the name that it gives the file tells nobody.
    neutral = attachment_view(case, attachment).filename
    link = transfers.download_link(object_key(case, attachment.id), filename=neutral, media_type=attachment.media_type)
    view = attachment_view(case, attachment, opened_name(case, attachment.filename, work, vault))
    return AttachmentLinkView(attachment=view, url=link.url, expire_time=link.expires_at)


def _seen(query: DownloadAttachment | GetAttachmentLink, work: Work) -> tuple[Case, Attachment]:
    """The attachment, for those who may see it. Raises NotFound."""
    case, id = case_of(work, query.name), id_of(query.name, "attachments")
    attachment = next((a for a in case.attachments if a.id == id), None)
    if attachment is None or not may_see(work, case) or _hidden(case, attachment, work.principal):
        raise NotFound()
    return case, attachment


def _hidden(case: Case, attachment: Attachment, principal: Principal) -> bool:
    """What a citizen attached may tell who they are, by its content or its name: a unit sees what its order added."""
    if not principal.has(Role.UNIT, Role.UNIT_LEADER):
        return False
    told_on = case.confidentiality is not Confidentiality.NORMAL or case.respondent_unit == principal.unit
    return told_on and attachment.owner == "case"


def opened_name(case: Case, filename: Sealed | None, work: Work, vault: Vault) -> str:
    """Empty when the citizen was erased."""
    if filename is None:
        return ""
    try:
        return vault.open(citizen_of(work, case), filename, case_id=case.id)
    except CitizenErased:
        return ""
