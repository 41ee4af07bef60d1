"""What a clock's limit may depend on, and which entry of a rule fits it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chassis.domain import DomainError, Status, listed
from chassis.policy import Words
from services.sla.domain.rules import ClockRule, Entry, When


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of a case, order or request that rules ask about."""

    category: str = ""
    item: str = ""
    emergency_class: str = ""
    round: int = 1
    explain_only: bool = False
    citizen_reachable: bool = True
    role: str = ""
    # Kind of a return, manner of an extension.
    kind: str = ""
    how: str = ""
    # The step that a dispute has come to.
    dispute_step: str = ""
    # Ground of a supervision, and whether the unit owes a written reply.
    supervision: str = ""
    written_reply: bool = False
    # Of a call: somebody must be called back.
    call_back: bool = False


class UnknownCode(DomainError):
    """No case can be of that category, emergency class or item."""

    status = Status.INVALID_ARGUMENT
    zh = "没有{what_zh} {code}；有：{known}"
    en = "there is no {what_en} {code}; there are: {known}"


class NoLimitFits(DomainError):
    """The pack names no limit for these facts; a rule that cannot be applied is never skipped in silence."""

    zh = "规则包 {pack} 的 {kind} 时限没有适用于类别 {category} 的规定"
    en = "pack {pack} has no limit of {kind} for category {category}"


@dataclass(frozen=True)
class Vocabulary:
    """The codes that the cases of a pack can bear."""

    categories: frozenset[str]
    emergency_classes: frozenset[str]
    items: frozenset[str]
    supervisions: frozenset[str] = frozenset()
    # What people call them: by field of the facts and code.
    names: Mapping[tuple[str, str], Words] = field(default_factory=dict)

    def name(self, what: str, code: str) -> Words:
        """A code without a name is shown as it is; none is none."""
        return self.names.get((what, code)) or Words(zh=code or "无", en=code or "none")

    def check(self, facts: Facts) -> None:
        """Raises UnknownCode: a misspelt code would be told a deadline that no case has."""
        for of, what_zh, code, known in (
            ("category", "诉求类别", facts.category, self.categories),
            ("emergency_class", "紧急类别", facts.emergency_class, self.emergency_classes),
            ("item", "清单事项", facts.item, self.items),
        ):
            if code and code not in known:
                what_en = of.replace("_", " ")
                raise UnknownCode(field=of, what_zh=what_zh, what_en=what_en, code=code, known=listed(known))


def fits(when: When, facts: Facts) -> bool:
    """True when every condition that is given holds."""
    return (
        (not when.category or facts.category in when.category)
        and (not when.emergency_class or (facts.emergency_class or "none") in when.emergency_class)
        and when.on_list in (None, bool(facts.item))
        and when.redo in (None, facts.round > 1)
        and when.explain_only in (None, facts.explain_only)
        and when.reachable in (None, facts.citizen_reachable)
        and (not when.role or (facts.role or "none") in when.role)
        and (not when.return_kind or (facts.kind or "none") in when.return_kind)
        and (not when.extension or (facts.how or "none") in when.extension)
        and (not when.dispute_step or facts.dispute_step in when.dispute_step)
        and (not when.supervision or (facts.supervision or "none") in when.supervision)
        and when.written_reply in (None, facts.written_reply)
        and when.call_back in (None, facts.call_back)
    )


def governing(rule: ClockRule, facts: Facts, pack: str) -> Entry:
    """The first entry that fits. Raises NoLimitFits."""
    for entry in rule.limits:
        if fits(entry.when, facts):
            return entry
    raise NoLimitFits(pack=pack, kind=rule.kind, category=facts.category)
