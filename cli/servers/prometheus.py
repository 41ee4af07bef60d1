"""Prometheus: scrapes whom it is told to, by files that may come and go while it runs."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from chassis.clock import monotonic
from cli.servers.http import require
from cli.servers.places import program
from cli.servers.server import Server

_CONF = """\
global:
  scrape_interval: 5s
  evaluation_interval: 5s
rule_files: ['{folder}/rules/*.yml']
scrape_configs:
  - job_name: huying
    # It is told of changes, and looks by itself in case that was lost.
    file_sd_configs: [{{files: ['{folder}/targets/*.json'], refresh_interval: 5s}}]
"""


Labels = Mapping[str, str]


@dataclass(frozen=True)
class PrometheusAddress:
    """How to reach it."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


class Prometheus(Server):
    name = "prometheus"
    title = "Prometheus"

    @property
    def address(self) -> PrometheusAddress:
        return PrometheusAddress("127.0.0.1", self.ports["port"])

    def prepare(self) -> None:
        for name in ("data", "targets", "rules"):
            (self.data_dir / name).mkdir(exist_ok=True)
        (self.data_dir / "prometheus.yml").write_text(_CONF.format(folder=self.data_dir))

    def command(self) -> tuple[list[str], dict[str, str]]:
        return [
            str(program("Prometheus", "prometheus")),
            f"--config.file={self.data_dir / 'prometheus.yml'}",
            f"--storage.tsdb.path={self.data_dir / 'data'}",
            f"--web.listen-address={self.where}",
            "--web.enable-lifecycle",
            "--log.level=warn",
        ], {}

    def check(self) -> None:
        require(f"{self.address.url}/-/ready", timeout=5)

    # -- what it watches -----------------------------------------------------------------------------------------------

    def scrape(
        self, name: str, targets: Iterable[str], *, job: str = "", seconds: float = 5.0, labels: Labels | None = None
    ) -> None:
        """Watches host:port addresses as a job (of that name), from now on; the same name again replaces them."""
        marks = {"job": job or name, "__scrape_interval__": f"{seconds:g}s"}
        marks["__scrape_timeout__"] = f"{min(seconds, 10):g}s"
        self._put(
            f"targets/{name}.json", json.dumps([{"targets": list(targets), "labels": {**(labels or {}), **marks}}])
        )

    def forget(self, name: str) -> None:
        (self.data_dir / "targets" / f"{name}.json").unlink(missing_ok=True)

    def rules(self, name: str, file: Path) -> None:
        """Takes a rule file over. Raises OSError with Prometheus' words when it is wrong."""
        promtool = str(program("Prometheus", "promtool"))
        done = subprocess.run(  # noqa: S603
            [promtool, "check", "rules", str(file)], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise OSError(done.stderr.strip())
        target = self.data_dir / "rules" / f"{name}.yml"
        shutil.copyfile(file, target)
        self.reload()

    def reload(self) -> None:
        require(f"{self.address.url}/-/reload", method="POST", timeout=15)

    def query(self, expression: str, *, at: float | None = None) -> list[tuple[dict[str, str], float]]:
        """The vector that the expression has now, or had at an instant: labels and value of each series."""
        when = f"&time={at!r}" if at is not None else ""
        said = json.loads(require(f"{self.address.url}/api/v1/query?query={quote(expression, safe='')}{when}"))
        result = said["data"]["result"]
        if said["data"]["resultType"] == "scalar":
            return [({}, float(result[1]))]
        return [(one["metric"], float(one["value"][1])) for one in result]

    def wait_for(self, expression: str, seconds: float = 30.0) -> float:
        """The first value of the expression, as soon as it has one. Raises TimeoutError."""
        until = monotonic() + seconds
        while not (found := self.query(expression)):
            if monotonic() > until:
                raise TimeoutError(f"no value of {expression} within {seconds:g} s")
            time.sleep(0.1)
        return found[0][1]

    def _put(self, place: str, content: str) -> None:
        """At once: Prometheus looks at any moment."""
        target = self.data_dir / place
        fresh = target.with_suffix(".new")
        fresh.write_text(content)
        fresh.rename(target)
