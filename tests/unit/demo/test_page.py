"""The page: the same every time, without ids and without personal data."""

import dataclasses
import re

import pytest

from cli.demo.cases import load_cases
from cli.demo.page import render
from cli.demo.page.html import until
from cli.demo.result import Chapter
from cli.markup import PageLeaks
from tests.unit.demo.sample import at, sample


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


def test_a_chapter_stands_on_the_page_with_its_facts_and_the_reasons_of_its_deadlines() -> None:
    result = sample()
    told = Chapter("dispute", "权责争议的一件", "Whose it is", (("协调 → <会商>", "coordination"),), result.story)
    whole = render(dataclasses.replace(result, chapters=(told,)))
    text = re.sub(r"<svg.*?</svg>", "", whole, flags=re.DOTALL)
    assert "权责争议的一件" in text
    assert "协调 → &lt;会商&gt;" in text
    for deadline in result.story.deadlines:
        assert text.count(deadline.steps[0][0]) >= 2


def test_a_deadline_at_midnight_is_the_end_of_the_day_before() -> None:
    assert until(at(10, 8, 0)) == "10月7日 周三 24:00"
    assert until(at(10, 8, 0, 1)) == "10月8日 周四 00:01"
