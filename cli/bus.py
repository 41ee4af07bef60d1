"""What an operator asks of the bus: how many partitions it has, and another number of them while it runs."""

import time
from typing import Annotated

import typer

from chassis.domain import DomainError
from chassis.events import topology
from chassis.events.envelope import SHARDS
from chassis.settings import Settings, shown
from cli.environment import operating_settings
from cli.speech import AsJson, fail, put, say

bus = typer.Typer(no_args_is_help=True, help="The bus on RabbitMQ 消息总线")
LOOK_SECONDS = 0.5

To = Annotated[int | None, typer.Argument(min=1, max=SHARDS, help="the new number 新的分区数")]
Wait = Annotated[float, typer.Option("--wait", min=0, help="seconds to wait for the old queues 等待旧队列排空的秒数")]


@bus.callback()
def _group() -> None:
    """The bus on RabbitMQ 消息总线"""


@bus.command("partitions")
def partitions(to: To = None, wait: Wait = 60.0, as_json: AsJson = False) -> None:
    """Shows how many queues each consumer has, or changes it while everything runs 查看或更改分区数"""
    settings = operating_settings()
    if not settings.amqp_url:
        raise fail(
            "未设置 HUYING_AMQP_URL：进程内总线没有分区", "HUYING_AMQP_URL is not set: the bus has no partitions"
        )
    try:
        left = _change(settings, to, wait) if to is not None else {}
        now = _now(settings)
    except DomainError as error:
        raise fail(error.message_zh, error.message_en) from None
    if as_json:
        put({"partitions": now, "draining": left})
        return
    where = shown(settings.amqp_url)
    say(f"{where} 每个消费方有 {now or '尚未声明的'} 个分区", f"{where}: {now or 'no'} partitions for each consumer")
    for queue, messages in left.items():
        say(f"  {queue} 仍有 {messages} 条消息待处理", f"  {queue} still has {messages} messages")


def _now(settings: Settings) -> int | None:
    from chassis.rabbit.topology import PARTITIONS, declaring

    with declaring(settings.amqp_url) as declarer:
        return declarer.marked(settings.partitions or PARTITIONS)


def _change(settings: Settings, to: int, wait: float) -> dict[str, int]:
    """Answers what is still in the old queues when the waiting is over; their consumers go on in any case."""
    from chassis.rabbit.repartition import change_partitions, left_in

    old = change_partitions(settings.amqp_url, topology.load(), to=to, quorum=settings.quorum_queues)
    until = time.monotonic() + wait
    while (left := left_in(settings.amqp_url, old)) and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
    return left
