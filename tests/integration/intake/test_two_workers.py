"""Two workers of intake: each doomed file is deleted once, and none is forgotten."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from chassis.objects import FolderObjects
from services.intake.adapters import doomed
from tests.integration.intake.conftest import Desk
from tests.replicas import at_once, second


def test_two_workers_delete_each_file_once(desk: Desk, tmp_path: Path) -> None:
    objects = FolderObjects(tmp_path / "files")
    keys = [f"cases/c{number}/file-{number}" for number in range(250)]
    with desk.runtime.engine.begin() as connection:
        for key in keys:
            objects.put(key, b"x")
            row = {"key": key, "at": desk.clock.now() - timedelta(hours=1)}
            connection.execute(sa.text("insert into doomed_file (key, doomed_at) values (:key, :at)"), row)
    other = second(desk.runtime)
    done = at_once(doomed.deleting(objects).run, [desk.runtime, other])
    other.engine.dispose()
    assert sum(done) == len(keys)
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    with desk.runtime.engine.connect() as connection:
        assert connection.execute(sa.text("select count(*) from doomed_file")).scalar() == 0
