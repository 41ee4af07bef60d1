"""The only place of notify where adapters meet handlers."""

from collections.abc import Callable
from pathlib import Path

from chassis.application import Job, Service
from chassis.pipeline import ServiceRuntime
from chassis.runtime import Runtime
from services.notify.adapters import queue
from services.notify.adapters.auditing import AUDITED, HEARS
from services.notify.adapters.contacts import IntakeContacts
from services.notify.adapters.policies import load_book, load_providers
from services.notify.adapters.recorder import Recorder
from services.notify.adapters.tables import STORES, metadata
from services.notify.adapters.views import answers, queries
from services.notify.application import (  # noqa: F401 - they fill the table
    additions,
    alarms,
    appeals,
    circulars,
    corrections,
    disputing,
    leader_reviews,
    levels,
    marks,
    masses,
    more_time,
    proposals,
    restrictions,
    supervisions,
)
from services.notify.application.handlers import commands
from services.notify.application.jobs import Carrier
from services.notify.application.ports import Provider, Providers
from services.notify.application.reactions import reactions
from services.notify.domain.message import Medium

MIGRATIONS = Path(__file__).parent / "migrations"


class UnknownProvider(Exception):
    """policies/notify/providers.yaml names a provider that is not built in."""


def build(runtime: Runtime) -> Service:
    """Raises PolicyError or UnknownProvider."""
    policies = runtime.settings.policies_dir
    book = load_book(policies)
    providers = {medium: [_provider(n, medium) for n in names] for medium, names in load_providers(policies).items()}
    carrier = Carrier(book, Providers(providers), IntakeContacts(runtime.questions), queue.MessageQueue())
    recorders = [p for group in providers.values() for p in group if isinstance(p, Recorder)]
    return Service(
        name="notify",
        metadata=metadata,
        stores=STORES,
        commands=commands,
        queries=queries,
        reactions=reactions,
        answers=answers,
        hears=HEARS,
        dependencies={"book": book, "audited": AUDITED},
        jobs=(
            Job("hand_over", _recording(carrier.hand_over, recorders), next_due=queue.next_hand_over),
            Job("ask_providers", _recording(carrier.ask, recorders), next_due=queue.next_question),
            Job("climb", carrier.climb, next_due=queue.next_escalation),
        ),
    )


def _provider(name: str, medium: Medium) -> Provider:
    if name in {"recorder", "recorder-voice"}:
        return Recorder(name, medium)
    raise UnknownProvider(name)


def _recording(run: Callable[[ServiceRuntime], int], recorders: list[Recorder]) -> Callable[[ServiceRuntime], int]:
    """The embedded providers keep their records in the database of the service that runs the job."""

    def job(runtime: ServiceRuntime) -> int:
        for recorder in recorders:
            recorder.use(runtime.engine)
        return run(runtime)

    return job
