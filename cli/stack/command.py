"""huying stack: up, status, logs, down, env, install."""

import os
import shlex
import shutil
import sys
from typing import Annotated

import typer

from chassis.settings import Settings
from cli.environment import read_settings
from cli.servers.errors import ServerError
from cli.speech import AsJson, fail, put, say
from cli.stack.lifting import bring_down, bring_up
from cli.stack.plan import OWN, SERVICES, Wish, folder_of
from cli.stack.show import as_rows, table
from cli.stack.state import Folder

stack = typer.Typer(no_args_is_help=True, help="All servers and the five services as processes 整套服务")


@stack.command("install")
def install_servers(as_json: AsJson = False) -> None:
    """Installs or builds the servers that are missing 安装服务器程序"""
    from cli.servers.install import install

    try:
        install()
    except ServerError as error:
        raise fail(error.zh, error.en) from None
    if as_json:
        put({"installed": True})


@stack.command()
def up(
    replicas: Annotated[int, typer.Option(min=1, max=8, help="processes of each role 每种角色的进程数")] = 1,
    base_port: Annotated[int, typer.Option(min=0, max=65000, help="gRPC from here on; 0: any 端口起点")] = 8021,
    as_json: AsJson = False,
) -> None:
    """Starts everything that is not given elsewhere by HUYING_… and waits until it is ready 启动"""
    settings, folder = _opened()
    if (known := folder.read()) is not None and known.supervisor.alive:
        raise fail("已在运行，见 huying stack status", "it already runs, see: huying stack status", code=3)
    say(f"启动中，日志在 {folder.logs}", f"starting; logs are in {folder.logs}")
    bring_up(folder, os.environ, Wish(replicas, base_port))
    status(as_json=as_json)
    elsewhere = [kind.title for kind, name in OWN.items() if name and getattr(settings, name)]
    if elsewhere:
        say(f"使用外部服务器：{'、'.join(elsewhere)}", f"given elsewhere: {', '.join(elsewhere)}")


@stack.command()
def status(as_json: AsJson = False) -> None:
    """Shows every server and process: pid, ports, readiness, memory 状态"""
    _, folder = _opened()
    state = folder.read()
    if state is None:
        raise fail("没有运行过，请用 huying stack up", "it never ran; start it with: huying stack up", code=3)
    alive, rows = state.supervisor.alive, as_rows(state)
    ready = alive and state.ready and all(row["alive"] for row in rows)
    if as_json:
        put({"phase": state.phase if alive else "ended", "ready": ready, "supervisor": state.pid, "rows": rows})
    else:
        table(state, alive=alive)
    if not ready:
        raise typer.Exit(1)


@stack.command()
def logs(
    name: Annotated[str, typer.Argument(help="such as intake.bus; empty: all 名称")] = "",
    lines: Annotated[int, typer.Option("-n", help="how many from the end 行数")] = 40,
    follow: Annotated[bool, typer.Option("-f", help="go on as they come 持续")] = False,
    as_json: AsJson = False,
) -> None:
    """Shows the ends of the logs 日志"""
    _, folder = _opened()
    every = sorted(folder.path.glob("*/*.log"))  # the processes' in logs/, each server's in its own folder
    found = [path for path in every if path.stem.startswith(name)]
    if not found and not name:
        raise fail("还没有日志；请先 huying stack up", "there are no logs yet; start it with: huying stack up", code=3)
    if not found:
        known = ", ".join(sorted(path.stem for path in every))
        raise fail(f"没有 {name} 的日志；有：{known}", f"no log of {name}; there are: {known}")
    if as_json:
        put({path.stem: path.read_text("utf-8", "replace").splitlines()[-lines:] for path in found})
        return
    sys.stdout.flush()
    tail = shutil.which("tail") or "tail"
    os.execv(tail, ["tail", "-n", str(lines), *(["-F"] if follow else []), *map(str, found)])  # noqa: S606


@stack.command()
def env(as_json: AsJson = False) -> None:
    """Prints the settings of the running stack for a shell, passwords too: eval "$(huying stack env)" 环境变量"""
    settings, folder = _opened()
    if not (found := folder.environment()):
        raise fail("没有运行过", "it never ran", code=3)
    found |= {"HUYING_DATA_DIR": str(settings.data_dir.absolute())} | _callable(folder)
    if as_json:
        put(found)
        return
    for key, value in found.items():
        print(f"export {key}={shlex.quote(value)}")


def _callable(folder: Folder) -> dict[str, str]:
    """Where each service is called by gRPC."""
    state = folder.read()
    ports = {row.name: row.ports for row in state.rows} if state else {}
    named = ((service, f"{service}.grpc") for service in SERVICES)
    return {f"HUYING_{service.upper()}_GRPC": f"127.0.0.1:{ports[n]['grpc']}" for service, n in named if n in ports}


@stack.command()
def down(as_json: AsJson = False) -> None:
    """Stops everything in order; the data stays 停止"""
    _, folder = _opened()
    state = folder.read()
    ran = state is not None and state.supervisor.alive
    stopped = bring_down(folder)
    if as_json:
        put({"ran": ran, "stopped": ran or stopped})
    elif ran:
        say("已停止", "stopped")
    else:
        say("已清理" if stopped else "没有在运行", "ended what was left" if stopped else "it does not run")


def _opened() -> tuple[Settings, Folder]:
    settings = read_settings()
    return settings, Folder(folder_of(settings))
