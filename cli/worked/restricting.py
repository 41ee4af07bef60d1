"""What is asked of intake.yaml about numbers that are kept from the telephone."""

from datetime import timedelta

from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench
from services.intake.domain import calls, restriction
from services.intake.domain.calls import Call
from services.intake.domain.citizen import Citizen
from services.intake.domain.restriction import Grounds


def _call(bench: Bench) -> Call:
    return Call(
        id="call-1", city=bench.city.code, pack=bench.ref, source="1", line="12345",
        direction=calls.Direction.INBOUND, outcome=calls.Outcome.ANSWERED, seat="A07", citizen_id="citizen-1",
        citizen_key=b"", number_known=True, queued_at=NOW, answered_at=NOW, ended_at=NOW, recorded_at=NOW,
    )  # fmt: skip


@asks("intake.restrictions")
def restricted(bench: Bench, *, ground: str, hours: int, seen_after: int = 0) -> Found:
    """One call of a caller, whom a supervisor restricts for so many hours; how it stands so many hours later."""
    citizen = Citizen("citizen-1", bench.city.code, b"", b"", phone_hash="hash")
    one, told = restriction.restrict(
        citizen, bench.intake, Grounds(ground, "", [_call(bench)]), [],
        id="restriction-1", pack_name=bench.ref, ends_at=NOW + timedelta(hours=hours), by="supervisor-1", now=NOW,
    )  # fmt: skip
    return {
        "state": str(one.state_at(NOW + timedelta(hours=seen_after))),
        "reason": getattr(told, "reason", ""),
        "cited": getattr(told, "cited", ""),
        "complain_to": getattr(told, "appeal", ""),
        "basis": [one.basis],
    }
