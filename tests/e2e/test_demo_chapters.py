"""The hard matters of the demonstration, played to their end: on the page and in the table, with every reason."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from cli.demo.cases import Told, load_cases
from cli.main import app

MUST = {
    Told.SUPERVISION: ("督办的一件", "自动列入督办", "书面回复限", "承办单位书面回复", "督办结办，结论：已整改"),
    Told.DISPUTE: ("权责争议的一件", "主管部门协调（", "→ 职责边界会商（", "→ 专报政府研究解决（", "明确由"),
    Told.EXTENSIONS: ("批准延期 5 个工作日", "不予批准，理由：", "办结期限由"),
    Told.CORRECTION: ("类别由“咨询”更正为“投诉”", "办结期限由"),
    Told.OTHER_LAW: ("登记另有规定：《消费者权益保护法》第46条", "办结期限由"),
}


@dataclass(frozen=True)
class Ran:
    facts: dict[str, Any]
    said: str
    page: str


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Only those cases, all five weeks of them."""
    page = tmp_path_factory.mktemp("demo") / "told.html"
    told = [case for case in load_cases() if case.tells]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cli.demo.command.load_cases", lambda: told)
        env = {"HUYING_LANG": "zh", "COLUMNS": "80"}
        done = CliRunner().invoke(app, ["demo", "--page", str(page), "--json"], env=env)
    assert done.exit_code == 0, done.output
    return Ran(msgspec.json.decode(done.stdout.splitlines()[-1]), done.stderr, page.read_text(encoding="utf-8"))


def shown(ran: Ran, told: Told) -> str:
    return "\n".join(zh for zh, _ in ran.facts["shown"][told])


@pytest.mark.parametrize("told", list(Told))
def test_each_is_shown_on_the_page_and_in_the_table(ran: Ran, told: Told) -> None:
    facts = ran.facts["shown"][told]
    assert all(zh and en for zh, en in facts)
    for words in MUST[told]:
        assert words in ran.page
    for zh, en in facts:
        assert zh in ran.page
        assert en in ran.page
    table = "".join(cell.strip() for line in ran.said.splitlines() if line[:1] in "│" for cell in line.split("│")[3:4])
    for zh, _ in facts:
        assert zh.replace(" ", "") in table.replace(" ", "")


def test_two_extensions_are_granted_and_one_between_them_is_refused(ran: Ran) -> None:
    told = ["批准延期" in zh for zh, _ in ran.facts["shown"]["extensions"] if "次申请" in zh]
    assert told == [True, False, True]


def test_every_deadline_that_is_shown_tells_its_start_its_limit_its_counting_and_its_article(ran: Ran) -> None:
    deadlines = re.findall(r"<article>.*?</article>", ran.page, flags=re.DOTALL)
    assert len(deadlines) > 40
    for deadline in deadlines:
        for words in ("起算", "from ", "时限", "limit", "到期：", "hence due", "依据 "):
            assert words in deadline, deadline
        assert re.search(r"依据 (?:platform-default · decisions|[FPSN]\d\d-\d+\w* · 第)", deadline), deadline
        assert not re.search(r"<span class=\"zh\">[a-z_]+</span>", deadline), "a clock without a Chinese name"


def test_nothing_was_refused_and_nobody_is_named(ran: Ran) -> None:
    assert ran.facts["refused"] == {}
    callers = [case.caller for case in load_cases() if case.tells]
    assert not [
        said for caller in callers for said in (caller.name, caller.phone, caller.address) if said and said in ran.page
    ]
