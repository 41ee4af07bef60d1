"""The folder of objects, and what may be attached to a case."""

import io
import os
import resource
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.attachments import (
    MAX_BYTES,
    MAX_VIDEO_BYTES,
    AttachmentEmpty,
    AttachmentTooLarge,
    AttachmentTypeFalse,
    AttachmentTypeRefused,
    TooManyAttachments,
    check_attachment,
    media_type,
)
from chassis.domain import DomainError
from chassis.fakes.objects import MemoryObjects
from chassis.objects import FolderObjects, ObjectKeyInvalid, ObjectsRefused, ObjectStore
from tests.contract.object_store_suite import KEY, ObjectStoreSuite

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(50)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(50)
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(50)
PDF = b"%PDF-1.7\n%abc\n"


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return file.getvalue()


class TestFolderObjects(ObjectStoreSuite):
    @pytest.fixture
    def store(self, tmp_path: Path) -> ObjectStore:
        return FolderObjects(tmp_path / "objects")


class TestMemoryObjects(ObjectStoreSuite):
    @pytest.fixture
    def store(self) -> ObjectStore:
        return MemoryObjects()


def test_a_link_inside_the_folder_does_not_lead_out(tmp_path: Path) -> None:
    store = FolderObjects(tmp_path / "objects")
    store.put(KEY, b"inside")
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "objects" / "out").symlink_to(tmp_path)
    (tmp_path / "objects" / "file").symlink_to(tmp_path / "secret")
    for key in ("out/secret", "file"):
        with pytest.raises(ObjectKeyInvalid):
            store.get(key)
    with pytest.raises(ObjectKeyInvalid):
        store.put("out/new", b"x")


def test_nothing_half_written_stays_behind(tmp_path: Path) -> None:
    FolderObjects(tmp_path).put(KEY, b"x")
    assert list((tmp_path / "incoming").iterdir()) == []


def test_what_a_killed_process_leaves_half_written_is_listed_for_the_sweep(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from chassis.objects import FolderObjects\n"
        "os.link = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"FolderObjects(Path(sys.argv[1])).put({KEY!r}, b'half')"
    )
    assert subprocess.run([sys.executable, "-c", program, tmp_path / "o"], check=False).returncode == -signal.SIGKILL
    store = FolderObjects(tmp_path / "o")
    assert [listed.key.partition("/")[0] for listed in store.listed()] == ["incoming"]
    store.delete(store.listed()[0].key)
    assert store.listed() == []


def test_a_folder_that_takes_nothing_says_so_by_name(tmp_path: Path) -> None:
    store, before = FolderObjects(tmp_path), resource.getrlimit(resource.RLIMIT_FSIZE)
    store.put(KEY, b"before")
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))  # as a full disk does
    try:
        with pytest.raises(ObjectsRefused, match="EFBIG"):
            store.put("350100/case/new", b"x")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [listed.key for listed in store.listed()] == [KEY]


def test_a_folder_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "store").mkdir()
    broken, store = FolderObjects(tmp_path / "file"), FolderObjects(tmp_path / "store")
    store.put("a/b", b"x")
    for call in (lambda: broken.put(KEY, b"x"), broken.listed, lambda: store.delete("a")):
        with pytest.raises(ObjectsRefused):
            call()


def test_the_age_of_a_moved_file_begins_anew(tmp_path: Path) -> None:
    store = FolderObjects(tmp_path)
    store.put(KEY, b"x")
    os.utime(tmp_path / KEY, (0, 0))
    store.move(KEY, "quarantine/x")
    assert store.listed()[0].modified_at.year > 1970


def test_a_key_below_an_object_is_refused(tmp_path: Path) -> None:
    store = FolderObjects(tmp_path)
    store.put("a", b"x")
    with pytest.raises(ObjectKeyInvalid):
        store.put("a/b", b"x")


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("现场.JPG", JPEG, "image/jpeg"),
        ("a.png", PNG, "image/png"),
        ("a.gif", b"GIF89a" + bytes(20), "image/gif"),
        ("a.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20), "image/webp"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "image/heic"),
        ("a.mp4", MP4, "video/mp4"),
        ("a.mov", b"\x00\x00\x00\x14ftypqt  " + bytes(20), "video/quicktime"),
        ("a.3gp", b"\x00\x00\x00\x18ftyp3gp4" + bytes(20), "video/3gpp"),
        ("a.avi", b"RIFF\x24\x00\x00\x00AVI LIST" + bytes(20), "video/x-msvideo"),
        ("a.mp3", b"ID3\x03\x00" + bytes(20), "audio/mpeg"),
        ("a.mp3", b"\xff\xfb\x90d" + bytes(20), "audio/mpeg"),
        ("a.m4a", b"\x00\x00\x00 ftypM4A " + bytes(20), "audio/mp4"),
        ("a.wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20), "audio/wav"),
        ("a.amr", b"#!AMR\n" + bytes(20), "audio/amr"),
        ("a.pdf", PDF, "application/pdf"),
        ("no-ending", PDF, "application/pdf"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "application/msword"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"), "document"),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), "sheet"),
        ("a.pptx", archive("[Content_Types].xml", "ppt/presentation.xml"), "presentation"),
    ],
)
def test_photos_video_audio_pdf_and_office_are_known_by_their_content(name: str, content: bytes, media: str) -> None:
    assert check_attachment(name, content, already=0).name.endswith(media)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(100),
        b"\x7fELF" + bytes(100),
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"#!/bin/sh\nrm -rf /\n",
        "普通文字".encode(),
        bytes(100),
        archive("anything.txt"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("[Content_Types].xml", "word/document.xml")[:-30],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_anything_else_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(AttachmentTypeRefused):
        check_attachment("photo.jpg", content, already=0)


def test_a_name_that_lies_about_the_content_is_refused() -> None:
    with pytest.raises(AttachmentTypeFalse) as caught:
        check_attachment("photo.jpg", PDF, already=0)
    assert caught.value.reason == "ATTACHMENT_TYPE_FALSE"
    assert "application/pdf" in caught.value.message_zh


def test_the_limit_is_20_mib_and_for_video_200() -> None:
    assert check_attachment("a.jpg", JPEG.ljust(MAX_BYTES, b"\0"), already=0)
    with pytest.raises(AttachmentTooLarge, match="21 MB, the limit is 20 MB"):
        check_attachment("a.jpg", JPEG.ljust(MAX_BYTES + 1, b"\0"), already=0)
    assert check_attachment("a.mp4", MP4.ljust(MAX_BYTES + 1, b"\0"), already=0)
    with pytest.raises(AttachmentTooLarge):
        check_attachment("a.mp4", MP4.ljust(MAX_VIDEO_BYTES + 1, b"\0"), already=0)


def test_an_empty_file_and_the_twenty_first_are_refused() -> None:
    with pytest.raises(AttachmentEmpty):
        check_attachment("a.jpg", b"", already=0)
    assert check_attachment("a.jpg", JPEG, already=19)
    with pytest.raises(TooManyAttachments):
        check_attachment("a.jpg", JPEG, already=20)


@given(st.one_of(st.binary(min_size=1), st.binary().map(lambda tail: b"PK\x03\x04" + tail)))
def test_no_content_makes_the_check_fall_over(content: bytes) -> None:
    with suppress(DomainError):
        media_type(content)
