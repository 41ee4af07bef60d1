"""The cases that are told whole, each for what it shows; a case that has not come so far is left out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.documents import plain
from chassis.packs import PackFolder, Packs
from chassis.policy import City
from cli.demo.cases import Told
from cli.demo.driver import Driver, Play
from cli.demo.page.html import local, moment, until
from cli.demo.result import Chapter, StoryLine, Tone
from cli.demo.scenery import time_of
from cli.demo.story import CATEGORIES, tell

Fact = tuple[str, str]
_FINDINGS = {
    "rectified": ("已整改", "rectified"),
    "not_rectified": ("未整改", "not rectified"),
    "withdrawn": ("撤销督办", "withdrawn"),
}


@dataclass(frozen=True)
class Seen:
    """One case at the end, as the services show it."""

    driver: Driver
    play: Play
    city: City
    pack: PackFolder
    order: Any
    clocks: Sequence[Any]
    units: Mapping[str, str]

    def listed(self, rpc: str, rows: str, **fields: Any) -> list[Any]:
        """Of this order, as they were opened."""
        found = self.driver.pages(self.city.code, "dispatch", rpc, rows, **fields)
        mine = (row for row in found if row.name.startswith(f"{self.order.name}/"))
        return sorted(mine, key=lambda row: (row.open_time.ToDatetime(), row.ground))

    def supervisions(self) -> list[Any]:
        return self.listed("ListSupervisions", "supervisions", work_order=self.order.name)

    def said(self, command: str, name: str) -> Mapping[str, Any]:
        """What people said when they did it."""
        return next((a.fields for _, a in self.play.acts if a.command == command and a.fields["name"] == name), {})


def chapters(
    driver: Driver,
    clocks: Mapping[str, Sequence[Any]],
    cities: Mapping[str, City],
    packs: Packs,
    units: Mapping[str, str],
) -> tuple[Chapter, ...]:
    """In the order of the titles."""
    found = []
    for told, (zh, en, facts_of) in _TITLES.items():
        for play in (p for p in driver.plays.values() if p.case.tells is told and p.name):
            order = _order(driver, play)
            if order is None:
                continue
            city = cities[play.case.city]
            seen = Seen(driver, play, city, packs.of(city), order, clocks[play.case.key], units)
            if facts := tuple(facts_of(seen)):
                story = tell(play, seen.clocks, city, units, tuple(_by_rule(seen)))
                found.append(Chapter(str(told), zh, en, facts, story))
    return tuple(found)


def _order(driver: Driver, play: Play) -> Any | None:
    city = play.case.city
    orders = driver.pages(city, "dispatch", "ListWorkOrders", "work_orders", case=play.name)
    return min(orders, key=lambda order: str(order.number), default=None)


def _by_rule(seen: Seen) -> Iterator[StoryLine]:
    for entry in seen.supervisions():
        if entry.opened_by == "rule":
            basis = entry.basis.replace("platform-default", "平台默认规则", 1)
            zh = f"自动列入督办：{entry.ground_zh}（依据 {basis}）"
            en = f"the rule opens a supervision: {entry.ground_en}"
            yield StoryLine(_at(entry, "open_time"), "平台", zh, en, Tone.BAD)


# -- what each shows ---------------------------------------------------------------------------------------------------


def _supervision(seen: Seen) -> Iterator[Fact]:
    for entry in (e for e in seen.supervisions() if e.written_reply):
        by_zh, by_en = ("按规则自动", "by rule") if entry.opened_by == "rule" else ("由督办人员", "by hand")
        opened, due = _at(entry, "open_time"), time_of(entry, "due_time")
        reply = (f"，书面回复限 {until(due)}", f", a written reply due {_en(due)}") if due else ("", "")
        yield (
            f"{moment(opened)} {by_zh}列入督办：{entry.ground_zh}{reply[0]}",
            f"{_en(opened)} supervised {by_en}: {entry.ground_en}{reply[1]}",
        )
        if answered := time_of(entry, "answer_time"):
            yield f"{moment(answered)} 承办单位书面回复", f"{_en(answered)} the unit replies in writing"
        if closed := time_of(entry, "close_time"):
            zh, en = _FINDINGS.get(entry.finding, (entry.finding, entry.finding))
            yield f"{moment(closed)} 督办结办，结论：{zh}", f"{_en(closed)} closed with the finding: {en}"


def _dispute(seen: Seen) -> Iterator[Fact]:
    grounds = {g["code"]: g for g in plain(seen.pack.file("dispatch.yaml").tree())["disputes"]["grounds"]}
    for dispute in seen.listed("ListDisputes", "disputes"):
        ground = grounds[dispute.ground]
        opened = _at(dispute, "open_time")
        yield f"{moment(opened)} 权责争议：{ground['zh']}", f"{_en(opened)} disputed: {ground['en']}"
        yield (
            " → ".join(f"{step.zh}（{moment(_at(step, 'begin_time'))}）" for step in dispute.steps),
            " → ".join(f"{step.en} ({_en(_at(step, 'begin_time'))})" for step in dispute.steps),
        )
        if settled := time_of(dispute, "settle_time"):
            by = next(step for step in dispute.steps if step.step == dispute.decided_by)
            unit = seen.units[dispute.lead]
            yield (
                f"{moment(settled)} 经{by.zh}明确由{unit}承办",
                f"{_en(settled)} settled by {by.en}: one unit is named",
            )


def _extensions(seen: Seen) -> Iterator[Fact]:
    for index, one in enumerate(seen.order.extensions, start=1):
        at = time_of(one, "decide_time") or _at(one, "file_time")
        days = one.working_days
        zh, en = f"第 {index} 次申请：{moment(at)} ", f"request {index}: {_en(at)} "
        if one.state == "granted":
            yield f"{zh}批准延期 {days} 个工作日", f"{en}granted, {days} working days"
        elif one.state == "refused":
            reason = seen.said("RefuseExtension", one.name).get("reason", "")
            yield f"{zh}不予批准，理由：{reason}", f"{en}refused, and told why"
        else:
            yield f"{zh}待批", f"{en}waits for the decision"
    if seen.order.extensions:
        yield from _moved(seen)


def _correction(seen: Seen) -> Iterator[Fact]:
    for one in (c for c in seen.order.corrections if c.field == "category"):
        (was_zh, was_en), (is_zh, is_en), at = CATEGORIES[one.old], CATEGORIES[one.new], _at(one, "correct_time")
        yield f"{moment(at)} 类别由“{was_zh}”更正为“{is_zh}”", f"{_en(at)} category corrected from {was_en} to {is_en}"
        yield from _moved(seen)


def _other_law(seen: Seen) -> Iterator[Fact]:
    for one in (limit for limit in seen.order.own_limits if limit.cited):
        at = _at(one, "set_time")
        yield f"{moment(at)} 登记另有规定：{one.cited}", f"{_en(at)} other law on record"
        yield from _moved(seen)


def _moved(seen: Seen) -> Iterator[Fact]:
    """Where the limit of the unit stood at first, and where it stands."""
    finish = [c for c in seen.clocks if c.kind == "finish"]
    for clock in finish[-1:]:
        first, due = time_of(clock, "first_due_time"), _at(clock, "due_time")
        if first and first != due:
            yield f"办结期限由 {until(first)} 移至 {until(due)}", f"completion due {_en(first)}, now {_en(due)}"


def _at(message: Any, field: str) -> datetime:
    instant = time_of(message, field)
    assert instant is not None
    return instant


def _en(instant: datetime) -> str:
    at = local(instant)
    return f"{at:%a} {at.day} {at:%b %H:%M}"


_TITLES: dict[Told, tuple[str, str, Callable[[Seen], Iterator[Fact]]]] = {
    Told.SUPERVISION: ("督办的一件", "Under supervision", _supervision),
    Told.DISPUTE: ("权责争议的一件", "Whose it is, disputed", _dispute),
    Told.EXTENSIONS: ("延期：批准与不批准", "More time, granted and refused", _extensions),
    Told.CORRECTION: ("类别更正的一件", "A category put right", _correction),
    Told.OTHER_LAW: ("另有规定从其规定", "The limit of another law", _other_law),
}
