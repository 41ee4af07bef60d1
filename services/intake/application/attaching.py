"""Attachments: judged by content, kept in the object store, named only to those who may see the case."""

from hashlib import sha256

from chassis.access import Principal, Role
from chassis.attachments import AttachmentAltered, check_attachment
from chassis.domain import NotFound, Sealed
from chassis.message import city_of, id_of
from chassis.objects import ObjectStore
from chassis.work import Work
from services.intake.application.messages import DownloadAttachment, UploadAttachment
from services.intake.application.ports import Files, Looks
from services.intake.application.tables import case_of, citizen_of, commands, may_see, queries
from services.intake.application.views import AttachmentContentView, AttachmentView, attachment_view
from services.intake.domain.case import FILENAME, Case
from services.intake.domain.citizen import Vault
from services.intake.domain.errors import CitizenErased
from services.intake.domain.pack import Confidentiality
from services.intake.domain.parts import Attachment

ROLES = frozenset({Role.AGENT, Role.CITIZEN, Role.UNIT, Role.UNIT_LEADER})


def sees_case(cmd: UploadAttachment, work: Work) -> bool:
    case = work.find(Case, id_of(cmd.parent, "cases"))
    return case is not None and case.city == city_of(cmd.parent) and may_see(work, case)


@commands.on(UploadAttachment, roles=ROLES, relation=sees_case)
def upload_attachment(cmd: UploadAttachment, work: Work, *, files: Files, vault: Vault) -> AttachmentView:
    case = case_of(work, cmd.parent)
    media = check_attachment(cmd.filename, cmd.content, already=len(case.attachments))
    checksum = sha256(cmd.content).hexdigest()
    if cmd.sha256 and cmd.sha256.lower() != checksum:
        raise AttachmentAltered(field="sha256")
    attachment = Attachment(
        id=work.new_id(),
        filename=_sealed_name(case, vault, cmd.filename),
        media_type=media.name,
        size_bytes=len(cmd.content),
        sha256=checksum,
        added_at=work.now,
        owner=_owner(case, work.principal.unit),
    )
    events = case.attach(attachment)
    # Kept before the commit: a crash between leaves a file that is deleted later, never a name without its file.
    files.put(work, object_key(case, attachment.id), cmd.content)
    work.save(case, *events)
    return attachment_view(case, attachment, cmd.filename)


def _owner(case: Case, unit: str) -> str:
    order = next((o for o in case.orders if unit and unit in o.units), None)
    return order.id if order else "case"


def _sealed_name(case: Case, vault: Vault, filename: str) -> Sealed | None:
    if case.erased:
        return None
    return vault.seal(case.citizen_key, citizen_id=case.citizen_id, case_id=case.id, field=FILENAME, text=filename)


def object_key(case: Case, attachment_id: str) -> str:
    return f"{case.city}/{case.id}/{attachment_id}"


@queries.on(DownloadAttachment, roles=ROLES | {Role.SUPERVISOR}, writes=True)
def download_attachment(
    query: DownloadAttachment, work: Work, *, objects: ObjectStore, vault: Vault, looks: Looks
) -> AttachmentContentView:
    case = case_of(work, query.name)
    id = id_of(query.name, "attachments")
    attachment = next((a for a in case.attachments if a.id == id), None)
    if attachment is None or not may_see(work, case) or _hidden(case, attachment, work.principal):
        raise NotFound()
    looks.log(work, case=case, what=f"attachment/{id}", purpose="download")
    view = attachment_view(case, attachment, _opened_name(case, attachment, work, vault))
    return AttachmentContentView(attachment=view, content=objects.get(object_key(case, id)))


def _hidden(case: Case, attachment: Attachment, principal: Principal) -> bool:
    """What a citizen attached may tell who they are, by its content or its name: a unit sees what its order added."""
    if not principal.has(Role.UNIT, Role.UNIT_LEADER):
        return False
    told_on = case.confidentiality is not Confidentiality.NORMAL or case.respondent_unit == principal.unit
    return told_on and attachment.owner == "case"


def _opened_name(case: Case, attachment: Attachment, work: Work, vault: Vault) -> str:
    if attachment.filename is None:
        return ""
    try:
        return vault.open(citizen_of(work, case), attachment.filename, case_id=case.id)
    except CitizenErased:
        return ""
