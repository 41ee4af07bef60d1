"""Where a dialled number leads: a telephone system asks it for each call, people read the whole ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from chassis.access import Role
from chassis.work import Read
from services.intake.application.messages import ListNumbers, LookUpNumber
from services.intake.application.ports import Regimes
from services.intake.application.tables import STAFF, queries
from services.intake.domain import errors
from services.intake.domain.lines import HOTLINE, MergedLine, Seats, Status, day_of

READERS = frozenset({*STAFF, Role.PORTAL, Role.PLATFORM})


@dataclass(frozen=True)
class NumberView:
    number: str
    name: str
    name_en: str
    unit: str
    mode: str
    mode_name: str
    seats_kept: bool
    status: Status
    leads_to: str
    passes_on: list[str]
    data: str
    notice: str
    notice_en: str
    notice_until: str
    since: str
    basis: str


@dataclass(frozen=True)
class NumbersView:
    numbers: list[NumberView]


@queries.on(LookUpNumber, roles=READERS)
def look_up_number(query: LookUpNumber, read: Read, *, regimes: Regimes) -> NumberView:
    """At an instant, as the telephone system has it. Raises UnknownNumber."""
    numbers, instant = regimes.of(query.city).numbers, query.time or read.now
    if query.number == HOTLINE:
        return _hotline()
    found = numbers.at(query.number, instant)
    if found is None:
        raise errors.UnknownNumber(field="number", number=query.number)
    return _view(*found, instant)


@queries.on(ListNumbers, roles=READERS)
def list_numbers(query: ListNumbers, read: Read, *, regimes: Regimes) -> NumbersView:
    """电话号码清单: also those that are cancelled, with what became of them."""
    instant = query.time or read.now
    ledger = regimes.of(query.city).numbers.ledger(instant)
    return NumbersView([_hotline(), *(_view(line, status, instant) for line, status in ledger)])


def _view(line: MergedLine, status: Status, instant: datetime) -> NumberView:
    notice = None if status is Status.BEFORE else line.notice_at(day_of(instant))
    return NumberView(
        number=line.number,
        name=line.name.zh,
        name_en=line.name.en,
        unit=line.unit,
        mode=line.mode.code,
        mode_name=line.mode.name.zh,
        seats_kept=status is Status.BEFORE or line.seats is Seats.KEPT,
        status=status,
        leads_to=line.number if status is Status.BEFORE else line.leads_to,
        passes_on=list(line.mode.passes_on),
        data=line.mode.data,
        notice=notice.text.zh if notice else "",
        notice_en=notice.text.en if notice else "",
        notice_until=_day(notice.until) if notice else "",
        since=_day(line.since),
        basis=line.mode.basis,
    )


def _hotline() -> NumberView:
    return NumberView(
        number=HOTLINE, name="12345政务服务便民热线", name_en="hotline 12345", unit="", mode="", mode_name="",
        seats_kept=True, status=Status.IN_USE, leads_to=HOTLINE, passes_on=[], data="", notice="", notice_en="",
        notice_until="", since="", basis="",
    )  # fmt: skip


def _day(day: date) -> str:
    return day.isoformat()
