"""Petitions in a CSV file: number, user, subject, time, text, and what else the file knows."""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

REQUIRED = ("number", "user", "subject", "time", "text")
SHANGHAI = ZoneInfo("Asia/Shanghai")
_TIMES = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d")
SUBJECT_LIMIT, TEXT_LIMIT = 200, 10_000


class FileUnusable(Exception):
    """The file as a whole cannot be read: it carries the words for people."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Petition:
    line: int
    number: str
    user: str
    subject: str
    said_at: datetime
    text: str
    # Only in labelled files.
    label: str = ""
    # Only in files with the official reply.
    answer: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read; the rest goes on."""

    line: int
    zh: str
    en: str


@dataclass(frozen=True)
class File:
    petitions: Sequence[Petition]
    bad: Sequence[BadRow]
    digest: str
    columns: frozenset[str]


def read_file(path: Path) -> File:
    """All rows, in the file's order. Raises FileUnusable when it is no such CSV at all."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileUnusable(f"无法读取 {path}：{error.strerror}", f"cannot read {path}: {error.strerror}") from None
    # Undecodable bytes become lone surrogates, so that only their own row is refused.
    text = raw.decode("utf-8-sig", errors="surrogateescape")
    reader = csv.DictReader(text.splitlines(keepends=True))
    columns = frozenset(reader.fieldnames or ())
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise FileUnusable(f"缺少列：{'、'.join(missing)}", f"columns missing: {', '.join(missing)}")
    rows = list(_rows(reader))
    return File(
        [row for row in rows if isinstance(row, Petition)],
        [row for row in rows if isinstance(row, BadRow)],
        hashlib.sha256(raw).hexdigest()[:16],
        columns,
    )


def _rows(reader: "csv.DictReader[str]") -> Iterator[Petition | BadRow]:
    seen: set[str] = set()
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(reader.line_num, f"格式错误：{error}", f"malformed: {error}")
            continue
        petition = _petition(reader.line_num, row)
        if isinstance(petition, Petition) and petition.number in seen:
            yield BadRow(petition.line, f"编号 {petition.number} 重复", f"number {petition.number} appears twice")
            continue
        if isinstance(petition, Petition):
            seen.add(petition.number)
        yield petition


def _petition(line: int, row: Mapping[str, str | None]) -> Petition | BadRow:
    values = {name: (row.get(name) or "").strip() for name in (*REQUIRED, "category", "answer")}
    if None in row or any(row.get(name) is None for name in REQUIRED):
        return BadRow(line, "列数与表头不符", "the number of columns differs from the header")
    if any("\x00" in v or any(0xD800 <= ord(c) <= 0xDFFF for c in v) for v in values.values()):
        return BadRow(line, "含有无法识别的字符", "holds unreadable characters")
    if not re.fullmatch(r"[0-9A-Za-z._-]{1,40}", values["number"]):
        return BadRow(line, f"编号不正确：{values['number'][:40]!r}", f"bad number {values['number'][:40]!r}")
    said_at = _time(values["time"])
    if said_at is None:
        return BadRow(line, f"时间不正确：{values['time'][:40]!r}", f"bad time {values['time'][:40]!r}")
    if not values["text"]:
        return BadRow(line, "text 为空", "text is empty")
    if len(values["text"]) > TEXT_LIMIT:
        return BadRow(line, f"text 过长，最多 {TEXT_LIMIT} 字", f"text is too long, at most {TEXT_LIMIT} characters")
    return Petition(
        line=line,
        number=values["number"],
        user=values["user"],
        subject=(values["subject"] or values["text"])[:SUBJECT_LIMIT],
        said_at=said_at,
        text=values["text"],
        label=values["category"],
        answer=values["answer"],
    )


def _time(written: str) -> datetime | None:
    for form in _TIMES:
        try:
            return datetime.strptime(written, form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    return None
