"""One service as separate processes: python -m services.<name> {bus|grpc|worker|migrate}.

Each role is a module of its own and imported only when it is asked for: `bus` lives with eventlet, the others never
see it.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

ROLES = {
    "bus": "hears events and answers questions of other services, on RabbitMQ 收取事件、答复询问",
    "grpc": "serves units, the hotline and the portal by gRPC 提供 gRPC 接口",
    "worker": "publishes events, keeps the clocks and every other timed work 发布事件、定时工作",
    "migrate": "brings the database to this version and declares the queues, then ends 迁移数据库、声明队列",
}


@dataclass(frozen=True)
class Program:
    """What a service tells about itself; modules by name, since nothing may be imported before the role is known."""

    name: str
    bootstrap: str
    contract: str
    at_start: str = ""
    """`module:function(runtime, stopping=…)` that the worker runs once beside its work; repeatable."""


def main(program: Program, arguments: Sequence[str] | None = None) -> None:
    """Runs the role until SIGTERM; the exit code says how it ended: 0 well, 1 cannot start, 2 bad settings, 70 hung."""
    given = _parser(program).parse_args(arguments)
    code = import_module(f"chassis.process.{given.role}").run(program, given)
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything was closed in its order; the interpreter's own end would wait for threads of libraries.
    os._exit(code)


def _parser(program: Program) -> argparse.ArgumentParser:
    parser = _Parser(prog=f"python -m services.{program.name}", description=f"{program.name} as a process")
    roles = parser.add_subparsers(dest="role", required=True, metavar="|".join(ROLES), parser_class=_Parser)
    for role, words in ROLES.items():
        one = roles.add_parser(role, help=words, description=words)
        if role == "migrate":
            _migrate_options(one)
    return parser


def _migrate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--step", choices=("pre", "post"), default="pre",
        help="pre: before the first new process, only adds; post: after the last old one, takes away",
    )  # fmt: skip
    parser.add_argument("--print-roles", action="store_true", help="SQL for the administrator: roles and database")
    parser.add_argument("--new", metavar="WHAT", help="for developers: write the revision that the tables in code need")


class _Parser(argparse.ArgumentParser):
    def format_help(self) -> str:
        from chassis.settings import settings_help

        return super().format_help() + "\nsettings 环境变量:\n" + settings_help()
