"""What a pack says of the levels of government: how far down an order may be passed on, and what never goes down."""

from typing import Annotated, Literal

from pydantic import Field

from chassis import policy
from chassis.policy import Policy
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.regime import GrassRoots, HandOverRules, PassingRules, RaisingRules
from services.dispatch.domain.states import HandOverMode

Level = Literal["department", "county", "section", "township", "enterprise", "province"]
Levels = Annotated[tuple[Level, ...], Field(min_length=1)]


class SubDispatchEntry(Policy):
    # Unit to section is one step, section to township the second.
    depth: Annotated[int, Field(ge=1, le=4)]
    basis: policy.Basis


class HandOverEntry(Policy):
    modes: Annotated[tuple[HandOverMode, ...], Field(min_length=1)]
    basis: policy.Basis


class GrassRootsEntry(Policy):
    levels: Levels
    departments: Levels
    basis: policy.Basis


class RaisingEntry(Policy):
    after_returns: Annotated[int, Field(ge=1)]
    on_breach: tuple[str, ...]
    basis: policy.Basis


def raising_rules(entry: RaisingEntry) -> RaisingRules:
    return RaisingRules(entry.after_returns, frozenset(entry.on_breach), _basis(entry.basis))


def passing_rules(entry: SubDispatchEntry) -> PassingRules:
    return PassingRules(entry.depth, _basis(entry.basis))


def hand_over_rules(entry: HandOverEntry) -> HandOverRules:
    return HandOverRules(frozenset(entry.modes), _basis(entry.basis))


def grass_roots(entry: GrassRootsEntry) -> GrassRoots:
    return GrassRoots(frozenset(entry.levels), frozenset(entry.departments), _basis(entry.basis))


def _basis(basis: policy.Basis) -> Basis:
    return Basis(basis.rule, basis.article)
