"""Which rules of sla.yaml its own worked examples show."""

from collections.abc import Iterator

from chassis.policy import Basis
from cli.worked.bench import Bench
from services.sla.domain.facts import Facts
from services.sla.domain.rulebook import Pack
from services.sla.domain.rules import Example

Key = tuple[str, str, str]


def shown(bench: Bench) -> Iterator[Key]:
    """Part, rule and article of all that the deadline of an example rests on."""
    pack = bench.shop.rulebook.pack(bench.ref)
    for example in pack.rules.examples:
        yield from (("sla.clocks", basis.rule, basis.article) for basis in _of_the_clock(pack, example))
        own = pack.own_limit(example.own_limit.ground) if example.own_limit else None
        if own:
            yield "sla.own_limits", own.basis.rule, own.basis.article


def _of_the_clock(pack: Pack, example: Example) -> Iterator[Basis]:
    rule = pack.rule(example.kind)
    last = example.corrected.to if example.corrected else example.facts
    for given in (example.facts, last):
        facts = Facts(**given.model_dump())
        yield from (pack.entry(kind, facts).basis for kind in (*rule.after, rule.kind))
    if example.remind and rule.extension:
        yield rule.extension.basis
