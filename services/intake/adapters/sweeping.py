"""Files that nobody names any more: once a day the whole store is compared with the cases, page by page."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from chassis.application import Job
from chassis.clock import monotonic
from chassis.database import direct
from chassis.due import never
from chassis.objects import Listed, ObjectKeyInvalid, ObjectsRefused, ObjectStore, check_key
from chassis.pipeline import ServiceRuntime
from services.intake.adapters.doomed import QUARANTINE

log = structlog.get_logger()
SWEPT = Counter("huying_intake_swept_files_total", "Files that nobody named, or whose time was over.", ["why"])
LEFT = Counter("huying_intake_left_files_total", "Files that the sweep could not touch, by reason.", ["reason"])
EVERY_SECONDS = 24 * 3600.0
PAGE = 500
# Far longer than anything is on its way: an upload waits an hour at most.
YOUNG = timedelta(days=1)
CLOSED_AT_ONCE = 100


class Sweeper:
    """Goes through the store once a day; where it stands is kept in memory only, for a second look harms nothing."""

    def __init__(self, objects: ObjectStore, *, quarantine_days: int, kept_days: int, page: int = PAGE) -> None:
        self._objects, self._page = objects, page
        self._quarantined, self._kept = timedelta(days=quarantine_days), timedelta(days=kept_days)
        self._after, self._next_round = "", 0.0
        self._left: set[str] = set()
        """The reasons that were told of in this round: a foreign folder may hold a million files."""

    @property
    def job(self) -> Job:
        # Never due in a simulation: what lies in a store is as old as the machine says.
        return Job("sweep_files", self.run, every_seconds=60.0, next_due=never)

    def run(self, runtime: ServiceRuntime) -> int:
        """One page; how many files it looked at, so that the next page follows at once."""
        if monotonic() < self._next_round:
            return 0
        if not self._after:
            self._let_go(runtime)
            self._left.clear()
        page = self._objects.listed(after=self._after, limit=self._page)
        self._sweep(runtime, page)
        self._after = page[-1].key if len(page) == self._page else ""
        if not self._after:
            self._next_round = monotonic() + EVERY_SECONDS
        return len(page) if self._after else 0

    def _sweep(self, runtime: ServiceRuntime, page: Sequence[Listed]) -> None:
        now = runtime.clock.now()
        quarantined = [f.key for f in page if f.key.startswith(f"{QUARANTINE}/")]
        for key in self._of_erased(runtime, quarantined):
            self._touch(key, "erased", self._objects.delete)
        old = [f for f in page if now - f.modified_at > YOUNG]
        self._delete(old, "incoming", now - YOUNG)
        self._delete(old, QUARANTINE, now - self._quarantined)
        kept = [f.key for f in old if f.key.split("/")[0] not in ("incoming", QUARANTINE)]
        for key in self._orphans(runtime, [key for key in kept if self._touch(key, "", _to_quarantine)]):
            # Not deleted at once: after the return of an older backup they are all that is left of those cases.
            if self._touch(key, "orphan", lambda key: self._objects.move(key, _to_quarantine(key))):
                log.warning("orphan_quarantined", key=key)

    def _delete(self, files: Sequence[Listed], place: str, before: datetime) -> None:
        for file in files:
            if file.key.startswith(f"{place}/") and file.modified_at < before:
                self._touch(file.key, place, self._objects.delete)

    def _touch(self, key: str, why: str, do: Callable[[str], object]) -> bool:
        """Whether it could be done: a file of somebody else, or one that the store holds fast, stops no other."""
        try:
            do(key)
        except (ObjectKeyInvalid, ObjectsRefused) as fault:
            LEFT.labels(fault.reason).inc()
            if fault.reason not in self._left:
                self._left.add(fault.reason)
                log.warning("file_left_by_sweep", reason=fault.reason, first=key)
            return False
        if why:
            SWEPT.labels(why).inc()
        return True

    def _of_erased(self, runtime: ServiceRuntime, keys: Sequence[str]) -> list[str]:
        """What of an erased citizen's cases had failed its checks: quarantine/<reason>/<city>/<case>/<file>."""
        of = {key: key.split("/")[3] for key in keys if key.count("/") == 4}
        if not of:
            return []
        with runtime.engine.connect() as connection:
            erased = {id for (id,) in direct.fetch(connection, _ERASED, {"cases": sorted(set(of.values()))})}
        return [key for key, case in of.items() if case in erased]

    def _orphans(self, runtime: ServiceRuntime, keys: Sequence[str]) -> list[str]:
        if not keys:
            return []
        cases = sorted({key.split("/")[1] for key in keys if key.count("/") == 2})
        with runtime.engine.connect() as connection:
            known = {key for (key,) in direct.fetch(connection, _NAMED, {"cases": cases, "keys": list(keys)})}
        return [key for key in keys if key not in known]

    def _let_go(self, runtime: ServiceRuntime) -> None:
        """Files of cases that were closed long ago (decisions 27, 28: five years) are written down to be deleted."""
        before = runtime.clock.now() - self._kept
        forgotten = 1
        while forgotten:
            values = {"before": before, "now": runtime.clock.now(), "at_once": CLOSED_AT_ONCE}
            forgotten = runtime.in_work(lambda work, v=values: len(direct.fetch(work.connection, _LET_GO, v)))  # type: ignore[misc]
            SWEPT.labels("retention").inc(forgotten)


def sweeping(objects: ObjectStore, *, quarantine_days: int, kept_days: int) -> Job:
    return Sweeper(objects, quarantine_days=quarantine_days, kept_days=kept_days).job


def _to_quarantine(key: str) -> str:
    """Raises ObjectKeyInvalid for a key that we cannot have made."""
    return check_key(f"{QUARANTINE}/orphan/{key}")


_ERASED = "select id from case_file where id = any(%(cases)s) and (body->>'erased')::boolean"
_NAMED = (
    "select city || '/' || id || '/' || (a->>'id') from case_file, jsonb_array_elements(body->'attachments') a "
    "where id = any(%(cases)s) union all select key from doomed_file where key = any(%(keys)s)"
)
_LET_GO = """
with old as (
    select id, city, body->'attachments' as files from case_file
    where body->'attachments' <> '[]'::jsonb and (body->>'closed_at')::timestamptz < %(before)s
    and state not in ('accepted', 'in_handling', 'replied')
    order by id limit %(at_once)s for update skip locked
), gone as (
    update case_file c set body = jsonb_set(c.body, '{attachments}', '[]'), version = c.version + 1
    from old where c.id = old.id returning c.id
)
insert into doomed_file (key, doomed_at)
select city || '/' || id || '/' || (f->>'id'), %(now)s from old join gone using (id), jsonb_array_elements(files) f
on conflict do nothing returning key
"""
