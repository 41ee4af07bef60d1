"""What clocks watch that belongs to no case: a policy that wants its article, an article in doubt, a missed call."""

from tests.law.moments import to_utc
from tests.law.stories import Story


def policy(told: Story) -> None:
    effective = told.later() if told.perhaps(0.7) else told.now
    named = {"policy_id": "p1", "unit": "u1"}
    told.tell("knowledge.policy_registered", effective_at=to_utc(effective), **named)
    if told.perhaps(0.8):
        told.now = max(told.now, told.later())
        told.tell("knowledge.article_approved", article_id="a1", **named)


def call(told: Story) -> None:
    told.tell("intake.call_recorded", call_id="l1", pack=told.pack.ref, call_back=told.perhaps(0.8))
    if told.perhaps(0.8):
        told.wait()
        told.tell("intake.call_back_ended", call_id="l1")


def article(told: Story) -> None:
    """Doubted once or twice, then corrected or taken out; sometimes the correction explains a policy too."""
    named = {"article_id": "a1", "unit": "u1"}
    for _ in range(told.chance.randint(1, 2)):
        told.tell("knowledge.article_questioned", **named)
        told.wait()
    if told.perhaps(0.6):
        told.tell("knowledge.article_approved", policy_id="", **named)
    elif told.perhaps(0.7):
        told.tell("knowledge.article_expired", **named)
