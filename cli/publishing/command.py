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
from cli.publishing.city_rules import NotToBePublished, read_rules
from cli.publishing.page import render
from cli.speech import fail, say
from services.sla.domain.calendar import local


def publish(
    city: Annotated[str, typer.Option(help="administrative code 城市代码")],
    on: Annotated[str, typer.Option(help="day whose rules are told; today 哪一天的规则，默认今天")] = "",
    output: Annotated[Path | None, typer.Option(help="where the page goes; standard output 页面文件")] = None,
    folder: Annotated[Path | None, typer.Option(help="another policies folder 规则目录")] = None,
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
    if output is None:
        print(page, end="")
        return
    write_whole(output, page)
    ref = rules.folder.ref
    say(f"{rules.city.name.zh} {day}（{ref}）：{output}", f"{rules.city.name.en} {day} ({ref}): {output}")


def _day(told: str) -> date:
    if not told:
        return local(WallClock().now()).date()
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise fail(f"日期 {told!r} 不正确", f"{told!r} is no day", code=2) from None
