"""Keeps the search in step with the database: after each commit, a crash, an outage or the loss of the index."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
import psycopg
import sqlalchemy as sa
import structlog
from prometheus_client import Counter, Gauge

from chassis.clock import monotonic
from chassis.pipeline import ServiceRuntime
from chassis.work import Read
from services.knowledge.adapters import stores
from services.knowledge.application.indexing import entry_of
from services.knowledge.application.ports import Rebuild, SearchIndex
from services.knowledge.domain.article import Article
from services.knowledge.domain.errors import ReindexRunning, SearchUnavailable, SearchWriteRefused

log = structlog.get_logger()
WAITING = Gauge("huying_knowledge_index_waiting", "Saved articles that the search does not show yet.")
FAILURES = Counter("huying_knowledge_index_failures_total", "Attempts to bring the search up to date that failed.")
BATCH = 200
_PAGE = 500
# How often a process makes sure that the index is still the one that it compared with the database.
LOOK_EVERY_SECONDS = 15.0
LONGEST_REST_SECONDS = 5.0
# One process at a time writes the index; another one's turn comes when the transaction ends.
_LOCK = sa.text("select pg_try_advisory_xact_lock(80123450)")
# The limit on statements would cut the wait short: a process may be writing to an index that is slow to answer.
_WAIT_AT_MOST = sa.text("select set_config('lock_timeout', '60s', true), set_config('statement_timeout', '65s', true)")
_WAIT_FOR_LOCK = sa.text("select pg_advisory_xact_lock(80123450)")
_ONE_REBUILD = sa.text("select pg_try_advisory_xact_lock(80123451)")
_NEXT = sa.text("select article_id, version from index_queue order by article_id limit :batch")
_COUNT = sa.text("select count(*) from index_queue")
_DONE = sa.text(
    "delete from index_queue q using jsonb_to_recordset(cast(:rows as jsonb)) as r(article_id text, version bigint) "
    "where q.article_id = r.article_id and q.version <= r.version"
)
_ENTER = sa.text(
    "insert into index_queue (article_id, version) select id, version from article where id = any(:ids) "
    "on conflict (article_id) do nothing"
)
_ARTICLES = sa.text("select count(*) from article")
_AFTER = sa.text("select body::text, version from article where id > :after order by id limit :page")
_VERSIONS_AFTER = sa.text("select id, version from article where id > :after order by id limit :page")
_VERSIONS = sa.text("select id, version from article")

Progress = Callable[[int, int], None]
"""Told how many articles are done, and of how many."""


class IndexQueue:
    """The articles that were saved and that the search does not show yet."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._compared = ""  # the identity of the index that held all that the database had
        self._look_at = self._rest_until = self._rest = 0.0

    def catch_up(self, runtime: ServiceRuntime) -> int:
        """Shows the search one batch; while the index is away it rests, and nothing else is held up.

        The first call compares all versions, so that nothing is missed for good; so does the first one after an outage
        and after the loss of the index.
        """
        if monotonic() < self._rest_until:
            return 0
        try:
            with runtime.engine.begin() as connection:
                done, refused = self._turn(connection)
            if refused:
                raise refused  # after what was taken has been committed
        except SearchUnavailable as error:
            self._pause(error)
            WAITING.set(_waiting(runtime))
            return 0
        self._rest = 0.0
        return done

    def reindex(self, engine: sa.Engine, progress: Progress = lambda _done, _of: None, *, anew: bool = False) -> int:
        """Builds the whole index anew beside the one that is searched and kept up; answers how many articles.

        Run again after an interruption, it goes on where it was. Raises ReindexRunning, SearchUnavailable.
        """
        with engine.begin() as connection:
            if not connection.execute(_ONE_REBUILD).scalar():
                raise ReindexRunning()
            with self._alone(engine):
                rebuild = self._index.rebuild(anew=anew)
            done = self._fill(rebuild, connection, progress)
            with self._alone(engine) as writing:
                rebuild.finish()
                self._compare(writing)  # what was saved behind the page that was being read
        return done

    @contextmanager
    def _alone(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        """While it lasts, no process shows the search anything."""
        with engine.begin() as connection:
            connection.execute(_WAIT_AT_MOST)
            try:
                connection.execute(_WAIT_FOR_LOCK)
            except sa.exc.OperationalError as error:
                if isinstance(error.orig, psycopg.errors.LockNotAvailable):
                    raise SearchUnavailable(why="another process still writes it") from None
                raise
            yield connection

    # -- inside ------------------------------------------------------------------------------------------------------

    def _turn(self, connection: sa.Connection) -> tuple[int, SearchWriteRefused | None]:
        if not connection.execute(_LOCK).scalar():
            return 0, None
        if monotonic() >= self._look_at:
            self._look(connection)
        return self._show_batch(connection)

    def _look(self, connection: sa.Connection) -> None:
        identity = self._index.prepare()
        if identity != self._compared:
            self._compare(connection)
            self._compared = identity
        self._look_at = monotonic() + LOOK_EVERY_SECONDS

    def _show_batch(self, connection: sa.Connection) -> tuple[int, SearchWriteRefused | None]:
        # What the queue holds is read before the index is asked where to write: see adapters/elastic/index.py.
        waiting = [row.article_id for row in connection.execute(_NEXT, {"batch": BATCH})]
        if not waiting:
            WAITING.set(0)
            return 0, None
        articles = stores.articles.load(connection, "id", waiting, lock=False)
        refused = None
        try:
            self._index.put([entry_of(article) for article in articles])
        except SearchWriteRefused as error:
            refused = error
        kept = [a for a in articles if refused is None or a.id not in refused.articles]
        done = [{"article_id": a.id, "version": a.version} for a in kept]
        return connection.execute(_DONE, {"rows": msgspec.json.encode(done).decode()}).rowcount, refused

    def _compare(self, connection: sa.Connection) -> None:
        """An index that knows more than the database is another database's, and starts anew."""
        known = self._index.versions()  # before the database: what is saved in between is no foreign knowledge
        saved = {row.id: row.version for row in connection.execute(_VERSIONS)}
        if any(version > saved.get(id, 0) for id, version in known.items()):
            rebuild = self._index.rebuild(anew=True)
            self._fill(rebuild, connection, lambda _done, _of: None)
            rebuild.finish()
            return
        missing = [id for id, version in saved.items() if known.get(id, 0) < version]
        connection.execute(_ENTER, {"ids": missing})

    def _fill(self, rebuild: Rebuild, connection: sa.Connection, progress: Progress) -> int:
        total = int(connection.execute(_ARTICLES).scalar_one())
        done, after = 0, ""
        progress(done, total)
        while page := connection.execute(_VERSIONS_AFTER, {"after": after, "page": _PAGE}).all():
            lacking = rebuild.lacking({row.id: row.version for row in page})
            if lacking:
                rebuild.put([entry_of(a) for a in stores.articles.load(connection, "id", lacking, lock=False)])
            done, after = done + len(page), page[-1].id
            progress(done, max(done, total))
        return done

    def _pause(self, error: SearchUnavailable) -> None:
        FAILURES.inc()
        if not isinstance(error, SearchWriteRefused):  # what was refused waits in the queue, nothing else is lost
            self._compared, self._look_at = "", 0.0
        self._rest = min(max(0.5, self._rest * 2), LONGEST_REST_SECONDS)
        self._rest_until = monotonic() + self._rest
        log.warning("index_behind", service="knowledge", reason=error.reason, why=str(error.values.get("why", "")))


class DatabaseLedger:
    def all_articles(self, read: Read) -> Iterator[Article]:
        after = ""
        while page := read.connection.execute(_AFTER, {"after": after, "page": _PAGE}).all():
            for body, version in page:
                article = stores.articles.decode(body, version)
                yield article
                after = article.id

    def waiting_for_index(self, read: Read) -> int:
        return int(read.connection.execute(_COUNT).scalar_one())


def _waiting(runtime: ServiceRuntime) -> int:
    with runtime.engine.connect() as connection:
        return int(connection.execute(_COUNT).scalar_one())
