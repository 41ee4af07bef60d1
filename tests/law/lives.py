"""Whole lives of a case by chance, in lawful order: here stands who may do what next, and the day is thrown."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.law import duties
from tests.law.moments import SECOND, TWO_CLOCKS, to_utc
from tests.law.office_acts import OfficeActs, Order
from tests.law.stories import Story
from tests.law.worlds import World

# By how much the clock of dispatch's host may be behind that of intake's.
APART = (timedelta(milliseconds=3), SECOND, TWO_CLOCKS, TWO_CLOCKS + timedelta(microseconds=1), 60 * SECOND)


def story(chance: Random, world: World, city: str) -> Story:
    """One case, one policy, one article, or one call."""
    told = Story(chance, world, city)
    lot = told.chance.random()
    if lot < 0.04:
        duties.policy(told)
    elif lot < 0.06:
        duties.call(told)
    elif lot < 0.08:
        duties.article(told)
    else:
        _Case(told).live()
    return told


class _Case(OfficeActs):
    """From acceptance to the end, or to where chance leaves it."""

    def live(self) -> None:
        told = self.told
        self.accept()
        several = 2 if told.perhaps(0.15) else 1
        if told.perhaps(0.1):
            former = self.dispatched_before() if told.perhaps(0.5) else None
            told.wait()
            how = told.chance.choice(("intake.case_withdrawn", "intake.case_closed", "intake.case_joined"))
            self.close(how)
            if former:
                ground = {"intake.case_joined": "joined", "intake.case_withdrawn": "withdrawn"}.get(how, "out_of_scope")
                told.tell("dispatch.work_order_ended", work_order_id=former.id, ground=ground)
            if how != "intake.case_joined" or told.perhaps(0.4):
                return
            told.wait()
            self.accept()  # what it had joined was withdrawn: it goes its own way again
        for number in range(several):
            self.orders.append(Order(f"w{number + 1}"))
            if number == 0 and told.perhaps(0.1):
                self.dispatch(self.orders[-1], at=told.now - told.chance.choice(APART))
                continue
            told.wait()
            if told.perhaps(0.06):
                self.link(self.orders[-1])
                told.wait()
            told.chance.choice((self.dispatch, self.dispatch, self.dispatch, self.begin))(self.orders[-1])
        for _ in range(told.chance.randint(0, 14)):
            order = told.chance.choice(self.orders)
            acts = self.office_acts(order) if told.perhaps(0.25) else self.acts(order)
            if acts:
                told.wait()
                told.chance.choice(acts)(order)

    def dispatched_before(self) -> Order:
        self.told.wait()
        self.orders.append(Order("w0"))
        self.dispatch(self.orders[-1])
        return self.orders[-1]

    def accept(self) -> None:
        told, upstream = self.told, None
        self.over = False
        if told.perhaps(0.15):
            upstream = to_utc(max(told.later(), told.now + 60 * SECOND))
        told.tell("intake.case_accepted", pack=told.pack.ref, upstream_due_at=upstream, **told.facts)

    # -- who may do what -----------------------------------------------------------------------------------------------

    def acts(self, order: Order) -> list[Any]:
        if order.over:
            return []
        if order.completed:
            return self.afterwards(order)
        if order.disputed:
            return self.dispute_acts(order)
        if order.away:
            return [self.come_back, self.come_back, self.end]
        if not order.lead:
            return [self.dispatch, self.dispatch, self.dispatch, self.open_dispute, self.hand_over, self.end]
        found: list[Any] = [self.contact, self.progress, self.answer, self.release_co]
        found += [self.sign, self.sign] if {order.lead, *order.cos} - order.signed else []
        found += [self.recall] if not order.signed else []
        found += [self.decide_return, self.decide_return] if order.returning else []
        found += [self.decide_extension, self.decide_extension] if order.extension else []
        if order.replied_at is not None:
            found += [self.send_back, self.complete, self.complete]
        elif order.lead not in order.returning:
            found += [self.reply, self.reply, self.file_extension] if not order.extension else []
        if {order.lead, *order.cos} - set(order.returning) and order.replied_at is None and not order.extension:
            found.append(self.request_return)
        if order.cos:
            found.append(self.co_reply)
        if order.proposed:
            found += [self.refuse_end, self.end]
        elif order.replied_at is None and order.lead not in order.returning and self.told.perhaps(0.3):
            found.append(self.propose_end)
        return [*found, self.end, self.open_dispute] if self.told.perhaps(0.2) else found

    def afterwards(self, order: Order) -> list[Any]:
        if order.verifying:
            return [self.verify, self.redo, self.decline]
        return [self.rate, self.open_verification, self.redo, self.close_case]

    # -- dispatch ------------------------------------------------------------------------------------------------------

    def dispatch(self, order: Order, at: datetime | None = None) -> None:
        told = self.told
        order.occurrence += 1
        order.lead = self.next_assignment()
        new = {order.lead: told.chance.choice(("lead", "lead", "fallback_lead"))}
        if not order.cos and told.perhaps(0.35):
            order.cos = [self.next_assignment() for _ in range(told.chance.randint(1, 2))]
            new |= dict.fromkeys(order.cos, "co")
        order.roles |= new
        order.replied_at = order.answered_at = None
        told.tell(
            "dispatch.work_order_dispatched",
            at,
            pack=told.pack.ref,
            work_order_id=order.id,
            round=order.round,
            occurrence=order.occurrence,
            assignments=[{"assignment_id": id, "unit": f"u-{id}", "role": role} for id, role in new.items()],
            **told.facts,
        )

    def sign(self, order: Order) -> None:
        who = self.told.chance.choice(sorted({order.lead, *order.cos} - order.signed))
        order.signed.add(who)
        self.unit(
            "assignment_signed",
            order,
            who,
            role=order.roles[who],
            citizen_reachable=self.told.facts["citizen_reachable"],
        )

    def contact(self, order: Order) -> None:
        self.unit("citizen_contacted", order, order.lead)

    def progress(self, order: Order) -> None:
        self.unit("progress_reported", order, order.lead)

    def answer(self, order: Order) -> None:
        order.answered_at = self.told.now
        self.unit("citizen_answered", order, order.lead)

    def co_reply(self, order: Order) -> None:
        self.unit("co_reply_submitted", order, self.told.chance.choice(order.cos))

    def request_return(self, order: Order) -> None:
        who = self.told.chance.choice(sorted({order.lead, *order.cos} - set(order.returning)))
        order.returning[who] = self.told.perhaps(0.3)
        order.kind = self.told.chance.choice(("not_ours", "not_ours", "out_of_scope"))
        told = {"role": order.roles[who], "kind": order.kind, "late": order.returning[who]}
        self.unit("return_requested", order, who, occurrence=order.occurrence, **told)

    def decide_return(self, order: Order) -> None:
        who = self.told.chance.choice(sorted(order.returning))
        late = order.returning.pop(who)
        if self.told.perhaps(0.4):
            self.unit("return_refused", order, who, ground="own_duty", occurrence=order.occurrence)
            return
        told = {"role": order.roles[who], "kind": order.kind, "late": late}
        self.unit("return_agreed", order, who, occurrence=order.occurrence, **told)
        order.signed.discard(who)
        if who in order.cos:
            order.cos.remove(who)
        else:
            order.lead = order.extension = order.proposed = ""
            order.replied_at = None

    def release_co(self, order: Order) -> None:
        """The dispatcher lets a co-unit go, or gives the order to another lead."""
        who = self.told.chance.choice([order.lead, *order.cos])
        order.returning.pop(who, None)
        order.signed.discard(who)
        self.unit("assignment_released", order, who, why=self.told.chance.choice(("redispatched", "ended")))
        if who in order.cos:
            order.cos.remove(who)
        else:
            order.lead = order.extension = order.proposed = ""
            order.replied_at = None

    def recall(self, order: Order) -> None:
        self.told.tell("dispatch.work_order_recalled", work_order_id=order.id, occurrence=order.occurrence)
        self.nobody_has(order)

    def end(self, order: Order) -> None:
        ground = self.told.chance.choice(("out_of_scope", "withdrawn", "no_further_action"))
        self.told.tell("dispatch.work_order_ended", work_order_id=order.id, ground=ground)
        self.nobody_has(order)
        order.over = True
        if all(o.over for o in self.orders) and self.told.perhaps(0.8):
            self.close("intake.case_withdrawn" if ground == "withdrawn" else "intake.case_closed")

    def propose_end(self, order: Order) -> None:
        """不再办理: by the lead; its clock runs on."""
        order.proposed = order.lead
        self.unit("end_proposed", order, order.lead, round=order.round)

    def refuse_end(self, order: Order) -> None:
        self.unit("end_refused", order, order.proposed, round=order.round)
        order.proposed = ""

    # -- extension, reply, completion ----------------------------------------------------------------------------------

    def file_extension(self, order: Order) -> None:
        """A long cycle is a route of its own."""
        order.extensions += 1
        order.extension, order.route = f"{order.id}-e{order.extensions}", "long_cycle" if self.told.perhaps(0.1) else ""
        how = self.told.chance.choice(("filing", "approval"))
        self._of_extension("filed", order, how=how, working_days=self.told.chance.randint(1, 15))

    def decide_extension(self, order: Order) -> None:
        if self.told.perhaps(0.35):
            self._of_extension("refused", order)
        else:
            self._of_extension("granted", order, working_days=self.told.chance.randint(1, 15))
        order.extension = ""

    def _of_extension(self, what: str, order: Order, **told: Any) -> None:
        named = {"extension_id": order.extension, "route": order.route or "ordinary"}
        self.unit(f"extension_{what}", order, order.lead, **named, **told)

    def reply(self, order: Order) -> None:
        order.replied_at, order.proposed = self.told.now, ""
        self.unit("reply_submitted", order, order.lead, round=order.round, occurrence=order.occurrence)

    def send_back(self, order: Order) -> None:
        order.replied_at = None
        self.unit("reply_sent_back", order, order.lead, round=order.round, occurrence=order.occurrence)

    def complete(self, order: Order) -> None:
        assert order.replied_at is not None
        replied = to_utc(order.replied_at)
        answered = to_utc(order.answered_at or order.replied_at)
        told = {"round": order.round, "replied_at": replied, "answered_at": answered, "handled_as": ""}
        self.unit("work_order_completed", order, order.lead, **told)
        order.completed, order.extension, order.returning = True, "", {}
        if not self.replied and all(o.completed or o.over for o in self.orders):
            self.replied = True
            self.told.now += self.told.chance.choice((0, 1, 60)) * SECOND
            self.told.tell("intake.case_replied", round=order.round)

    # -- afterwards ----------------------------------------------------------------------------------------------------

    def rate(self, order: Order) -> None:
        self.told.tell("intake.case_rated", work_order_id=order.id, round=order.round)

    def open_verification(self, order: Order) -> None:
        order.verifying = True
        self.told.tell("dispatch.verification_opened", work_order_id=order.id, round=order.round)

    def verify(self, order: Order) -> None:
        self.told.tell("dispatch.rating_verified", work_order_id=order.id, round=order.round)

    def redo(self, order: Order) -> None:
        order.round += 1
        order.verifying = order.completed = False
        self.nobody_has(order)
        order.lead = ""
        told = {"work_order_id": order.id, "round": order.round, "ground": "unit_at_fault"}
        self.told.tell("dispatch.redo_ordered", **told)
        self.told.now += self.told.chance.choice((0, 1, 60)) * SECOND
        self.dispatch(order)

    def decline(self, order: Order) -> None:
        order.verifying = False
        told = {"work_order_id": order.id, "round": order.round, "ground": "unreasonable"}
        self.told.tell("dispatch.redo_declined", **told)

    def close_case(self, order: Order) -> None:
        if all(o.completed or o.over for o in self.orders):
            self.close("intake.case_closed")

    def close(self, type: str) -> None:
        self.told.tell(type)
        self.over = True
        for order in self.orders:
            order.over = True
