"""Files that cannot be moved or deleted, and files of erased citizens in quarantine: none holds up the others."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import structlog.testing

from chassis.attachments import AttachmentTypeRefused
from chassis.objects import FolderObjects
from services.intake.adapters import doomed
from tests.integration.intake.conftest import SUPERVISOR, Desk
from tests.integration.intake.files import delete_files, finished, keys, sent, store_of
from tests.integration.intake.test_kept_files import sweep
from tests.integration.intake.test_privacy import id_of


def doom(desk: Desk, *keys: str) -> None:
    with desk.runtime.engine.begin() as connection:
        for key in keys:
            row = {"key": key, "at": desk.clock.now()}
            connection.execute(sa.text("insert into doomed_file (key, doomed_at) values (:key, :at)"), row)


def names(desk: Desk) -> list[str]:
    return [key for (key,) in desk.rows("select key from doomed_file order by key")]


def test_foreign_objects_stay_and_all_behind_them_is_swept(stored: Desk) -> None:
    foreign = ["1 (copy).png", "1/2/3/4/5/6/7", "folder/", "incoming/现场 1.png"]
    store: Any = store_of(stored)
    store.prepare()
    for key in foreign:
        store._client._execute("PUT", store.address.bucket, key, body=b"x")
    store.put("350100/nobody/nothing", b"x")
    store.put("zzz/nobody/nothing", b"x")
    stored.pass_time(days=2)
    with structlog.testing.capture_logs() as logs:
        sweep(stored)
    left = [*foreign, "quarantine/orphan/350100/nobody/nothing", "quarantine/orphan/zzz/nobody/nothing"]
    assert keys(stored) == sorted(left)
    told = [entry["first"] for entry in logs if entry["event"] == "file_left_by_sweep"]
    assert told == ["1 (copy).png"], "once in a round"


def test_a_file_that_cannot_be_deleted_is_tried_again_later_and_holds_up_nothing(desk: Desk) -> None:
    store = store_of(desk)
    for key in ("a/stuck", "b/1", "b/2"):
        store.put(key, b"x")
    doom(desk, "a/stuck", "b/1", "b/2")
    stuck: Path = store.root / "a/stuck"
    stuck.rename(store.root / "target")
    stuck.symlink_to(store.root / "target")
    delete_files(desk)
    assert (keys(desk), names(desk)) == (["target"], ["a/stuck"])
    stuck.unlink()
    desk.pass_time(minutes=11)
    delete_files(desk)
    assert names(desk) == []


def test_each_deletion_counts_before_the_next_begins(desk: Desk, tmp_path: Path) -> None:
    class Watched(FolderObjects):
        def delete(self, key: str) -> None:
            seen.append(names(desk))
            super().delete(key)

    seen: list[list[str]] = []
    doom(desk, "a", "b", "c")
    doomed.deleting(Watched(tmp_path)).run(desk.runtime)
    assert seen == [["a", "b", "c"], ["b", "c"], ["c"]]


def test_the_quarantine_keeps_nothing_of_an_erased_citizen(stored: Desk) -> None:
    erased, other = stored.accept(), stored.accept(caller={"name": "李四", "phone": "13900139000"})
    for case in (erased, other):
        upload = sent(stored, case.name, b"#!/bin/sh\nrm -rf /\n")
        with pytest.raises(AttachmentTypeRefused):
            finished(stored, case.name, upload)
        store_of(stored).put(f"quarantine/orphan/350100/{id_of(case.name)}/file", b"x")
    stored.do(SUPERVISOR, "EraseCitizen", name=erased.citizen, reason="本人要求")
    sweep(stored)
    assert [key.split("/")[3] for key in keys(stored)] == [id_of(other.name)] * 2
