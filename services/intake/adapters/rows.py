"""Counters, turns, looks and traces as rows of intake's database."""

from collections.abc import Sequence
from datetime import date

from chassis.database import direct
from chassis.erasure import WITHOUT_TEXTS
from chassis.privacy import mask
from chassis.work import By, Work
from services.intake.adapters.tables import doomed_table, look_table
from services.intake.domain.calls import Call
from services.intake.domain.case import Case
from services.intake.domain.citizen import Citizen


class RowCounter:
    """One row per city and day: numbers have no gaps, since a transaction that fails gives its number back."""

    def next(self, work: Work, city: str, day: date) -> int:
        ((last,),) = direct.fetch(work.connection, _COUNT, {"city": city, "day": day})
        return int(last)


class AdvisoryTurns:
    """PostgreSQL's advisory locks, released at the end of the transaction."""

    def take(self, work: Work, what: str, *loads: By) -> None:
        if loads:
            work.preload(loads, before=[(_TURN, {"what": what})])
        else:
            direct.run(work.connection, _TURN, {"what": what})


class LookRows:
    def log(
        self, work: Work, *, case: Case, what: str, purpose: str, known: Sequence[str] = (), viewer: str = ""
    ) -> None:
        row = {
            "id": work.new_id(),
            "looked_at": work.now,
            "principal": viewer or work.principal.id,
            "city": case.city,
            "case_id": case.id,
            "citizen_id": case.citizen_id,
            "what": what,
            # A purpose is free text, and people write names and numbers into it.
            "purpose": mask(purpose, known),
        }
        work.write(look_table, row)

    def log_caller(self, work: Work, *, call: Call, purpose: str, known: Sequence[str]) -> None:
        self._log_of(work, call.city, call.citizen_id, f"caller of calls/{call.id}", mask(purpose, known))

    def log_citizen(self, work: Work, *, citizen: Citizen, what: str, purpose: str) -> None:
        self._log_of(work, citizen.city, citizen.id, what, mask(purpose))

    def log_shared(self, work: Work, *, city: str, citizen_id: str, case_id: str, what: str, purpose: str) -> None:
        self._log_of(work, city, citizen_id, f"shared: {what}", mask(purpose), case_id=case_id)

    def log_experts(self, work: Work, *, city: str, case_id: str, experts: Sequence[str]) -> None:
        self._log_of(work, city, "", "experts", f"put through: {', '.join(experts)}", case_id=case_id)

    def _log_of(self, work: Work, city: str, citizen_id: str, what: str, purpose: str, *, case_id: str = "") -> None:
        row = {
            "id": work.new_id(),
            "looked_at": work.now,
            "principal": work.principal.id,
            "city": city,
            "case_id": case_id,
            "citizen_id": citizen_id,
            "what": what,
            "purpose": purpose,
        }
        work.write(look_table, row)


class OutboxTraces:
    def wipe(self, work: Work, case_ids: Sequence[str]) -> None:
        for statement in (_WIPE, _UNLIKE):
            direct.run(work.connection, statement, {"cases": list(case_ids)})

    def doom(self, work: Work, keys: Sequence[str]) -> None:
        for key in keys:
            work.write(doomed_table, {"key": key, "doomed_at": work.now})


_COUNT = (
    "insert into case_counter as c (city, day, last) values (%(city)s, %(day)s, 1) "
    "on conflict (city, day) do update set last = c.last + 1 returning last"
)
_TURN = "select pg_advisory_xact_lock(hashtextextended(%(what)s, 0))"
# Its keys are made of the words of a text, of which a patient reader could make the text.
_UNLIKE = "delete from likeness where case_id = any(%(cases)s)"
_WIPE = f"update outbox set envelope = {WITHOUT_TEXTS} where subject = any(%(cases)s)"
