"""Petitions for a platform that runs: whether the right ones answer there is said before anything is sent."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from click.testing import Result
from huying.dispatch.v1 import dispatch_pb2 as dispatch
from huying.dispatch.v1.dispatch_pb2_grpc import DispatchServiceServicer, add_DispatchServiceServicer_to_server
from huying.intake.v1 import intake_pb2 as intake
from huying.intake.v1.intake_pb2_grpc import IntakeServiceServicer, add_IntakeServiceServicer_to_server
from typer.testing import CliRunner

from chassis.grpckit.client import Client
from chassis.tokens import TokenSigner
from cli.main import app
from cli.province import descriptor_of
from cli.replay import sending
from cli.replay.sending import Away, GrpcLine, seat

CASE = "cities/350100/cases/1"
NOBODY = "127.0.0.1:1"


class Intake(IntakeServiceServicer):
    def __init__(self) -> None:
        self.heard: list[str] = []

    def RegisterCase(self, request: Any, context: Any) -> Any:
        self.heard.append(request.text)
        return intake.RegisterCaseResponse(case=intake.Case(name=CASE))

    def AcceptCase(self, request: Any, context: Any) -> Any:
        return intake.Case(name=request.name)


class Dispatch(DispatchServiceServicer):
    """Its orders cannot be looked up any more after so many looks."""

    def __init__(self, looks: int = 9) -> None:
        self._looks = looks

    def ListWorkOrders(self, request: Any, context: Any) -> Any:
        self._looks -= 1
        if self._looks < 0:
            context.abort(grpc.StatusCode.PERMISSION_DENIED, "not you")
        return dispatch.ListWorkOrdersResponse(work_orders=[dispatch.WorkOrder(case=CASE, why="no rule")])


@contextmanager
def serving(add: Callable[[Any, Any], None], servicer: Any) -> Iterator[str]:
    server = grpc.server(ThreadPoolExecutor(1))
    add(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    server.stop(None).wait()


@pytest.fixture
def replay(tmp_path: Path) -> Callable[[str], Result]:
    file = tmp_path / "petitions.csv"
    file.write_text("number,user,subject,time,text\n1,u,s,2025-03-01,lamp\n")
    given = {"HUYING_DATA_DIR": str(tmp_path / "data"), "HUYING_LANG": "en", "COLUMNS": "400"}
    command = ["replay", str(file), "--time", "now", "--target"]
    return lambda target: CliRunner().invoke(app, [*command, target], env=given)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (NOBODY, f"nothing answers at {NOBODY}"),
        ("127.0.0.1", "should be HOST:PORT"),
        ("a:1,b:2,c:3", "two addresses at most"),
    ],
)
def test_where_nobody_answers_nothing_is_sent(replay: Callable[[str], Result], target: str, said: str) -> None:
    told = replay(target)
    assert (told.exit_code, said in told.stderr) == (2, True), told.output


def test_intake_alone_is_not_enough(replay: Callable[[str], Result]) -> None:
    heard = Intake()
    with serving(add_IntakeServiceServicer_to_server, heard) as address:
        told = replay(address)
    assert (told.exit_code, heard.heard) == (2, [])
    assert "--target INTAKE,DISPATCH" in told.stderr


def test_a_stack_is_reached_at_two_ports(replay: Callable[[str], Result]) -> None:
    heard = Intake()
    with (
        serving(add_IntakeServiceServicer_to_server, heard) as first,
        serving(add_DispatchServiceServicer_to_server, Dispatch()) as second,
    ):
        told = replay(f"{first},{second}")
    assert (told.exit_code, heard.heard) == (0, ["lamp"]), told.output
    assert "sent 1, dispatched 0, queued 1" in told.stdout


def test_orders_that_cannot_be_looked_up_are_told_in_words(replay: Callable[[str], Result]) -> None:
    with (
        serving(add_IntakeServiceServicer_to_server, Intake()) as first,
        serving(add_DispatchServiceServicer_to_server, Dispatch(looks=1)) as second,
    ):
        told = replay(f"{first},{second}")
    assert told.exit_code == 1
    assert "cannot be looked up: PERMISSION_DENIED: not you" in told.stderr


def test_who_does_not_answer_is_waited_for_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HUYING_LANG", "en")
    monkeypatch.setattr(sending, "TOLD_AFTER_SECONDS", 0.0)
    monkeypatch.setattr(sending, "PATIENCE_SECONDS", 0.3)
    with Client(NOBODY, {"intake": descriptor_of("intake")}) as client:
        line = GrpcLine({"intake": client}, TokenSigner.load_or_create(tmp_path), seat("350100"))
        with pytest.raises(Away):
            line.call("intake", "AcceptCase", {"name": CASE})
    assert capsys.readouterr().err.count("intake does not answer") == 1
