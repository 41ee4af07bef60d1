"""The strip of the calendar, and the story's deadlines drawn over it."""

from collections.abc import Callable
from datetime import datetime, time

from cli.demo.page.html import CHINA, local, moment, num
from cli.demo.page.names import OUTCOMES, WEEKDAYS, clock_name
from cli.demo.result import Day, DayKind, DeadlineTold
from cli.markup import tag, text

WIDTH = 1080.0
BARS, STRIP = 84.0, 54.0
LANE, LABEL, HEAD = 34.0, 150.0, 30.0


def strip(days: tuple[Day, ...]) -> str:
    """Arrivals of each day above its cell; rest days, holidays and make-up workdays told apart."""
    step = WIDTH / len(days)
    most = max((day.cases for day in days), default=1) or 1
    drawn = "".join(_day(day, index * step, step, most) for index, day in enumerate(days))
    return tag("svg", drawn, viewBox=f"0 0 {num(WIDTH)} {num(BARS + STRIP + 22)}", role="img", class_="strip")


def _day(day: Day, x: float, step: float, most: int) -> str:
    height = (BARS - 20) * day.cases / most
    middle = num(x + step / 2)
    parts = [
        tag(
            "rect",
            x=num(x + 1),
            y=num(BARS),
            width=num(step - 2),
            height=num(STRIP),
            rx=4,
            class_=f"day {day.kind.value}",
        ),
        tag("text", str(day.on.day), x=middle, y=num(BARS + 22), class_="date"),
        tag("text", WEEKDAYS[day.on.weekday()], x=middle, y=num(BARS + 40), class_="weekday"),
    ]
    if day.cases:
        top = BARS - 4 - height
        parts.append(
            tag(
                "rect",
                x=num(x + step * 0.24),
                y=num(top),
                width=num(step * 0.52),
                height=num(height),
                rx=2,
                class_="arrivals",
            )
        )
        parts.append(tag("text", str(day.cases), x=middle, y=num(top - 4), class_="count"))
    if day.zh:
        parts.append(tag("text", text(day.zh), x=middle, y=num(BARS + STRIP + 16), class_=f"name {day.kind.value}"))
    return "".join(parts)


def lanes(deadlines: tuple[DeadlineTold, ...], days: tuple[Day, ...]) -> str:
    """Each deadline as a lane from its start to its due moment, over the days on which no working time runs."""
    first = local(min(told.start_at for told in deadlines)).date()
    last = local(max(max(told.due_at, told.stopped_at or told.due_at) for told in deadlines)).date()
    shown = [day for day in days if first <= day.on <= last]
    step = (WIDTH - LABEL) / max(1, len(shown))
    height = HEAD + LANE * len(deadlines) + 6
    origin = datetime.combine(first, time(0), CHINA)

    def x(instant: datetime) -> float:
        # A deadline after the last day of the demonstration ends at the edge.
        return min(WIDTH, LABEL + (local(instant) - origin).total_seconds() / 86400 * step)

    grid = "".join(_column(day, LABEL + index * step, step, height) for index, day in enumerate(shown))
    drawn = "".join(_lane(told, HEAD + index * LANE, x) for index, told in enumerate(deadlines))
    return tag("svg", grid + drawn, viewBox=f"0 0 {num(WIDTH)} {num(height)}", role="img", class_="lanes")


def _column(day: Day, x: float, step: float, height: float) -> str:
    shade = tag("rect", x=num(x), y=0, width=num(step), height=num(height), class_=f"column {day.kind.value}")
    label = f"{day.on.month}/{day.on.day}" if step > 34 or day.on.day == 1 else str(day.on.day)
    marked = f"date {'off' if day.kind in (DayKind.HOLIDAY, DayKind.WEEKEND) else day.kind.value}"
    return shade + tag("text", label, x=num(x + step / 2), y=18, class_=marked)


def _lane(told: DeadlineTold, y: float, x: Callable[[datetime], float]) -> str:
    zh, en = clock_name(told.kind)
    tone = OUTCOMES.get(told.outcome, OUTCOMES["running"])[2].value
    middle, start, due = y + LANE / 2, x(told.start_at), x(told.due_at)
    parts = [
        tag("text", text(zh), x=0, y=num(middle), class_="zh"),
        tag("text", text(en), x=0, y=num(middle + 12), class_="en"),
        tag("line", x1=num(start), x2=num(due), y1=num(middle), y2=num(middle), class_="limit"),
        tag("line", x1=num(due), x2=num(due), y1=num(middle - 8), y2=num(middle + 8), class_="due"),
    ]
    if told.moved_from is not None:
        old = num(x(told.moved_from))
        parts.append(tag("line", x1=old, x2=old, y1=num(middle - 6), y2=num(middle + 6), class_="old"))
    if told.stopped_at is not None:
        end = x(told.stopped_at)
        used = tag(
            "line", x1=num(start), x2=num(max(end, start + 2)), y1=num(middle), y2=num(middle), class_=f"used {tone}"
        )
        title = tag("title", text(f"{zh}：{moment(told.stopped_at)}"))
        parts += [used, tag("circle", title, cx=num(end), cy=num(middle), r=4.5, class_=f"stop {tone}")]
    return "".join(parts)
