"""What may be attached to a case: photos, video, audio, PDF and Office files, judged by content (decisions ⚠28)."""

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import BinaryIO

import puremagic

from chassis.domain import DomainError, Status

MIB = 1024 * 1024
MAX_BYTES = 20 * MIB
MAX_VIDEO_BYTES = 200 * MIB
MAX_PER_CASE = 20
_HEAD_BYTES = 64 * 1024


class AttachmentEmpty(DomainError):
    """A file without content."""

    status = Status.INVALID_ARGUMENT
    zh = "附件内容为空"
    en = "the attachment is empty"


class AttachmentTooLarge(DomainError):
    """More than the limit of its kind."""

    status = Status.INVALID_ARGUMENT
    zh = "附件过大：{size_mib} MB，上限 {limit_mib} MB"
    en = "the attachment has {size_mib} MB, the limit is {limit_mib} MB"


class AttachmentTypeRefused(DomainError):
    """The content is none of the kinds that may be attached."""

    status = Status.INVALID_ARGUMENT
    zh = "不支持的附件类型：仅限图片、视频、音频、PDF 和 Office 文档"
    en = "only photos, video, audio, PDF and Office files may be attached"


class AttachmentTypeFalse(DomainError):
    """The name says another type than the content."""

    status = Status.INVALID_ARGUMENT
    zh = "附件扩展名 {extension} 与内容不符（实际为 {media_type}）"
    en = "the name ends in {extension}, but the content is {media_type}"


class AttachmentAltered(DomainError):
    """The content does not have the checksum that was announced."""

    status = Status.INVALID_ARGUMENT
    zh = "附件校验和不一致"
    en = "the checksum of the attachment does not match"


class TooManyAttachments(DomainError):
    """The case has as many as it may."""

    status = Status.RESOURCE_EXHAUSTED
    zh = "附件数量已达上限 {limit} 个"
    en = "the case already has {limit} attachments"


class Kind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class MediaType:
    """A type that may be attached, and the endings its name may have (without one: any)."""

    name: str
    kind: Kind
    endings: tuple[str, ...]


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    "word": MediaType(f"{_OPEN_XML}wordprocessingml.document", Kind.DOCUMENT, (".docx",)),
    "xl": MediaType(f"{_OPEN_XML}spreadsheetml.sheet", Kind.DOCUMENT, (".xlsx",)),
    "ppt": MediaType(f"{_OPEN_XML}presentationml.presentation", Kind.DOCUMENT, (".pptx",)),
}
_OLD_OFFICE = {
    "WordDocument": MediaType("application/msword", Kind.DOCUMENT, (".doc", ".wps")),
    "Workbook": MediaType("application/vnd.ms-excel", Kind.DOCUMENT, (".xls", ".et")),
    "PowerPoint Document": MediaType("application/vnd.ms-powerpoint", Kind.DOCUMENT, (".ppt", ".dps")),
}
_PLAIN = (
    MediaType("image/jpeg", Kind.PHOTO, (".jpg", ".jpeg", ".jpe", ".jfif")),
    MediaType("image/png", Kind.PHOTO, (".png",)),
    MediaType("image/gif", Kind.PHOTO, (".gif",)),
    MediaType("image/webp", Kind.PHOTO, (".webp",)),
    MediaType("image/heic", Kind.PHOTO, (".heic", ".heif")),
    MediaType("video/mp4", Kind.VIDEO, (".mp4", ".m4v")),
    MediaType("video/quicktime", Kind.VIDEO, (".mov", ".qt")),
    MediaType("video/3gpp", Kind.VIDEO, (".3gp", ".3g2")),
    MediaType("video/x-msvideo", Kind.VIDEO, (".avi",)),
    MediaType("video/webm", Kind.VIDEO, (".webm", ".mkv")),
    MediaType("audio/mpeg", Kind.AUDIO, (".mp3",)),
    MediaType("audio/mp4", Kind.AUDIO, (".m4a", ".m4b")),
    MediaType("audio/wav", Kind.AUDIO, (".wav",)),
    MediaType("audio/amr", Kind.AUDIO, (".amr",)),
    MediaType("audio/aac", Kind.AUDIO, (".aac",)),
    MediaType("audio/ogg", Kind.AUDIO, (".ogg", ".opus", ".oga")),
    MediaType("audio/flac", Kind.AUDIO, (".flac",)),
    MediaType("application/pdf", Kind.DOCUMENT, (".pdf",)),
)
# Photos, films and sound of telephones share one container; its brand tells them apart.
_BRANDS = dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc"), ".heic") | {
    b"qt  ": ".mov", b"M4A ": ".m4a", b"M4B ": ".m4a",
}  # fmt: skip
_BY_ENDING = {ending: media for media in _PLAIN for ending in media.endings}


