"""How a deadline came about, step by step, in Chinese and English; computed only when somebody asks."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from chassis.domain import Step
from chassis.policy import Basis, Words
from services.sla.domain.beyond import Beyond, CountedIn
from services.sla.domain.calendar import DayKind, HolidayName, OfficeCalendar, local
from services.sla.domain.limits import DAY_AND_NIGHT, Deadline, Limit, Unit

# The clocks of one cause begin together, and many end on the same evening.
cache_recent = lru_cache(maxsize=512)
_WEEKEND = ("周末", "weekend")
_WEEKDAY_ZH = "一二三四五六日"
_UNIT = {
    Unit.WORKING_DAY: ("个工作日", "working day"),
    Unit.HALF_WORKING_DAY: ("个完整办公时段（半个工作日）", "half working day (a whole office session)"),
    Unit.WORKING_HOUR: ("个工作小时", "working hour"),
    Unit.CALENDAR_DAY: ("个自然日", "calendar day"),
    Unit.CLOCK_HOUR: ("小时（昼夜连续计算）", "clock hour, day and night"),
    Unit.MINUTE: ("分钟", "minute"),
}


def explain(
    subject: Step, limits: Sequence[Limit], found: Deadline, calendar: OfficeCalendar, basis: Basis
) -> list[Step]:
    """Start, limit with its article, days that do not count, make-up workdays, end."""
    rule, article = basis.rule, basis.article
    steps, at = [_start(subject, found.start)], found.start
    for limit in limits:
        steps.append(_limit(limit, rule, article) if limit is limits[-1] else _earlier(limit))
        if limit.unit in _WITHOUT_FIRST_DAY:
            steps.append(FIRST_DAY)
        until = limit.due(at, calendar)
        if limit.unit not in DAY_AND_NIGHT:
            first = local(at).date()
            steps += _days(first, local(until).date(), calendar)
            counted_from = first + timedelta(days=1) if limit.unit in _WITHOUT_FIRST_DAY else first
            steps += _notes(counted_from, local(until).date(), calendar)
        if limit.unit is Unit.CALENDAR_DAY and until != calendar.end_of_day(at, limit.amount):
            steps.append(LAST_DAY)
        at = until
    return [*steps, *_end(found)]


def explain_before(subject: Step, before: Step, found: Deadline, basis: Basis) -> list[Step]:
    """Start, how it hangs on the deadline of another clock, end."""
    by = source(basis.rule, basis.article)
    hangs = Step(f"{before.zh}（{by.zh}）", f"{before.en} ({by.en})")
    return [_start(subject, found.start), hangs, *_end(found)]


def ahead_of(other: Words, due: datetime, by: Limit) -> Step:
    words = limit_text(by)
    return Step(
        f"{other.zh}期限 {zh_time(due)} 之前 {words.zh}",
        f"{words.en} ahead of the deadline of {other.en}, {en_time(due)}",
    )


def share_until(other: Words, due: datetime, by: Limit, percent: int) -> Step:
    """The share decides where whole days ahead would leave less than it."""
    words = limit_text(by)
    return Step(
        f"至{other.zh}期限 {zh_time(due)} 所余时间的 {percent}%（提前 {words.zh}则不足此数）",
        f"{percent} % of the time until the deadline of {other.en}, {en_time(due)} ({words.en} ahead would leave less)",
    )


def _end(found: Deadline) -> list[Step]:
    return [due_step(found.due), PROVISIONAL] if found.provisional else [due_step(found.due)]


FIRST_DAY = Step("起算当日不计（《民法典》第二百零一条）", "the day of the start does not count (Civil Code, art. 201)")
LAST_DAY = Step(
    "最后一日为休息日，顺延至其后首个工作日（《民法典》第二百零三条）",
    "the last day is off, so the next working day is the last (Civil Code, art. 203)",
)
_WITHOUT_FIRST_DAY = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY})
PROVISIONAL = Step(
    "该期限晚于已公布的节假日安排，系按周末和法定节日推算的暂定期限",
    "this lies past the last published holiday notice: provisional, reckoned by weekends and statutory holidays",
)


def published_step(counted: Beyond, due: datetime, calendar: OfficeCalendar) -> Step:
    """A deadline that was provisional, by the calendar as it is published now."""
    days, year = calendar.days, local(due).year
    notice = days.sources.get(year, _NOTICE)
    told = (
        Step(f"{year} 年节假日安排已公布（{notice.zh}）", f"the holidays of {year} are published ({notice.en})")
        if year <= days.published_through.year
        else Step("工作日历已更新", "the working calendar has changed")
    )
    left = _left(counted)
    since, since_en = zh_time(counted.since), en_time(counted.since)
    first = local(counted.since).date() - timedelta(days=1)
    off = () if counted.unit is CountedIn.CALENDAR_DAY else _days(first, local(due).date(), calendar)
    zh = "；".join([told.zh, f"自 {since} 起尚余 {left.zh}", *(step.zh for step in off), due_step(due).zh])
    en = "; ".join([told.en, f"{left.en} were left from {since_en}", *(s.en for s in off), due_step(due).en])
    return Step(zh, en)


_NOTICE = HolidayName("国务院办公厅通知", "notice of the General Office of the State Council")


def _left(counted: Beyond) -> Step:
    if counted.unit is CountedIn.WORKING_SECOND:
        hours, minutes = divmod(counted.amount // 60, 60)
        return Step(f"{hours} 小时 {minutes} 分工作时间", f"{hours} h {minutes} min of working time")
    return limit_text(Limit(counted.amount, Unit(counted.unit)))


@cache_recent
def due_step(due: datetime) -> Step:
    return Step(f"到期：{zh_time(due)}", f"hence due {en_time(due)}")


@cache_recent
def limit_text(limit: Limit) -> Step:
    """The limit in words."""
    if limit.unit is Unit.SAME_DAY:
        return Step(f"当日 24:00 前，且不少于 {limit.amount} 小时", f"the same day, and at least {limit.amount} hours")
    zh, en = _UNIT[limit.unit]
    head, comma, tail = en.partition(",")
    plural = (
        head
        if limit.amount == 1
        else head.replace("day", "days").replace("hour", "hours") + ("s" if head.endswith("minute") else "")
    )
    return Step(f"{limit.amount} {zh}", f"{limit.amount} {plural}{comma}{tail}")


@cache_recent
def zh_time(instant: datetime, *, starts: bool = False) -> str:
    at, clock = _reading(instant, starts)
    return f"{at.year}年{at.month}月{at.day}日（周{_WEEKDAY_ZH[at.weekday()]}）{clock}"


@cache_recent
def en_time(instant: datetime, *, starts: bool = False) -> str:
    at, clock = _reading(instant, starts)
    return f"{at:%A} {at.day} {at:%B} {at.year} {clock}"


def _reading(instant: datetime, starts: bool) -> tuple[date, str]:
    """Midnight is read as 24:00 of the day that ends, unless something starts: the day that begins does not count."""
    at = local(instant)
    if not starts and (at.hour, at.minute, at.second) == (0, 0, 0):
        return at.date() - timedelta(days=1), "24:00"
    return at.date(), f"{at:%H:%M}"


@cache_recent
def _start(subject: Step, start: datetime) -> Step:
    zh, en = zh_time(start, starts=True), en_time(start, starts=True)
    return Step(f"{subject.zh}：自 {zh} 起算", f"{subject.en}: from {en}")


@cache_recent
def _limit(limit: Limit, rule: str, article: str) -> Step:
    words, by = limit_text(limit), source(rule, article)
    return Step(f"时限 {words.zh}（{by.zh}）", f"limit {words.en} ({by.en})")


def source(rule: str, article: str) -> Step:
    """Where a rule comes from, in words."""
    if rule == "platform-default":
        return Step(f"平台默认规则，{article}", f"platform default, {article}")
    return Step(f"{rule}，第 {article} 条", f"{rule}, art. {article}")


def _earlier(limit: Limit) -> Step:
    words = limit_text(limit)
    return Step(f"先计前一环节时限 {words.zh}", f"first the limit of the step before: {words.en}")


@cache_recent
def _days(first: date, last: date, calendar: OfficeCalendar) -> Sequence[Step]:
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    off = [day for day in between if not calendar.kind_of(day).is_worked]
    made_up = [day for day in between if calendar.kind_of(day) is DayKind.MAKE_UP]
    steps = []
    if off:
        names = _named(_runs(off, calendar))
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
        plural = "1 day off is" if len(off) == 1 else f"{len(off)} days off are"
        steps.append(Step(f"休息日共 {len(off)} 天不计：{zh}", f"{plural} not counted: {en}"))
    if made_up:
        zh = "、".join(_span_zh([day]) for day in made_up)
        en = ", ".join(_span_en([day]) for day in made_up)
        plural = "1 make-up workday is" if len(made_up) == 1 else f"{len(made_up)} make-up workdays are"
        steps.append(Step(f"调休上班计入：{zh}", f"{plural} counted: {en}"))
    return steps


def _notes(first: date, last: date, calendar: OfficeCalendar) -> list[Step]:
    """What the city does otherwise on days that are counted."""
    notes = calendar.days.notes
    return [notes[day] for day in sorted(notes) if first <= day <= last]


def _runs(off: Sequence[date], calendar: OfficeCalendar) -> list[tuple[tuple[str, str], list[date]]]:
    runs: list[tuple[tuple[str, str], list[date]]] = []
    for day in off:
        holiday = calendar.days.names.get(day)
        name = (holiday.zh, holiday.en) if holiday else _WEEKEND
        if runs and runs[-1][0] == name and runs[-1][1][-1] + timedelta(days=1) == day:
            runs[-1][1].append(day)
        else:
            runs.append((name, [day]))
    return runs


def _named(runs: Sequence[tuple[tuple[str, str], list[date]]]) -> list[Step]:
    """Each run with its dates; many weekends are told by their number alone."""
    weekends = [days for name, days in runs if name == _WEEKEND]
    listed = [run for run in runs if run[0] != _WEEKEND or len(weekends) <= 3]
    steps = [Step(f"{name[0]}{_span_zh(days)}", f"{name[1]} {_span_en(days)}") for name, days in listed]
    if len(weekends) > 3:
        count = sum(len(days) for days in weekends)
        steps.append(Step(f"周末 {count} 天", f"{count} days of weekends"))
    return steps


def _span_zh(days: Sequence[date]) -> str:
    first, last = days[0], days[-1]
    end = "" if first == last else f"至{last.day}日" if first.month == last.month else f"至{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日{end}"


def _span_en(days: Sequence[date]) -> str:
    first, last = days[0], days[-1]
    if first == last:
        return f"{first.day} {first:%B}"
    return f"{first.day}{'' if first.month == last.month else f' {first:%B}'}–{last.day} {last:%B}"
