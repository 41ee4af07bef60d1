"""Files that travel between a caller and the store directly, by forms and links of a short life."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, Protocol

from chassis.domain import DomainError

# Long enough for 200 MB over a telephone at 3 Mbit/s.
UPLOAD_LIFE = timedelta(minutes=10)
DOWNLOAD_LIFE = timedelta(minutes=5)


class DirectTransferNotOffered(DomainError):
    """The files lie in a folder, which nobody can reach from outside."""

    zh = "本系统未配置对象存储，请改用 UploadAttachment 和 DownloadAttachment（每个文件，含视频，至多 23 MB）"
    en = "attachments lie in a folder here: use UploadAttachment and DownloadAttachment (up to 23 MB, videos too)"


class AttachmentNotUploaded(DomainError):
    """Nothing has arrived under the form that was given."""

    zh = "文件尚未上传，或上传已过期"
    en = "the file has not been uploaded yet, or its time is over"


@dataclass(frozen=True, slots=True)
class UploadForm:
    """What is sent as multipart/form-data by POST: the fields in any order, then the file as `file`."""

    url: str
    fields: dict[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class DownloadLink:
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """What has arrived, and the mark by which exactly this content is known again."""

    size_bytes: int
    sha256: str
    etag: str


class Transfers(Protocol):
    """Every call may raise DirectTransferNotOffered, ObjectsAway or ObjectsRefused."""

    def upload_form(self, key: str, *, size_bytes: int) -> UploadForm:
        """For exactly so many bytes under exactly this key."""

    def download_link(self, key: str, *, filename: str, media_type: str) -> DownloadLink:
        """The store then names the file and its type as given."""

    def arrived(self, key: str, into: BinaryIO, *, at_most: int) -> Arrived:
        """Reads what has arrived, at most so many bytes of it. Raises AttachmentNotUploaded."""

    def adopt(self, key: str, arrived: Arrived, to: str) -> None:
        """Copies what was read, and nothing that came later under its key. Raises AttachmentNotUploaded."""


class NoTransfers:
    """Beside a folder: nothing is offered."""

    def upload_form(self, key: str, *, size_bytes: int) -> UploadForm:
        raise DirectTransferNotOffered()

    def download_link(self, key: str, *, filename: str, media_type: str) -> DownloadLink:
        raise DirectTransferNotOffered()

    def arrived(self, key: str, into: BinaryIO, *, at_most: int) -> Arrived:
        raise DirectTransferNotOffered()

    def adopt(self, key: str, arrived: Arrived, to: str) -> None:
        raise DirectTransferNotOffered()
