"""Reads the worked examples, runs them, and finds the rules of a pack that have none."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Field, ValidationError

from chassis.documents import at, compose, place
from chassis.policy import Basis, Policy, PolicyError, Problem, Words, load, reason_of
from chassis.regulations import DEFAULT
from cli.articles import bases
from cli.worked import (
    assessment,
    circulars,
    dispatch,
    experts,
    intake,
    knowledge,
    notify,
    oversight,
    ownership,
    restricting,
    sharing,
    sla,
)
from cli.worked.asking import ASKS, asked
from cli.worked.bench import Bench, Shop

FOLDER = "examples"
__all__ = ["Rested", "failed", "missing", "rested_on"]
# Loaded for what they register.
_ASKED_BY = (
    assessment,
    circulars,
    dispatch,
    experts,
    intake,
    knowledge,
    notify,
    oversight,
    ownership,
    restricting,
    sharing,
)


class Example(Policy):
    """例题: of which rule, what is given, what must come out (the rest of what comes out is not looked at), and why."""

    basis: Basis
    given: dict[str, Any] = {}
    expect: Annotated[dict[str, Any], Field(min_length=1)]
    why: Words


class ExamplesFile(Policy):
    """``packs/<pack>/examples/<file>.yaml``, by part of the pack's file of that name."""

    pack: str
    examples: dict[str, tuple[Example, ...]]


class Rested(NamedTuple):
    """A part of a pack's file that rests on a rule, and the line where it says so."""

    part: str
    rule: str
    article: str
    file: Path
    line: int

    @property
    def key(self) -> tuple[str, str, str]:
        return self.part, self.rule, self.article


def failed(policies: Path) -> Iterator[Problem]:
    """Examples that do not come out, or rest on what their part does not. Raises PolicyError."""
    shop = Shop(policies)
    for path in sorted((policies / "packs").glob(f"*/{FOLDER}/*.yaml")):
        pack = path.parents[1]
        benches, here = list(shop.benches(pack.name)), {found.key for found in rested_on(pack / path.name)}
        if not benches:
            zh, en = "没有城市适用，例题无从试算", "no city follows the pack, so its examples cannot be run"
            yield Problem(path, 1, zh, en)
        for part, number, example in _read(path):
            spot = place(compose(path), ("examples", part.partition(".")[2], number))
            if (part, example.basis.rule, example.basis.article) not in here:
                zh, en = f"{part} 并无依据 {example.basis}", f"{part} does not rest on {example.basis}"
                yield Problem(*spot, zh, en)
            elif part not in ASKS:
                yield Problem(*spot, f"{part} 尚不能试算", f"nothing can be asked of {part}")
            else:
                for bench in benches:
                    for zh, en in _wrong(bench, part, example):
                        yield Problem(*spot, f"例题 {part}（{bench.ref}）：{zh}", f"example {part} ({bench.ref}): {en}")


def missing(policies: Path) -> Iterator[Problem]:
    """Rules of regulations in a pack's files, by part, that no example shows. Raises PolicyError."""
    shop = Shop(policies)
    for pack in sorted(path.parent for path in (policies / "packs").glob("*/pack.yaml")):
        shown = {
            (part, example.basis.rule, example.basis.article)
            for path in (pack / FOLDER).glob("*.yaml")
            for part, _, example in _read(path)
        }
        shown |= {key for bench in shop.benches(pack.name) for key in sla.shown(bench)}
        for path in sorted(pack.glob("*.yaml")):
            wanted = {found.key: found for found in rested_on(path) if found.rule != DEFAULT}
            for key, found in wanted.items():
                if key not in shown:
                    named = f"{found.part} {found.rule} {found.article}"
                    yield Problem(found.file, found.line, f"{named} 没有例题", f"{named} has no worked example")


def rested_on(path: Path) -> Iterator[Rested]:
    """Every basis in that file of a pack, by the part in which it stands."""
    if path.is_file():
        for key, value in compose(path).value:
            for basis in bases(value):
                rule, article = (node.value for node in basis)
                yield Rested(f"{path.stem}.{key.value}", rule, article, path, at(basis[0], "", "").line)


def _read(path: Path) -> Iterator[tuple[str, int, Example]]:
    """Each with its part as "<file>.<part>". Raises PolicyError."""
    file = load(path, ExamplesFile)
    pack = path.parents[1].name
    if file.pack != pack:
        zh, en = f"文件属于规则包 {file.pack}", f"the file says it belongs to {file.pack}"
        raise PolicyError([Problem(*place(compose(path), ("pack",)), zh, en)])
    for part, examples in file.examples.items():
        for number, example in enumerate(examples):
            yield f"{path.stem}.{part}", number, example


def _wrong(bench: Bench, part: str, example: Example) -> Iterator[tuple[str, str]]:
    """What does not come out as it should, in Chinese and English."""
    try:
        found = asked(part, bench, example.given)
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(name) for name in fault["loc"])
            zh, en = reason_of(fault)
            yield f"已知条件 {where}：{zh}", f"given {where}: {en}"
        return
    if "basis" in found and _same(example.basis) not in {_bare(text) for text in found["basis"]}:
        told = "; ".join(found["basis"])
        yield f"实际依据为 {told}，不是 {example.basis}", f"it rests on {told}, not on {example.basis}"
    for name, value in example.expect.items():
        if name not in found or found[name] != value:
            wanted, got = _said(value), _said(found[name]) if name in found else _said(found)
            yield f"{name} 应为 {wanted}，得到 {got}", f"{name}: expected {wanted}, found {got}"


def _same(basis: Basis) -> str:
    return _bare(f"{basis.rule}, {basis.article}")


def _bare(text: str) -> str:
    """Services write a basis with or without a comma after the rule."""
    rule, _, article = text.partition(" ")
    return f"{rule.rstrip(',')} {article}"


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
