"""What a replay in simulated time has sent: weeks pass in minutes there, and request ids are forgotten in days."""

from dataclasses import dataclass, field
from pathlib import Path

import msgspec


class _Sent(msgspec.Struct, frozen=True):
    number: str
    case: str


@dataclass
class Journal:
    """Lies beside the databases of its replay and lives as long as they; without a path it keeps nothing."""

    path: Path | None = None
    sent: dict[str, str] = field(default_factory=dict)  # number -> case name

    @classmethod
    def read(cls, path: Path) -> "Journal":
        journal = cls(path)
        if not path.exists():
            return journal
        lines = path.read_bytes().split(b"\n")
        # A kill may tear the last line: that petition is sent again under its request id, which is still remembered.
        for line in lines[:-1]:
            entry = msgspec.json.decode(line, type=_Sent)
            journal.sent[entry.number] = entry.case
        path.write_bytes(b"".join(line + b"\n" for line in lines[:-1]))
        return journal

    def add(self, number: str, case: str) -> None:
        self.sent[number] = case
        if self.path is not None:
            with self.path.open("ab") as file:
                file.write(msgspec.json.encode(_Sent(number, case)) + b"\n")
