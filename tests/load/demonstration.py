"""How long the demonstration takes, from the command to the page."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.load.ground import Ground
from tests.load.report import Report

SECOND_RUN_SECONDS = 60.0


def measure(ground: Ground, *, quick: bool) -> list[Report]:
    """The second run is the one with a limit: by then everything is compiled and cached."""
    commits = ground.commits_per_second()
    page = ground.folder / "demo.html"
    command = [sys.executable, "-m", "cli.main", "demo", "--page", str(page)]
    command += ["--until", "2026-09-18"] if quick else []
    started, before = time.perf_counter(), os.times()
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    seconds, after = time.perf_counter() - started, os.times()
    if done.returncode != 0:
        raise AssertionError(f"the demonstration failed: {done.stderr[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    report = Report(f"make demo{', the first days only' if quick else ''}; {commits:.0f} commits/s here")
    reached = None if quick else seconds <= SECOND_RUN_SECONDS
    report.add("from the command to the page", f"{seconds:.0f} s", f"<= {SECOND_RUN_SECONDS:.0f} s", reached)
    report.add("CPU of it", f"{cpu:.0f} s")
    report.add("the page", f"{page.stat().st_size / 1024:.0f} KiB")
    return [report]
