"""What each schedule came to, kept line by line, so that a run which was broken off goes on from there."""

from pathlib import Path

import msgspec


class Line(msgspec.Struct, kw_only=True):
    """One schedule and its end."""

    seed: int
    number: int
    cases: int
    faults: list[str]
    delays: list[tuple[str, float | None]]
    """Each fault with the seconds to the first effect; nothing where there was nothing to do."""
    hits: list[str]
    wrong: dict[str, list[str]]
    events: int = 0
    copies: int = 0
    longest_wait: float = 0.0
    seconds: float = 0.0
    unsure: dict[str, int] = {}
    ended_by_themselves: list[str] = []
    sent_again: int = 0
    """Streams that the platform's own audit has mended meanwhile: what it mends, ours does not see. Each is lost."""
    repeated: int = 0
    """Messages handed over again, of classes that may repeat."""


class Journal:
    """One file for each seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"seed-{seed}.jsonl"

    def begin(self, first: int) -> list[Line]:
        """The lines of the schedules before `first`; later ones, of an earlier run, are forgotten."""
        lines = self._file.read_bytes().splitlines() if self._file.exists() else []
        kept = [line for raw in lines if (line := msgspec.json.decode(raw, type=Line)).number < first]
        self._file.write_bytes(b"".join(_encoded(line) for line in kept))
        return kept

    def add(self, line: Line) -> None:
        with self._file.open("ab") as file:
            file.write(_encoded(line))


def _encoded(line: Line) -> bytes:
    # JSON knows no infinity, which is what "never" is.
    delays = [(fault, 1e9 if seconds == float("inf") else seconds) for fault, seconds in line.delays]
    return msgspec.json.encode(msgspec.structs.replace(line, delays=delays)) + b"\n"
