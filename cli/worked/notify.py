"""What is asked of notify.yaml: who is told what at a moment, by which medium and when; whose telephone rings."""

from datetime import datetime

from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench
from services.notify.adapters.policies import VALUES
from services.notify.domain.casefile import CaseFile
from services.notify.domain.escalation import Escalation
from services.notify.domain.message import Message
from services.notify.domain.moments import Moment
from services.notify.domain.notices import About, local_time
from services.notify.domain.quiet import CHINA


def _file(bench: Bench, emergency_class: str = "") -> CaseFile:
    return CaseFile(
        "case-1", bench.city.code, pack=bench.ref, number="1", citizen_id="citizen-1", reachable=True,
        emergency_class=emergency_class,
    )  # fmt: skip


def _messages(bench: Bench, moment: str, now: datetime, emergency_class: str) -> list[Message]:
    file, book = _file(bench, emergency_class), bench.shop.book
    values = {name: f"〈{name}〉" for name in VALUES}
    return [
        book.compose(notice, file, id="message-1", recipient="", values=values, now=now, about=About())
        for notice in book.notices(file, Moment(moment))
    ]


@asks("notify.notices")
def told(bench: Bench, *, moment: str) -> Found:
    """The messages of that moment, as they would be queued by day."""
    notices = bench.shop.book.notices(_file(bench), Moment(moment))
    messages = _messages(bench, moment, NOW, "")
    return {
        "told": [f"{message.audience} {message.medium}" for message in messages],
        "urgent": any(message.urgent for message in messages),
        "says": [message.template for message in messages],
        "basis": [f"{notice.rule} {notice.article}" for notice in notices],
    }


@asks("notify.quiet_hours")
def quiet(bench: Bench, *, moment: str, at: str, emergency_class: str = "") -> Found:
    """When the first message of that moment goes out; `at` as local time of day."""
    local = NOW.astimezone(CHINA)
    hour, _, minute = at.partition(":")
    now = local.replace(hour=int(hour), minute=int(minute))
    (first, *_) = _messages(bench, moment, now, emergency_class)
    return {"goes_out": local_time(first.send_at), "at_once": first.send_at == now}


@asks("notify.escalation")
def rings(bench: Bench, *, duty: str, unanswered: int = 0) -> Found:
    """Whose telephone rings for an emergency of the unit of that duty, after so many calls that nobody acknowledged."""
    file, book = _file(bench, "emergency"), bench.shop.book
    unit = bench.desk.directory(bench.city.code).by_duty[duty]
    ladder = book.ladder(file, unit)
    one = Escalation(
        "e-1", file.city, file.id, "order-1", "a-1", unit, "1", book.pack_of(file).ladder.patience_minutes, ladder
    )
    rung = one.rung
    for _ in range(unanswered):
        higher = one.climb(now=NOW)
        if higher is None:
            return {"rings": "nobody", "state": str(one.state)}
        rung = higher
    one.ring(message_id="message-1", now=NOW)
    assert one.due_at is not None
    minutes = int((one.due_at - NOW).total_seconds() // 60)
    return {"rings": str(rung.audience), "place": rung.place, "minutes": minutes, "state": str(one.state)}


@asks("notify.reports")
def reported(bench: Bench, *, emergency_class: str = "", line: str = "") -> Found:
    """Departments that are told of a case of that emergency class, or of one that was transferred to that line."""
    units = bench.shop.book.reported_to(_file(bench), emergency_class=emergency_class, line=line)
    directory = bench.desk.directory(bench.city.code)
    return {"reported_to": [directory.name_of(unit) for unit in units]}
