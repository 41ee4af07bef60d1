"""What tests do with files that lie in a store."""

from hashlib import sha256
from typing import Any

from chassis.access import Principal
from chassis.transfers import UploadForm
from tests.integration.intake.conftest import AGENT, NAME, Desk
from tests.integration.intake.test_privacy import PNG
from tests.integration.objects.store import post


def store_of(desk: Desk) -> Any:
    return desk.runtime.service.dependencies["objects"]


def keys(desk: Desk) -> list[str]:
    return [listed.key for listed in store_of(desk).listed()]


def begun(desk: Desk, case: str, content: bytes = PNG, *, who: Principal = AGENT, **changed: Any) -> Any:
    fields = {"filename": f"{NAME}.png", "size_bytes": len(content), "sha256": sha256(content).hexdigest()} | changed
    return desk.do(who, "StartAttachmentUpload", parent=case, **fields)


def sent(desk: Desk, case: str, content: bytes = PNG, **changed: Any) -> Any:
    upload = begun(desk, case, content, **changed)
    assert post(UploadForm(upload.url, upload.fields, upload.expire_time), content) == 204
    return upload


def finished(desk: Desk, case: str, upload: Any, who: Principal = AGENT) -> Any:
    return desk.do(who, "FinishAttachmentUpload", parent=case, upload=upload.upload)


def delete_files(desk: Desk) -> int:
    done = 0
    while did := desk.runtime.service.jobs[0].run(desk.runtime):
        done += did
    return done
