"""Settings: what is wrong is said all at once, with the variable and without the secret."""

import re

import pytest
from pydantic import ValidationError

from chassis.settings import Settings, default_data_dir, misspelt, problems_of, settings_help, shown

PASSWORD = "geheim-geheim"


def problems(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    for name, value in environment.items():
        monkeypatch.setenv(f"HUYING_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    said = "; ".join(problems_of(refused.value))
    assert PASSWORD not in said
    return said


@pytest.mark.parametrize(
    ("variable", "url"),
    [
        ("AMQP_URL", f"amqp://huying:{PASSWORD}@rabbit.example:5672/"),
        ("ELASTICSEARCH_URL", f"http://huying:{PASSWORD}@search.example:9200"),
        ("OBJECTS_URL", f"http://huying:{PASSWORD}@objects.example:9000/huying"),
        ("OTLP_URL", "http://traces.example:4318"),
    ],
)  # fmt: skip
def test_nothing_goes_to_another_machine_in_clear(monkeypatch: pytest.MonkeyPatch, variable: str, url: str) -> None:
    said = problems(monkeypatch, **{variable: url})
    assert variable in said
    assert "in clear" in said
    encrypted = url.replace("amqp:", "amqps:").replace("http:", "https:")
    monkeypatch.setenv(f"HUYING_{variable}", encrypted)
    assert getattr(Settings(), variable.lower()) == encrypted


def test_on_this_machine_nothing_needs_to_be_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672/")
    monkeypatch.setenv("HUYING_DATABASE_URL", "postgresql+psycopg://huying_{service}@/huying_{service}?host=/run/pg")
    assert Settings().amqp_url.startswith("amqp:")


def test_a_weaker_check_of_the_database_s_certificate_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"postgresql+psycopg://huying:{PASSWORD}@db.example/huying_{{service}}?sslmode=require"
    assert "verify-full" in problems(monkeypatch, DATABASE_URL=url)


def test_an_empty_variable_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA_DIR", "GRPC_PORT", "TLS_CERTIFICATE", "DATABASE_URL"):
        monkeypatch.setenv(f"HUYING_{name}", "")
    settings = Settings()
    assert settings.data_dir == default_data_dir()
    assert (settings.grpc_port, settings.tls_certificate, settings.database_url) == (8012, None, "")


def test_simulated_time_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "only with HUYING_DEVELOPMENT=true" in problems(monkeypatch, CLOCK="sim://127.0.0.1:4711")
    monkeypatch.setenv("HUYING_DEVELOPMENT", "true")
    assert Settings().clock == "sim://127.0.0.1:4711"


@pytest.mark.parametrize(
    ("variable", "url"),
    [
        ("CLOCK", "sim://driver.example:4711"),
        ("DATABASE_URL", "postgresql+psycopg://huying@db.example/huying_{service}"),
        ("DATABASE_URL", "postgresql+psycopg://huying@/huying_{service}?host=db.example"),
        ("AMQP_URL", "amqps://huying@rabbit.example:5671/"),
        ("ELASTICSEARCH_URL", "https://search.example:9200"),
        ("OBJECTS_URL", "https://objects.example:9000/huying"),
    ],
)
def test_simulated_time_stays_on_one_machine(monkeypatch: pytest.MonkeyPatch, variable: str, url: str) -> None:
    given = {"CLOCK": "sim://127.0.0.1:4711", "DEVELOPMENT": "true", variable: url}
    assert f"HUYING_{variable} leaves this machine" in problems(monkeypatch, **given)


def test_a_driver_without_a_port_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "HUYING_CLOCK" in problems(monkeypatch, CLOCK="sim://127.0.0.1", DEVELOPMENT="true")


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said = problems(
        monkeypatch,
        DATABASE_URL=f"postgresql+psycopg://huying:{PASSWORD}@127.0.0.1/huying",
        DATABASE_OWNER_URL="mysql://127.0.0.1/{service}",
        AMQP_URL="rabbit",
        HOST="0.0.0.0",
    )
    for word in ("HUYING_DATABASE_URL needs {service}", "HUYING_DATABASE_OWNER_URL", "HUYING_AMQP_URL", "0.0.0.0"):
        assert word in said


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_help_keeps_names_and_meanings_apart() -> None:
    lines = settings_help().splitlines()
    assert "  HUYING_ELASTICSEARCH_API_KEY  instead of user and password" in lines
    assert len({len(re.match(r"  \w+ +", line)[0]) for line in lines}) == 1


def test_an_address_is_shown_without_its_password() -> None:
    assert shown(f"amqp://huying:{PASSWORD}@rabbit.example:5672/city") == "amqp://rabbit.example:5672/city"


def test_a_misspelt_variable_is_told_with_the_one_that_was_meant() -> None:
    given = ["HUYING_GRPC_PROT", "HUYING_AMQPURL", "HUYING_GRPC_PORT", "HUYING_LANG", "HUYING_SLA_SERVICE_HOST", "PATH"]
    assert misspelt(given) == {"HUYING_AMQPURL": "HUYING_AMQP_URL", "HUYING_GRPC_PROT": "HUYING_GRPC_PORT"}


def test_no_variable_of_the_project_itself_looks_misspelt() -> None:
    own = ["LANG", "CACHE", "TEST_SERVERS", "DEMO_UNTIL", "CHAOS_SCHEDULES", "CHAOS_KILLS", "CHAOS_SEED"]
    assert misspelt(f"HUYING_{name}" for name in own) == {}
