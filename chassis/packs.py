"""Rule packs by version: what new cases follow, and the released versions under which older cases were accepted.

``packs/<name>/`` is the version that new cases follow. ``packs/<name>/released/<version>/`` are copies of what was once
released, frozen by ``packs/<name>/released/SHA256SUMS``, which `sha256sum --check` reads as well. A pack may lie over
another (``extends``): ``packs/STACKS`` notes which released layers cases were accepted under together.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel
from yaml.nodes import MappingNode

from chassis import releases
from chassis.documents import Place, at, compose, place
from chassis.layers import ANY, Layer, Pack, load_head, load_pack
from chassis.overlays import laid_over
from chassis.policy import City, PolicyError, Problem, Words, fault, load_cities, read, rules_near
from chassis.releases import SUMS, AlreadyReleased

__all__ = [
    "SUMS", "AlreadyReleased", "Pack", "PackFile", "PackFolder", "Packs", "load_pack", "load_packs", "release",
    "unreleased_beside",
]  # fmt: skip

STACKS = "STACKS"
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class PackFile:
    """One file of a pack with what lies over it, the lowest first."""

    paths: tuple[Path, ...]
    layers: tuple[str, ...]
    pack: str

    def load(self, model: type[M]) -> M:
        """Raises PolicyError with the file and line of the layer that is at fault."""
        try:
            return read(self.tree(), model, rules_near(self.paths[0]))
        except PolicyError:
            if len(self.paths) > 1:  # what is wrong below already is not the fault of what lies above
                PackFile(self.paths[:-1], self.layers[:-1], self.pack).load(model)
            raise

    def tree(self) -> MappingNode:
        """Its values with the file and line of each. Raises PolicyError."""
        return _together(tuple(compose(path) for path in self.paths), self.layers, self.pack)

    def fault(self, key: str, zh: str, en: str) -> Problem:
        """A problem found after loading, placed where the key or value stands, in the highest layer that has it."""
        whole_word = re.compile(rf"(?<![\w.-]){re.escape(key)}(?![\w.-])")
        for path in reversed(self.paths):
            if whole_word.search(path.read_text(encoding="utf-8")):
                return fault(path, key, zh, en)
        return Problem(self.paths[0], 1, zh, en)

    def place(self, *location: int | str) -> Place:
        """File and line of a value, such as `"examples", 3`."""
        return place(self.tree(), location)


@lru_cache(maxsize=512)  # each service asks for the same
def _together(trees: tuple[MappingNode, ...], layers: tuple[str, ...], pack: str) -> MappingNode:
    """One over the other. Raises PolicyError."""
    if layers == (pack,):
        return trees[0]
    return reduce(laid_over, [_named(tree, layer, pack) for tree, layer in zip(trees, layers, strict=True)])


def _named(tree: MappingNode, layer: str, pack: str) -> MappingNode:
    """Each layer says whose it is; together they are the stack's."""
    pairs = []
    for key, value in tree.value:
        if key.value == "pack":
            if value.value != layer:
                zh, en = (
                    f"文件夹 {layer} 与文件内的 {value.value} 不一致",
                    f"folder {layer} and {value.value} inside differ",
                )
                raise PolicyError([at(value, zh, en)])
            pairs.append((key, yaml.ScalarNode(value.tag, pack, value.start_mark, value.end_mark)))
        else:
            pairs.append((key, value))
    return MappingNode(tree.tag, pairs, tree.start_mark, tree.end_mark)


@dataclass(frozen=True)
class PackFolder:
    """One version of a pack and where its files are: of one layer, or of several that lie over each other."""

    layers: tuple[Layer, ...]

    @property
    def head(self) -> Pack:
        """Of the layer on top."""
        return self.layers[-1].head

    @property
    def path(self) -> Path:
        """Of the layer on top."""
        return self.layers[-1].path

    @property
    def name(self) -> str:
        return "+".join(layer.head.name for layer in self.layers)

    @property
    def ref(self) -> str:
        """As cases carry it: "<name>@<version>", of several layers one after the other with "+" between them."""
        return "+".join(layer.ref for layer in self.layers)

    @property
    def title(self) -> Words:
        titles = [layer.head.title for layer in self.layers]
        return Words(zh="；".join(t.zh for t in titles), en="; ".join(t.en for t in titles))

    @property
    def regulations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for layer in self.layers for code in layer.head.regulations))

    def outside(self, day: date) -> Sequence[Words]:
        """Which layers do not apply on that day, and why; a pack may be used nevertheless."""
        found = ((layer.head.name, layer.head.in_force.outside(day)) for layer in self.layers)
        return [Words(zh=f"{name}：{why.zh}", en=f"{name}: {why.en}") for name, why in found if why]

    def file(self, name: str) -> PackFile:
        """Such as "sla.yaml": of each layer that has one."""
        here = [layer for layer in self.layers if (layer.path / name).is_file()] or self.layers[:1]
        return PackFile(tuple(layer.path / name for layer in here), tuple(layer.head.name for layer in here), self.name)


@dataclass(frozen=True)
class Packs:
    """All versions by their reference, and which of each name new cases follow."""

    folders: Mapping[str, PackFolder]
    current: Mapping[str, PackFolder]
    by_city: Mapping[str, PackFolder]

    def of(self, city: City) -> PackFolder:
        """What new cases of the city follow."""
        return self.by_city[city.code]

    @property
    def followed(self) -> Sequence[PackFolder]:
        """What new cases may follow."""
        return list({folder.ref: folder for folder in (*self.current.values(), *self.by_city.values())}.values())


