"""huying policy publish: the rules of a city as a page for its citizens."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from chassis.clock import WallClock
from chassis.domain import DomainError
from chassis.files import write_whole
from chassis.policy import PolicyError
from cli.environment import read_settings
from cli.publishing.city_rules import CityRules, NotToBePublished, read_rules
from cli.publishing.page import render
from cli.speech import AsJson, fail, put, tell
from services.sla.domain.calendar import local


def publish(
    city: Annotated[str, typer.Option(help="administrative code 城市代码")],
    on: Annotated[str, typer.Option(help="day whose rules are told; today 哪一天的规则，默认今天")] = "",
    output: Annotated[Path | None, typer.Option(help="where the page goes; standard output 页面文件")] = None,
    folder: Annotated[Path | None, typer.Option(help="another policies folder 规则目录")] = None,
    as_json: AsJson = False,
) -> None:
    """Writes the rules of a city as one page for citizens: numbers, grounds, limits, articles 生成规则公开页"""
    day = _day(on)
    try:
        rules = read_rules(folder or read_settings().policies_dir, city, day)
        page = render(rules)
    except NotToBePublished as error:
        raise fail(error.zh, error.en) from None
    except PolicyError as error:
        raise fail(str(error), str(error)) from None
    except DomainError as error:
        raise fail(error.message_zh, error.message_en) from None
    _deliver(rules, page, output, as_json=as_json)


def _deliver(rules: CityRules, page: str, output: Path | None, *, as_json: bool) -> None:
    """With JSON and no file, the page is one of the facts."""
    ref, on = rules.folder.ref, rules.on
    facts = {"city": rules.city.code, "on": on, "pack": ref, "calendar": rules.calendar.version}
    if output is not None:
        write_whole(output, page)
        zh, en = f"{rules.city.name.zh} {on}（{ref}）：{output}", f"{rules.city.name.en} {on} ({ref}): {output}"
        tell(facts | {"output": str(output)}, zh, en, as_json=as_json)
    elif as_json:
        put(facts | {"page": page})
    else:
        print(page, end="")


def _day(told: str) -> date:
    if not told:
        return local(WallClock().now()).date()
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise fail(
            f"日期 {told!r} 不正确，例如 2026-11-23", f"{told!r} is no day, such as 2026-11-23", code=2
        ) from None
