"""Rule packs by version: what new cases follow, and the released versions under which older cases were accepted.

``packs/<name>/`` is the version that new cases follow. ``packs/<name>/released/<version>/`` are copies of what was once
released, frozen by ``packs/<name>/released/SHA256SUMS``, which `sha256sum --check` reads as well.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from chassis.domain import DomainError, Status
from chassis.policy import Basis, City, Policy, PolicyError, Problem, Words, fault, load, mismatch

SUMS = "SHA256SUMS"


class InForce(Policy):
    """The time during which a regulation applies; a lapsed one may still be used, with a warning."""

    since: date = Field(alias="from")
    until: date | None = None
    status: Annotated[str, Field(pattern="^(in_force|lapsed|draft)$")]
    note: Words | None = None
    basis: Basis


class Pack(Policy):
    """``packs/<name>/pack.yaml``: the head of a rule pack."""

    name: str
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Words
    regulations: tuple[str, ...]
    in_force: InForce


class AlreadyReleased(DomainError):
    """A released version is frozen: what differs from it needs a version of its own."""

    status = Status.FAILED_PRECONDITION
    zh = "{pack} 已发布，内容不同须提高版本号"
    en = "{pack} is released, and what differs from it needs a higher version"


@dataclass(frozen=True)
class PackFolder:
    """One version of a pack and where its files are."""

    head: Pack
    path: Path

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def ref(self) -> str:
        """As cases carry it: "<name>@<version>"."""
        return f"{self.head.name}@{self.head.version}"


@dataclass(frozen=True)
class Packs:
    """All versions by their reference, and which of each name new cases follow."""

    folders: Mapping[str, PackFolder]
    current: Mapping[str, PackFolder]

    def of(self, city: City) -> PackFolder:
        """What new cases of the city follow."""
        return self.current[city.pack]


def load_packs(policies: Path) -> Packs:
    """Every pack with its released versions. Raises PolicyError where a released one is not what it was."""
    names = sorted(path.parent.name for path in (policies / "packs").glob("*/pack.yaml"))
    current = {name: PackFolder(load_pack(policies, name), policies / "packs" / name) for name in names}
    released = [folder for name in names for folder in _released(policies / "packs" / name)]
    problems = [problem for folder in released for problem in _changed(folder)]
    problems += [problem for folder in current.values() for problem in _changed_after_release(folder)]
    if problems:
        raise PolicyError(problems)
    return Packs({folder.ref: folder for folder in (*released, *current.values())}, current)


def load_pack(policies: Path, name: str) -> Pack:
    """Read the head of the pack of that name; the folder and the name inside must agree."""
    path = policies / "packs" / name / "pack.yaml"
    pack = load(path, Pack)
    if pack.name != name:
        raise PolicyError([mismatch(path, name, pack.name)])
    return pack


def release(policies: Path, name: str) -> PackFolder:
    """Freezes the version that new cases follow; done again it changes nothing. Raises PolicyError, AlreadyReleased."""
    now = PackFolder(load_pack(policies, name), policies / "packs" / name)
    kept = now.path / "released" / now.head.version
    if not kept.exists():
        half = kept.with_name(f".{kept.name}")  # a copy that was broken off is no release
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        for path in _files(now.path):
            shutil.copyfile(path, half / path.name)
        os.replace(half, kept)
    elif _sums(kept) != _sums(now.path):
        raise AlreadyReleased(pack=now.ref)
    _write_sums(now.path / "released")
    return PackFolder(now.head, kept)


def _released(pack: Path) -> Iterator[PackFolder]:
    for path in sorted((pack / "released").glob("[0-9]*/pack.yaml")):
        head = load(path, Pack)
        if (head.name, head.version) != (pack.name, path.parent.name):
            zh, en = f"应为 {pack.name} {path.parent.name}", f"should be {pack.name} {path.parent.name}"
            raise PolicyError([fault(path, "version", zh, en)])
        yield PackFolder(head, path.parent)


def _changed(folder: PackFolder) -> Iterator[Problem]:
    """What is not as it was released."""
    noted, here = _noted(folder.path.parent).get(folder.head.version, {}), _sums(folder.path)
    for name in sorted({*noted, *here}):
        if noted.get(name) != here.get(name):
            zh, en = "已发布的规则包不得更改", "a released pack must stay as it was"
            yield Problem(folder.path / name, 1, f"{zh}（{SUMS}）", f"{en} ({SUMS})")


def _changed_after_release(folder: PackFolder) -> Iterator[Problem]:
    kept = folder.path / "released" / folder.head.version
    if kept.is_dir() and _sums(kept) != _sums(folder.path):
        problem = AlreadyReleased(pack=folder.ref)
        yield fault(folder.path / "pack.yaml", "version", problem.message_zh, problem.message_en)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _sums(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in _files(folder)}


def _noted(released: Path) -> dict[str, dict[str, str]]:
    """By version and file."""
    noted: dict[str, dict[str, str]] = {}
    path = released / SUMS
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        digest, _, name = line.partition("  ")
        version, _, file = name.partition("/")
        noted.setdefault(version, {})[file] = digest
    return noted


def _write_sums(released: Path) -> None:
    """Only what is not noted yet is added: what a release once was is not for us to say anew."""
    noted = _noted(released)
    for version in sorted(path.name for path in released.glob("[0-9]*")):
        noted.setdefault(version, _sums(released / version))
    lines = [f"{digest}  {v}/{file}\n" for v, files in sorted(noted.items()) for file, digest in sorted(files.items())]
    half = released / f".{SUMS}"
    half.write_text("".join(lines), "utf-8")
    os.replace(half, released / SUMS)
