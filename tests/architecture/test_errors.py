"""Errors: a stable reason each, words for people, a code for machines."""

from typing import ClassVar

import pytest

from chassis.domain import BadFields, DomainError, Status
from chassis.grpckit.errors import to_rpc_status
from tests.architecture.guards import errors, registry
from tests.architecture.guards.tree import ROOT, python_files

_ALL = registry.errors()


def test_every_error_has_one_reason_words_in_two_languages_and_a_code() -> None:
    assert errors.faults(_ALL) == []


def test_every_error_travels_with_reason_and_chinese_message() -> None:
    for kind in _ALL:
        if kind is not BadFields:
            status = to_rpc_status(kind())
            assert status.code != 0
            assert len(status.details) == 2


def test_errors_are_raised_with_the_values_that_their_words_speak_of() -> None:
    # Errors with an __init__ of their own fill their words themselves.
    wanted = {k.__name__: errors.placeholders(k) for k in _ALL if k.__init__ is DomainError.__init__}
    found = {}
    for path in python_files(ROOT, "chassis/", "services/", "cli/"):
        gaps = errors.silent_values(path.read_text(encoding="utf-8"), wanted)
        if gaps:
            found[path.relative_to(ROOT).as_posix()] = gaps
    assert found == {}


# -- seeded violations -------------------------------------------------------------------------------------------------


class CaseIsClosed(DomainError):
    zh = "诉求 {number} 已办结"
    en = "case {number} is closed"


def _twin() -> type[DomainError]:
    return type("CaseIsClosed", (DomainError,), {"zh": "已关闭", "en": "closed"})


class SaysNothing(DomainError):
    pass


class ChineseOnly(DomainError):
    zh = "已办结"
    en = "已办结"


class WithoutCode(DomainError):
    zh = "已办结"
    en = "closed"
    status: ClassVar[Status] = Status("INTERNAL")


def test_a_good_error_passes() -> None:
    assert errors.faults([CaseIsClosed]) == []


def test_two_errors_of_one_name_are_found() -> None:
    assert len(errors.faults([CaseIsClosed, _twin()])) == 1


@pytest.mark.parametrize(("kind", "count"), [(SaysNothing, 2), (ChineseOnly, 1)])
def test_an_error_without_words_is_found(kind: type[DomainError], count: int) -> None:
    assert len(errors.faults([kind])) == count


def test_an_error_without_a_code_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Teapot:
        value = "I_AM_A_TEAPOT"

    monkeypatch.setattr(WithoutCode, "status", Teapot())
    assert len(errors.faults([WithoutCode])) == 1


def test_a_value_left_out_is_found() -> None:
    wanted = {"CaseIsClosed": errors.placeholders(CaseIsClosed)}
    assert errors.silent_values("raise CaseIsClosed()", wanted) == ["line 1: CaseIsClosed without number"]
    assert errors.silent_values("raise CaseIsClosed(number=1)", wanted) == []
    assert errors.silent_values("raise CaseIsClosed(**values)", wanted) == []
