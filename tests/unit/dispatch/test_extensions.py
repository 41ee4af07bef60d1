"""Extensions by the packs: how often, how long, in time, and what a supervisor may allow."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from chassis.domain import DomainError, StepNotAllowed
from chassis.packs import load_packs
from chassis.settings import ROOT
from services.dispatch.adapters.packs import load_regime
from services.dispatch.domain import allowances, errors, events, extensions
from services.dispatch.domain.assignment import Assignment
from services.dispatch.domain.case_copy import CaseCopy
from services.dispatch.domain.notes import ClockNote, Extension
from services.dispatch.domain.regime import ExtensionRules
from services.dispatch.domain.states import AssignmentState, Bar, ExtensionState, Role, Route, State
from services.dispatch.domain.work_order import WorkOrder

PACKS = {name: load_regime(folder) for name, folder in load_packs(ROOT / "policies").current.items()}
F16, P18, S24 = "fujian-2016", "pingli-2018", "shuangyashan-2024"
START = datetime(2026, 9, 24, 1, 0, tzinfo=UTC)
DUE = START + timedelta(days=5)
LIMIT = 5


class Lead:
    """A unit that leads an order in handling and asks for more time."""

    def __init__(self, pack: str, *, category: str = "complaint", emergency: str = "") -> None:
        self.rules: ExtensionRules = PACKS[pack].extensions
        case = CaseCopy("case-1", "350100-20260924-000001-7", category, emergency_class=emergency)
        self.order = WorkOrder("order-1", "350100", pack, case, 1, START, state=State.IN_HANDLING)
        self.part = Assignment("a1", "u1", Role.LEAD, 1, START, AssignmentState.SIGNED, signed_at=START)
        self.order.assignments = [self.part]
        self.order.clocks["k"] = ClockNote("finish", "a1", DUE, DUE, "working_day", LIMIT)
        self.now = START
        self.asked = 0

    def ask(self, days: int = LIMIT, route: Route = Route.ORDINARY) -> Extension:
        self.asked += 1
        extension = Extension(f"e{self.asked}", "a1", self.order.round, days, self.now, route=route)
        self.told = extensions.request(self.order, self.part, extension, rules=self.rules, now=self.now)
        return extension

    def grant(self, extension: Extension) -> None:
        extensions.grant(self.order, extension, rules=self.rules, now=self.now)

    def refuse(self, extension: Extension) -> None:
        extensions.refuse(self.order, extension, now=self.now)

    def allow(self, bar: Bar = Bar.LATE) -> events.ExtensionAllowed:
        told = allowances.allow(self.order, self.part, bar, by=b"", rules=self.rules, now=self.now)
        assert isinstance(told, events.ExtensionAllowed)
        return told

    def explain(self, extension: Extension) -> None:
        extensions.explain(self.order, extension, method="phone", proof="call-1", rules=self.rules, now=self.now)


def refused(step: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as told:
        step()
    return told.value.reason


def test_fujian_files_once_and_at_most_the_limit() -> None:
    lead = Lead(F16)
    assert refused(lambda: lead.ask(LIMIT + 1)) == "EXTENSION_LENGTH_WRONG"
    assert lead.ask(3).state is ExtensionState.GRANTED
    assert [type(event) for event in lead.told] == [events.ExtensionFiled, events.ExtensionGranted]
    assert refused(lambda: lead.ask(1)) == "EXTENSIONS_USED_UP"


def test_pingli_grants_two_of_exactly_the_limit_and_a_refused_one_is_not_used_up() -> None:
    lead = Lead(P18)
    assert refused(lambda: lead.ask(LIMIT - 1)) == "EXTENSION_LENGTH_WRONG"
    lead.refuse(lead.ask())
    for _ in range(2):
        extension = lead.ask()
        assert refused(lead.ask) == "EXTENSION_PENDING"
        lead.grant(extension)
    assert refused(lead.ask) == "EXTENSIONS_USED_UP"


def test_shuangyashan_hears_two_applications_and_a_refused_one_is_used_up() -> None:
    lead = Lead(S24)
    lead.refuse(lead.ask(2))
    lead.grant(lead.ask(2))
    assert refused(lambda: lead.ask(2)) == "EXTENSIONS_USED_UP"


@pytest.mark.parametrize("pack", [F16, P18, S24])
def test_what_is_asked_for_late_is_refused_until_a_supervisor_allows_it_once(pack: str) -> None:
    lead = Lead(pack)
    lead.now = DUE
    lead.ask()
    lead = Lead(pack)
    lead.now = DUE + timedelta(seconds=1)
    assert refused(lead.ask) == "EXTENSION_TOO_LATE"
    assert lead.allow().bar == "late"
    assert refused(lead.allow) == "ALREADY_ALLOWED"
    extension = lead.ask()
    filed = lead.told[0]
    assert isinstance(filed, events.ExtensionFiled)
    assert filed.allowed == ("late",)
    assert lead.order.allowances[0].extension_id == extension.id
    if extension.state is ExtensionState.PENDING:
        lead.refuse(extension)
        assert refused(lead.ask) in {"EXTENSION_TOO_LATE", "EXTENSIONS_USED_UP"}, "it served one application"


def test_a_refused_application_uses_no_allowance_up() -> None:
    lead = Lead(P18)
    lead.now = DUE + timedelta(hours=1)
    lead.allow()
    assert refused(lambda: lead.ask(1)) == "EXTENSION_LENGTH_WRONG"
    assert lead.order.allowances[0].extension_id == ""
    assert lead.ask().allowed == [Bar.LATE]


def test_a_consultation_in_shuangyashan_needs_a_supervisor() -> None:
    lead = Lead(S24, category="consultation")
    assert refused(lambda: lead.ask(2)) == "EXTENSION_BARRED"
    lead.allow(Bar.BARRED)
    assert lead.ask(2).allowed == [Bar.BARRED]


def test_what_is_barred_and_late_needs_both_allowed() -> None:
    lead = Lead(S24, category="consultation")
    lead.now = DUE + timedelta(hours=1)
    lead.allow(Bar.BARRED)
    assert refused(lambda: lead.ask(2)) == "EXTENSION_TOO_LATE"
    lead.allow(Bar.LATE)
    assert lead.ask(2).allowed == [Bar.BARRED, Bar.LATE]


@pytest.mark.parametrize(("pack", "emergency"), [(F16, "urgent"), (P18, "sudden")])
def test_no_supervisor_lifts_what_the_pack_does_not_name(pack: str, emergency: str) -> None:
    lead = Lead(pack, emergency=emergency)
    assert refused(lead.ask) == "EXTENSION_BARRED"
    assert refused(lambda: lead.allow(Bar.BARRED)) == "OVERRIDE_NOT_ALLOWED"


def test_only_the_lead_that_works_on_it_is_allowed_anything() -> None:
    lead = Lead(P18)
    lead.part.role = Role.CO
    assert refused(lead.allow) == "LEAD_ONLY"
    lead = Lead(P18)
    lead.part.state = AssignmentState.ASSIGNED
    assert refused(lead.allow) == "ASSIGNMENT_NOT_SIGNED"
    lead = Lead(P18)
    lead.order.state = State.REPLIED
    assert refused(lead.allow) == "ORDER_NOT_IN_HANDLING"


def test_a_long_cycle_in_pingli_is_filed_beside_the_two_grants() -> None:
    lead = Lead(P18)
    for _ in range(2):
        lead.grant(lead.ask())
    assert refused(lambda: lead.ask(LIMIT, Route.LONG_CYCLE)) == "LONG_CYCLE_TOO_SHORT"
    long = lead.ask(30, Route.LONG_CYCLE)
    assert long.state is ExtensionState.GRANTED, "it is reported to the centre, which does not decide"
    filed, granted = lead.told
    assert isinstance(filed, events.ExtensionFiled)
    assert isinstance(granted, events.ExtensionGranted)
    assert (filed.how, filed.route) == ("filing", "long_cycle")
    assert (granted.route, granted.told_by) == ("long_cycle", "platform")
    assert refused(lambda: lead.ask(30, Route.LONG_CYCLE)) == "EXTENSIONS_USED_UP"


def test_a_long_cycle_is_filed_in_time_and_never_for_a_sudden_event() -> None:
    lead = Lead(P18)
    lead.now = DUE + timedelta(seconds=1)
    assert refused(lambda: lead.ask(30, Route.LONG_CYCLE)) == "EXTENSION_TOO_LATE"
    assert refused(lambda: Lead(P18, emergency="sudden").ask(30, Route.LONG_CYCLE)) == "EXTENSION_BARRED"


@pytest.mark.parametrize("pack", [F16, S24])
def test_other_packs_know_no_long_cycle(pack: str) -> None:
    assert refused(lambda: Lead(pack).ask(30, Route.LONG_CYCLE)) == "NO_LONG_CYCLE"


def test_the_unit_explains_what_was_granted_and_the_first_time_counts() -> None:
    lead = Lead(S24)
    extension = lead.ask(2)
    with pytest.raises(StepNotAllowed):
        lead.explain(extension)
    lead.grant(extension)
    lead.explain(extension)
    lead.now += timedelta(hours=1)
    lead.explain(extension)
    assert extension.explained_at == START


def test_where_the_platform_tells_the_citizen_the_unit_records_nothing() -> None:
    lead = Lead(P18)
    extension = lead.ask()
    lead.grant(extension)
    assert refused(lambda: lead.explain(extension)) == "TOLD_BY_THE_PLATFORM"


def test_an_order_that_is_over_is_explained_no_more() -> None:
    lead = Lead(F16)
    extension = lead.ask(2)
    lead.order.state = State.COMPLETED
    assert refused(lambda: lead.explain(extension)) == errors.OrderNotInHandling(state="completed").reason
