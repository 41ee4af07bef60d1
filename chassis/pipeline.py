"""The one pipeline around every command and query: right, questions, transaction, request id, answer, telemetry."""

import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import msgspec
import psycopg
import sqlalchemy as sa
import structlog

from chassis.access import PermissionDenied, Principal, system
from chassis.application import Handling, Service
from chassis.clock import Clock, Ids
from chassis.crashpoints import crash_point
from chassis.database import direct
from chassis.database.engine import TryAgainLater, is_transient
from chassis.domain import DomainError, NotFound, Status, listed
from chassis.message import Command, Message
from chassis.privacy.hashing import hash_fits, keyed_hash
from chassis.privacy.keyring import KeyRing
from chassis.questions import Questions
from chassis.telemetry import metrics, tracing
from chassis.work import Origin, Read, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

log = structlog.get_logger()
ATTEMPTS = 5
T = TypeVar("T")


class RequestIdReused(DomainError):
    """The same request id came with other content."""

    status = Status.ALREADY_EXISTS
    zh = "请求号 {request_id} 已用于内容不同的请求"
    en = "request id {request_id} was used with other content"


class AnswerForgotten(DomainError):
    """The request was carried out, and what its answer told of a person has been deleted since."""

    zh = "请求 {request_id} 已执行过，其结果所涉及的个人信息已删除"
    en = "request {request_id} was carried out before; what its answer told of a person has been deleted since"


