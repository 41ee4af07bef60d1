"""Brings a stack up and takes it down: for `huying stack`, and for programs that need one for a while."""

import sys
import time
from collections.abc import Mapping

from msgspec.structs import replace

from chassis.clock import monotonic
from cli.servers.process import Process
from cli.servers.server import is_free
from cli.speech import fail
from cli.stack.plan import OWN, Wish
from cli.stack.show import progress
from cli.stack.state import Folder, State

UP_SECONDS = 420.0
DOWN_SECONDS = 150.0
LOOK_SECONDS = 0.2


def bring_up(folder: Folder, env: Mapping[str, str], wish: Wish, *, owner: Process | None = None) -> State:
    """Says what becomes ready, until all is. With an `owner` the stack ends when that process does. Raises the exit."""
    folder.make()
    end_what_is_left(folder)
    _require_free(wish)
    command = [sys.executable, "-m", "cli.stack.supervisor", str(wish.replicas), str(wish.base_port)]
    command += [str(owner.pid), str(owner.born)] if owner else []
    return _wait_until_up(folder, Process.spawn(command, env, folder.log("supervisor")))


def _require_free(wish: Wish) -> None:
    """Tried before anything is started. Raises the exit."""
    for port in filter(None, map(wish.grpc_port, wish.parts())):
        if not is_free(port):
            raise fail(
                f"端口 {port} 已被占用（--base-port 可另选）", f"port {port} is taken (--base-port chooses others)"
            )


def _wait_until_up(folder: Folder, process: Process) -> State:
    """Raises the exit."""
    said: set[str] = set()
    until = monotonic() + UP_SECONDS
    while monotonic() < until:
        time.sleep(LOOK_SECONDS)
        alive = process.alive
        state = folder.read()
        if state is None or state.pid != process.pid:
            if not alive:
                raise fail(f"无法启动，见 {folder.log('supervisor')}", f"cannot start, see {folder.log('supervisor')}")
            continue
        progress(state, said)
        if state.ready:
            return state
        if not alive:
            log = folder.log("supervisor")
            raise fail(state.error_zh or f"已意外停止，见 {log}", state.error_en or f"it ended unexpectedly, see {log}")
    late = [row.name for row in state.rows if not row.ready] if state else []
    raise fail(
        f"{UP_SECONDS:.0f} 秒内未就绪：{'、'.join(late)}；见 huying stack status",
        f"not ready after {UP_SECONDS:.0f} s: {', '.join(late)}; see: huying stack status",
    )


def bring_down(folder: Folder) -> bool:
    """Stops everything in order; False when nothing was there to stop. Raises the exit."""
    state = folder.read()
    if state is None:
        return False
    if not state.supervisor.alive:
        left = end_what_is_left(folder)
        if not state.taken_down:
            folder.write(replace(state, phase="ended"))
        return left
    state.supervisor.send(15)
    if not state.supervisor.wait(DOWN_SECONDS):
        state.supervisor.kill()
        end_what_is_left(folder)
        raise fail("未能按时停止，已强制结束", "it did not stop in time and was killed")
    return True


def end_what_is_left(folder: Folder) -> bool:
    """A supervisor that was killed leaves its processes; servers are told to end in their own way."""
    state = folder.read()
    left = [row for row in state.rows if row.own and row.process and row.process.alive] if state else []
    for row in left:
        if row.kind == "process" and row.process:
            row.process.kill()
    for kind in OWN:
        if any(row.name == kind.name for row in left):
            kind(folder.path / kind.name).stop()
    return bool(left)
