"""GetCase and ListCases."""

from chassis.access import Role
from chassis.domain import NotFound
from chassis.work import Read
from services.intake.application.marking import marks_seen
from services.intake.application.messages import GetCase, ListCases
from services.intake.application.ports import CasePages, Regimes
from services.intake.application.progress import opened_reply
from services.intake.application.tables import STAFF, case_of, may_see, queries
from services.intake.application.views import CasesView, CaseView, shown
from services.intake.domain.citizen import Vault

PAGE = 50


@queries.on(GetCase, roles={*STAFF, Role.CITIZEN})
def get_case(query: GetCase, read: Read, *, vault: Vault, regimes: Regimes) -> CaseView:
    """Masked; the citizen's own view holds the reply in clear."""
    case = case_of(read, query.name)
    if not may_see(read, case):
        raise NotFound()
    own = read.principal.has(Role.CITIZEN) and read.principal.citizen_id == case.citizen_id
    reply = opened_reply(case, read, vault) if own else ""
    marks = marks_seen(case, read.principal, regimes)
    return shown(case, reply=reply, to_staff=read.principal.has(*STAFF), marks=marks)


@queries.on(ListCases, roles=set(STAFF))
def list_cases(query: ListCases, read: Read, *, case_pages: CasePages, regimes: Regimes) -> CasesView:
    size = query.page_size or PAGE
    found = case_pages.page(read, city=query.city, state=query.state or "", size=size + 1, before=query.page_token)
    more = found[size - 1].id if len(found) > size else ""
    who = read.principal
    cases = [shown(case, to_staff=True, marks=marks_seen(case, who, regimes)) for case in found[:size]]
    return CasesView(cases=cases, next_page_token=more)
