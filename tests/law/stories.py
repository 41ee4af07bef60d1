"""What others tell sla in the life of one case: each event, when it happens, and when it is heard."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from tests.law.clocks import Happened
from tests.law.files import CaseFile
from tests.law.moments import SECOND, moment, some_time_later, to_utc
from tests.law.worlds import World

CASE = "c1"
INSTANT = {
    "intake.case_accepted": "accepted_at",
    "intake.case_withdrawn": "withdrawn_at",
    "intake.case_joined": "joined_at",
    "intake.case_closed": "closed_at",
    "intake.case_replied": "replied_at",
    "intake.case_rated": "rated_at",
    "intake.call_recorded": "ended_at",
    "intake.call_back_ended": "ended_at",
    "dispatch.work_order_dispatched": "dispatched_at",
    "dispatch.assignment_signed": "signed_at",
    "dispatch.citizen_contacted": "contacted_at",
    "dispatch.progress_reported": "reported_at",
    "dispatch.citizen_answered": "answered_at",
    "dispatch.return_requested": "requested_at",
    "dispatch.return_agreed": "agreed_at",
    "dispatch.return_refused": "refused_at",
    "dispatch.assignment_released": "released_at",
    "dispatch.extension_filed": "filed_at",
    "dispatch.extension_granted": "granted_at",
    "dispatch.extension_refused": "refused_at",
    "dispatch.co_reply_submitted": "submitted_at",
    "dispatch.reply_submitted": "submitted_at",
    "dispatch.reply_sent_back": "sent_back_at",
    "dispatch.work_order_completed": "completed_at",
    "dispatch.work_order_ended": "ended_at",
    "dispatch.work_order_recalled": "recalled_at",
    "dispatch.order_handed_over": "handed_over_at",
    "dispatch.hand_over_returned": "returned_at",
    "dispatch.work_order_linked": "linked_at",
    "dispatch.rating_verified": "verified_at",
    "dispatch.end_proposed": "proposed_at",
    "dispatch.end_refused": "refused_at",
    "dispatch.verification_opened": "opened_at",
    "dispatch.redo_ordered": "ordered_at",
    "dispatch.redo_declined": "declined_at",
    "intake.case_corrected": "corrected_at",
    "intake.case_limit_set": "set_at",
    "intake.case_limit_lifted": "lifted_at",
    "dispatch.work_order_corrected": "corrected_at",
    "dispatch.dispute_opened": "opened_at",
    "dispatch.dispute_step_begun": "begun_at",
    "dispatch.dispute_step_recorded": "recorded_at",
    "dispatch.dispute_settled": "settled_at",
    "dispatch.supervision_opened": "opened_at",
    "dispatch.supervision_answered": "answered_at",
    "dispatch.supervision_closed": "closed_at",
    "dispatch.force_majeure_recorded": "recorded_at",
    "knowledge.policy_registered": "registered_at",
    "knowledge.article_approved": "approved_at",
    "knowledge.article_questioned": "questioned_at",
    "knowledge.article_expired": "expired_at",
}


@dataclass(frozen=True)
class Heard:
    """One event, and when sla hears of it."""

    at: datetime
    stream: str
    event: Happened


class Story:
    """Told event by event; `file` is the oracle's view of it as if everything were heard at once."""

    def __init__(self, chance: Random, world: World, city: str) -> None:
        self.chance, self.world, self.city = chance, world, city
        self.pack = world.packs[city]
        self.file = CaseFile(self.pack)
        self.began = self.now = moment(chance, self.pack.desk)
        self.heard: list[Heard] = []
        self._last: dict[str, datetime] = {}
        self.punctual = chance.random() < 0.6
        categories, classes, items = world.codes[city]
        self.facts = {
            "category": chance.choice(categories),
            "item": chance.choice(items) if chance.random() < 0.3 else "",
            "emergency_class": chance.choice(classes) if chance.random() < 0.25 else "",
            "explain_only": chance.random() < 0.1,
            "citizen_reachable": chance.random() < 0.85,
        }

    # -- telling -------------------------------------------------------------------------------------------------------

    def tell(self, type: str, at: datetime | None = None, **told: Any) -> None:
        """It happens now, or speaks of what was; one publisher's news of a case or article comes in order."""
        stream = type.partition("_" if type.startswith("knowledge.") else ".")[0]
        subject = {} if type.startswith(("knowledge.", "intake.call_")) else {"case_id": CASE}
        told = {"city": self.city, **subject, INSTANT[type]: to_utc(at or self.now), **told}
        event = Happened(type, at or self.now, told)
        self.file.wait_until(self.now)
        self.file.hear(event)
        late = self.now if self.punctual or self.chance.random() < 0.7 else self.later()
        at = self._last[stream] = max(late, self._last.get(stream, late))
        self.heard.append(Heard(at, stream, event))

    def later(self) -> datetime:
        """A while later, or at an edge of some clock that runs."""
        edges = [e for c in self.file.clocks if not c.is_over for e in self._edges(c.timing)]
        if edges and self.chance.random() < 0.35:
            edge = self.chance.choice(edges) + self.chance.choice((0, 0, 1, -1)) * SECOND
            if edge >= self.now:
                return edge
        return some_time_later(self.now, self.chance, self.pack.desk)

    def _edges(self, timing: Any) -> list[datetime]:
        return [timing.due, timing.warn, *([timing.last_extension] if timing.last_extension else [])]

    def wait(self) -> None:
        self.now = self.later()

    def perhaps(self, likely: float) -> bool:
        return self.chance.random() < likely
