"""Settings from the environment (HUYING_…), frozen, all errors reported at once."""

import ipaddress
import os
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


def _default_data_dir() -> Path:
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "huying"


class Settings(BaseSettings):
    """What every process needs to know."""

    model_config = SettingsConfigDict(env_prefix="HUYING_", frozen=True, extra="ignore")

    data_dir: Path = Field(default_factory=_default_data_dir, description="database, keys, attachments, index")
    policies_dir: Path = ROOT / "policies"
    database_url: str = Field(default="", description="with {service} in it; empty: the embedded PostgreSQL")
    host: str = "127.0.0.1"
    grpc_port: int = Field(default=8012, ge=0, le=65535, description="0: any free port")
    http_port: int = Field(
        default=8013, ge=0, le=65535, description="metrics, liveness and readiness; 0: any free port"
    )
    tls_certificate: Path | None = Field(default=None, description="PEM chain; without it only loopback is served")
    tls_key: Path | None = None
    log_json: bool = True
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    crash_at: str = Field(default="", description="crash points for fault tests, such as relay.after_publish:3")
    pool_size: int = Field(default=8, ge=2, le=100)

    @model_validator(mode="after")
    def _nothing_in_clear_over_a_network(self) -> Self:
        if (self.tls_certificate is None) is not (self.tls_key is None):
            raise ValueError("HUYING_TLS_CERTIFICATE and HUYING_TLS_KEY belong together")
        if self.tls_certificate is None and not _is_loopback(self.host):
            raise ValueError(f"tokens and citizens' data would go to {self.host} in clear: set HUYING_TLS_CERTIFICATE")
        return self


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
