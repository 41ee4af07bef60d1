"""The program `huying`. A command's module is imported only when it is called: `huying token` loads no services."""

import signal
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from cli.faults import told_plainly
from cli.speech import check_language

_WHERE = {
    "demo": ("cli.demo.command", "demo"),
    "up": ("cli.up", "up"),
    "stack": ("cli.stack.command", "stack"),
    "replay": ("cli.replay.command", "replay"),
    "policy": ("cli.policy", "policy"),
    "figures": ("cli.publishing.figures_command", "figures"),
    "bus": ("cli.bus", "bus"),
    "outbox": ("cli.operations", "outbox"),
    "dead-letters": ("cli.operations", "dead_letters"),
    "audit": ("cli.audit", "audit"),
    "knowledge": ("cli.knowledge", "knowledge"),
    "doctor": ("cli.doctor.command", "doctor"),
    "migrate": ("cli.operations", "migrate"),
    "token": ("cli.tokens", "token"),
}


class Program(TyperGroup):
    """The commands by name, each found when it is asked for."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        with told_plainly():
            return super().invoke(ctx)

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return list(_WHERE)

    def get_command(self, ctx: typer.Context, cmd_name: str):  # type: ignore[no-untyped-def, override]
        if cmd_name not in _WHERE:
            return None
        module, name = _WHERE[cmd_name]
        found = getattr(import_module(module), name)
        if isinstance(found, typer.Typer):
            group = typer.main.get_group(found)
            group.name = cmd_name
            return group
        alone = typer.Typer(add_completion=False)
        alone.command(cmd_name)(found)
        return typer.main.get_command(alone)


# Plain tracebacks for our own defects: pretty ones could show the values of variables, and so personal data.
app = typer.Typer(cls=Program, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def huying() -> None:
    """Huying 呼应 — 12345 government service hotlines 政务服务便民热线"""
    check_language()
    # Unwinds what a command has started, its PostgreSQL above all; `up` sets its own, gentler way.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


if __name__ == "__main__":
    app()
