"""A partner's service with nothing but nameko, on the broker of its argument; prints `ready`, ends with its input."""

import sys
import warnings

warnings.simplefilter("ignore")
import eventlet  # noqa: E402

eventlet.monkey_patch()

from nameko.extensions import DependencyProvider  # noqa: E402
from nameko.rpc import rpc  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402


class Headers(DependencyProvider):
    def get_dependency(self, worker_ctx):
        return dict(worker_ctx.data)


class Partner:
    name = "partner"
    headers = Headers()

    @rpc
    def echo(self, **kwargs):
        return kwargs

    @rpc
    def context(self):
        return self.headers

    @rpc
    def strict(self, *, city):
        return city

    @rpc
    def fail(self, words):
        raise ValueError(words)

    @rpc
    def dawdle(self, seconds):
        eventlet.sleep(seconds)
        return "late"

    @rpc
    def unserialisable(self):
        return object()


runner = ServiceRunner(config={"AMQP_URI": sys.argv[1]})
runner.add_service(Partner)
runner.start()
print("ready", flush=True)
eventlet.hubs.trampoline(sys.stdin, read=True)  # its end; a plain read would stop every green thread
runner.stop()
