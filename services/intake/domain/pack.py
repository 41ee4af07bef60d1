"""What a rule pack says to intake (policies/packs/<name>/intake.yaml)."""

import re
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from chassis.domain import listed
from chassis.policy import Basis, Policy, Unsound, Words
from chassis.regulations import CODE
from services.intake.domain import errors
from services.intake.domain.partner_rules import Partners
from services.intake.domain.telephone import CallRules, ExpertRules, Restrictions, Telephone
from services.intake.domain.visits import Revisits

_RULE = re.compile(rf"({CODE})-\d{{2}}[a-z]?,? (\d.*)")
_ARTICLE = re.compile(r"(\d+)(?:\((\d+)\))?")
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{1,39}$")]
NonEmpty = Annotated[str, Field(min_length=1)]


class Confidentiality(StrEnum):
    """Who sees the citizen: all who handle it, not the unit, or the platform alone."""

    NORMAL = "normal"
    HIDDEN_FROM_UNIT = "hidden_from_unit"
    PLATFORM_ONLY = "platform_only"


class Category(Policy):
    code: Code
    name: Words
    basis: Basis
    confidentiality: Confidentiality
    words: tuple[NonEmpty, ...]


class Proposal(Policy):
    """How a category is proposed when the caller's words are all there is."""

    default: Code
    subject_factor: Annotated[int, Field(ge=1)]
    basis: Basis


class CluesOf(Policy):
    """What is known of such a claim goes to the unit of this duty."""

    duty: Annotated[str, Field(pattern=r"^[a-z][a-z-]{1,39}$")]
    basis: Basis


class Ground(Policy):
    """A ground of refusal: what the citizen is told, and who is competent instead."""

    code: Code
    text: Words
    basis: Basis
    next_authority: str
    script: Words
    never_in_emergency: bool = False
    clues: CluesOf | None = None


class Regulation(Policy):
    """How a citizen is told where a rule stands: by the name of the document, and what its parts are called."""

    code: Annotated[str, Field(pattern=rf"^{CODE}$")]
    name: NonEmpty
    part: NonEmpty = "条"


class LineKind(StrEnum):
    EMERGENCY = "emergency"
    UTILITY = "utility"


class Line(Policy):
    code: NonEmpty
    kind: LineKind
    name: Words
    basis: Basis


class Score(Policy):
    code: Code
    name: Words
    satisfied: bool


class Rating(Policy):
    """The scale, the best step first; both the call and the handling are scored by it."""

    basis: Basis
    scale: Annotated[tuple[Score, ...], Field(min_length=2)]
    reopen_days: Annotated[int, Field(ge=0)]
    reopen_basis: Basis


class Anonymity(Policy):
    own_rights_claims: Literal["accepted", "refused"]
    ground: str = ""
    basis: Basis


class EmergencyClass(Policy):
    code: Code
    name: Words
    basis: Basis
    words: tuple[NonEmpty, ...]
    also_transfer: str = ""


class Duplicates(Policy):
    """Which earlier cases are shown as possibly the same matter."""

    days: Annotated[int, Field(ge=1)]
    likeness: Annotated[float, Field(gt=0, le=1)]
    most: Annotated[int, Field(ge=1, le=20)]
    basis: Basis


class Repeat(Policy):
    """What becomes of a matter that was lawfully finished: refused, or dispatched for explanation only."""

    how: Literal["refuse", "explain_only"]
    ground: Code
    basis: Basis


class Withdrawal(Policy):
    """Emergency classes that are handled on although the citizen withdraws."""

    handled_on: tuple[Code, ...]
    basis: Basis


class OwnLimits(Policy):
    """A ground on which one case may have another limit; of other law, which ranks of documents count."""

    ground: Literal["other_law", "agreement", "upstream", "leader"]
    ranks: tuple[Literal["law", "regulation", "rule", "normative_document"], ...] = ()
    basis: Basis


class AttentionMark(Policy):
    """A mark of cases that are watched: whether it names a document, may set a limit, and who sees it."""

    code: Literal["leader_instruction", "media", "delegate", "collective", "sensitive"]
    name: Words
    document: Literal["required", "optional"]
    own_limit: bool
    # Never a unit, never a citizen.
    seen_by: Annotated[tuple[Literal["agent", "dispatcher", "supervisor"], ...], Field(min_length=1)]
    basis: Basis


class MassEvents(Policy):
    """How many alike cases of one area within how many minutes make the platform propose a mass event."""

    cases: Annotated[int, Field(ge=2, le=100)]
    minutes: Annotated[int, Field(ge=1, le=1440)]
    likeness: Annotated[float, Field(gt=0, le=1)]
    basis: Basis


