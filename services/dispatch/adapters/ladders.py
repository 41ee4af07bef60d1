"""The part of ``packs/<name>/dispatch.yaml`` that says how it is settled whose an order is."""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from chassis import policy
from chassis.codes import unknown
from chassis.packs import PackFile
from chassis.policy import Policy, Problem
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.regime import DisputeRules, Ground, LadderStep, MakeSafe, Names

Code = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]


class GroundEntry(Policy):
    code: str
    zh: str
    en: str
    basis: policy.Basis


class StepEntry(Policy):
    code: Code
    name: policy.Words
    names: Names = Names.ANY
    as_fallback: bool = False
    after_another: bool = False
    invites: tuple[str, ...] = ()
    basis: policy.Basis


def _climbable(steps: tuple[StepEntry, ...]) -> tuple[StepEntry, ...]:
    if len({step.code for step in steps}) < len(steps):
        raise policy.Unsound("争议处理各步骤只列一次", "each step of the ladder stands once")
    if steps[0].after_another:
        raise policy.Unsound("争议处理第一步之前没有其他步骤", "the first step of the ladder comes after no other")
    return steps


class MakeSafeEntry(Policy):
    emergency_classes: tuple[str, ...]
    basis: policy.Basis


class DisputesEntry(Policy):
    """权责争议: grounds, the ladder, and the ground on which a unit that it has named is refused a return."""

    grounds: Annotated[tuple[GroundEntry, ...], Field(min_length=1)]
    steps: Annotated[tuple[StepEntry, ...], Field(min_length=1), AfterValidator(_climbable)]
    make_safe: MakeSafeEntry | None = None
    may_not_return: str


def faults(
    source: PackFile, entry: DisputesEntry, emergency_classes: Collection[str], refusal_grounds: Collection[str]
) -> Iterator[Problem]:
    """What types cannot say."""
    if entry.make_safe:
        named = entry.make_safe.emergency_classes
        yield from unknown(source, named, emergency_classes, "紧急类别", "emergency class")
    yield from unknown(source, [entry.may_not_return], refusal_grounds, "不予退单情形", "ground of refusing a return")


def ladder(entry: DisputesEntry, refusal_grounds: Mapping[str, policy.Basis]) -> DisputeRules:
    safe = entry.make_safe
    return DisputeRules(
        grounds={g.code: Ground(g.zh, g.en, _basis(g.basis)) for g in entry.grounds},
        steps=tuple(_step(step) for step in entry.steps),
        make_safe=MakeSafe(frozenset(safe.emergency_classes), _basis(safe.basis)) if safe else None,
        fixed=_basis(refusal_grounds[entry.may_not_return]),
    )


def _step(entry: StepEntry) -> LadderStep:
    return LadderStep(
        code=entry.code,
        zh=entry.name.zh,
        en=entry.name.en,
        names=entry.names,
        as_fallback=entry.as_fallback,
        after_another=entry.after_another,
        invites=entry.invites,
        basis=_basis(entry.basis),
    )


def _basis(basis: policy.Basis) -> Basis:
    return Basis(basis.rule, basis.article)
