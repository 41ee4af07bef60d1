"""The only place of intake where adapters meet handlers."""

from collections.abc import Iterator
from pathlib import Path

from chassis.application import Service
from chassis.audit.job import PeriodicAudit
from chassis.objects import FolderObjects, ObjectStore
from chassis.process.waiting import Store
from chassis.runtime import Runtime
from chassis.scanner import ClamdScanner, NoScanner
from chassis.settings import Settings, shown
from chassis.transfers import NoTransfers, Transfers
from services.intake.adapters.auditing import AUDITED, HEARS
from services.intake.adapters.call_pages import CallRows
from services.intake.adapters.clues import ClueRows
from services.intake.adapters.doomed import DoomedUntilCommitted, deleting
from services.intake.adapters.experts import ExpertRows
from services.intake.adapters.limiter import TokenBuckets
from services.intake.adapters.mass_events import MassEventRows
from services.intake.adapters.open_items import OpenRows, ShiftRows
from services.intake.adapters.pages import CaseRows
from services.intake.adapters.partners import CitizenCaseRows
from services.intake.adapters.regimes import PolicyRegimes
from services.intake.adapters.restrictions import RestrictionRows
from services.intake.adapters.rows import AdvisoryTurns, LookRows, OutboxTraces, RowCounter
from services.intake.adapters.similar import LikenessRows
from services.intake.adapters.sweeping import sweeping
from services.intake.adapters.tables import STORES, metadata
from services.intake.adapters.uploads import UploadRows
from services.intake.adapters.vault import RingVault
from services.intake.application.handlers import answers, commands, queries, reaction_table

MIGRATIONS = Path(__file__).parent / "migrations"


def build(runtime: Runtime, objects: ObjectStore | None = None) -> Service:
    """Raises PolicyError. Attachments lie in the data folder, unless another store is set or given."""
    settings = runtime.settings
    kept, transfers = _store(settings)
    kept = objects or kept
    return Service(
        name="intake",
        metadata=metadata,
        stores=STORES,
        commands=commands,
        queries=queries,
        reactions=reaction_table,
        answers=answers,
        hears=HEARS,
        dependencies={
            "regimes": PolicyRegimes(runtime.settings.policies_dir),
            "vault": RingVault(runtime.keys),
            "case_counter": RowCounter(),
            "similar_cases": LikenessRows(),
            "turns": AdvisoryTurns(),
            "looks": LookRows(),
            "traces": OutboxTraces(),
            "case_pages": CaseRows(),
            "call_pages": CallRows(),
            "clue_pages": ClueRows(),
            "restriction_pages": RestrictionRows(),
            "hotline_matters": CitizenCaseRows(),
            "expert_rows": ExpertRows(),
            "limiter": TokenBuckets(),
            "objects": kept,
            "files": DoomedUntilCommitted(kept, transfers),
            "transfers": transfers,
            "audited": AUDITED,
            "uploads": UploadRows(),
            "mass_events": MassEventRows(),
            "open_items": OpenRows(),
            "shift_rows": ShiftRows(),
            "scanner": ClamdScanner.at(settings.scanner_url) if settings.scanner_url else NoScanner(),
        },
        jobs=(
            deleting(kept),
            PeriodicAudit().job,
            sweeping(kept, quarantine_days=settings.quarantine_days, kept_days=settings.attachments_kept_days),
        ),
    )


def external_stores(settings: Settings) -> Iterator[Store]:
    """What a worker names at its start while it is away."""
    if settings.objects_url:
        from chassis.s3 import Address, S3Objects

        store = S3Objects(Address.parse(settings.objects_url), encrypted=settings.objects_encryption)
        yield Store("MinIO", shown(settings.objects_url), "HUYING_OBJECTS_URL", store.prepare)


def _store(settings: Settings) -> tuple[ObjectStore, Transfers]:
    """Asks nobody yet: a store that is away stops no start."""
    if not settings.objects_url:
        return FolderObjects(settings.data_dir / "attachments"), NoTransfers()
    from chassis.s3 import Address, S3Objects

    public = Address.parse(settings.objects_public_url) if settings.objects_public_url else None
    store = S3Objects(Address.parse(settings.objects_url), public=public, encrypted=settings.objects_encryption)
    return store, store
