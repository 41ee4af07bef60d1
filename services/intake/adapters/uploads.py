"""Uploads that are on their way, as rows beside the names of the files that are to go."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from chassis.database import direct
from chassis.domain import Sealed
from chassis.work import Work
from services.intake.adapters.tables import doomed_table, upload_table
from services.intake.domain.parts import Upload

# Longer than the life of a form with the slowest line behind it: what arrives later has no form any more.
GRACE = timedelta(hours=1)


class UploadRows:
    def start(self, work: Work, upload: Upload, key: str) -> None:
        doomed_at = work.now + GRACE
        kept = msgspec.json.encode(upload.filename).decode() if upload.filename else None
        row = {name: getattr(upload, name) for name in ("id", "case_id", "principal", "ending", "size_bytes", "sha256")}
        work.write(upload_table, {**row, "filename": kept, "doomed_at": doomed_at})
        work.write(doomed_table, {"key": key, "doomed_at": doomed_at})

    def find(self, work: Work, id: str) -> Upload | None:
        for found, case_id, principal, filename, *announced in direct.fetch(work.connection, _FIND, {"id": id}):
            sealed = msgspec.json.decode(filename, type=Sealed) if filename else None
            return Upload(found, case_id, principal, sealed, *announced)
        return None

    def waiting(self, work: Work, case_id: str) -> int:
        ((waiting,),) = direct.fetch(work.connection, _WAITING, {"case_id": case_id, "now": work.now})
        return int(waiting)

    def end(self, work: Work, ids: Sequence[str]) -> None:
        direct.run(work.connection, _END, {"ids": list(ids)})

    def forget(self, work: Work, case_ids: Sequence[str]) -> None:
        # The name of what may still arrive stays among those that are to go.
        direct.run(work.connection, _FORGET, {"cases": list(case_ids)})


_FIND = "select id, case_id, principal, filename, ending, size_bytes, sha256 from upload where id = %(id)s for update"
_WAITING = "select count(*) from upload where case_id = %(case_id)s and doomed_at > %(now)s"
_END = "delete from upload where id = any(%(ids)s)"
_FORGET = "delete from upload where case_id = any(%(cases)s)"
