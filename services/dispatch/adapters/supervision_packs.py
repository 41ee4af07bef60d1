"""The part `supervision` of ``packs/<name>/dispatch.yaml``, read into the domain's SupervisionRules."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from chassis import policy
from chassis.codes import attention_marks, clock_kinds, unknown
from chassis.packs import PackFolder
from chassis.policy import Policy, Problem
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.supervision_rules import (
    OF_CLOCKS,
    Method,
    MethodRule,
    Opener,
    Opening,
    SupervisionGround,
    SupervisionRules,
    Trigger,
)


class MethodEntry(Policy):
    code: Method
    zh: str
    en: str
    basis: policy.Basis


class OpensEntry(Policy):
    """What opens a supervision by itself."""

    on: Trigger
    clocks: tuple[str, ...] = ()
    times: Annotated[int, Field(ge=1)] = 1
    # Of an order that is overdue already; 0: as of any other.
    times_when_overdue: Annotated[int, Field(ge=0)] = 0
    marks: tuple[str, ...] = ()
    # Since the order came; 0: of any.
    months: Annotated[int, Field(ge=0, le=60)] = 0


class SupervisionGroundEntry(Policy):
    code: str
    zh: str
    en: str
    methods: Annotated[tuple[Method, ...], Field(min_length=1)]
    written_reply: bool
    opens: OpensEntry | None = None
    ends_with_clock: bool = False
    by: Opener = Opener.CITY
    basis: policy.Basis


class SupervisionEntry(Policy):
    methods: tuple[MethodEntry, ...] = ()
    grounds: tuple[SupervisionGroundEntry, ...] = ()


def supervision_problems(pack: PackFolder, entry: SupervisionEntry) -> Iterator[Problem]:
    """Methods and clocks that nobody defines, and openings that could never, or always, be at work."""
    source, methods, kinds = pack.file("dispatch.yaml"), {m.code for m in entry.methods}, clock_kinds(pack)
    marks = attention_marks(pack)
    codes = [ground.code for ground in entry.grounds]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield source.fault(code, f"督办事由 {code} 重复", f"the ground of supervision {code} stands twice")
    for ground in entry.grounds:
        yield from unknown(source, ground.methods, methods, "督办方式", "method of supervision")
        yield from unknown(source, ground.opens.clocks if ground.opens else (), kinds, "时限", "clock")
        of_clocks = ground.opens is not None and ground.opens.on in OF_CLOCKS
        if of_clocks != bool(ground.opens and ground.opens.clocks) or (ground.ends_with_clock and not of_clocks):
            zh, en = "须且仅须在亮灯时指明时限", "names clocks when a light opens it, and only then"
            yield source.fault(ground.code, f"督办事由 {ground.code} {zh}", f"the ground {ground.code} {en}")
        if ground.by is not Opener.CITY and ground.opens:
            zh, en = "不由市级提出，不按规则开启", "is not the city's: no rule opens it"
            yield source.fault(ground.code, f"督办事由 {ground.code} {zh}", f"the ground {ground.code} {en}")
        if ground.by is Opener.PROVINCE and ground.written_reply:
            zh, en = "由省级提出，不由承办单位书面回复", "is the province's: no unit answers"
            yield source.fault(ground.code, f"督办事由 {ground.code} {zh}", f"the ground {ground.code} {en}")
        yield from unknown(source, ground.opens.marks if ground.opens else (), marks, "重点标注", "attention mark")
        of_marks = ground.opens is not None and ground.opens.on is Trigger.CASE_MARKED
        if of_marks != bool(ground.opens and ground.opens.marks):
            zh, en = "须且仅须在标注时指明标注种类", "names marks when a mark opens it, and only then"
            yield source.fault(ground.code, f"督办事由 {ground.code} {zh}", f"the ground {ground.code} {en}")


def supervision_rules(entry: SupervisionEntry) -> SupervisionRules:
    return SupervisionRules(
        methods={m.code: MethodRule(m.zh, m.en, _basis(m.basis)) for m in entry.methods},
        grounds={ground.code: _ground(ground) for ground in entry.grounds},
    )


def _ground(entry: SupervisionGroundEntry) -> SupervisionGround:
    return SupervisionGround(
        code=entry.code,
        zh=entry.zh,
        en=entry.en,
        methods=entry.methods,
        written_reply=entry.written_reply,
        basis=_basis(entry.basis),
        opens=_opening(entry.opens) if entry.opens else None,
        ends_with_clock=entry.ends_with_clock,
        by=entry.by,
    )


def _opening(entry: OpensEntry) -> Opening:
    return Opening(
        entry.on,
        frozenset(entry.clocks),
        entry.times,
        entry.times_when_overdue,
        frozenset(entry.marks),
        entry.months,
    )


def _basis(basis: policy.Basis) -> Basis:
    return Basis(basis.rule, basis.article)
