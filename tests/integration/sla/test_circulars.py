"""通报 on a real database: what must count still when one is published, and the rates of a pack's own."""

from datetime import timedelta

import pytest

from chassis.access import Principal, Role
from services.sla.application.report_messages import DrawUpCircular, PublishCircular
from services.sla.domain.circulars import GroundNotFound
from tests.integration.sla.conftest import Office
from tests.integration.sla.test_appeals import SUPERVISOR, does
from tests.integration.sla.test_assessment import BAD, CITY, GOOD
from tests.integration.sla.test_reports import PERIOD, at, drawn, execute, neglected


def test_nobody_is_published_for_what_was_excluded_since_the_drawing_up(office: Office) -> None:
    neglected(office)
    named = [{"unit": BAD, "ground": "no_feedback"}, {"unit": GOOD, "ground": "rota_missed"}]
    name = drawn(office, named=named).name
    late = {"case": f"cities/{CITY}/cases/late", "kind": "breach", "clock": "finish"}
    excluded = does(office, SUPERVISOR, "ExcludeFact", **late, reason="data_wrong", basis="甲")
    with pytest.raises(GroundNotFound, match="no_feedback"):
        execute(office, SUPERVISOR, PublishCircular, name=name)
    assert office.said("circular_published") == []
    does(office, SUPERVISOR, "LiftExclusion", name=excluded.name, reason="误删")
    assert execute(office, SUPERVISOR, PublishCircular, name=name).state == "published"


def test_upkeep_of_the_knowledge_base_is_ranked_where_the_pack_ranks_by_it(office: Office) -> None:
    """P18 art. 30: a unit that answers a doubt in time, and one that does not."""
    city, kept, missed = "610926", "610926-market", "610926-housing"
    office.move_to(at("2026-10-09 10:00"))
    for number, unit in enumerate((kept, missed)):
        article = {"article_id": f"a{number}", "unit": unit, "city": city}
        office.hears("knowledge.article_questioned", question_id="q", questioned_at=office.clock.now(), **article)
        if unit == kept:
            office.move_to(office.clock.now() + timedelta(days=1))
            office.hears("knowledge.article_approved", policy_id="", approved_at=office.clock.now(), **article)
    office.move_to(at("2026-11-03 10:00"))
    circular = execute(office, Principal("s", frozenset({Role.SUPERVISOR}), frozenset({city})), DrawUpCircular,
                       city=city, title="通报", named=[], **PERIOD)  # fmt: skip
    places = {
        one.unit: (rate.numerator, rate.denominator, rate.place)
        for each in circular.classes
        for one in each.units
        for rate in one.rates
        if rate.kpi == "knowledge_upkeep"
    }
    assert places == {kept: (1, 1, 1), missed: (0, 1, 2)}