@dataclass
class ServiceRuntime:
    """A service with its database and everything it needs to run; entry points call it."""

    service: Service
    engine: sa.Engine
    clock: Clock
    ids: Ids
    questions: Questions
    keys: KeyRing
    wake: Callable[[bool], None] = lambda _published: None

    @property
    def name(self) -> str:
        return self.service.name

    # -- entry points ------------------------------------------------------------------------------------------------

    def execute(self, principal: Principal, command: Command) -> Any:
        """Runs a command and returns its view. Raises DomainError; a repeat returns the first answer."""
        handling = self.service.commands.by_name[type(command).__name__]
        with self._observed("command", type(command).__name__, command.city_of, command.about):
            _authorise(handling, principal, command)
            answers = self._ask(handling, principal, command)
            result = self._repeating(lambda: self._transact(handling, principal, command, answers))
            crash_point("command.after_commit")
            return result

    def query(self, principal: Principal, query: Message) -> Any:
        handling = self.service.queries.by_name[type(query).__name__]
        with self._observed("query", type(query).__name__, query.city_of, query.about):
            _authorise(handling, principal, query)
            if handling.writes:
                do = partial(self.service.call, handling.handler, query)
                return self._repeating(lambda: self._work(do, principal, None, query.city_of))
            seen = self._repeating(lambda: self._look(principal, handling.handler, query))
            return self.service.call(handling.then, seen, self.questions) if handling.then else seen

    def answer(self, principal: Principal, question: str, values: dict[str, Any]) -> Any:
        """Answers another service, or a person where the question is open to their role; only plain data leaves."""
        asked = self.service.answers.by_name[question]
        city, case = str(values.get("city", ""))[:20], str(values.get("case_id", ""))[:64]
        with self._observed("question", question, city, case):
            given, do = asked.checked(principal, values, self.service.dependencies), asked.handler
            if asked.writes:
                return self.in_work(lambda w: msgspec.to_builtins(self.service.call(do, w, **given)), principal)
            return self._repeating(lambda: self._answer(principal, do, given))

    def in_work(self, do: Callable[[Work], T], principal: Principal | None = None, *, durable: bool = True) -> T:
        """One transaction outside a command, for reactions and jobs; repeated when the database asks for it.

        What need not be `durable` at once may be lost with the machine, together with all that was committed later.
        """
        return self._repeating(lambda: self._work(do, principal, durable=durable))

    @contextmanager
    def reading(self, principal: Principal | None = None, city: str = "") -> "Iterator[Read]":
        # Each look would see the newest all the same; without a transaction there is none to begin and to roll back.
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            stores, now = self.service.stores, self.clock.now()
            yield Read(self.name, connection, stores, now, principal or system(self.name), city)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _look(self, principal: Principal, handler: Callable[..., Any], query: Message) -> Any:
        with self.reading(principal, query.city_of) as read:
            return self.service.call(handler, query, read)

    def _answer(self, principal: Principal, handler: Callable[..., Any], values: dict[str, Any]) -> Any:
        with self.reading(principal) as read:
            return msgspec.to_builtins(self.service.call(handler, read, **values))

    def _ask(self, handling: Handling, principal: Principal, command: Command) -> dict[str, Any]:
        return self.service.call(handling.ask, command, self.questions) if handling.ask else {}

    def _transact(self, handling: Handling, principal: Principal, command: Command, answers: dict[str, Any]) -> Any:
        remembered = _Remembered(self.keys, principal, command, _view_type(handling.handler))

        def do(work: Work) -> Any:
            work.answers = answers
            work.look_with_first_load(remembered.look, remembered.check)
            if not handling.relation(command, work):
                raise NotFound()
            view = self.service.call(handling.handler, command, work)
            remembered.keep(view, work)
            return view

        try:
            return self._work(do, principal, Origin(command.request_id, tracing.traceparent()), command.city_of)
        except _DoneBefore as first:
            return first.view  # to the same principal, though the step itself may have ended its relation
        except (DomainError, psycopg.errors.UniqueViolation):
            # Perhaps refused because a concurrent repeat, which we have waited for, has just done it.
            with self.engine.connect() as connection:
                found = direct.fetch(connection, *remembered.look)
            try:
                remembered.check(found)
            except _DoneBefore as first:
                return first.view
            raise

    def _work(
        self,
        do: Callable[[Work], T],
        principal: Principal | None,
        origin: Origin | None = None,
        city: str = "",
        *,
        durable: bool = True,
    ) -> T:
        with self.engine.begin() as connection:
            work = Work(
                service=self.name,
                connection=connection,
                stores=self.service.stores,
                now=self.clock.now(),
                new_id=self.ids,
                principal=principal or system(self.name),
                origin=origin or Origin(trace=tracing.traceparent()),
                city=city,
            )
            result = do(work)
            published = bool(work.emitted)
            work.commit(durable=durable)
        self.wake(published)
        return result

    def _repeating(self, do: Callable[[], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return do()
            except Exception as error:
                if not is_transient(error) or isinstance(error, TryAgainLater):
                    raise
                metrics.DATABASE_RETRIES.labels(self.name).inc()
                log.warning("database_retry", service=self.name, attempt=attempt, error=type(error).__name__)
                # Who has waited in vain for a free connection has waited long enough.
                if attempt == ATTEMPTS or isinstance(error, sa.exc.TimeoutError):
                    raise TryAgainLater() from error
                time.sleep(0.02 * 2**attempt)
        raise AssertionError("unreachable")

    @contextmanager
    def _observed(self, kind: str, name: str, city: str, subject: str) -> "Iterator[None]":
        started = time.monotonic()
        outcome = "ok"
        tracing.about(subject)  # also for whoever has called us and logs what we end with
        with tracing.span(f"{self.name}.{name}", subject=subject, service=self.name, city=city):
            try:
                yield
            except DomainError as error:
                outcome = error.reason
                log.info("refused", service=self.name, kind=kind, name=name, city=city, reason=error.reason)
                raise
            except Exception:
                outcome = "INTERNAL"
                raise
            finally:
                seconds = time.monotonic() - started
                metrics.CALLS.labels(self.name, kind, name, outcome).inc()
                metrics.CALL_SECONDS.labels(self.name, kind, name).observe(seconds)


def _authorise(handling: Handling, principal: Principal, message: Message) -> None:
    """Role first, then city: both are known before anything is looked up, so a refusal tells nothing."""
    city = message.city_of
    within = principal.may_act_in(city) if city else not handling.needs_city
    if not principal.has(*handling.roles) or not within:
        raise PermissionDenied(roles=listed(handling.roles))


class _DoneBefore(Exception):
    """The request was carried out before; `view` is its answer."""

    def __init__(self, view: Any) -> None:
        super().__init__()
        self.view = view


class _Remembered:
    """The row that makes a command repeatable: looked for under the locks of the first load, written with the rest.

    Of two that run at once the second waits, for those locks or for the row; either way it then finds the answer.
    """

    def __init__(self, keys: KeyRing, principal: Principal, command: Command, view: Any) -> None:
        self._keys, self._view = keys, view
        name = type(command).__name__
        self._key = {"principal": principal.id, "command": name, "request_id": command.request_id}
        self._context = f"remembered|{principal.id}|{name}|{command.request_id}"
        self._content = f"{self._context}|{command.model_dump_json(exclude={'request_id'})}"

    @property
    def look(self) -> direct.Statement:
        return _LOOK, self._key

    def check(self, found: direct.Rows) -> None:
        """Raises _DoneBefore, RequestIdReused or AnswerForgotten when the row is there."""
        if not found:
            return
        ((content, answer),) = found
        if not hash_fits(self._keys, "remembered", self._content, content):
            raise RequestIdReused(field="request_id", request_id=self._key["request_id"])
        if answer is None:
            raise AnswerForgotten(field="request_id", request_id=self._key["request_id"])
        raise _DoneBefore(msgspec.json.decode(self._keys.open_own(self._context, answer), type=self._view))

    def keep(self, view: Any, work: Work) -> None:
        content = keyed_hash(self._keys, "remembered", self._content)
        answer = self._keys.seal_own(self._context, msgspec.json.encode(view))
        row = {"content": content, "answer": answer, "about": list(work.touched), "now": work.now}
        work.write_last(_KEEP, {**self._key, **row})


@cache
def _view_type(handler: Callable[..., Any]) -> Any:
    return get_type_hints(handler)["return"]


_LOOK = (
    "select content, answer from remembered "
    "where principal = %(principal)s and command = %(command)s and request_id = %(request_id)s"
)
_KEEP = (
    "insert into remembered (principal, command, request_id, content, created_at, answer, about) values "
    "(%(principal)s, %(command)s, %(request_id)s, %(content)s, %(now)s, %(answer)s, %(about)s)"
)
