"""How a stack is shown: what has become ready since, and the table of everything."""

from typing import Any

from rich.markup import escape
from rich.table import Table

from cli.speech import console, say, words
from cli.stack.state import Row, State

_PHASES = {
    "servers": ("启动服务器 …", "starting the servers …"),
    "preparing": ("建库、建队列 …", "making databases and queues …"),
    "processes": ("启动各服务进程 …", "starting the processes of the services …"),
}


def progress(state: State, said: set[str]) -> None:
    """Says what is new; `said` remembers."""
    if state.phase in _PHASES and state.phase not in said:
        say(*_PHASES[state.phase])
        said.add(state.phase)
    for row in state.rows:
        if row.ready and row.name not in said:
            where = row.where or ", ".join(f"{name} {port}" for name, port in row.ports.items())
            console.print(f"  [green]✓[/green] {row.name}  {escape(where)}", highlight=False)
            said.add(row.name)
        waits = f"waits for {row.name}"
        if not (row.own or row.ready) and row.reason and waits not in said:
            where, why = escape(row.where), escape(row.reason)
            say(f"  … 等待 {row.name}（{where}）：{why}", f"  … {waits} at {where}: {why}")
            said.add(waits)
        ended = f"{row.name} ended"
        if row.restarts and not row.ready and row.reason and ended not in said:
            how, why = escape(row.last_end), escape(row.reason)
            say(f"  … {row.name} 已退出（{how}），再次启动：{why}", f"  … {ended} ({how}) and is started again: {why}")
            said.add(ended)


def as_rows(state: State) -> list[dict[str, Any]]:
    """For scripts."""
    return [
        {
            "name": row.name, "kind": row.kind, "own": row.own, "pid": row.pid or None, "where": row.where,
            "ports": row.ports, "alive": _alive(row), "ready": row.ready and _alive(row), "reason": row.reason,
            "restarts": row.restarts, "last_end": row.last_end, "memory_mib": _memory(row),
        }
        for row in state.rows
    ]  # fmt: skip


def table(state: State, *, alive: bool) -> None:
    """For people."""
    shown = Table(*words("名称 状态 pid 端口 内存MiB 重启", "name state pid ports MiB restarts").split())
    total = 0
    for row in state.rows:
        memory = _memory(row)
        total += memory or 0
        shown.add_row(row.name, _said(row), str(row.pid or ""), _ports(row), str(memory or ""), _restarts(row))
    console.print(shown)
    say(f"内存合计 {total} MiB", f"memory in all {total} MiB")
    if not alive and any(row.own and _alive(row) for row in state.rows):
        zh = "主管进程已退出，仍在运行的已无人看管：huying stack down"
        en = "the supervisor has ended; what still runs is not watched: huying stack down"
        say(f"[red]{zh}[/red]", f"[red]{en}[/red]")
    elif not alive:
        say("[red]没有在运行[/red]", "[red]it does not run[/red]")
    if state.error_en:
        say(f"[red]{escape(state.error_zh)}[/red]", f"[red]{escape(state.error_en)}[/red]")


def _said(row: Row) -> str:
    if not _alive(row):
        return f"[red]{words('未运行', 'down')}[/red] {escape(row.reason)}"
    if row.ready:
        return f"[green]{words('就绪', 'ready')}[/green]" + ("" if row.own else words("（外部）", " (elsewhere)"))
    return f"[yellow]{words('未就绪', 'not ready')}[/yellow] {escape(row.reason)}"


def _ports(row: Row) -> str:
    if not row.own:
        return escape(row.where)
    known = {name: port for name, port in row.ports.items() if name not in {"dist", "epmd", "transport", "console"}}
    return " ".join(str(port) if name == "port" else f"{name}:{port}" for name, port in known.items())


def _restarts(row: Row) -> str:
    return f"{row.restarts} ({row.last_end})" if row.restarts and row.last_end else str(row.restarts or "")


def _alive(row: Row) -> bool:
    return not row.own or (row.process is not None and row.process.alive)


def _memory(row: Row) -> int | None:
    return row.process.memory() >> 20 if row.own and row.process is not None and row.process.alive else None
