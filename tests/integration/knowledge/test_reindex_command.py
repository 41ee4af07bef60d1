"""`huying knowledge reindex` on either index, as an operator runs it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.main import app
from cli.servers.elasticsearch import ElasticAddress
from services.knowledge.adapters.elastic.index import ElasticIndex
from tests.conftest import DatabaseUrl
from tests.integration.knowledge.conftest import Knowledge, Start
from tests.integration.knowledge.elastic import Outside, settings_for

Huying = Callable[..., Result]


@pytest.fixture
def huying(tmp_path: Path) -> Huying:
    def run(knowledge: Knowledge, *arguments: str, **environment: str) -> Result:
        url = knowledge.runtime.engine.url.render_as_string(hide_password=False)
        given = {
            "HUYING_DATABASE_URL": re.sub(r"/knowledge([^/]*)$", r"/{service}\1", url),
            "HUYING_DATA_DIR": str(tmp_path),
            "HUYING_LANG": "en",
        }
        return CliRunner().invoke(app, ["knowledge", "reindex", *arguments], env=given | environment)

    return run


def _elastic(address: ElasticAddress, port: int | None = None) -> dict[str, str]:
    settings = settings_for(address, port=port)
    return {"HUYING_ELASTICSEARCH_URL": settings.elasticsearch_url, "HUYING_ELASTICSEARCH_PREFIX": address.prefix}


def test_the_embedded_index_is_built_anew(start: Start, huying: Huying) -> None:
    knowledge = start()
    knowledge.publish()
    done = huying(knowledge)
    assert done.exit_code == 0, done.output
    assert "the index is rebuilt: 1 articles" in done.output
    assert start().search("路灯") == ["路灯不亮找谁修"]


def test_a_province_moves_to_elasticsearch_before_it_is_switched_over(
    start: Start, huying: Huying, elasticsearch_prefix: ElasticAddress
) -> None:
    knowledge = start()
    knowledge.publish()
    done = huying(knowledge, "--json", **_elastic(elasticsearch_prefix))
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"articles": 1, "index": elasticsearch_prefix.url}
    assert start(ElasticIndex(settings_for(elasticsearch_prefix))).search("路灯") == ["路灯不亮找谁修"]


def test_each_run_replaces_the_index_of_the_last(
    start: Start, huying: Huying, elasticsearch_prefix: ElasticAddress
) -> None:
    knowledge = start()
    knowledge.publish()
    for _ in range(2):
        assert huying(knowledge, "--anew", **_elastic(elasticsearch_prefix)).exit_code == 0
    outside = Outside(elasticsearch_prefix)
    assert outside.indexes() == {"2": {"read", "write-2"}}
    outside.client.close()


def test_a_server_that_is_away_is_said_in_words(
    start: Start, huying: Huying, elasticsearch_prefix: ElasticAddress
) -> None:
    done = huying(start(), **_elastic(elasticsearch_prefix, port=9))
    assert done.exit_code == 1
    assert "the knowledge search is away (unreachable)" in done.stderr
    assert "Traceback" not in done.output


def test_a_database_without_tables_is_said_in_words(huying: Huying, start: Start, database_url: DatabaseUrl) -> None:
    import sqlalchemy as sa

    knowledge = start()
    knowledge.runtime.engine.dispose()
    knowledge.runtime.engine = sa.create_engine(database_url("knowledge_empty"))
    done = huying(knowledge)
    assert done.exit_code == 1
    assert "huying migrate" in done.stderr
