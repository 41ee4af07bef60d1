"""A case told whole: what people did, and every deadline with its reason."""

from cli.demo.page import calendar
from cli.demo.page.html import local, moment, until
from cli.demo.page.names import OUTCOMES, clock_name
from cli.demo.result import Chapter, Day, DeadlineTold, Story, StoryLine
from cli.markup import pair, tag, text


def chapter(told: Chapter, days: tuple[Day, ...]) -> str:
    facts = "".join(tag("li", pair(zh, en)) for zh, en in told.facts)
    return tag("ul", facts, class_="shown") + story(told.story, days)


def story(story: Story, days: tuple[Day, ...]) -> str:
    title = tag(
        "p",
        f"<b>「{text(story.subject)}」</b><br>{text(story.city_zh)} · {text(story.category_zh)} "
        f'<span class="en" lang="en">{text(story.city_en)} · {text(story.category_en)}</span>',
        class_="subject",
    )
    lanes = tag("div", calendar.lanes(story.deadlines, days), class_="scroll") if story.deadlines else ""
    line = tag("ol", "".join(_line(entry) for entry in story.lines), class_="timeline")
    told = tag("div", "".join(_deadline(entry) for entry in story.deadlines), class_="deadlines")
    return title + lanes + tag("div", line + told, class_="story")


def _line(entry: StoryLine) -> str:
    when = tag("time", text(moment(entry.at)), datetime=local(entry.at).isoformat(timespec="minutes"))
    return tag(
        "li", when + tag("span", text(entry.who_zh), class_="who") + pair(entry.zh, entry.en), class_=entry.tone.value
    )


def _deadline(told: DeadlineTold) -> str:
    zh, en, tone = OUTCOMES.get(told.outcome, OUTCOMES["running"])
    mark = tag("span", f"{text(zh)} <small>{text(en)}</small>", class_=f"mark {tone.value}")
    name = tag("h3", pair(*clock_name(told.kind)) + mark)
    moved = f"<s>{text(until(told.moved_from))}</s> " if told.moved_from else ""
    due = tag("p", f"{moved}<b>{text(until(told.due_at))}</b> 到期", class_="due")
    steps = tag("ol", "".join(tag("li", pair(step_zh, step_en)) for step_zh, step_en in told.steps))
    article = f"第 {text(told.article)} 条" if told.article[:1].isdigit() else text(told.article)
    basis = tag("p", f"依据 {text(told.rule)} · {article}", class_="basis")
    return tag("article", name + due + steps + basis)