class IntakePack(Policy):
    pack: NonEmpty
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    proposal: Proposal
    regulations: Annotated[tuple[Regulation, ...], Field(min_length=1)]
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    rating: Rating
    anonymity: Anonymity
    emergency_classes: tuple[EmergencyClass, ...]
    duplicates: Duplicates
    repeat: Repeat
    withdrawal: Withdrawal
    calls: CallRules
    own_limits: tuple[OwnLimits, ...] = ()
    # Versions that were released before know no calls: what nobody rates is closed at once.
    revisits: Revisits | None = None
    attention_marks: tuple[AttentionMark, ...] = ()
    mass_events: MassEvents | None = None
    telephone: Telephone | None = None
    restrictions: Restrictions | None = None
    experts: ExpertRules | None = None
    partners: Partners | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for zh, en, codes in (
            ("类别", "category", [c.code for c in self.categories]),
            ("事由", "ground", [g.code for g in self.grounds]),
            ("热线", "line", [line.code for line in self.lines]),
            ("评价等级", "score", [s.code for s in self.rating.scale]),
            ("紧急类别", "emergency class", [e.code for e in self.emergency_classes]),
            ("其他期限", "other limit", [str(own.ground) for own in self.own_limits]),
            ("关注标记", "attention mark", [str(mark.code) for mark in self.attention_marks]),
        ):
            if twice := [code for code in codes if codes.count(code) > 1]:
                raise Unsound(f"{zh} {twice[0]} 重复", f"the {en} {twice[0]} stands twice")
        if uncited := [g.code for g in self.grounds if self.cited(str(g.basis)) == str(g.basis)]:
            raise Unsound(
                f"事由 {uncited[0]} 所依据的文件未列入 regulations",
                f"no regulation is named for the ground {uncited[0]}",
            )
        grounds = {self.repeat.ground} | (
            {self.anonymity.ground} if self.anonymity.own_rights_claims == "refused" else set()
        )
        grounds |= self.partners.grounds if self.partners else frozenset()
        for zh, en, named, known in (
            ("事由", "ground", grounds, {g.code for g in self.grounds}),
            ("类别", "category", {self.proposal.default}, {c.code for c in self.categories}),
            ("紧急类别", "emergency class", {*self.withdrawal.handled_on}, {e.code for e in self.emergency_classes}),
        ):
            if unknown := sorted(named - known):
                there = listed(known)
                raise Unsound(f"没有{zh} {unknown[0]}；有：{there}", f"no {en} {unknown[0]}; there are: {there}")
        return self

    @property
    def around_the_clock(self) -> str:
        """Which rule has the telephone answered day and night; empty: none."""
        return str(self.telephone.basis) if self.telephone else ""

    # -- look-ups that answer with a named error -----------------------------------------------------------------------

    def category(self, code: str) -> Category:
        found = next((c for c in self.categories if c.code == code), None)
        if found is None:
            raise errors.UnknownCategory(field="category", pack=self.pack, category=code)
        return found

    def ground(self, code: str) -> Ground:
        found = next((g for g in self.grounds if g.code == code), None)
        if found is None:
            raise errors.UnknownGround(field="ground", pack=self.pack, ground=code)
        return found

    def line(self, code: str) -> Line:
        found = next((line for line in self.lines if line.code == code), None)
        if found is None:
            raise errors.UnknownLine(field="line", pack=self.pack, line=code)
        return found

    def score(self, code: str, field: str) -> Score:
        found = next((s for s in self.rating.scale if s.code == code), None)
        if found is None:
            raise errors.UnknownScore(field=field, pack=self.pack, score=code)
        return found

    def emergency_class(self, code: str) -> EmergencyClass:
        found = next((e for e in self.emergency_classes if e.code == code), None)
        if found is None:
            raise errors.UnknownEmergencyClass(field="emergency_class", pack=self.pack, emergency_class=code)
        return found

    def own_limit(self, ground: str) -> OwnLimits:
        found = next((own for own in self.own_limits if own.ground == ground), None)
        if found is None:
            raise errors.UnknownLimitGround(field="ground", pack=self.pack, ground=ground)
        return found

    def attention_mark(self, kind: str) -> AttentionMark:
        found = next((mark for mark in self.attention_marks if mark.code == kind), None)
        if found is None:
            raise errors.UnknownMark(field="kind", pack=self.pack, kind=kind)
        return found

    def cited(self, basis: str) -> str:
        """As a citizen can look it up: the regulation, article and item; a basis that names no rule stays as it is."""
        rule = _RULE.fullmatch(basis)
        regulation = next((r for r in self.regulations if rule and r.code == rule[1]), None)
        if rule is None or regulation is None:
            return basis
        return regulation.name + "、".join(
            f"第{article}{regulation.part}" + (f"第（{item}）项" if item else "")
            for article, item in _ARTICLE.findall(rule[2])
        )

    # -- proposals -----------------------------------------------------------------------------------------------------

    def propose_category(self, subject: str, text: str) -> str:
        """The category whose words occur most, the subject counting more; the first of the pack among equals."""
        factor = self.proposal.subject_factor
        hits = {c.code: sum(factor * subject.count(w) + text.count(w) for w in c.words) for c in self.categories}
        best = max(hits, key=lambda code: hits[code])
        return best if hits[best] else self.proposal.default

    def propose_emergency_class(self, subject: str, text: str) -> str:
        """The class whose words occur, the gravest (last of the pack) first; only ever shown to the agent."""
        found = [e.code for e in self.emergency_classes if any(w in subject or w in text for w in e.words)]
        return found[-1] if found else ""
