"""Which area a petition is about: the first pattern of the area map that its words contain."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.replay.petitions import FileUnusable


@dataclass(frozen=True)
class AreaMap:
    """Lines `pattern,area`: a regular expression and the area's code."""

    rules: Sequence[tuple[re.Pattern[str], str]] = ()

    @classmethod
    def read(cls, path: Path) -> "AreaMap":
        """Raises FileUnusable with the line."""
        rules = []
        try:
            lines = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        except (OSError, UnicodeDecodeError) as error:
            raise FileUnusable(f"无法读取 {path}", f"cannot read {path}: {error}") from None
        for number, line in enumerate(lines, start=1):
            if not line or line[0].startswith("#"):
                continue
            try:
                pattern, area = line
                rules.append((re.compile(pattern), area.strip()))
            except (ValueError, re.error):
                raise FileUnusable(
                    f"{path} 第 {number} 行应为「正则,地区代码」", f"{path}:{number} should be `pattern,area`"
                ) from None
        return cls(rules)

    def area_of(self, text: str) -> str:
        return next((area for pattern, area in self.rules if pattern.search(text)), "")
