"""The processes of a stack that runs on this machine, and whether Prometheus sees them."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from chassis.clock import monotonic
from chassis.settings import Settings
from cli.doctor.findings import Found
from cli.servers.http import require
from cli.speech import words
from cli.stack.plan import folder_of
from cli.stack.show import as_rows
from cli.stack.state import State
from cli.stack.watching import SCRAPED_EVERY_SECONDS

LOOK_SECONDS = 0.5


def processes(state: State) -> str:
    rows = as_rows(state)
    bad = [row for row in rows if not row["ready"]]
    if bad:
        told = "; ".join(f"{row['name']}: {row['reason'] or 'down'}" for row in bad)
        logs = "huying stack logs" + (f" {bad[0]['name']}" if len(bad) == 1 else "")
        raise Found(f"{told}。见 {logs}", f"{told}. See: {logs}")
    again = ", ".join(f"{row['name']} {row['restarts']}" for row in rows if row["restarts"])
    return words(
        f"{len(rows)} 个就绪，" + (f"重启次数：{again}" if again else "没有重启过"),
        f"{len(rows)} ready, " + (f"restarts: {again}" if again else "no restarts"),
    )


def scraped(state: State) -> str:
    """Every target of the stack's Prometheus answers; one that began to listen after it was asked is asked again."""
    row = next(row for row in state.rows if row.name == "prometheus")
    until = monotonic() + SCRAPED_EVERY_SECONDS + 1
    while (bad := _unseen(targets := _targets(row.where))) and monotonic() < until:
        time.sleep(LOOK_SECONDS)
    if bad:
        told = "; ".join(bad)
        raise Found(f"Prometheus（{row.where}）抓取不到 {told}", f"Prometheus at {row.where} cannot scrape {told}")
    count = len(targets)
    return words(f"Prometheus（{row.where}），{count} 个目标", f"Prometheus at {row.where}, {count} targets")


def _targets(where: str) -> list[dict[str, Any]]:
    content = require(f"http://{where}/api/v1/targets?state=active", timeout=5)
    targets: list[dict[str, Any]] = json.loads(content)["data"]["activeTargets"]
    return targets


def _unseen(targets: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"{t['labels']['job']}: {t['lastError']}" for t in targets if t["health"] == "down"]


def at_rest(settings: Settings, *, embedded: bool) -> str:
    """Raises Found unless somebody goes on with the embedded databases."""
    if not embedded:
        folder = folder_of(settings).parent
        raise Found(
            f"{folder} 上的整套服务未运行：请用 huying stack up 启动",
            f"the stack on {folder} does not run: start it with huying stack up",
        )
    return words("未运行；以下是内置数据库的情况", "it does not run; this is about the embedded databases")
