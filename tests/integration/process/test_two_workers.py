"""Two worker processes share the outbox, and the survivor takes over what a killed one published."""

import re
import time
from collections.abc import Callable

from tests.e2e.process import wait_for
from tests.processes import Process, Starter

TAKEOVER_SECONDS = 10.0


def owned(process: Process) -> int:
    """How many shards it publishes, by its own metrics."""
    found = re.search(r"huying_outbox_shards_owned\{[^}]*\} (\d+)", process.get("/metrics")[1])
    return int(found[1]) if found else 0


def test_a_killed_worker_s_shards_are_taken_over(migrated: Callable[..., None], start: Starter) -> None:
    migrated("sla")
    pair = [start("sla", "worker"), start("sla", "worker")]
    for process in pair:
        process.wait_ready(120)
    wait_for(lambda: [owned(process) for process in pair] == [32, 32])
    pair[0].kill()
    killed = time.monotonic()
    wait_for(lambda: owned(pair[1]) == 64)
    assert time.monotonic() - killed < TAKEOVER_SECONDS
    assert pair[1].stop()[0] == 0
