"""Some weeks of a province in which everybody writes names and numbers into every text that they are asked for."""

import contextlib
import io
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from chassis.packs import load_packs
from chassis.policy import load_cities
from chassis.postgres import EmbeddedPostgres
from cli.demo.cases import Caller, DemoCase, load_cases
from cli.demo.command import _actors
from cli.demo.driver import Driver, Play
from services.dispatch.domain.errors import CitizenHidden
from tests.e2e.conftest import Stage, new_stage, office, seat
from tests.e2e.secrets import Person, person

CASES, PEOPLE = 32, 8
PHOTO = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
# What units, seats and citizens write freely.
FREE = {
    "result",
    "note",
    "reason",
    "basis",
    "legal_basis",
    "evidence",
    "comment",
    "answer",
    "handler",
    "section",
    "reviewed_by",
    "not_filed_reason",
    "filing_number",
    "statement",
    "agreed_by",
    "next_authority",
    "record",
}


class Gossip(Driver):
    """Everybody writes the names and numbers of the case's people into every text that they are asked for."""

    read = 0

    def _call(self, principal: Any, service: str, rpc: str, play: Play, fields: Mapping[str, Any]) -> Any:
        who = play.case.caller.name
        known = next(p for p in map(person, range(PEOPLE)) if p.name == who)
        how = len(play.acts)
        told = {
            key: f"{value}（{known.name} {known.mobile_spelt(how)} {known.identity}）"
            for key, value in fields.items()
            if key in FREE and value
        }
        told |= self._corrected(rpc, known)
        if "proof" in fields:
            told["proof"] = f"{fields['proof']} {known.mobile}"
        answer = super()._call(principal, service, rpc, play, {**fields, **told})
        if rpc == "RegisterCase" and answer is not None:
            self._attach(answer.case.name, known, play)
        if rpc == "AcceptCase" and answer is not None:
            self._supplement(answer.name, known)
        if rpc == "SubmitReply" and answer is not None:
            self._read(principal, str(fields["name"]), known)
        return answer

    def _supplement(self, case: str, known: Person) -> None:
        words = f"我是{known.name}，{known.mobile}，{known.identity}，{known.address}"
        fields = {"request_id": f"supplement-{case[-12:]}", "name": case, "text": words}
        self.platform.call(seat(case.split("/")[1]), "intake", "SupplementCase", fields)

    def _corrected(self, rpc: str, known: Person) -> dict[str, Any]:
        """What a seat adds when it accepts, or says of who is competent when it refuses."""
        spoken = f"（{known.name} {known.mobile} {known.address}）"
        added = {"AcceptCase": {"attributes": {"place": spoken}}, "RefuseCase": {"next_authority": spoken}}
        return added.get(rpc, {})

    def _read(self, unit: Any, assignment: str, known: Person) -> None:
        """What is opened for those who may see it is kept nowhere either."""
        purpose, self.read = f"核对 {known.name} {known.mobile}", self.read + 1
        for who in (unit, office(assignment.split("/")[1])):
            order = {"name": assignment.partition("/assignments/")[0], "purpose": purpose}
            passages = self.platform.call(who, "dispatch", "RevealPassages", order).passages
            assert all(known.name in passage.text for passage in passages)
        with contextlib.suppress(CitizenHidden):
            mine = {"name": assignment, "purpose": purpose}
            assert self.platform.call(unit, "dispatch", "RevealCitizenContact", mine).name == known.name
            assert known.name in self.platform.call(unit, "dispatch", "RevealCitizenText", mine).text

    def _attach(self, case: str, known: Person, play: Play) -> None:
        fields = {"parent": case, "filename": f"{known.name}{known.mobile}.png", "content": PHOTO}
        fields["request_id"] = f"attach-{play.case.key}"
        self.platform.call(seat(play.case.city), "intake", "UploadAttachment", fields)


def written(case: DemoCase, number: int) -> DemoCase:
    """The case with one of our people in all that is said."""
    who = person(number % PEOPLE)
    phone = who.landline_spelt(number) if number % 3 == 0 else who.mobile_spelt(number)
    caller = Caller(name=who.name, phone=phone, address=who.address, identity_number=who.identity)
    subject = f"{case.subject[:80]} {who.mobile_spelt(number + 1)}"
    return case.model_copy(update={"caller": caller, "text": f"{case.text}{who.says(number)}", "subject": subject})


def chosen() -> list[DemoCase]:
    """Cases of all kinds: those with a story first, and what they join."""
    kinds: dict[object, DemoCase] = {}
    for case in load_cases():
        kinds.setdefault(_kind(case), case)
    cases = list(kinds.values())[:CASES]
    keys = {c.key for c in cases} | {c.then.join for c in cases}
    return [written(c, n) for n, c in enumerate(c for c in load_cases() if c.key in keys)]


def _kind(case: DemoCase) -> object:
    place = case.city if case.story.redo or case.story.extend else ""
    return case.then.move, bool(case.emergency_class), frozenset(case.story.model_fields_set), place


@dataclass
class Lived:
    """A province after some weeks of such cases, and everything that it said meanwhile."""

    stage: Stage
    driver: Gossip
    said: str
    folder: Path
    postgres: Path


@contextlib.contextmanager
def lived_weeks(postgres: EmbeddedPostgres, folder: Path) -> Iterator[Lived]:
    cases = chosen()
    said = io.StringIO()
    start = min(c.instant for c in cases) - timedelta(hours=1)
    with new_stage(postgres, folder, start) as stage, everything_said(said):
        cities = load_cities(stage.province.settings.policies_dir)
        actors = _actors(2026, cities, load_packs(stage.province.settings.policies_dir))
        driver = Gossip(stage.province, stage.clock, cases, actors, lambda _: None)
        driver.run(max(c.instant for c in cases) + timedelta(days=16))
        yield Lived(stage, driver, said.getvalue(), folder, postgres.data_dir)


@contextlib.contextmanager
def everything_said(said: io.StringIO) -> Iterator[None]:
    """All that is logged from here on, structured or not."""
    before = structlog.get_config()
    structlog.configure(
        processors=[structlog.processors.JSONRenderer(ensure_ascii=False, default=str)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.PrintLoggerFactory(said),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(said)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        structlog.configure(**before)
