"""Schedule after schedule on the same ground: load and faults together, then quiet, then the verdict."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from chassis.clock import WallClock, uuid7
from chassis.process.asking import asked_over_rabbit
from chassis.questions import Questions
from chassis.settings import Settings
from tests.chaos.faults import Faults, Outcome, calm
from tests.chaos.ground import Ground
from tests.chaos.journal import Line
from tests.chaos.load import Caller, Load
from tests.chaos.schedule import Fault, Schedule
from tests.chaos.tap import Tap
from tests.chaos.verdict import Judge

WARM_UP = 12
LOOK_SECONDS = 0.01
NUMBERS = 10_000
"""Callers of one schedule; each has a telephone of their own."""
Say = Callable[[str], object]


@dataclass
class Run:
    """One ground, its callers and its judge."""

    ground: Ground
    judge: Judge
    caller: Caller

    def carry_out(self, schedule: Schedule, say: Say) -> Line:
        begun, since = time.monotonic(), WallClock().now()
        self.caller.unsure.clear()
        load = Load(self.ground, self.caller, (schedule.number + 1) * NUMBERS, schedule.cases)
        load.start()
        outcomes = list(self._outcomes(schedule.faults, load, say))
        say("last cases")
        load.join()
        self.ground.replicas.await_ready()
        say("quiet")
        verdict = self.judge.judge(load, since)
        mended = self.ground.replicas.said("sent_again")
        verdict.add_mended(mended)
        return Line(
            seed=schedule.seed,
            number=schedule.number,
            cases=verdict.cases,
            faults=[str(fault) for fault in schedule.faults],
            delays=[(outcome.fault, outcome.seconds) for outcome in outcomes],
            hits=[outcome.hit for outcome in outcomes if outcome.hit],
            wrong=verdict.wrong,
            events=verdict.events,
            copies=verdict.copies,
            longest_wait=max(load.effects.waits, default=0.0),
            seconds=time.monotonic() - begun,
            unsure=dict(self.caller.unsure),
            ended_by_themselves=self.ground.replicas.ended_by_themselves(),
            sent_again=len(mended),
            repeated=verdict.repeated,
        )

    def _outcomes(self, faults: Sequence[Fault], load: Load, say: Say) -> Iterator[Outcome]:
        doing = Faults(self.ground, load)
        try:
            for fault in faults:
                while len(load.lives) < fault.at and not load.over:
                    time.sleep(LOOK_SECONDS)
                say(str(fault))
                yield doing.carry_out(fault)
        finally:
            calm(self.ground)

    def warm_up(self) -> None:
        """Cases in peace: what every case must have."""
        since = WallClock().now()
        load = Load(self.ground, self.caller, 0, WARM_UP)
        load.enough.set()
        load.start()
        load.join()
        verdict = self.judge.judge(load, since)
        assert verdict.clean, f"not even in peace: {verdict.wrong}"
        self.judge.learn([life.case.rpartition("/")[2] for life in load.done])


@contextmanager
def running(ground: Ground, say: Say) -> Iterator[Run]:
    """Ready for schedules."""
    settings = Settings(amqp_url=ground.amqp_url, data_dir=ground.folder / "data")
    tap = Tap(ground.amqp_url)
    caller = Caller(ground.addresses(), ground.signer, uuid7()[:13])
    try:
        with asked_over_rabbit(settings) as questions:
            run = Run(ground, _judge(questions, ground, tap), caller)
            say("warming up")
            run.warm_up()
            yield run
    finally:
        caller.close()


def _judge(questions: Questions, ground: Ground, tap: Tap) -> Judge:
    return Judge(questions, ground.books, tap)
