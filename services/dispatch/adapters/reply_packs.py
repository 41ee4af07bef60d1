"""What ``packs/<name>/dispatch.yaml`` says of replies, read into the domain's rules."""

from typing import Annotated, Literal

from pydantic import Field

from chassis import policy
from chassis.policy import Policy
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.reply_rules import EndGround, EndRules, FilingRules, RedoClass, StatementRules
from services.dispatch.domain.states import Filing, Finding

FilingField = Literal["filing_number", "filing_date", "filing_document", "not_filed_reason", "legal_basis"]
StatementField = Literal["statement", "evidence"]
Groups = tuple[Annotated[tuple[FilingField, ...], Field(min_length=1)], ...]


class FilingEntry(Policy):
    """For each decision the groups of fields of which one must be full."""

    filed: Groups = ()
    not_filed: Groups = ()
    basis: policy.Basis


class LeaderReviewEntry(Policy):
    """Whose review a reply needs inside the unit."""

    by: Literal["unit_leader"]
    basis: policy.Basis


class RedoClassEntry(Policy):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    zh: str
    en: str
    statement: bool = False
    basis: policy.Basis


class StatementsEntry(Policy):
    claims: Annotated[tuple[Finding, ...], Field(min_length=1)]
    required: tuple[StatementField, ...]
    basis: policy.Basis


class EndGroundEntry(Policy):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
    zh: str
    en: str
    basis: policy.Basis


class EndingsEntry(Policy):
    grounds: Annotated[tuple[EndGroundEntry, ...], Field(min_length=1)]
    citizen_answered: bool
    basis: policy.Basis


def filing_rules(entry: FilingEntry) -> FilingRules:
    wanted = {Filing.FILED: entry.filed, Filing.NOT_FILED: entry.not_filed}
    groups = {filing: tuple(frozenset(group) for group in groups) for filing, groups in wanted.items()}
    return FilingRules(groups, _basis(entry.basis))


def redo_classes(entries: tuple[RedoClassEntry, ...]) -> dict[str, RedoClass]:
    return {e.code: RedoClass(e.code, e.zh, e.en, e.statement, _basis(e.basis)) for e in entries}


def statement_rules(entry: StatementsEntry) -> StatementRules:
    return StatementRules(frozenset(entry.claims), frozenset(entry.required), _basis(entry.basis))


def end_rules(entry: EndingsEntry) -> EndRules:
    grounds = {ground.code: EndGround(ground.zh, ground.en, _basis(ground.basis)) for ground in entry.grounds}
    return EndRules(grounds, entry.citizen_answered, _basis(entry.basis))


def _basis(basis: policy.Basis) -> Basis:
    return Basis(basis.rule, basis.article)
