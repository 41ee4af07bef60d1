"""Where the programs of the servers are on this machine."""

import os
import re
import shutil
from pathlib import Path

from cli.servers.errors import ServerMissing

ELASTICSEARCH_VERSION = "8.19.8"


def cache() -> Path:
    """Downloads and builds, kept between clones: HUYING_CACHE, or ~/.cache/huying.

    For root /var/cache/huying: Elasticsearch runs under another account, and Java cannot pass the closed /root.
    """
    given = os.environ.get("HUYING_CACHE")
    if given:
        return Path(given)
    return Path("/var/cache/huying") if os.geteuid() == 0 else Path.home() / ".cache" / "huying"


def program(title: str, name: str, *beside: Path) -> Path:
    """A program from the given folders or the path. Raises ServerMissing."""
    for folder in beside:
        if (folder / name).exists():
            return folder / name
    found = shutil.which(name) or shutil.which(name, path="/usr/local/sbin:/usr/sbin:/sbin")
    if found is None:
        raise ServerMissing(title, name)
    return Path(found)


def rabbitmq_scripts() -> Path:
    """The scripts of the package itself: those in /usr/sbin change to another account."""
    found = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin"))
    return found[-1] if found else program("RabbitMQ", "rabbitmq-server").resolve().parent


def postgres_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else program("PostgreSQL", "initdb").resolve().parent


def elasticsearch_home() -> Path:
    home = cache() / f"elasticsearch-{ELASTICSEARCH_VERSION}"
    if not (home / "bin" / "elasticsearch").exists():
        raise ServerMissing("Elasticsearch", f"elasticsearch {ELASTICSEARCH_VERSION}")
    return home


def java_home() -> Path:
    """A Java from 17 on, the oldest first: what Elasticsearch was tried with."""
    homes = {home.resolve() for home in Path("/usr/lib/jvm").glob("*") if (home / "bin" / "java").exists()}
    fit = sorted((version, home) for home in homes if (version := _java_version(home)) >= 17)
    if not fit:
        raise ServerMissing("Java", "openjdk-17-jre-headless")
    return fit[0][1]


def _java_version(home: Path) -> int:
    release = home / "release"
    said = re.search(r'JAVA_VERSION="(\d+)', release.read_text()) if release.exists() else None
    return int(said.group(1)) if said else 0


def built() -> Path:
    """The folder of the programs that were built here."""
    return cache() / "bin"
