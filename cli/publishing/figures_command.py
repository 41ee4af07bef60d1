"""huying figures: what a city publishes of a month, counted by sla as its report counts it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from chassis.access import Principal, Role
from chassis.clock import Clock, WallClock
from chassis.domain import DomainError
from chassis.files import write_whole
from chassis.packs import Packs, load_packs
from chassis.policy import City, PolicyError, load_cities
from chassis.questions import Questions
from chassis.telemetry.logging import configure_logging
from cli.audit import asked
from cli.environment import operating_settings
from cli.publishing.city_rules import NotToBePublished, city_named
from cli.publishing.figures import Month, Publication, load_publication, publishable, settled
from cli.publishing.figures_page import CityFigures, facts, render
from cli.speech import AsJson, fail, put, say
from services.intake.domain.pack import IntakePack
from services.sla.adapters.assessments import load_assessments
from services.sla.domain.calendar import SHANGHAI, local
from services.sla.domain.explanation import en_time, zh_time

ANSWER_SECONDS = 60.0


def figures(
    month: Annotated[str, typer.Option(help="such as 2026-10 统计月份")],
    city: Annotated[str, typer.Option(help="administrative code; all 城市代码，默认全部")] = "",
    preliminary: Annotated[
        bool,
        typer.Option("--preliminary", help="before the month is settled; marked, not for the public 初步数字，不公布"),
    ] = False,
    as_of: Annotated[str, typer.Option(help="of preliminary figures: local time until which is counted 截至时间")] = "",
    output: Annotated[Path | None, typer.Option(help="where the page goes; standard output 页面文件")] = None,
    as_json: AsJson = False,
) -> None:
    """Writes what may be published of a month: rates of cities and categories, no units, no small numbers 数据公开"""
    settings = operating_settings()
    configure_logging(json=settings.log_json, level="ERROR")
    try:
        rules, policies = load_publication(settings.policies_dir), settings.policies_dir
        asked_for = month_of(month, as_of, WallClock(), rules, preliminary=preliminary)
        known = load_cities(policies)
        wanted = [city_named(known, city)] if city else list(known.values())
        with asked(settings) as services:
            told = gather(services.questions, policies, wanted, asked_for, rules)
    except NotToBePublished as error:
        raise fail(error.zh, error.en) from None
    except PolicyError as error:
        raise fail(str(error), str(error)) from None
    except DomainError as error:
        raise fail(error.message_zh, error.message_en) from None
    _deliver(told, asked_for, rules, output, as_json=as_json)


def _deliver(
    told: Sequence[CityFigures], month: Month, rules: Publication, output: Path | None, *, as_json: bool
) -> None:
    page = render(told, month, rules)
    if output is not None:
        write_whole(output, page)
    if as_json:
        put(facts(told, month, rules))
    elif output is None:
        print(page, end="")
    else:
        say(f"{month.first:%Y-%m}，{len(told)} 个城市：{output}", f"{month.first:%Y-%m}, {len(told)} cities: {output}")


def month_of(told: str, as_of: str, clock: Clock, rules: Publication, *, preliminary: bool = False) -> Month:
    """Raises NotToBePublished for what is no month, has not begun, or is not settled and not said to be preliminary."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", told):
        raise NotToBePublished(f"月份 {told!r} 不正确，例如 2026-10", f"{told!r} is no month, such as 2026-10")
    month, now = settled(date.fromisoformat(f"{told}-01"), rules), clock.now()
    if preliminary:
        return _preliminary(told, replace(month, as_of=min(_instant(as_of, now), now, month.settled_at)))
    if as_of:
        raise NotToBePublished(
            f"公布的数字统计截至 {zh_time(month.settled_at)}；另定截至时间的，须加 --preliminary",
            f"what is published is counted until {en_time(month.settled_at)}; any other time takes --preliminary",
        )
    if now < month.settled_at:
        raise NotToBePublished(
            f"{told} 的数字 {zh_time(month.settled_at)} 后才公布；此前的初步数字须加 --preliminary",
            f"{told} is published after {en_time(month.settled_at)}; before that it takes --preliminary",
        )
    return month


def _preliminary(told: str, month: Month) -> Month:
    if month.as_of <= month.start:
        as_of_day = local(month.as_of).date()
        raise NotToBePublished(f"截至 {as_of_day}，{told} 尚未开始", f"{told} has not begun as of {as_of_day}")
    return month


def _instant(told: str, now: datetime) -> datetime:
    """Local time; nothing told: now."""
    try:
        at = datetime.fromisoformat(told) if told else now
    except ValueError:
        like = "2026-11-01 08:00"
        raise NotToBePublished(f"时间 {told!r} 不正确，例如 {like}", f"{told!r} is no time, such as {like}") from None
    return (at if at.tzinfo else at.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def gather(
    questions: Questions, policies: Path, cities: Sequence[City], month: Month, rules: Publication
) -> list[CityFigures]:
    """Asks sla for each city. Raises NoAnswer, PolicyError."""
    packs, reasons = load_packs(policies), _reasons(policies)
    found = []
    for city in cities:
        rows = ask(questions, city.code, month)
        names = _categories(packs, city)
        ref = packs.of(city).ref
        found.append(CityFigures(city.code, city.name.zh, ref, publishable(rows, rules), names, reasons))
    return found


def ask(questions: Questions, city: str, month: Month) -> list[dict[str, Any]]:
    """The rows of the report of that month, by nobody who may see another city."""
    asker = Principal("service:figures", frozenset({Role.PROVINCE}), frozenset({city}))
    period = {"start": month.start.isoformat(), "end": month.end.isoformat(), "as_of": month.as_of.isoformat()}
    rows: list[dict[str, Any]] = questions.ask(asker, "sla", "kpi", limit=ANSWER_SECONDS, city=city, **period)
    return rows


def _categories(packs: Packs, city: City) -> Mapping[str, str]:
    intake = packs.of(city).file("intake.yaml").load(IntakePack)
    return {one.code: one.name.zh for one in intake.categories}


def _reasons(policies: Path) -> Mapping[str, str]:
    """Of all packs: what was excluded under another version is still called by its name."""
    return {one.code: one.zh for rules in load_assessments(policies).values() for one in rules.exclusions}
