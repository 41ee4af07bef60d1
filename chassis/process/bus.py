"""The role `bus`: events and questions over RabbitMQ, with nameko. The only role that lives with eventlet."""

# ruff: noqa: E402 - the patches come before everything else
from chassis.rabbit import green

green.patch()

import argparse
from collections.abc import Callable, Sequence
from functools import partial

from chassis.events import topology
from chassis.events.envelope import Envelope
from chassis.events.receiver import Receiver
from chassis.events.waking import Waker
from chassis.process import Program
from chassis.process.asking import asked_over_rabbit
from chassis.process.parts import Life, now_ready
from chassis.process.parts import run as run_role
from chassis.process.waiting import declare_all
from chassis.rabbit.nameko_app import run as run_nameko
from chassis.telemetry import metrics
from chassis.tokens import PassSigner, TokenSigner


def run(program: Program, _given: argparse.Namespace) -> int:
    return run_role(program, "bus", serve)


def serve(life: Life) -> int:
    settings, known = life.settings, topology.load()
    passes = PassSigner.load_or_create(settings.data_dir)
    verifier = TokenSigner.load_or_create(settings.data_dir).verifier
    with asked_over_rabbit(settings) as questions:
        runtime = life.runtime(questions)
        waker = Waker(runtime.engine.url, runtime.name)
        runtime.wake = waker.wake
        life.await_rabbit(partial(declare_all, settings))
        receiver = MeasuredReceiver(runtime, known)
        run_nameko(
            runtime, receiver, known, settings, verifier.with_services(passes.public_key),
            ready=partial(now_ready, life), stop=life.stopping,
        )  # fmt: skip
        waker.close()
        runtime.engine.dispose()
    return 0


class MeasuredReceiver(Receiver):
    """Tells how long after its cause each effect came."""

    def receive(self, envelopes: Sequence[Envelope], progress: Callable[[], object] = lambda: None) -> None:
        super().receive(envelopes, progress)
        self._measure(envelopes)

    def receive_whole(self, envelopes: Sequence[Envelope]) -> None:
        super().receive_whole(envelopes)
        self._measure(envelopes)

    def _measure(self, envelopes: Sequence[Envelope]) -> None:
        now = self.runtime.clock.now()
        for envelope in envelopes:
            delay = (now - envelope.occurred_at).total_seconds()
            metrics.DELIVERY_SECONDS.labels(self.runtime.name, envelope.publisher).observe(max(0.0, delay))
