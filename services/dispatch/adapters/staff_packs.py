"""What a pack says of the people whom each linked unit registers; the people themselves stand in no policy file."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from chassis import policy
from chassis.policy import Policy
from services.dispatch.domain.basis import Basis
from services.dispatch.domain.staff import Part, StaffRules

PersonField = Literal["name", "post", "staffing", "office_phone", "mobile"]


class StaffEntry(Policy):
    wanted: Annotated[dict[Part, Annotated[int, Field(ge=1, le=20)]], Field(min_length=1)]
    fields: Annotated[tuple[PersonField, ...], Field(min_length=1)]
    section: bool
    basis: policy.Basis

    @model_validator(mode="after")
    def _somebody_with_a_name(self) -> Self:
        if "name" not in self.fields:
            raise policy.Unsound("人员须登记姓名（name）", "a person without a name is nobody")
        return self


def staff_rules(entry: StaffEntry) -> StaffRules:
    basis = Basis(entry.basis.rule, entry.basis.article)
    return StaffRules(dict(entry.wanted), frozenset(entry.fields), entry.section, basis)
