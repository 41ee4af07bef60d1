"""What an operator asks of the knowledge base: its search index built anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chassis.database import create_engine
from chassis.domain import DomainError
from chassis.settings import Settings, shown
from chassis.telemetry.logging import configure_logging
from cli.environment import operating_settings
from cli.province import databases
from cli.speech import AsJson, errors, fail, put, say, words
from services.knowledge.adapters.index_queue import IndexQueue
from services.knowledge.adapters.index_queue import Progress as Told
from services.knowledge.bootstrap import search_index

knowledge = typer.Typer(no_args_is_help=True, help="The knowledge base 知识库")

Anew = Annotated[bool, typer.Option("--anew", help="drop what an interrupted rebuild has done 不续建，从头开始")]


@knowledge.callback()
def _group() -> None:
    """The knowledge base 知识库"""


@knowledge.command("reindex")
def reindex(anew: Anew = False, as_json: AsJson = False) -> None:
    """Builds the search index anew while searches go on; interrupted, it goes on where it was 重建检索索引"""
    settings = operating_settings()
    configure_logging(json=settings.log_json, level="WARNING")
    with _database(settings) as engine, _bar(quiet=as_json) as told:
        try:
            articles = IndexQueue(search_index(settings)).reindex(engine, told, anew=anew)
        except DomainError as error:
            raise fail(error.message_zh, error.message_en) from None
    where = shown(settings.elasticsearch_url) if settings.elasticsearch_url else str(settings.data_dir)
    if as_json:
        put({"articles": articles, "index": where})
    else:
        say(f"索引已重建：{articles} 条（{where}）", f"the index is rebuilt: {articles} articles ({where})")


@contextmanager
def _database(settings: Settings) -> Iterator[sa.Engine]:
    with databases(settings) as urls:
        engine = create_engine(urls["knowledge"], pool_size=4, application="huying-reindex")
        try:
            if not sa.inspect(engine).has_table("index_queue"):
                raise fail("数据库尚未建立，请先运行 huying migrate", "no tables yet; run: huying migrate")
            yield engine
        finally:
            engine.dispose()


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Told]:
    """How far it is, on standard error."""
    if quiet:
        yield lambda _done, _of: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task(words("条目", "articles"), total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
