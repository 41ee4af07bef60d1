"""huying doctor: all that can be wrong around the platform, each with what helps."""

import importlib.metadata
from collections.abc import Callable, Iterator
from functools import partial

import typer

from chassis.clock import WallClock
from chassis.settings import Settings
from cli.doctor import machine, processes, servers
from cli.doctor.findings import look_at
from cli.environment import embedded_meant, read_settings, stack_at_rest, with_stack
from cli.speech import AsJson, show_rows
from cli.stack.plan import folder_of
from cli.stack.state import Folder, State
from cli.up import runs_on


def doctor(as_json: AsJson = False) -> None:
    """Checks this machine, and the servers that HUYING_… or a running stack names, and says what helps 自检"""
    settings = read_settings()
    stack = Folder(folder_of(settings)).read()
    resting = stack_at_rest(settings)
    checks = [look_at(name, look).row() for name, look in _looks(with_stack(settings), stack, resting)]
    show_rows(checks, as_json=as_json, empty=("", ""))
    if not all(check["ok"] for check in checks):
        raise typer.Exit(1)


Look = tuple[str, Callable[[], str]]


def _looks(settings: Settings, stack: State | None, resting: State | None) -> Iterator[Look]:
    yield "policies", partial(machine.policies, settings)
    yield "data folder", partial(machine.writable, settings)
    yield "disk", partial(machine.free_disk, settings)
    yield "time", partial(machine.real_time, settings)
    if runs_on(settings.data_dir):
        yield "up", partial(machine.own_province, settings)
    elif not settings.amqp_url:  # else each process has ports of its own
        yield "grpc port", partial(machine.free_port, settings, settings.grpc_port)
        yield "http port", partial(machine.free_port, settings, settings.http_port)
    meant = resting is None or embedded_meant(settings, resting)
    if resting is not None:
        yield "stack", partial(processes.at_rest, settings, embedded=meant)
    if meant:  # else databases would be made that nobody wants
        yield from _servers(settings)
    if stack is not None and stack.supervisor.alive:
        yield "processes", partial(processes.processes, stack)
        if any(row.name == "prometheus" for row in stack.rows):
            yield "prometheus", partial(processes.scraped, stack)
    yield "version", lambda: importlib.metadata.version("huying")


def _servers(settings: Settings) -> Iterator[Look]:
    if settings.database_url:
        yield "database", partial(servers.databases, settings)
        if settings.amqp_url:  # else one process serves all
            yield "connections", partial(servers.connections, settings)
    else:
        yield "database", partial(machine.embedded_databases, settings)
    if settings.amqp_url:
        yield "queues", partial(servers.queues, settings)
    if settings.elasticsearch_url:
        yield "search", partial(servers.search, settings)
    if settings.objects_url:
        yield "attachments", partial(servers.bucket, settings)
    if settings.database_url or settings.objects_url:
        yield "clock", partial(servers.clocks, settings, WallClock())
