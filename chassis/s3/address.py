"""Where a store is, and how it is asked: http://user:password@host:9000/bucket?region=cn-north-1."""

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from chassis.settings import is_loopback

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Address:
    """One bucket with the key that opens it; its words never show the password."""

    host: str
    secure: bool
    bucket: str
    region: str
    user: str = field(repr=False, default="")
    password: str = field(repr=False, default="")
    ca: str = ""
    """A file of who signed its certificate; without it the machine's own list."""

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises ValueError, in words that hold no password."""
        parts = urlsplit(url)
        bucket = parts.path.strip("/")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("should be like https://user:password@host:9000/bucket")
        if not _BUCKET.fullmatch(bucket):
            raise ValueError(f"{bucket!r} is no name of a bucket")
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise ValueError(f"citizens' files would go to {parts.hostname} in clear: use https")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        given = parse_qs(parts.query)
        return cls(
            host=f"{host}:{parts.port}" if parts.port else host,
            secure=parts.scheme == "https",
            bucket=bucket,
            region=given.get("region", ["us-east-1"])[0],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            ca=given.get("cacertfile", [""])[0],
        )

    def __str__(self) -> str:
        return f"{'https' if self.secure else 'http'}://{self.host}/{self.bucket}"
