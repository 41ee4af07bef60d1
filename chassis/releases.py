"""Released versions of a pack's own files: frozen copies, and the sums that prove that they are what they were."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from chassis.domain import DomainError, Status
from chassis.layers import Layer, Pack
from chassis.policy import PolicyError, Problem, fault, load

SUMS = "SHA256SUMS"


class AlreadyReleased(DomainError):
    """A released version is frozen: what differs from it needs a version of its own."""

    status = Status.FAILED_PRECONDITION
    zh = "{pack} 已发布，内容不同须提高版本号"
    en = "{pack} is released, and what differs from it needs a higher version"


def released(pack: Path) -> Iterator[Layer]:
    """All released versions of the pack in that folder. Raises PolicyError."""
    for path in sorted((pack / "released").glob("[0-9]*/pack.yaml")):
        head = load(path, Pack)
        if (head.name, head.version) != (pack.name, path.parent.name):
            zh, en = f"应为 {pack.name} {path.parent.name}", f"should be {pack.name} {path.parent.name}"
            raise PolicyError([fault(path, "version", zh, en)])
        yield Layer(head, path.parent)


def is_released(layer: Layer) -> bool:
    """Its present version, as it is."""
    kept = layer.path / "released" / layer.head.version
    return kept.is_dir() and _sums(kept) == _sums(layer.path)


def freeze(now: Layer) -> Layer:
    """Done again it changes nothing. Raises AlreadyReleased."""
    kept = now.path / "released" / now.head.version
    if not kept.exists():
        half = kept.with_name(f".{kept.name}")  # a copy that was broken off is no release
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        for path in _files(now.path):
            shutil.copyfile(path, half / path.name)
        os.replace(half, kept)
    elif not is_released(now):
        raise AlreadyReleased(pack=now.ref)
    _write_sums(now.path / "released")
    return Layer(now.head, kept)


def changed(layer: Layer) -> Iterator[Problem]:
    """What is not as it was released."""
    noted, here = _noted(layer.path.parent).get(layer.head.version, {}), _sums(layer.path)
    for name in sorted({*noted, *here}):
        if noted.get(name) != here.get(name):
            zh, en = "已发布的规则包不得更改", "a released pack must stay as it was"
            yield Problem(layer.path / name, 1, f"{zh}（{SUMS}）", f"{en} ({SUMS})")


def changed_after_release(layer: Layer) -> Iterator[Problem]:
    kept = layer.path / "released" / layer.head.version
    if kept.is_dir() and not is_released(layer):
        problem = AlreadyReleased(pack=layer.ref)
        yield fault(layer.path / "pack.yaml", "version", problem.message_zh, problem.message_en)


def noted_stacks(path: Path) -> Sequence[str]:
    """Which released layers lie over each other, by reference."""
    return path.read_text("utf-8").split() if path.is_file() else ()


def note(path: Path, refs: Iterable[str]) -> None:
    """What was once noted stays: cases may have been accepted under it."""
    lines = list(dict.fromkeys((*noted_stacks(path), *sorted(refs))))
    if lines:
        half = path.with_name(f".{path.name}")
        half.write_text("".join(f"{ref}\n" for ref in lines), "utf-8")
        os.replace(half, path)


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
