"""Access: everybody is refused whom the contract does not name, and a refusal tells nothing."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from chassis.access import PermissionDenied, Principal, Role
from chassis.application import Handling
from chassis.domain import NotFound
from chassis.message import Command, Line, Name
from chassis.pipeline import ServiceRuntime
from chassis.postgres import EmbeddedPostgres
from cli.province import SERVICES
from tests.architecture.guards import access, registry
from tests.architecture.guards.world import World, one_of_everything

# Calls that concern no single city, or whose city is found by other means: why, and what protects them.
WITHOUT_CITY = {
    "LookUpProgress": "by number and phone, both of which must fit; a wrong pair and a missing case look alike",
    "EraseCitizen": "a citizen may have cases in several cities; the relation asks for one in the caller's scope",
    "GetKpiReport": "an empty city means every city of the caller's scope",
    "RateCase": "the portal names the case by number and phone",
}

_ALL = [
    pytest.param(handling, id=f"{service}-{name}")
    for service in registry.arrived()
    for name, handling in registry.handlings(service).items()
]


@pytest.mark.parametrize("handling", _ALL)
def test_other_roles_and_other_cities_are_refused_before_anything_is_looked_up(handling: Handling) -> None:
    assert access.let_in(handling) == []


def test_every_call_names_its_city_or_says_why_not() -> None:
    every = [handling for service in registry.arrived() for handling in registry.handlings(service).values()]
    assert access.without_city(every, WITHOUT_CITY) == []


# -- relations: on a province with one of everything -------------------------------------------------------------------

# What each call names; a call that is not here fails the test.
NAMED = {
    "cases": (
        "AcceptCase AnswerCase RefuseCase TransferCase JoinCase WithdrawCase RateCase RecordRevisit UploadAttachment "
        "UrgeCase SupplementCase StartAttachmentUpload FinishAttachmentUpload GetCase RevealContact RevealText "
        "ListClocks ListMessages "
        "ListWorkOrders CorrectCase SetCaseLimit LiftCaseLimit GetCitizenClosingForms "
        "MarkCase UnmarkCase SplitOffCase ListCalls FileAppeal ExcludeFact MakePromise HandOverClue "
        "FindExperts RecordExpertCall FindPartnerMatters WeighPartnerMatter"
    ),
    "clues": "AcknowledgeClue ConcludeClue RevealClue",
    "massEvents": "JoinMassEvent BroadcastProgress EndMassEvent",
    "calls": "LinkCall RecordCallBack GetCall RevealCaller",
    "restrictions": "LiftRestriction",
    "experts": "EndExpert",
    "shifts": "SetSeat OfferShift TakeOverShift EndShift GetShift ListHandedOver",
    "promises": "EndPromise",
    "attachments": "DownloadAttachment GetAttachmentLink",
    "citizens": "EraseCitizen",
    "workOrders": (
        "DispatchWorkOrder RecallWorkOrder EndWorkOrder SendBackReply CompleteWorkOrder VerifyRating GetWorkOrder "
        "RefuseEnd GetClosingForm "
        "RecordForceMajeure ChangeLead HandOver RefuseHandOver RaiseLevel ExplainRoute RevealPassages OpenDispute "
        "OpenSupervision"
    ),
    "assignments": (
        "SignAssignment RecordContact ReportProgress AnswerCitizen RequestReturn AgreeReturn RefuseReturn "
        "RequestExtension FileLongCycle AllowExtension PressCoUnit SubmitCoReply SubmitReply ApproveReply RejectReply "
        "SubmitStatement ProposeEnd PassOn "
        "RevealCitizenContact RevealCitizenText"
    ),
    "units": "RegisterUnitStaff GetUnitStaff",
    "passings": "TakeBackPassedOn ReplyPassedOn",
    "extensions": "GrantExtension RefuseExtension RecordExplanation",
    "disputes": "AdvanceDispute RecordDisputeStep SettleDispute GetDispute",
    "supervisions": "AnswerSupervision CloseSupervision GetSupervision",
    "appeals": "DecideAppeal GetAppeal",
    "exclusions": "LiftExclusion",
    "reports": "GetReport",
    "circulars": "PublishCircular WithdrawCircular GetCircular",
    "messages": "GetMessage AcknowledgeCall ResolveMessage",
    "articles": "DraftArticle SubmitArticle ApproveArticle SendBackArticle RetireArticle QuestionArticle GetArticle",
}
COLLECTION = {call: collection for collection, calls in NAMED.items() for call in calls.split()}
# Strangers may call these; they are shown nothing of what they may not see.
ANSWERED_EMPTY = {
    "ListWorkOrders": "a page of the caller's own orders",
    "ListMessages": "a page of one city",
    "ListCalls": "a page of one city",
    "ListClocks": "a page of one city",
}

_whole = pytest.mark.skipif(registry.arrived() != SERVICES, reason="not all services have arrived")


@pytest.fixture(scope="module")
def world(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    run = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    with one_of_everything(postgres, tmp_path_factory.mktemp("world"), run) as world:
        yield world


def _naming() -> list[Any]:
    found = []
    for service in registry.arrived():
        for name, handling in sorted(registry.handlings(service).items()):
            if set(access.NAMING) & set(handling.message.model_fields):
                found.append(pytest.param(service, handling, id=f"{service}-{name}"))
    return found


@_whole
@pytest.mark.parametrize(("service", "handling"), _naming())
def test_strangers_are_refused_and_do_not_learn_what_exists(world: World, service: str, handling: Handling) -> None:
    name = handling.message.__name__
    found = access.Callers(world.province.runtimes[service]).tells_apart(handling, world.names[COLLECTION[name]])
    if name in ANSWERED_EMPTY:
        found = [fault for fault in found if "lets in" not in fault]
    assert found == []


@_whole
@pytest.mark.parametrize("role", sorted(registry.handlings("intake")["RegisterCase"].roles))
def test_who_may_read_no_case_is_told_of_none_when_registering_one(world: World, role: Role) -> None:
    how = {Role.AGENT: {"channel": "phone"}, Role.PORTAL: {"channel": "web"}}
    passed_on = {"channel": "platform", "upstream": {"platform": "province", "number": "P-1"}}
    said = {"subject": "路面坑洼", "text": "门口的城市道路坑坑洼洼，请修补。", **how.get(role, passed_on)}
    answer = world.call(access.person(role, access.CITY), "intake", "RegisterCase", city=access.CITY, **said)
    may_read = role in registry.handlings("intake")["GetCase"].roles
    assert (world.names["cases"] in str(answer)) is may_read


def test_a_call_that_tells_what_exists_is_found() -> None:
    existing = f"cities/{access.CITY}/things/0199a1b2-0000-7000-8000-00000000000f"

    class Gossip:
        def execute(self, _principal: Principal, message: RenameThing) -> Thing:
            if message.name == existing:
                raise PermissionDenied()
            raise NotFound()

    class OpenHouse:
        def execute(self, _principal: Principal, message: RenameThing) -> Thing:
            return Thing("anything")

    for_units = replace(_GOOD, roles=frozenset({Role.UNIT}))
    gossip, open_house = (access.Callers(cast(ServiceRuntime, runtime())) for runtime in (Gossip, OpenHouse))
    assert ["tells another unit" in fault for fault in gossip.tells_apart(for_units, existing)] == [True]
    assert len(open_house.tells_apart(for_units, existing)) == 2


# -- seeded violations -------------------------------------------------------------------------------------------------


class RenameThing(Command):
    name: Name
    title: Line


@dataclass
class Thing:
    name: str


def rename(cmd: RenameThing, work: object) -> Thing:
    raise AssertionError("nobody should come so far")


_GOOD = Handling(RenameThing, rename, frozenset({Role.AGENT}))


def test_a_guarded_command_lets_no_stranger_in() -> None:
    assert access.let_in(_GOOD) == []


def test_a_pipeline_that_asks_nobody_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.pipeline._authorise", lambda *_: None)
    assert len(access.let_in(_GOOD)) == len(list(access.strangers(_GOOD))) > len(Role)


def test_a_call_that_names_no_city_is_found() -> None:
    careless = replace(_GOOD, needs_city=False)
    assert access.without_city([_GOOD], {}) == []
    assert access.without_city([careless], {}) == ["RenameThing names no city"]
    assert access.without_city([careless], {"RenameThing": "found by its number"}) == []
