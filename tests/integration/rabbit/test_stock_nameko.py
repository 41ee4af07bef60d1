"""A stock nameko service hears our events, in an eventlet process of its own."""

import json
import subprocess
import sys
from pathlib import Path

from chassis.events.envelope import encode
from tests.integration.rabbit.conftest import Depot, Shop, until

_LISTENER = """
import eventlet; eventlet.monkey_patch()
import json, sys
from nameko.events import event_handler
from nameko.runners import ServiceRunner

class Partner:
    name = "partner"

    @event_handler("shop", "shop.item_added.v1")
    def hear(self, event):
        print(json.dumps(event), flush=True)

runner = ServiceRunner({"AMQP_URI": sys.argv[1]})
runner.add_service(Partner)
runner.start()
print("ready", flush=True)
runner.wait()
"""


def test_a_plain_event_handler_hears_our_events_beside_our_own_consumers(
    depot: Depot, shop: Shop, tmp_path: Path
) -> None:
    heard = tmp_path / "heard"
    with heard.open("wb") as output:
        partner = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _LISTENER, depot.broker], stdout=output, stderr=subprocess.STDOUT
        )
    try:
        until(lambda: "ready" in heard.read_text(), what="the partner")
        shop.opens("case-1")
        sent = [shop.adds(f"item-{number}", "case-1") for number in range(3)]
        shop.publish(sent)
        until(lambda: len(heard.read_text().splitlines()) == 4, what="what the partner hears")
    finally:
        partner.kill()
        partner.wait()
    bodies = [line for line in heard.read_text().splitlines() if line != "ready"]
    assert [json.loads(body) for body in bodies] == [json.loads(encode(event)) for event in sent]
