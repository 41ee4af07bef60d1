"""The only place of intake where adapters meet handlers."""

from pathlib import Path

from chassis.application import Service
from chassis.objects import FolderObjects, ObjectStore
from chassis.runtime import Runtime
from services.intake.adapters.doomed import DoomedUntilCommitted, deleting
from services.intake.adapters.limiter import TokenBuckets
from services.intake.adapters.pages import CaseRows
from services.intake.adapters.regimes import PolicyRegimes
from services.intake.adapters.rows import AdvisoryTurns, LookRows, OutboxTraces, RowCounter
from services.intake.adapters.similar import LikenessRows
from services.intake.adapters.tables import STORES, metadata
from services.intake.adapters.vault import RingVault
from services.intake.application.handlers import answers, commands, queries, reaction_table

MIGRATIONS = Path(__file__).parent / "migrations"


def build(runtime: Runtime, objects: ObjectStore | None = None) -> Service:
    """Raises PolicyError. Attachments lie in the data folder, unless another store is given."""
    kept = objects or FolderObjects(runtime.settings.data_dir / "attachments")
    return Service(
        name="intake",
        metadata=metadata,
        stores=STORES,
        commands=commands,
        queries=queries,
        reactions=reaction_table,
        answers=answers,
        hears=("dispatch", "sla"),
        dependencies={
            "regimes": PolicyRegimes(runtime.settings.policies_dir),
            "vault": RingVault(runtime.keys),
            "case_counter": RowCounter(),
            "similar_cases": LikenessRows(),
            "turns": AdvisoryTurns(),
            "looks": LookRows(),
            "traces": OutboxTraces(),
            "case_pages": CaseRows(),
            "limiter": TokenBuckets(),
            "objects": kept,
            "files": DoomedUntilCommitted(kept),
        },
        jobs=(deleting(kept),),
    )
