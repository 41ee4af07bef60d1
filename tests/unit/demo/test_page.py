"""The page: the same every time, without ids and without personal data."""

import dataclasses
import re

import pytest

from cli.demo.cases import load_cases
from cli.demo.page import PageLeaks, render
from tests.unit.demo.sample import sample


def test_the_same_result_gives_the_same_bytes() -> None:
    assert render(sample()).encode() == render(sample()).encode()


def test_the_page_stands_alone() -> None:
    page = render(sample())
    assert not re.search(r"https?://|<link|<script|src=|@import|url\(", page)


def test_the_page_holds_no_ids_and_no_caller() -> None:
    page = render(sample())
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", page)
    callers = [case.caller for case in load_cases()]
    assert not [name for caller in callers for name in (caller.phone, caller.address) if name and name in page]


@pytest.mark.parametrize(
    "leak", ["019a2b3c-0000-7000-8000-000000000001", "请拨 199 0000 1234", "身份证 35010219000101001X"]
)
def test_a_page_that_would_leak_is_not_made(leak: str) -> None:
    result = sample()
    story = dataclasses.replace(result.story, subject=leak)
    with pytest.raises(PageLeaks):
        render(dataclasses.replace(result, story=story))


def test_what_people_wrote_is_escaped() -> None:
    result = sample()
    story = dataclasses.replace(result.story, subject="<script>alert(1)</script>")
    assert "<script>" not in render(dataclasses.replace(result, story=story))


def test_an_empty_run_still_gives_a_page() -> None:
    story = dataclasses.replace(sample().story, lines=(), deadlines=())
    empty = dataclasses.replace(sample(), cities=(), paths=(), clocks=(), units=(), messages=(), story=story)
    assert "呼应" in render(empty)
