"""What became of each mutant, kept between runs; and what is to be said of a target."""

import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from tests.mutation.mutants import Mutant, mutants_of

Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Target:
    """Modules that belong together, and the tests that hold them."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """A survivor that somebody has looked at."""

    key: Key
    why: str


def known_survivors(path: Path) -> list[Known]:
    told = yaml.safe_load(path.read_text("utf-8")) or []
    return [
        Known((file, where, one["was"], one.get("now") or ""), group["why"])
        for group in told
        for one in group["survivors"]
        for file, _, where in [one["in"].partition(" ")]
    ]


class Results:
    """In out/mutation; a kill counts while module and test stay as they are, a survival while no test changes."""

    def __init__(self, root: Path, target: Target) -> None:
        self.root, self.target = root, target
        folder = root / "out" / "mutation"
        folder.mkdir(parents=True, exist_ok=True)
        self._path, self.log = folder / f"{target.name}.json", folder / f"{target.name}.log"
        self._kept: dict[str, list[str]] = {}
        self.read()
        self.mutants = [mutant for file in target.modules for mutant in mutants_of(root, file)]

    def read(self) -> None:
        if self._path.exists():
            self._kept = json.loads(self._path.read_text("utf-8"))

    def forget(self) -> None:
        self._kept = {}

    def waiting(self) -> list[Mutant]:
        return [mutant for mutant in self.mutants if self.of(mutant) is None]

    def of(self, mutant: Mutant) -> str | None:
        """Who noticed it; empty: nobody; None: not known."""
        by, stand = self._kept.get(_hash(mutant.source), ("", ""))
        return by if stand == self._stand(by) else None

    def keep(self, mutant: Mutant, by: str) -> None:
        self._kept[_hash(mutant.source)] = [by, self._stand(by)]

    def save(self) -> None:
        known = {_hash(mutant.source) for mutant in self.mutants}
        kept = {name: what for name, what in self._kept.items() if name in known}
        new = self._path.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(kept, indent=0, ensure_ascii=False), "utf-8")
        new.replace(self._path)

    def _stand(self, by: str) -> str:
        file = self.root / by.partition("::")[0]
        return self._hash_of(file) if "::" in by and file.exists() else self._all_tests

    @cached_property
    def _all_tests(self) -> str:
        tests = [self.root / place for place in self.target.tests]
        files = sorted(file for place in tests for file in ([place] if place.is_file() else place.rglob("*.py")))
        return _hash("".join(self._hash_of(file) for file in files))

    def _hash_of(self, file: Path) -> str:
        if file not in self._hashes:
            self._hashes[file] = _hash(file.read_text("utf-8"))
        return self._hashes[file]

    @cached_property
    def _hashes(self) -> dict[Path, str]:
        return {}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Verdict:
    """Of one target."""

    target: Target
    total: Mapping[str, int]
    survivors: Sequence[Mutant]
    unknown: Sequence[Mutant]
    # Listed, and not among the survivors.
    gone: Sequence[Known]

    @property
    def share(self) -> float:
        total = sum(self.total.values())
        return 100 * (total - len(self.survivors)) / total

    def passes(self, share: float) -> bool:
        return self.share >= share and not self.unknown and not self.gone

    def told(self, share: float) -> str:
        total = sum(self.total.values())
        head = (
            f"{self.target.name}: {total - len(self.survivors)} of {total} killed, {self.share:.1f} % (wanted {share})"
        )
        return "\n".join(
            [head, *map(_listed, self.unknown), *(f"  no longer there: {known.key}" for known in self.gone)]
        )


def _listed(mutant: Mutant) -> str:
    where = f"{mutant.file}:{mutant.line} {mutant.where}"
    return f"  {where}\n    - {mutant.was}\n    + {mutant.now}"


def verdict_of(target: Target, results: Results, known: Sequence[Known]) -> Verdict:
    if results.waiting():
        sys.exit(f"{target.name}: its tests were changed while it ran; run it again")
    survivors = [mutant for mutant in results.mutants if not results.of(mutant)]
    listed = {each.key for each in known}
    unknown = [mutant for mutant in survivors if mutant.key not in listed]
    there = {mutant.key for mutant in survivors}
    gone = [each for each in known if each.key[0] in target.modules and each.key not in there]
    return Verdict(target, Counter(mutant.file for mutant in results.mutants), survivors, unknown, gone)
