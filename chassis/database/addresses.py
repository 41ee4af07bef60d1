"""Where each service's database is, and the proof that a server on another machine must give."""

from pathlib import Path

import sqlalchemy as sa

from chassis.settings import Settings, is_loopback


def url_of(settings: Settings, service: str) -> str:
    """For the service's processes, and for operators."""
    return _of(settings, settings.database_url, service)


def owner_url_of(settings: Settings, service: str) -> str:
    """For whoever changes its tables."""
    return _of(settings, settings.database_owner_url or settings.database_url, service)


def _of(settings: Settings, template: str, service: str) -> str:
    return verified(template.format(service=service), settings.database_ca).render_as_string(hide_password=False)


def verified(url: str | sa.URL, ca: Path | None = None) -> sa.URL:
    """The address of a database; on another machine its certificate is checked, name and signature."""
    parsed = sa.make_url(url)
    host = parsed.host or str(parsed.query.get("host", ""))
    if not host or host.startswith("/") or is_loopback(host):
        return parsed
    given = {"sslmode": "verify-full", "sslrootcert": str(ca) if ca else "system", **parsed.query}
    return parsed.set(query=given)
