"""Two workers of knowledge: an article takes effect once, and the index gets each."""

from collections import Counter
from datetime import timedelta

from services.knowledge.adapters.validity import advance_articles
from tests.integration.knowledge.conftest import Start, waiting
from tests.replicas import at_once


def test_two_workers_let_each_article_take_effect_once(start: Start) -> None:
    one, other = start(), start()
    soon = one.clock.now() + timedelta(days=1)
    for number in range(20):
        one.publish(f"第{number}号办事指南", effective_time=soon)
    one.work()
    one.pass_time(days=2)
    at_once(advance_articles, [one.runtime, other.runtime])
    told = Counter((type, subject) for type, subject in one.events() if type == "article_effective")
    assert len(told) == 20
    assert set(told.values()) == {1}
    (catch_up,) = [job.run for job in one.runtime.service.jobs if job.name == "index_articles"]
    at_once(catch_up, [one.runtime, other.runtime])
    assert waiting(one) == 0
