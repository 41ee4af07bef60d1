"""huying policy diff, simulate: what would another pack, or another version, change?"""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from chassis.domain import listed
from chassis.packs import PackFolder, Packs, load_packs
from chassis.policy import PolicyError
from cli import simulating
from cli.comparing import FILES, changes
from cli.environment import read_settings
from cli.speech import AsJson, console, fail, put, say, show_rows, words
from services.sla.adapters.policies import load_rulebook, load_rules
from services.sla.domain.calendar import SHANGHAI
from services.sla.domain.rulebook import Pack

Folder = Annotated[Path | None, typer.Option(help="policies folder of the second pack 第二个规则包所在目录")]
Size = Annotated[int, typer.Option("--page-size", help="rows on a page 每页行数", min=1, max=1000)]
Token = Annotated[str, typer.Option("--page-token", help="what the page before gave 上一页给出的记号")]
WHICH = "name, or <name>@<version>, layers joined with + 规则包"


def diff(
    a: Annotated[str, typer.Argument(help=WHICH)],
    b: Annotated[str, typer.Argument(help=WHICH)],
    folder: Folder = None,
    cases: Annotated[bool, typer.Option("--cases", help="open cases of A under B 对在办诉求的影响")] = False,
    page_size: Size = 50,
    page_token: Token = "",
    as_json: AsJson = False,
) -> None:
    """Says what pack B changes of pack A; with --cases, which deadlines of open cases would move 比较规则包"""
    policies = read_settings().policies_dir
    first, second = found(policies, a), found(folder or policies, b)
    try:
        listed = [] if cases else changes(first, second)
    except PolicyError as error:
        raise fail(str(error), str(error)) from None
    if cases:
        run = _simulated(policies, second, folder, wanted_of=first.ref)
        _tell_clocks(run, page_size, page_token, as_json=as_json)
        return
    rows, following = paged(listed, page_size, page_token)
    if as_json:
        shown = [{"file": c.file, "what": c.what, "was": c.was, "becomes": c.becomes, "place": c.place} for c in rows]
        put({"a": first.ref, "b": second.ref, "changes": shown, "total": len(listed), "next_page_token": following})
        return
    say(f"{first.ref} → {second.ref}：{len(listed)} 处不同", f"{first.ref} → {second.ref}: {len(listed)} changes")
    for change in rows:
        nothing = words("（无）", "(nothing)")
        where = words(*FILES.get(change.file, (change.file, change.file)))
        _print(f"{where}  {change.what}", "bold")
        _print(f"  {change.was or nothing} → {change.becomes or nothing}")
        _print(f"  {change.place}", "dim")
    _tell_more(following)


def simulate(
    pack: Annotated[str, typer.Option(help=f"the draft: {WHICH}")],
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="cases from this day on 起始日")],
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="and before this one; default: now 截止日")
    ] = None,
    city: Annotated[str, typer.Option(help="only of this city; default: all that follow such a pack 城市")] = "",
    folder: Folder = None,
    page_size: Size = 50,
    page_token: Token = "",
    as_json: AsJson = False,
) -> None:
    """Counts past cases again under a draft: what would be late 用规则包草案重算既往诉求"""
    policies = read_settings().policies_dir
    draft = found(folder or policies, pack)
    run = _simulated(policies, draft, folder, since=_local(since), until=until and _local(until), city=city)
    _tell_clocks(run, page_size, page_token, as_json=as_json)


def found(policies: Path, which: str) -> PackFolder:
    """By reference, or by names alone: the version that new cases follow. Raises the exit."""
    try:
        packs = load_packs(policies)
    except PolicyError as error:
        raise fail(str(error), str(error)) from None
    folder = packs.folders.get(which) or _by_name(packs, which)
    if folder is None:
        names = listed({*packs.current, *(pack.name for pack in packs.followed)})
        raise fail(f"没有规则包 {which}；有：{names}", f"there is no rule pack {which}; there are: {names}")
    return folder


def _by_name(packs: Packs, which: str) -> PackFolder | None:
    current = {folder.name: folder for folder in packs.folders.values()} | {f.name: f for f in packs.followed}
    return packs.current.get(which) or current.get(which)


def _simulated(policies: Path, draft: PackFolder, folder: Path | None, *, wanted_of: str = "", **period: Any) -> Any:
    """`wanted_of`: only open clocks under that pack; else all of cases that share a layer with the draft."""
    try:
        book = load_rulebook(policies)
        rules: Pack = load_rules(folder or policies, draft)
    except PolicyError as error:
        raise fail(str(error), str(error)) from None
    names = {layer.head.name for layer in draft.layers}
    if wanted_of:
        return simulating.simulate(book, rules, wanted=lambda c: c.is_open and c.pack == wanted_of, **period)
    if period.get("city"):
        return simulating.simulate(book, rules, **period)
    return simulating.simulate(book, rules, wanted=lambda c: bool(names & _names(c.pack)), **period)


def _names(ref: str) -> set[str]:
    return {part.partition("@")[0] for part in ref.split("+")}


def paged(listed: list[Any], size: int, token: str) -> tuple[list[Any], str]:
    """One page, and the token of the next one. Raises the exit for a token that no page gave."""
    if token and not token.isdecimal():
        raise fail(f"记号 {token!r} 不正确", f"{token!r} is no page token", code=2)
    start = int(token or 0)
    return listed[start : start + size], str(start + size) if start + size < len(listed) else ""


def _tell_clocks(run: simulating.Simulation, size: int, token: str, *, as_json: bool) -> None:
    page, following = paged(run.changed, size, token)
    rows = [simulating.told(one) for one in page]
    if as_json:
        told = {"cases": run.cases, "counts": run.rows(), "changed": rows, "total": len(run.changed)}
        put(told | {"next_page_token": following})
        return
    say(
        f"重算 {run.cases} 件诉求，{len(run.changed)} 个时限不同",
        f"{run.cases} cases, {len(run.changed)} clocks differ",
    )
    show_rows(run.rows(), as_json=False, empty=("没有可重算的时限", "no clocks to count again"))
    local = [row | {k: _time(row[k]) for k in ("due_time", "would_be_due_time")} for row in rows]
    if local:
        show_rows(local, as_json=False, empty=("", ""))
    _tell_more(following)


def _print(text: str, style: str = "") -> None:
    console.print(text, style=style, highlight=False, markup=False, soft_wrap=True)


def _tell_more(token: str) -> None:
    if token:
        say(f"下一页：--page-token {token}", f"more: --page-token {token}")


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


def _local(day: datetime) -> datetime:
    return day.replace(tzinfo=SHANGHAI)
