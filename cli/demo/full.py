"""The demonstration on real servers: a stack of its own for a while, called by gRPC as a partner calls it."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.message import Message

from chassis.access import Principal
from chassis.clock import monotonic
from chassis.events.topology import load as load_topology
from chassis.grpckit.client import Client, reason_of
from chassis.questions import RefusedElsewhere
from chassis.tokens import TokenSigner
from cli.demo.conductor import Conductor, Stuck
from cli.province import descriptor_of
from cli.servers.process import Process, born
from cli.speech import fail, say
from cli.stack.lifting import bring_down, bring_up
from cli.stack.plan import SERVICES, Wish
from cli.stack.state import Folder, State

PATIENCE_SECONDS = 60.0
_AWAY = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED}
_KEPT = {"HUYING_CACHE", "HUYING_LANG", "HUYING_POLICIES_DIR"}
"""No other setting may lead the demonstration to servers of real cases."""


@dataclass
class FullStack:
    """Five services behind their gRPC ports, in simulated time."""

    clients: Mapping[str, Client]
    signer: TokenSigner
    conductor: Conductor
    _tokens: dict[Principal, str] = field(default_factory=dict)

    def call(self, principal: Principal, service: str, rpc: str, fields: Mapping[str, Any]) -> Message:
        """Waits for a process that is started anew: the request ids make every call repeatable. Raises DomainError."""
        if "request_id" in fields:
            self.conductor.stir()
        until, pause = monotonic() + PATIENCE_SECONDS, 0.05
        while True:
            try:
                return self.clients[service].call(self._token(principal), service, rpc, fields)
            except grpc.RpcError as error:
                if error.code() not in _AWAY or monotonic() > until:
                    says = str(error.details())
                    raise RefusedElsewhere(
                        service=service, remote_reason=reason_of(error), words_zh=says, words_en=says
                    ) from None
            time.sleep(pause)
            pause = min(2 * pause, 1.0)

    def settle(self) -> None:
        self.conductor.settle()

    def next_due(self) -> datetime | None:
        return self.conductor.next_due()

    def _token(self, principal: Principal) -> str:
        if principal not in self._tokens:
            self._tokens[principal] = self.signer.issue(principal)
        return self._tokens[principal]


@contextlib.contextmanager
def full_stack(start: datetime) -> Iterator[FullStack]:
    """Brought up in a folder that is thrown away, with ports of its own, and taken down again. Raises the exit."""
    wish = Wish()
    names = [part.name for part in wish.parts()]
    with _data_folder() as data, Conductor(start, names, load_topology()) as conductor:
        env = _environment(data, conductor.url)
        with _brought_up(Folder(data / "stack"), env, wish) as state, _clients(state) as clients:
            say("装载知识库 …", "filling the knowledge base …")
            conductor.settle()
            yield FullStack(clients, TokenSigner.load_or_create(data), conductor)


@contextlib.contextmanager
def _data_folder() -> Iterator[Path]:
    """Stays only when the demonstration fails: the logs are in it."""
    path = Path(tempfile.mkdtemp(prefix="huying-demo-"))
    path.chmod(0o755)  # Elasticsearch and PostgreSQL run under other accounts
    failed = False
    try:
        yield path
    except Exception:
        failed = True
        raise
    finally:
        if failed:
            say(f"日志留在 {path}/stack，可自行删除", f"the logs stay in {path}/stack; delete it when you are done")
        else:
            shutil.rmtree(path, ignore_errors=True)


def _environment(data_dir: Path, clock: str) -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("HUYING_") or key in _KEPT}
    return {
        **own,
        "HUYING_DATA_DIR": str(data_dir),
        "HUYING_CLOCK": clock,
        "HUYING_DEVELOPMENT": "true",
        "HUYING_LOG_LEVEL": "WARNING",
    }


@contextlib.contextmanager
def _brought_up(folder: Folder, env: Mapping[str, str], wish: Wish) -> Iterator[State]:
    say("启动整套服务，供演示使用 …", "bringing up a stack for the demonstration …")
    try:
        yield bring_up(folder, env, wish, owner=Process(os.getpid(), born(os.getpid()) or 0))
    except Stuck as stuck:
        raise fail(f"演示无法继续：{stuck.zh}", f"the demonstration cannot go on: {stuck.en}") from None
    finally:
        say("停止整套服务 …", "taking the stack down …")
        bring_down(folder)


@contextlib.contextmanager
def _clients(state: State) -> Iterator[Mapping[str, Client]]:
    ports = {row.name: row.ports for row in state.rows}
    with contextlib.ExitStack() as stack:
        yield {
            name: stack.enter_context(
                Client(f"127.0.0.1:{ports[f'{name}.grpc']['grpc']}", {name: descriptor_of(name)})
            )
            for name in SERVICES
        }  # fmt: skip