def load_packs(policies: Path) -> Packs:
    """Every pack with its released versions. Raises PolicyError where a released one is not what it was."""
    heads = {path.parent.name: load_head(path.parent) for path in sorted((policies / "packs").glob("*/pack.yaml"))}
    current = {name: Layer(head, policies / "packs" / name) for name, head in heads.items()}
    released = [layer for layer in current.values() for layer in releases.released(layer.path)]
    problems = [problem for layer in released for problem in releases.changed(layer)]
    problems += [problem for layer in current.values() for problem in releases.changed_after_release(layer)]
    if problems:
        raise PolicyError(problems)
    packs = {name: PackFolder(_stack(current, name)) for name, head in heads.items() if head.extends != ANY}
    cities = load_cities(policies)
    by_city = {code: _of_city(policies, city, current, packs) for code, city in cities.items()}
    frozen = {layer.ref: layer for layer in released}
    noted = list(_noted(policies, frozen))
    _require_noted(policies, by_city, frozen, {folder.ref for folder in noted})
    alone = [PackFolder((layer,)) for layer in released if not layer.head.extends]
    everywhere = [
        PackFolder((*pack.layers, over))
        for over in current.values()
        if over.head.extends == ANY
        for pack in packs.values()
    ]
    folders = (*alone, *noted, *everywhere, *packs.values(), *by_city.values())
    return Packs({folder.ref: folder for folder in folders}, packs, by_city)


def release(policies: Path, name: str) -> PackFolder:
    """Freezes the version that new cases follow; done again it changes nothing. Raises PolicyError, AlreadyReleased."""
    kept = releases.freeze(Layer(load_pack(policies, name), policies / "packs" / name))
    whole = [stack.ref for stack in _stacks_of_cities(policies) if all(map(releases.is_released, stack.layers))]
    releases.note(policies / "packs" / STACKS, whole)
    return PackFolder((kept,))


def unreleased_beside(policies: Path, name: str) -> Sequence[str]:
    """Layers that a city follows together with that pack, and that are not released yet. Raises PolicyError."""
    beside = {
        layer.ref
        for stack in _stacks_of_cities(policies)
        if any(layer.head.name == name for layer in stack.layers)
        for layer in stack.layers
        if not releases.is_released(layer)
    }
    return sorted(beside)


def _stacks_of_cities(policies: Path) -> Sequence[PackFolder]:
    """What cities follow that has more than one layer."""
    current = {p.parent.name: Layer(load_head(p.parent), p.parent) for p in (policies / "packs").glob("*/pack.yaml")}
    packs = {name: PackFolder(_stack(current, name)) for name, layer in current.items() if layer.head.extends != ANY}
    stacks = (_of_city(policies, city, current, packs) for city in load_cities(policies).values())
    return [stack for stack in stacks if len(stack.layers) > 1]


def _stack(current: Mapping[str, Layer], name: str) -> tuple[Layer, ...]:
    """The pack with all that it lies over, the lowest first."""
    stack = [current[name]]
    while below := stack[0].head.extends:
        path = stack[0].path / "pack.yaml"
        if below == ANY or below not in current:
            raise PolicyError([fault(path, "extends", f"没有规则包 {below}", f"there is no rule pack {below}")])
        if any(layer.head.name == below for layer in stack):
            raise PolicyError([fault(path, "extends", f"{below} 叠加成环", f"{below} lies over itself")])
        stack.insert(0, current[below])
    return tuple(stack)


def _of_city(policies: Path, city: City, current: Mapping[str, Layer], packs: Mapping[str, PackFolder]) -> PackFolder:
    path = policies / "cities" / city.code / "city.yaml"
    if city.pack not in packs:
        zh, en = f"{city.pack} 只能叠加在别的规则包上", f"{city.pack} only lies over other packs"
        raise PolicyError([fault(path, "pack", zh, en)])
    for name in city.overlays:
        if current[name].head.extends != ANY or city.overlays.count(name) > 1:
            zh, en = f"{name} 不能在此叠加", f"{name} cannot lie over it here"
            raise PolicyError([fault(path, "overlays", zh, en)])
    return PackFolder((*packs[city.pack].layers, *(current[name] for name in city.overlays)))


def _noted(policies: Path, frozen: Mapping[str, Layer]) -> Iterator[PackFolder]:
    path = policies / "packs" / STACKS
    for line, ref in enumerate(releases.noted_stacks(path), start=1):
        missing = [part for part in ref.split("+") if part not in frozen]
        if missing:
            zh, en = f"{missing[0]} 没有发布", f"{missing[0]} is not released"
            raise PolicyError([Problem(path, line, zh, en)])
        yield PackFolder(tuple(frozen[part] for part in ref.split("+")))


def _require_noted(
    policies: Path, by_city: Mapping[str, PackFolder], frozen: Mapping[str, Layer], noted: set[str]
) -> None:
    """A stack in use whose layers are all released must stay loadable when one of them is raised."""
    for code, stack in by_city.items():
        whole = len(stack.layers) > 1 and all(layer.ref in frozen for layer in stack.layers)
        if whole and stack.ref not in noted:
            path = policies / "cities" / code / "city.yaml"
            zh = f"{stack.ref} 未登记，请运行 huying policy release {stack.head.name}"
            en = f"{stack.ref} is not noted; run: huying policy release {stack.head.name}"
            raise PolicyError([fault(path, "overlays" if "overlays" in path.read_text("utf-8") else "pack", zh, en)])
