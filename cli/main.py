"""The program `huying`."""

import typer

from cli import operations
from cli.demo.command import demo
from cli.policy import policy
from cli.replay.command import replay

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Huying 呼应 — 12345 government service hotlines")
app.command()(operations.outbox)
app.add_typer(operations.dead_letters, name="dead-letters")
app.add_typer(policy, name="policy")
app.command()(operations.migrate)
app.command()(operations.token)
app.command()(operations.doctor)
app.command()(replay)
app.command()(demo)


@app.command()
def up() -> None:
    """Serves the embedded province: gRPC, metrics, health 启动"""
    from chassis.settings import Settings
    from cli import up as running

    running.up(Settings())


if __name__ == "__main__":
    app()