def check_room(already: int) -> None:
    """Whether a case with so many attachments may have another. Raises TooManyAttachments."""
    if already >= MAX_PER_CASE:
        raise TooManyAttachments(limit=MAX_PER_CASE)


def check_attachment(filename: str, content: bytes, *, already: int) -> MediaType:
    """The true type of a file that may join a case with so many attachments. Raises what is wrong with it."""
    check_room(already)
    if not content:
        raise AttachmentEmpty(field="content")
    if len(content) > MAX_VIDEO_BYTES:
        raise _too_large(content, MAX_VIDEO_BYTES)
    media = media_type(content)
    check_ending(ending_of(filename), media)
    limit = MAX_VIDEO_BYTES if media.kind is Kind.VIDEO else MAX_BYTES
    if len(content) > limit:
        raise _too_large(content, limit)
    return media


def check_announced(size_bytes: int, *, already: int) -> None:
    """Before a byte travels: how many the case has, and what no kind may exceed."""
    check_room(already)
    if size_bytes < 1:
        raise AttachmentEmpty(field="size_bytes")
    if size_bytes > MAX_VIDEO_BYTES:
        raise AttachmentTooLarge(field="size_bytes", size_mib=-(-size_bytes // MIB), limit_mib=MAX_VIDEO_BYTES // MIB)


def check_file(file: BinaryIO, size_bytes: int) -> MediaType:
    """The true type of a file on disk: of a video, the only kind above 20 MB, the head is read, else all of it."""
    head = file.read(MAX_BYTES if size_bytes <= MAX_BYTES else _HEAD_BYTES)
    file.seek(0)
    media = media_type(head)
    if size_bytes > MAX_BYTES and media.kind is not Kind.VIDEO:
        raise AttachmentTooLarge(field="content", size_mib=-(-size_bytes // MIB), limit_mib=MAX_BYTES // MIB)
    return media


def ending_of(filename: str) -> str:
    """The ending by which a name tells a type: nothing that could tell a person."""
    return PurePath(filename).suffix.lower()[:20]


def check_ending(ending: str, media: MediaType) -> None:
    """Raises AttachmentTypeFalse."""
    if ending and ending not in media.endings:
        raise AttachmentTypeFalse(field="filename", extension=ending, media_type=media.name)


def media_type(content: bytes) -> MediaType:
    """The type that the content shows. Raises AttachmentTypeRefused."""
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office(content)
    if content[4:8] == b"ftyp":
        return _BY_ENDING[_BRANDS.get(content[8:12], ".3gp" if content[8:10] == b"3g" else ".mp4")]
    if content.startswith(b"ID3") or _is_mpeg_audio(content[:4]):
        return _BY_ENDING[".mp3"]
    try:
        matches = puremagic.magic_string(content[:_HEAD_BYTES])
    except (puremagic.PureError, ValueError):
        raise AttachmentTypeRefused(field="content") from None
    best = max((match.confidence for match in matches), default=0.0)
    for match in matches:
        media = _BY_ENDING.get(match.extension)
        if media is not None and match.confidence >= best - 0.1:
            return media
    raise AttachmentTypeRefused(field="content")


def _is_mpeg_audio(header: bytes) -> bool:
    """Whether this is the header of an MPEG audio frame: sync bits, a layer, a known bit rate and sampling rate."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return False
    return header[1] & 0x06 != 0 and header[2] & 0xF0 != 0xF0 and header[2] & 0x0C != 0x0C


def _office(content: bytes) -> MediaType:
    """Office files are archives: only one that holds a document, and no macros, is taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise AttachmentTypeRefused(field="content") from None
    folders = {name.split("/", 1)[0] for name in names if "/" in name}
    found = [media for folder, media in _OFFICE.items() if folder in folders]
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if "[Content_Types].xml" not in names or len(found) != 1 or has_macros:
        raise AttachmentTypeRefused(field="content")
    return found[0]


def _old_office(content: bytes) -> MediaType:
    found = [media for stream, media in _OLD_OFFICE.items() if stream.encode("utf-16-le") in content]
    if not found:
        raise AttachmentTypeRefused(field="content")
    return found[0]


def _too_large(content: bytes, limit: int) -> AttachmentTooLarge:
    return AttachmentTooLarge(field="content", size_mib=-(-len(content) // MIB), limit_mib=limit // MIB)
