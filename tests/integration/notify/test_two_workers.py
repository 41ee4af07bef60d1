"""Two workers of notify: no message is handed over twice, whoever claims it."""

from collections import Counter

from tests.integration.notify.conftest import Desk, Provider
from tests.replicas import at_once, second


def test_two_workers_hand_each_message_over_once(desk: Desk) -> None:
    provider = Provider("first")
    desk.use(provider)
    for number in range(60):
        desk.accepted(f"case-{number}")
    jobs = {job.name: job.run for job in desk.runtime.service.jobs}
    other = second(desk.runtime)
    at_once(jobs["hand_over"], [desk.runtime, other])
    at_once(jobs["ask_providers"], [desk.runtime, other])
    at_once(jobs["climb"], [desk.runtime, other])
    other.engine.dispose()
    handed = Counter(outgoing.reference for outgoing in provider.sent)
    assert len(handed) == 60
    assert set(handed.values()) == {1}
    assert Counter(str(m.state) for m in desk.messages()) == {"delivered": 60}
