"""Stock nameko, the yardstick: `python -m tests.load.stack.stock serve|dispatch|ask …`, in processes of its own.

The service is what nameko's own documentation shows: @event_handler and @rpc with nameko's settings as they come. One
handler writes a row for each event into PostgreSQL, one transaction each, on a connection of its worker; one does
nothing. Events come by nameko's own dispatcher, which waits for the broker's confirm of each. There is no outbox, no
order, and an event whose handler fails is lost: what our delivery does beyond it comes on our side of the comparison.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence

EFFECTS = "create table if not exists effect (run text, number integer, body text)"
_ROW = "insert into effect (run, number, body) values (%s, %s, %s)"


def serve(broker: str, database: str) -> None:
    """A service with both handlers and an RPC that answers what it was asked."""
    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"  # else one worker's row would stop the nine others
    import eventlet

    eventlet.monkey_patch()
    import psycopg
    from nameko.events import event_handler
    from nameko.rpc import rpc
    from nameko.runners import ServiceRunner

    free: list[psycopg.Connection[tuple[object, ...]]] = []
    handled: dict[str, int] = {}

    class Partner:
        name = "partner"

        @event_handler("stock", "row_wanted")  # type: ignore[untyped-decorator]
        def write(self, event: dict[str, object]) -> None:
            connection = free.pop() if free else psycopg.connect(database, autocommit=True, prepare_threshold=0)
            connection.execute(_ROW, [event["run"], event["number"], event["body"]])
            free.append(connection)

        @event_handler("stock", "nothing_wanted")  # type: ignore[untyped-decorator]
        def ignore(self, event: dict[str, object]) -> None:
            run = str(event["run"])
            handled[run] = handled.get(run, 0) + 1
            if handled[run] == event["of"]:
                print(json.dumps({"run": run, "at": time.time()}), flush=True)

        @rpc  # type: ignore[untyped-decorator]
        def echo(self, value: object) -> object:
            return value

    runner = ServiceRunner({"AMQP_URI": broker})
    runner.add_service(Partner)
    runner.start()
    print("ready", flush=True)
    runner.wait()


def dispatch(broker: str, type: str, run: str, number: str, rate: str, body: str) -> None:
    """Dispatches so many events, at a rate or as fast as it goes (0); prints when each was handed over."""
    from nameko.standalone.events import event_dispatcher

    send, of, every = event_dispatcher({"AMQP_URI": broker}), int(number), 1 / float(rate) if float(rate) else 0.0
    sent, begun = [], time.time()
    for n in range(of):
        if (early := begun + n * every - time.time()) > 0 and every:
            time.sleep(early)
        sent.append(time.time())
        send("stock", type, {"run": run, "number": n, "of": of, "body": body})
    print(json.dumps(sent), flush=True)


def ask(broker: str, askers: str, seconds: str) -> None:
    """Calls as fast as so many threads can, each on a proxy of its own; prints how long each took."""
    from concurrent.futures import ThreadPoolExecutor  # not before eventlet's patches in the service

    from nameko.standalone.rpc import ClusterRpcProxy

    until = time.time() + float(seconds)
    took: list[float] = []

    def one() -> None:
        with ClusterRpcProxy({"AMQP_URI": broker}) as cluster:
            cluster.partner.echo(0)
            while time.time() < until:
                started = time.perf_counter()
                cluster.partner.echo({"city": "350100", "kind": "finish", "category": "complaint"})
                took.append(time.perf_counter() - started)

    with ThreadPoolExecutor(int(askers)) as pool:
        for asker in [pool.submit(one) for _ in range(int(askers))]:
            asker.result()
    print(json.dumps(took), flush=True)


_COMMANDS: dict[str, Callable[..., None]] = {"serve": serve, "dispatch": dispatch, "ask": ask}


def main(arguments: Sequence[str]) -> None:
    command, *given = arguments
    _COMMANDS[command](*given)


if __name__ == "__main__":
    main(sys.argv[1:])
