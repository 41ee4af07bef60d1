"""RPCs: each is a command or a query with the same fields, the roles that its contract promises, and a full answer."""

from dataclasses import dataclass, replace

import pytest
from google.protobuf.descriptor import MethodDescriptor

from chassis.access import Role
from chassis.application import Handling
from chassis.message import Command, Line, Name
from cli.province import descriptor_of
from tests.architecture.guards import contracts, registry
from tests.architecture.guards.tree import ROOT

# Commands that the services give themselves.
INSIDE: dict[str, str] = {}


def _proto(service: str) -> str:
    return (ROOT / "protos/huying" / service / "v1" / f"{service}.proto").read_text(encoding="utf-8")


@pytest.mark.parametrize("service", registry.arrived())
def test_every_rpc_is_a_command_or_query_of_the_same_fields(service: str) -> None:
    assert contracts.faults(registry.methods(service), registry.handlings(service), INSIDE) == []


@pytest.mark.parametrize("service", registry.arrived())
def test_the_roles_are_those_that_the_contract_promises(service: str) -> None:
    assert contracts.broken_promises(contracts.promised_roles(_proto(service)), registry.handlings(service)) == []


# -- seeded violations -------------------------------------------------------------------------------------------------


class SubmitArticle(Command):
    name: Name


class WithoutName(Command):
    title: Line


@dataclass
class Article:
    name: str


def submit_article(cmd: SubmitArticle) -> Article:
    return Article(cmd.name)


_GOOD = Handling(SubmitArticle, submit_article, frozenset({Role.UNIT}))
_METHOD: MethodDescriptor = descriptor_of("knowledge").methods_by_name["SubmitArticle"]


def test_an_rpc_without_a_handler_is_found() -> None:
    assert contracts.faults([_METHOD], {}, {}) == ["SubmitArticle has no command or query"]


def test_a_handler_without_an_rpc_is_found_unless_it_has_a_reason() -> None:
    assert contracts.faults([], {"SubmitArticle": _GOOD}, {}) == ["SubmitArticle is no RPC"]
    assert contracts.faults([], {"SubmitArticle": _GOOD}, {"SubmitArticle": "a timer gives it"}) == []


def test_a_command_for_nobody_is_found() -> None:
    nobody = replace(_GOOD, roles=frozenset())
    assert "SubmitArticle is for nobody" in contracts.faults([_METHOD], {"SubmitArticle": nobody}, {})


def test_a_request_of_other_fields_is_found() -> None:
    other = replace(_GOOD, message=WithoutName)
    found = contracts.faults([_METHOD], {"SubmitArticle": other}, {})
    assert "WithoutName.title is not in huying.knowledge.v1.SubmitArticleRequest" in found
    assert "WithoutName lacks name of huying.knowledge.v1.SubmitArticleRequest" in found


def test_a_view_that_leaves_out_a_field_is_found() -> None:
    assert "Article lacks state of huying.knowledge.v1.Article" in contracts.faults(
        [_METHOD], {"SubmitArticle": _GOOD}, {}
    )


def test_a_query_that_asks_others_is_judged_by_the_view_that_it_ends_with() -> None:
    asking = replace(_GOOD, then=lambda article, _questions: article)
    assert "SubmitArticle answers None, which is no view" in contracts.faults([_METHOD], {"SubmitArticle": asking}, {})


def test_a_role_that_the_contract_does_not_promise_is_found() -> None:
    comment = "  // SubmitArticle asks. Roles: unit_leader (own), agent.\n"
    promised = contracts.promised_roles(f"{comment}  rpc SubmitArticle(")
    assert promised == {"SubmitArticle": frozenset({Role.UNIT_LEADER, Role.AGENT})}
    assert contracts.broken_promises(promised, {"SubmitArticle": _GOOD}) == [
        "SubmitArticle: the contract says agent, unit_leader, the code unit"
    ]
