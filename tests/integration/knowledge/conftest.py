"""Knowledge on a fresh database, with the embedded index in a folder of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from chassis.access import Principal, Role
from chassis.clock import SimulatedClock, uuid7
from chassis.database import create_engine, migrate
from chassis.events.envelope import decode
from chassis.pipeline import ServiceRuntime
from chassis.privacy.keyring import KeyRing
from chassis.questions import CannedQuestions
from chassis.runtime import Runtime
from chassis.settings import Settings
from services.knowledge import bootstrap
from services.knowledge.application import messages
from services.knowledge.application.ports import SearchIndex
from services.knowledge.application.views import ArticleView, Hits
from tests.conftest import DatabaseUrl

START = datetime(2026, 9, 24, 6, 5, tzinfo=UTC)
CITY = "350100"
UNIT = "350100-urban-management"
_KEYS = KeyRing.fresh()


def principal(role: Role, *, city: str = CITY, unit: str = "") -> Principal:
    return Principal(f"{role}:{unit or city}", frozenset({role}), frozenset({city}), unit)


AUTHOR = principal(Role.UNIT, unit=UNIT)
LEADER = principal(Role.UNIT_LEADER, unit=UNIT)
AGENT = principal(Role.AGENT)
CITIZEN = principal(Role.CITIZEN)
SUPERVISOR = principal(Role.SUPERVISOR)
DISPATCHER = principal(Role.DISPATCHER)


def prepare(url: str) -> None:
    engine = create_engine(url)
    migrate(engine, bootstrap.MIGRATIONS)
    engine.dispose()


@dataclass
class Knowledge:
    """The service as its callers and its worker see it."""

    runtime: ServiceRuntime
    clock: SimulatedClock
    numbers: Iterator[int] = field(default_factory=count)

    def do(self, who: Principal, command: str, /, **fields: Any) -> Any:
        message = getattr(messages, command)
        number = next(self.numbers)
        return self.runtime.execute(who, message.of({"request_id": f"request-{number:04}"} | fields))

    def ask(self, who: Principal, query: str, /, **fields: Any) -> Any:
        return self.runtime.query(who, getattr(messages, query).of(fields))

    def search(self, text: str, who: Principal = AGENT, **fields: Any) -> list[str]:
        hits: Hits = self.ask(who, "SearchArticles", **{"city": CITY, "query": text, **fields})
        return [hit.title for hit in hits.hits]

    def work(self) -> int:
        """Every job until nothing is left."""
        total = 0
        while done := sum(job.run(self.runtime) for job in self.runtime.service.jobs):
            total += done
        return total

    def pass_time(self, **delta: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(**delta))

    def events(self) -> list[tuple[str, str]]:
        with self.runtime.engine.connect() as connection:
            rows = connection.exec_driver_sql("select type, subject from outbox order by id").all()
        return [(row.type.split(".")[1], row.subject) for row in rows]

    def payloads(self, type: str) -> list[Any]:
        import msgspec

        with self.runtime.engine.connect() as connection:
            rows = connection.exec_driver_sql("select envelope::text, type from outbox order by id").all()
        return [msgspec.json.decode(decode(row[0]).payload) for row in rows if row.type == f"knowledge.{type}.v1"]

    # -- ready-made articles -----------------------------------------------------------------------------------------

    def draft(self, title: str = "路灯不亮找谁修", who: Principal = AUTHOR, **fields: Any) -> ArticleView:
        answer = f"{title}，请拨打热线，城市管理局两个工作日内办理。"
        text = {"city": CITY, "unit": UNIT, "title": title, "question": f"{title}？", "answer": answer}
        view: ArticleView = self.do(who, "DraftArticle", **(text | fields))
        return view

    def publish(self, title: str = "路灯不亮找谁修", **fields: Any) -> ArticleView:
        """Drafted, submitted and approved; found once the jobs have run."""
        name = self.draft(title, **fields).name
        self.do(AUTHOR, "SubmitArticle", name=name)
        view: ArticleView = self.do(LEADER, "ApproveArticle", name=name)
        return view


def waiting(knowledge: Knowledge) -> int:
    """How many saved articles the search does not show yet."""
    with knowledge.runtime.engine.connect() as connection:
        return int(connection.exec_driver_sql("select count(*) from index_queue").scalar_one())


Start = Callable[..., Knowledge]


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def start(database_url: DatabaseUrl, clock: SimulatedClock, tmp_path: Path) -> Iterator[Start]:
    """Starts a process of the service; started again, it finds the same database and the same folder."""
    url = database_url("knowledge", prepare)
    runtimes: list[ServiceRuntime] = []

    def started(index: SearchIndex | None = None) -> Knowledge:
        settings = Settings(data_dir=tmp_path)
        questions = CannedQuestions()
        service = bootstrap.build(Runtime(settings, _KEYS, questions, clock, uuid7), index)
        runtimes.append(ServiceRuntime(service, create_engine(url), clock, uuid7, questions, _KEYS))
        return Knowledge(runtimes[-1], clock, count(1000 * len(runtimes)))

    yield started
    for runtime in runtimes:
        runtime.engine.dispose()


@pytest.fixture
def knowledge(start: Start) -> Knowledge:
    return start()
