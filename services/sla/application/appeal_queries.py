"""Appeals and exclusions as the office and the units' leaders see them."""

from collections.abc import Sequence

from chassis.access import Role
from chassis.domain import NotFound
from chassis.message import id_of
from chassis.work import Read
from services.sla.application.appeal_messages import GetAppeal, ListAppeals, ListExclusions
from services.sla.application.appeal_views import (
    AppealPage,
    AppealView,
    ExclusionPage,
    Written,
    appeal_view,
    exclusion_view,
)
from services.sla.application.ports import Assessments, Contested, ContestedPage, Sealing
from services.sla.application.queries import queries
from services.sla.domain.appeals import Appeal, Exclusion

DEFAULT_PAGE = 50
_WHO = frozenset({Role.SUPERVISOR, Role.UNIT_LEADER})


@queries.on(GetAppeal, roles=_WHO)
def get_appeal(query: GetAppeal, read: Read, *, sealing: Sealing) -> AppealView:
    appeal = read.get(Appeal, id_of(query.name, "appeals"))
    theirs = read.principal.has(Role.SUPERVISOR) or appeal.fact.unit == read.principal.unit != ""
    if appeal.fact.case_id != id_of(query.name, "cases") or not theirs:
        raise NotFound()
    fields = {field: getattr(appeal, field) for field in ("reason", "evidence", "explanation")}
    return appeal_view(appeal, Written(**{field: sealing.open_own(appeal.id, field, b) for field, b in fields.items()}))


@queries.on(ListAppeals, roles=_WHO)
def list_appeals(query: ListAppeals, read: Read, *, contested: Contested) -> AppealPage:
    page = _page(query, read)
    found = list(contested.appeals(read, page))
    return AppealPage([appeal_view(one) for one in found[: page.size - 1]], _token(found, page))


@queries.on(ListExclusions, roles=_WHO)
def list_exclusions(
    query: ListExclusions, read: Read, *, contested: Contested, assessments: Assessments
) -> ExclusionPage:
    page = _page(query, read, reason=query.reason)
    found = list(contested.exclusions(read, page))
    shown = [exclusion_view(one, assessments[one.fact.pack].reason(one.reason)) for one in found[: page.size - 1]]
    return ExclusionPage(shown, _token(found, page))


def _page(query: ListAppeals | ListExclusions, read: Read, *, reason: str = "") -> ContestedPage:
    """The office sees its city's, a leader those of the own unit. Raises NotFound for another's."""
    own = "" if read.principal.has(Role.SUPERVISOR) else read.principal.unit
    if not own and not read.principal.has(Role.SUPERVISOR):
        raise NotFound()
    if own and query.unit not in {"", own}:
        raise NotFound()
    return ContestedPage(
        city=query.city,
        state=str(query.state or ""),
        unit=own or query.unit,
        reason=reason,
        after=query.page_token,
        # One more than is shown tells whether there is a next page.
        size=(query.page_size or DEFAULT_PAGE) + 1,
    )


def _token(found: Sequence[Appeal | Exclusion], page: ContestedPage) -> str:
    return found[page.size - 2].id if len(found) == page.size else ""
