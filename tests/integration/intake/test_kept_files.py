"""Files in a real MinIO that is away or full, orphans, and what is old enough to go."""

import pytest

from chassis.objects import ObjectsAway, ObjectsRefused
from services.intake.adapters.sweeping import Sweeper
from tests.integration.intake.conftest import AGENT, Desk, Open
from tests.integration.intake.files import delete_files, finished, keys, sent, store_of
from tests.integration.intake.test_privacy import PNG, id_of
from tests.integration.objects.store import EncryptingMinio


def test_while_the_store_is_away_only_files_wait(server: EncryptingMinio, stored: Desk) -> None:
    case = stored.accept()
    kept = finished(stored, case.name, sent(stored, case.name))
    upload = sent(stored, case.name)
    server.kill()
    for call in (
        lambda: stored.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG),
        lambda: finished(stored, case.name, upload),
        lambda: stored.ask(AGENT, "DownloadAttachment", name=kept.name),
        lambda: delete_files(stored),
    ):
        with pytest.raises(ObjectsAway):
            call()
    assert stored.accept().number
    assert len(stored.case(case.name).attachments) == 1
    server.start()
    assert finished(stored, case.name, upload).size_bytes == len(PNG)
    stored.pass_time(hours=2)
    delete_files(stored)
    assert len(keys(stored)) == 2, "what was begun while the store was away is swept, what counts stays"


def test_a_refused_write_changes_nothing(server: EncryptingMinio, stored: Desk) -> None:
    case, photo = stored.accept(), PNG.ljust(2_000_000, b"\0")
    with server.full_disk():
        with pytest.raises((ObjectsAway, ObjectsRefused)):
            stored.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=photo)
        assert stored.accept().number
    assert stored.case(case.name).attachments == []
    assert stored.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=photo).size_bytes
    stored.pass_time(hours=2)
    delete_files(stored)
    assert len(keys(stored)) == 1


@pytest.mark.parametrize("kind", ["folder", "minio"])
def test_orphans_are_swept_and_what_counts_stays(open_desk: Open, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk() if kind == "minio" else open_desk(objects_url="", objects_encryption="")
    case = desk.accept()
    kept = desk.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG)
    good = f"350100/{id_of(case.name)}/{id_of(kept.name)}"
    store = store_of(desk)
    orphan, stray = f"350100/{id_of(case.name)}/{'0' * 8}-orphan", "350100/nobody/nothing"
    for key in (orphan, stray, "incoming/350100/a/b", "quarantine/x/y"):
        store.put(key, b"x")
    sweep(desk)
    assert len(keys(desk)) == 5, "nothing young is touched"
    desk.pass_time(days=2)
    sweep(desk)
    assert keys(desk) == sorted([good, f"quarantine/orphan/{orphan}", f"quarantine/orphan/{stray}", "quarantine/x/y"])
    desk.pass_time(days=31)
    sweep(desk)
    assert keys(desk) == [good]


def sweep(desk: Desk, page: int = 2) -> None:
    """One whole round, in small pages."""
    sweeper = Sweeper(store_of(desk), quarantine_days=30, kept_days=1826, page=page)
    while sweeper.run(desk.runtime):
        pass


def test_the_files_of_a_case_go_five_years_after_its_end(stored: Desk) -> None:
    old, open_case = stored.accept(), stored.accept()
    for case in (old, open_case):
        stored.do(AGENT, "UploadAttachment", parent=case.name, filename="x.png", content=PNG)
    stored.do(AGENT, "WithdrawCase", name=old.name, reason="已解决")
    stored.pass_time(days=1825)
    sweep(stored)
    delete_files(stored)
    assert len(keys(stored)) == 2
    stored.pass_time(days=2)
    sweep(stored)
    delete_files(stored)
    assert [key.split("/")[1] for key in keys(stored)] == [id_of(open_case.name)]
    assert (stored.case(old.name).attachments, len(stored.case(open_case.name).attachments)) == ([], 1)


def test_the_sweep_waits_a_day_between_its_rounds(stored: Desk) -> None:
    store_of(stored).put("350100/nobody/nothing", b"x")
    stored.pass_time(days=2)
    job = next(job for job in stored.runtime.service.jobs if job.name == "sweep_files")
    assert job.run(stored.runtime) == 0
    assert keys(stored) == ["quarantine/orphan/350100/nobody/nothing"]
    store_of(stored).put("350100/nobody/nothing", b"x")
    stored.pass_time(days=2)
    assert job.run(stored.runtime) == 0
    assert len(keys(stored)) == 2, "its clock is the machine's"
