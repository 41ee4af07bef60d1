"""Keeps the search in step with the database: after each commit, after a crash, after the loss of the index."""

from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from chassis.pipeline import ServiceRuntime
from chassis.work import Read
from services.knowledge.adapters import stores
from services.knowledge.application.indexing import entry_of
from services.knowledge.application.ports import SearchIndex
from services.knowledge.domain.article import Article

BATCH = 200
_PAGE = 500
# one process at a time writes the index; another one's turn comes when the transaction ends
_LOCK = sa.text("select pg_try_advisory_xact_lock(80123450)")
_NEXT = sa.text("select article_id, version from index_queue order by article_id limit :batch")
_DONE = sa.text(
    "delete from index_queue q using jsonb_to_recordset(cast(:rows as jsonb)) as r(article_id text, version bigint) "
    "where q.article_id = r.article_id and q.version <= r.version"
)
_ENTER = sa.text(
    "insert into index_queue (article_id, version) select id, version from article where id = any(:ids) "
    "on conflict (article_id) do nothing"
)
_AFTER = sa.text("select body::text, version from article where id > :after order by id limit :page")
_VERSIONS = sa.text("select id, version from article")


class IndexQueue:
    """The articles that were saved and that the search does not show yet."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._compared = False

    def catch_up(self, runtime: ServiceRuntime) -> int:
        """Shows the search one batch. Its first call compares all versions, so that nothing is missed for good."""
        with runtime.engine.begin() as connection:
            if not connection.execute(_LOCK).scalar():
                return 0
            if not self._compared:
                self._compare(connection)
                self._compared = True
            return self._catch_up(connection)

    def rebuild(self, runtime: ServiceRuntime) -> int:
        """Builds the whole index anew from the database; searches go on meanwhile. Answers how many articles."""
        with runtime.engine.begin() as connection:
            connection.execute(sa.text("select pg_advisory_xact_lock(80123450)"))
            return self._index.rebuild(entry_of(article) for article in _all(connection))

    def _catch_up(self, connection: sa.Connection) -> int:
        waiting = [row.article_id for row in connection.execute(_NEXT, {"batch": BATCH})]
        if not waiting:
            return 0
        articles = stores.articles.load(connection, "id", waiting, lock=False)
        self._index.put([entry_of(article) for article in articles])
        done = [{"article_id": a.id, "version": a.version} for a in articles]
        return connection.execute(_DONE, {"rows": msgspec.json.encode(done).decode()}).rowcount

    def _compare(self, connection: sa.Connection) -> None:
        """An index that knows more than the database is another database's, and starts anew."""
        saved = {row.id: row.version for row in connection.execute(_VERSIONS)}
        known = self._index.versions()
        if any(version > saved.get(id, 0) for id, version in known.items()):
            self._index.rebuild(entry_of(article) for article in _all(connection))
            return
        missing = [id for id, version in saved.items() if known.get(id, 0) < version]
        connection.execute(_ENTER, {"ids": missing})


class DatabaseLedger:
    def all_articles(self, read: Read) -> Iterator[Article]:
        return _all(read.connection)

    def waiting_for_index(self, read: Read) -> int:
        return int(read.connection.execute(sa.text("select count(*) from index_queue")).scalar_one())


def _all(connection: sa.Connection) -> Iterator[Article]:
    after = ""
    while page := connection.execute(_AFTER, {"after": after, "page": _PAGE}).all():
        for body, version in page:
            article = stores.articles.decode(body, version)
            yield article
            after = article.id
