"""The embedded provider: prints a message and records it, and refuses a reference that it already knows."""

from collections.abc import Mapping, Sequence

import msgspec
import sqlalchemy as sa
import structlog

from chassis.telemetry import tracing
from services.notify.application.ports import Outgoing
from services.notify.domain.message import Knowledge, Medium

log = structlog.get_logger()


class Recorder:
    """Stands for an SMS gateway or an exchange: it commits on its own, whatever becomes of its caller."""

    def __init__(self, name: str, medium: Medium) -> None:
        self.name, self.medium = name, medium
        self._engine: sa.Engine | None = None

    def use(self, engine: sa.Engine) -> None:
        """Where the records are kept."""
        self._engine = engine

    def hand_over(self, batch: Sequence[Outgoing]) -> Mapping[str, Knowledge]:
        rows = [self._row(outgoing) for outgoing in batch]
        with self._database.begin() as connection:
            given = {"rows": msgspec.json.encode(rows).decode()}
            new = {reference for reference, refusals in connection.execute(_RECORD, given) if refusals == 0}
        for outgoing in batch:
            told = tracing.named(outgoing.trace, outgoing.subject)
            log.info("sent", provider=self.name, reference=outgoing.reference, text=outgoing.text, **told)
        return {o.reference: Knowledge.DELIVERED if o.reference in new else Knowledge.FAILED for o in batch}

    def know(self, references: Sequence[str]) -> Mapping[str, Knowledge]:
        with self._database.begin() as connection:
            known = set(connection.execute(_KNOWN, {"references": list(references)}).scalars())
        return {r: Knowledge.DELIVERED if r in known else Knowledge.NEVER_SEEN for r in references}

    def _row(self, sent: Outgoing) -> dict[str, str]:
        return {
            "reference": sent.reference,
            "provider": self.name,
            "number_ends_in": sent.to[-2:],
            "text": sent.text,
        }

    @property
    def _database(self) -> sa.Engine:
        assert self._engine is not None, "the recorder has no database yet"
        return self._engine


_RECORD = sa.text(
    "insert into recorded as r (reference, provider, number_ends_in, text) "
    "select n.reference, n.provider, n.number_ends_in, n.text from jsonb_to_recordset(cast(:rows as jsonb)) "
    "as n(reference text, provider text, number_ends_in text, text text) order by n.reference "
    "on conflict (reference) do update set refusals = r.refusals + 1 returning reference, refusals"
)
_KNOWN = sa.text("select reference from recorded where reference = any(:references)")
