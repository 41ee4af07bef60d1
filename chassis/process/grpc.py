"""The role `grpc`: one service's gRPC port. Never imports eventlet."""

import argparse
from concurrent.futures import TimeoutError as TooLong
from importlib import import_module

from chassis.events.waking import Waker
from chassis.grpckit.server import GrpcServer, Served, Tls, create_server
from chassis.process import Program
from chassis.process.asking import asked_over_rabbit
from chassis.process.parts import Life, now_ready
from chassis.process.parts import run as run_role
from chassis.process.watchdog import guard
from chassis.tokens import TokenSigner

STOP_SECONDS = 6.0
# Longer than any call may take with all its repeats: then no thread has come free, and none will.
HUNG_AFTER_SECONDS = 60.0


def run(program: Program, _given: argparse.Namespace) -> int:
    return run_role(program, "grpc", serve)


def serve(life: Life) -> int:
    signer = TokenSigner.load_or_create(life.settings.data_dir)
    with asked_over_rabbit(life.settings) as questions:
        runtime = life.runtime(questions)
        waker = Waker(runtime.engine.url, runtime.name)
        runtime.wake = waker.wake
        descriptor = import_module(life.program.contract).DESCRIPTOR.services_by_name
        served = Served(descriptor[f"{life.program.name.capitalize()}Service"], runtime)
        given = life.settings
        tls = Tls(given.tls_certificate, given.tls_key) if given.tls_certificate and given.tls_key else None
        server = create_server([served], signer.verifier, host=given.host, port=given.grpc_port, tls=tls)
        guard(lambda: answers(server), life.stopping, what="grpc")
        server.start()
        now_ready(life, grpc_port=server.port)
        life.stopping.wait()
        server.stop(STOP_SECONDS)
        waker.close()
        runtime.engine.dispose()
    return 0


def answers(server: GrpcServer) -> bool:
    """Whether one of the threads comes free in time."""
    try:
        server.pool.submit(lambda: None).result(HUNG_AFTER_SECONDS)
    except TooLong:
        return False
    except RuntimeError:  # the pool is closing
        return True
    return True
