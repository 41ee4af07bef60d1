"""A partner's first day: register a case, watch a unit handle it, and rate it, with nothing but the protos.

Start `huying up` in one terminal, then run `python examples/follow_a_case.py` in another; on a stack name the two ports
that `huying stack status` shows: `python examples/follow_a_case.py 127.0.0.1:8021 127.0.0.1:8022`. A real partner gets
tokens from the city; here `huying token` issues development ones.
"""

import subprocess
import sys
import time
import uuid
from datetime import UTC
from zoneinfo import ZoneInfo

import grpc
from huying.dispatch.v1 import dispatch_pb2 as dispatch
from huying.dispatch.v1.dispatch_pb2_grpc import DispatchServiceStub
from huying.intake.v1 import intake_pb2 as intake
from huying.intake.v1.intake_pb2_grpc import IntakeServiceStub

ADDRESSES = sys.argv[1:] or ["127.0.0.1:8012"]
INTAKE, DISPATCH = ADDRESSES[0], ADDRESSES[-1]
CHINA = ZoneInfo("Asia/Shanghai")
CITY, PHONE = "350100", "19900001234"


def token(*roles: str, **who: str) -> list[tuple[str, str]]:
    """The metadata of a call: a bearer token for these roles."""
    options = [f"--role={role}" for role in roles] + [f"--{key}={value}" for key, value in who.items()]
    command = [sys.executable, "-m", "cli.main", "token", f"--city={CITY}", *options]
    issued = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    return [("authorization", f"Bearer {issued}")]


def once() -> str:
    """A request id: send the same one again after a lost answer, and nothing happens twice."""
    return str(uuid.uuid4())


def channel(address: str) -> grpc.Channel:
    """One that is connected; ends the program where nobody is there."""
    opened = grpc.insecure_channel(address)
    try:
        grpc.channel_ready_future(opened).result(timeout=5)
    except grpc.FutureTimeoutError:
        sys.exit(f"nothing answers at {address}: start `huying up`, or name the ports of `huying stack status`")
    return opened


def main() -> None:
    cases = IntakeServiceStub(channel(INTAKE))
    orders = DispatchServiceStub(channel(DISPATCH))
    seat, portal, office = token("agent"), token("portal"), token("dispatcher", "supervisor")

    registered = cases.RegisterCase(
        intake.RegisterCaseRequest(
            request_id=once(),
            city=CITY,
            channel=intake.CHANNEL_PHONE,
            category="complaint",
            item="12",
            subject="路面坑洼",
            text="小区门口的城市道路坑洼，下雨积水，请尽快修补。",
            caller=intake.Caller(name="测试市民", phone=PHONE),
        ),
        metadata=seat,
        timeout=10,
    )
    print("suggestions:", "; ".join(s.title for s in registered.suggestions) or "none")
    case = cases.AcceptCase(
        intake.AcceptCaseRequest(request_id=once(), name=registered.case.name), metadata=seat, timeout=10
    )
    print("accepted:", case.number)

    order = wait_for(lambda: dispatched_order(orders, case.name, office))
    lead = next(a for a in order.assignments if a.role != dispatch.ASSIGNMENT_ROLE_CO)
    print("dispatched to:", lead.unit)
    handle(orders, order.name, lead.name, lead.unit, office)

    progress = wait_for(lambda: replied(cases, case.number, portal))
    for line in progress.lines:
        print(f"  {line.time.ToDatetime(UTC).astimezone(CHINA):%m-%d %H:%M}", line.zh)
    rated = cases.RateCase(
        intake.RateCaseRequest(
            request_id=once(),
            number=case.number,
            phone=PHONE,
            solved=True,
            call_score="very_satisfied",
            handling_score="very_satisfied",
        ),
        metadata=portal,
        timeout=10,
    )
    print("rated:", intake.CaseState.Name(rated.state))


def handle(orders: DispatchServiceStub, order: str, mine: str, of: str, office: list) -> None:
    """What a unit's own system does: sign, contact, answer, reply, its leader approves; then the office reviews it."""
    unit, leader = token("unit", unit=of), token("unit_leader", unit=of)
    orders.SignAssignment(dispatch.SignAssignmentRequest(request_id=once(), name=mine), metadata=unit, timeout=10)
    reveal = dispatch.RevealCitizenContactRequest(name=mine, purpose="首次联系")
    citizen = wait_for(lambda: answered(lambda: orders.RevealCitizenContact(reveal, metadata=unit, timeout=10)))
    print("the unit calls:", citizen.name)
    contact = {"name": mine, "method": "phone", "proof": "call-0001"}
    orders.RecordContact(dispatch.RecordContactRequest(request_id=once(), **contact), metadata=unit, timeout=10)
    orders.AnswerCitizen(dispatch.AnswerCitizenRequest(request_id=once(), **contact), metadata=unit, timeout=10)
    reply = dispatch.SubmitReplyRequest(
        request_id=once(),
        name=mine,
        result="已于当日修补路面并疏通排水口。",
        legal_basis="《城市道路管理条例》第二十三条",
        handler="经办人",
        section="养护科",
        reviewed_by="分管负责人",
        result_kind="solved",
    )
    orders.SubmitReply(reply, metadata=unit, timeout=10)
    wait_for(lambda: approved(orders, order, mine, leader))
    read = dispatch.RevealPassagesRequest(name=order, purpose="审核答复")
    for passage in orders.RevealPassages(read, metadata=office, timeout=10).passages:
        print("the office reads:", passage.kind, passage.text)
    orders.CompleteWorkOrder(
        dispatch.CompleteWorkOrderRequest(request_id=once(), name=order), metadata=office, timeout=10
    )


def approved(orders: DispatchServiceStub, order: str, mine: str, leader: list) -> bool:
    """Not where the order has changed between the look and the approval: one looks again."""
    seen = orders.GetWorkOrder(dispatch.GetWorkOrderRequest(name=order), metadata=leader, timeout=10)
    approval = dispatch.ApproveReplyRequest(request_id=once(), name=mine, version=seen.version)
    try:
        orders.ApproveReply(approval, metadata=leader, timeout=10)
    except grpc.RpcError as error:
        if error.code() != grpc.StatusCode.ABORTED:
            raise
        return False
    return True


def dispatched_order(orders: DispatchServiceStub, case: str, office: list) -> dispatch.WorkOrder | None:
    request = dispatch.ListWorkOrdersRequest(city=CITY, case=case)
    found = orders.ListWorkOrders(request, metadata=office, timeout=10).work_orders
    return found[0] if found and found[0].assignments else None


def replied(cases: IntakeServiceStub, number: str, portal: list) -> intake.Progress | None:
    request = intake.LookUpProgressRequest(number=number, phone=PHONE)
    progress = cases.LookUpProgress(request, metadata=portal, timeout=10)
    return progress if progress.can_rate else None


def answered(ask):
    """Nothing while the platform asks to try again: intake, which opens what is sealed, may hear of a unit later."""
    try:
        return ask()
    except grpc.RpcError as error:
        if error.code() != grpc.StatusCode.UNAVAILABLE:
            raise
        return None


def wait_for(look, seconds: float = 30.0):
    """The platform works by events: what was just done is seen a moment later."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.2)
    raise TimeoutError("nothing happened within the time")


if __name__ == "__main__":
    try:
        main()
    except grpc.RpcError as refused:  # UNIMPLEMENTED: another service answers there; a stack needs both addresses
        sys.exit(f"{refused.code().name}: {refused.details()}")
