"""huying policy: are the regulations as data sound, and what deadline do they lead to?"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from chassis.clock import WallClock
from chassis.domain import DomainError, Step
from chassis.packs import load_packs, release, unreleased_beside
from chassis.policy import PolicyError, Problem, load_cities
from chassis.privacy.keyring import KeyRing
from chassis.questions import InProcessQuestions
from chassis.runtime import Runtime
from chassis.settings import ROOT, Settings
from cli import coverage, drafting
from cli.articles import misplaced
from cli.environment import read_settings
from cli.province import SERVICES, bootstrap_of
from cli.publishing.command import publish
from cli.publishing.figures import load_publication
from cli.speech import AsJson, chinese, console, errors, fail, put, say, tell, words
from cli.worked import examples
from services.sla.adapters.policies import failed_examples, load_rulebook
from services.sla.application.queries import preview
from services.sla.domain.calendar import SHANGHAI, local
from services.sla.domain.facts import Facts

policy = typer.Typer(no_args_is_help=True, help="The regulations as data 规则包")
policy.command("diff")(drafting.diff)
policy.command("simulate")(drafting.simulate)
policy.command("publish")(publish)


@policy.command()
def check(
    folder: Annotated[Path | None, typer.Option(help="another policies folder 规则目录")] = None,
    as_json: AsJson = False,
) -> None:
    """Loads every file as the services do and runs the worked examples 检查规则包"""
    policies = _policies(folder)
    problems = list(dict.fromkeys(_problems(policies)))
    if as_json:
        put([str(p) for p in problems])
    for problem in [] if as_json else problems:
        errors.print(str(problem), highlight=False, markup=False, soft_wrap=True)
    if problems:
        raise typer.Exit(1)
    if not as_json:
        _tell_what_is_there(policies)


def _policies(folder: Path | None) -> Path:
    """The one that is named, else that of the environment. Raises the exit."""
    policies = folder or read_settings().policies_dir
    if not policies.is_dir():
        raise fail(f"没有文件夹 {policies}", f"there is no folder {policies}")
    return policies


def _problems(policies: Path) -> Iterator[Problem]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(policies_dir=policies, data_dir=Path(folder))
        for name in SERVICES:
            try:
                bootstrap_of(name).build(Runtime(settings, KeyRing.fresh(), InProcessQuestions()))
            except PolicyError as error:
                yield from error.problems
    try:
        load_publication(policies)
        yield from misplaced(policies)
        yield from failed_examples(policies, load_rulebook(policies))
        yield from examples.failed(policies)
    except PolicyError as error:
        yield from error.problems  # of the examples themselves; the rest is named above already


def _tell_what_is_there(policies: Path) -> None:
    packs, today = load_packs(policies), local(WallClock().now()).date()
    for code, city in load_cities(policies).items():
        pack = packs.of(city)
        title, ref = pack.title, pack.ref
        say(f"{code} {city.name.zh}：{title.zh}  {ref}", f"{code} {city.name.en}: {title.en}  {ref}")
        for why in pack.outside(today):
            say(f"  [yellow]注意[/yellow]：{why.zh}", f"  [yellow]note[/yellow]: {why.en}")
    say("规则包无误，例题全部通过", "all packs are sound, every worked example comes out")


@policy.command("release")
def release_pack(
    name: Annotated[str, typer.Argument(help="such as fujian-2016 规则包名称")],
    folder: Annotated[Path | None, typer.Option(help="another policies folder 规则目录")] = None,
    as_json: AsJson = False,
) -> None:
    """Freezes the pack's present version; what is changed later needs a higher one 发布规则包"""
    policies = _policies(folder)
    try:
        kept = release(policies, name)
        beside = unreleased_beside(policies, name)
    except PolicyError as error:
        raise fail(str(error), str(error)) from None
    except DomainError as error:
        raise fail(error.message_zh, error.message_en) from None
    facts = {"pack": kept.ref, "folder": str(kept.path), "unreleased_beside": beside}
    tell(facts, f"已发布 {kept.ref}：{kept.path}", f"released {kept.ref}: {kept.path}", as_json=as_json)
    for ref in [] if as_json else beside:
        say(f"与其叠加的 {ref} 尚未发布", f"{ref}, which lies with it in a city, is not released yet")


@policy.command("coverage")
def tell_coverage(
    write: Annotated[bool, typer.Option(help="make docs/coverage.md anew 重新生成页面")] = False,
    as_json: AsJson = False,
) -> None:
    """Says of each rule of the regulations where it stands in packs, code and tests 条文对照表"""
    policies = _policies(None)
    try:
        table = coverage.read(policies, ROOT)
    except PolicyError as error:
        raise fail(str(error), str(error)) from None
    if write:
        (ROOT / coverage.PAGE).write_text(coverage.page(policies, table), "utf-8")
    counts = {str(how): [row.how for row in table.rules.values()].count(how) for how in coverage.How}
    if as_json:
        lines = coverage.lines_of_the_packs(policies)
        put({id: row.model_dump() | {"packs": lines.get(id, [])} for id, row in table.rules.items()})
        return
    total, told = len(table.rules), ", ".join(f"{how} {number}" for how, number in counts.items())
    say(f"{total} 条：{told}，见 {coverage.PAGE}", f"{total} rules: {told}; see {coverage.PAGE}")


@policy.command()
def explain(
    city: Annotated[str, typer.Option(help="administrative code 城市代码")] = "350100",
    kind: Annotated[str, typer.Option(help="clock: dispatch, sign, contact, finish, citizen … 时钟")] = "finish",
    category: Annotated[str, typer.Option(help="complaint, consultation, help, suggestion … 类别")] = "complaint",
    item: Annotated[str, typer.Option(help="01 to 90 of the convenience-service list 清单事项")] = "",
    emergency_class: Annotated[str, typer.Option(help="the pack's class 紧急类别")] = "",
    start: Annotated[str, typer.Option(help="local time, such as '2026-09-24 14:05' 起算时间")] = "2026-09-24 14:05",
    as_json: AsJson = False,
) -> None:
    """Tells a deadline with every step and its article 解释期限"""
    try:
        started = datetime.fromisoformat(start)
    except ValueError:
        like = "2026-09-24 14:05"
        raise fail(f"时间 {start!r} 不正确，例如 {like}", f"{start!r} is no time, such as {like}", code=2) from None
    started = started if started.tzinfo else started.replace(tzinfo=SHANGHAI)
    facts = Facts(category=category, item=item, emergency_class=emergency_class, round=1)
    policies = _policies(None)
    try:
        found = preview(load_rulebook(policies), city, kind, facts, started)
        pack = load_packs(policies).by_city[city]
    except PolicyError as error:
        raise fail(str(error), str(error)) from None
    except DomainError as error:
        raise fail(error.message_zh, error.message_en) from None
    notes = [Step(f"注意：{why.zh}", f"note: {why.en}") for why in pack.outside(local(started).date())]
    found = replace(found, steps=[*found.steps, *notes])
    if as_json:
        put(found)
        return
    due = found.due_time.astimezone(SHANGHAI)
    console.print(
        f"[bold]{words('期限', 'due')} {due:%Y-%m-%d %H:%M}[/bold]  {found.rule} {found.article}", highlight=False
    )
    for step in found.steps:
        first, second = (step.zh, step.en) if chinese() else (step.en, step.zh)
        console.print(f"  · {first}", highlight=False, markup=False, soft_wrap=True)
        console.print(f"    {second}", style="dim", highlight=False, markup=False, soft_wrap=True)
