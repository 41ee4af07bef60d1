"""Settings from the environment (HUYING_…), frozen, all errors reported at once."""

import difflib
import ipaddress
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit, urlunsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
# What may travel in clear only within one machine, by the scheme that encrypts it.
_ENCRYPTED = {
    "amqp_url": "amqps",
    "elasticsearch_url": "https",
    "objects_url": "https",
    "objects_public_url": "https",
    "otlp_url": "https",
}
_VERIFIED = {"verify-full"}
ALIKE = 0.85


def default_data_dir() -> Path:
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "huying"


class Settings(BaseSettings):
    """What every process needs to know."""

    model_config = SettingsConfigDict(
        env_prefix="HUYING_",
        env_ignore_empty=True,  # else an empty folder would be the one that we stand in
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    data_dir: Path = Field(default_factory=default_data_dir, description="database, keys, attachments, index")
    policies_dir: Path = Field(default=ROOT / "policies", description="the regulations as data")
    host: str = Field(default="127.0.0.1", description="address to serve on; beyond loopback gRPC needs TLS")
    grpc_port: int = Field(default=8012, ge=0, le=65535, description="0: any free port")
    http_port: int = Field(
        default=8013, ge=0, le=65535, description="metrics, liveness and readiness; 0: any free port"
    )
    tls_certificate: Path | None = Field(default=None, description="PEM chain; without it only loopback is served")
    tls_key: Path | None = Field(default=None, description="PEM key of the certificate")
    log_json: bool = Field(default=True, description="one JSON object a line, or colours for a person")
    log_level: str = Field(
        default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR"
    )
    crash_at: str = Field(default="", description="crash points for fault tests, such as relay.after_publish:3")
    clock: str = Field(
        default="",
        pattern=r"^(sim://[^/]+:\d+)?$",
        description="sim://HOST:PORT: a driver tells the time; for demonstrations",
    )
    development: bool = Field(
        default=False, description="true: allows what must never meet real cases, such as HUYING_CLOCK"
    )

    database_url: str = Field(default="", description="with {service} in it; empty: the embedded PostgreSQL")
    database_owner_url: str = Field(
        default="", description="with {service} in it, of the role that may change tables; only `migrate` uses it"
    )
    database_ca: Path | None = Field(
        default=None, description="PEM of who signed PostgreSQL's certificate; without it the machine's own list"
    )
    pool_size: int = Field(default=8, ge=2, le=100, description="connections of one process to its database")
    amqp_url: str = Field(default="", description="amqp(s)://USER:PASSWORD@HOST:PORT/VHOST; empty: in process")
    partitions: int | None = Field(
        default=None, ge=1, le=64, description="queues of each consumer; unset: as the bus stands, a new one gets 8"
    )
    quorum_queues: bool = Field(default=False, description="queues on several RabbitMQ nodes")
    elasticsearch_url: str = Field(default="", description="http(s)://USER:PASSWORD@HOST:PORT; empty: in process")
    elasticsearch_api_key: SecretStr = Field(default=SecretStr(""), description="instead of user and password")
    elasticsearch_ca: Path | None = Field(
        default=None, description="PEM of who signed Elasticsearch's certificate; without it the machine's own list"
    )
    elasticsearch_prefix: str = Field(
        default="huying", pattern="^[a-z][a-z0-9_-]{0,99}$", description="how the names of its indexes begin"
    )
    objects_url: str = Field(
        default="",
        description="http(s)://USER:PASSWORD@HOST:PORT/BUCKET[?cacertfile=PEM], MinIO or S3; empty: a folder",
    )
    objects_public_url: str = Field(
        default="", description="how callers reach that store, if otherwise than we do: https://HOST/BUCKET"
    )
    objects_encryption: str = Field(
        default="",
        pattern="^(sse-s3|sse-kms:.+)?$",
        description="sse-s3 or sse-kms:KEY: encrypted by the store at rest",
    )
    scanner_url: str = Field(
        default="", description="tcp://127.0.0.1:3310 or unix:///PATH of a clamd on this machine; empty: none"
    )
    quarantine_days: int = Field(default=30, ge=1, le=3650, description="then what failed its checks is deleted")
    attachments_kept_days: int = Field(
        default=1826, ge=1, le=36_500, description="after a case was closed; five years and their leap day"
    )
    otlp_url: str = Field(default="", description="http(s)://HOST:PORT that takes spans by OTLP/HTTP; empty: no spans")
    otlp_ratio: float = Field(default=1.0, ge=0.0, le=1.0, description="share of the new traces that are recorded")

    @model_validator(mode="after")
    def _all_at_once(self) -> Self:
        problems = [*self._served(), *self._databases(), *self._servers(), *self._simulation()]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _served(self) -> list[str]:
        problems = []
        if (self.tls_certificate is None) is not (self.tls_key is None):
            problems.append("HUYING_TLS_CERTIFICATE and HUYING_TLS_KEY belong together")
        if self.tls_certificate is None and not is_loopback(self.host):
            problems.append(f"tokens and citizens' data would go to {self.host} in clear: set HUYING_TLS_CERTIFICATE")
        return problems

    def _databases(self) -> list[str]:
        return [p for name in ("database_url", "database_owner_url") for p in _database_problems(name, self)]

    def _servers(self) -> list[str]:
        given = ((name, scheme, getattr(self, name)) for name, scheme in _ENCRYPTED.items())
        found = [p for name, scheme, url in given if url for p in _url_problems(name, scheme, url)]
        return found + (_scanner_problems(self.scanner_url) if self.scanner_url else [])

    def _simulation(self) -> list[str]:
        """Simulated time breaks every real deadline: it is asked for twice, and stays on one machine."""
        if not self.clock:
            return []
        problems = [] if self.development else ["HUYING_CLOCK simulates time: only with HUYING_DEVELOPMENT=true"]
        names = ("clock", "database_url", "amqp_url", "elasticsearch_url", "objects_url")
        far = [name for name in names if not _stays_here(getattr(self, name))]
        return problems + [f"HUYING_{name.upper()} leaves this machine: not with HUYING_CLOCK" for name in far]


def _database_problems(name: str, settings: Settings) -> list[str]:
    url, variable = getattr(settings, name), f"HUYING_{name.upper()}"
    if not url:
        return []
    if "{service}" not in url:
        return [f"{variable} needs {{service}} in it: each service has its own database"]
    try:
        parts = urlsplit(url.replace("{service}", "service"))
        mode = parse_qs(parts.query).get("sslmode", [""])[-1]
        host = parts.hostname or ""
    except ValueError:
        return [f"{variable} is no address"]
    if parts.scheme.partition("+")[0] != "postgresql":
        return [f"{variable} must begin with postgresql+psycopg://"]
    if host and not is_loopback(host) and mode and mode not in _VERIFIED:
        return [f"{variable} goes to {host}: sslmode={mode} checks too little, use verify-full or leave it out"]
    return []


def _url_problems(name: str, encrypted: str, url: str) -> list[str]:
    variable = f"HUYING_{name.upper()}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return [f"{variable} is no address"]
    if parts.scheme not in {encrypted, encrypted.removesuffix("s")} or not host:
        return [f"{variable} must begin with {encrypted.removesuffix('s')}:// or {encrypted}:// and name a host"]
    if parts.scheme != encrypted and not is_loopback(host):
        return [f"{variable} would send data to {host} in clear: use {encrypted}://"]
    return []


def _scanner_problems(url: str) -> list[str]:
    """Its protocol knows no encryption: a scanner elsewhere is reached through a tunnel that ends here."""
    try:
        parts = urlsplit(url)
        local = (parts.scheme == "unix" and parts.path) or (parts.scheme == "tcp" and is_loopback(parts.hostname or ""))
    except ValueError:
        local = False
    return [] if local else ["HUYING_SCANNER_URL must be unix:///PATH or tcp://127.0.0.1:PORT"]


def _stays_here(url: str) -> bool:
    """Whether an address, if there is one, is on this machine; a database's host may be a socket's folder."""
    try:
        parts = urlsplit(url.replace("{service}", "service"))
        hosts = [parts.hostname or "", *parse_qs(parts.query).get("host", [])]
    except ValueError:
        return True  # no address at all: another check says so
    return all(not host or host.startswith("/") or is_loopback(host) for host in hosts)


def problems_of(error: ValidationError) -> list[str]:
    """What is wrong with the environment, each with its variable and without its value, which may be a secret."""
    return [_problem(e["loc"], e["msg"]) for e in error.errors(include_url=False, include_input=False)]


def _problem(location: tuple[int | str, ...], message: str) -> str:
    name = f"HUYING_{str(location[0]).upper()} " if location else ""
    return name + message.removeprefix("Value error, ")


def misspelt(names: Iterable[str]) -> dict[str, str]:
    """Variables that name no setting, each with the one that was probably meant.

    Others that begin so are left alone: the program has some of its own, and Kubernetes makes one for each service.
    """
    known = [f"HUYING_{name.upper()}" for name in Settings.model_fields]
    strange = [name for name in names if name.startswith("HUYING_") and name not in known]
    meant = {name: difflib.get_close_matches(name, known, n=1, cutoff=ALIKE) for name in sorted(strange)}
    return {name: alike[0] for name, alike in meant.items() if alike}


def shown(url: str) -> str:
    """An address as it may be shown: without user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=""))


def is_loopback(host: str) -> bool:
    """Whether what is sent there stays on this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def settings_help() -> str:
    """Every variable with its meaning, one a line."""
    rows = {f"HUYING_{name.upper()}": field.description for name, field in Settings.model_fields.items()}
    width = max(map(len, rows))
    return "".join(f"  {name:<{width}}  {text}\n" for name, text in rows.items())
