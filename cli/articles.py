"""Does each rule stand beside an article of its own? A slip here changes no deadline, only what a citizen is told."""

import re
from collections.abc import Iterator
from pathlib import Path

from yaml.nodes import MappingNode, Node, SequenceNode

from chassis.documents import Problem, at, compose
from chassis.policy import load
from cli.coverage import FILE, Coverage, yaml_of_the_packs

_PART = re.compile(r"\d+|[a-z]+")


def misplaced(policies: Path) -> Iterator[Problem]:
    """Each basis whose article is none of the rule's. Rules without a row (a city's own measures) are not judged."""
    if not (policies / FILE).is_file():
        return
    articles = {id: row.article for id, row in load(policies / FILE, Coverage).rules.items()}
    for path in yaml_of_the_packs(policies):
        for rule, article in bases(compose(path)):
            own = articles.get(str(rule.value))
            if own is not None and not _belongs(str(article.value), own):
                zh = f"{rule.value} 在第 {own} 条，此处写的是 {article.value}"
                yield at(article, zh, f"{rule.value} stands in article {own}, not in {article.value}")


def _belongs(written: str, own: str) -> bool:
    """One of those written is the rule's, or a paragraph of it, or names it without paragraph."""
    return any(
        all(a == b for a, b in zip(said, meant, strict=False))
        for said in _articles(written)
        for meant in _articles(own)
    )


def _articles(text: str) -> list[list[str]]:
    """Of "2(1).2, 19; decisions: Cases" 2 1 2 and 19: what follows the semicolon tells of our own reading."""
    found = (_PART.findall(one) for one in text.partition(";")[0].split(","))
    return [parts for parts in found if parts]


def bases(node: Node) -> Iterator[tuple[Node, Node]]:
    """Each `{rule: …, article: …}` of a tree, its two values."""
    if isinstance(node, SequenceNode):
        for member in node.value:
            yield from bases(member)
    if isinstance(node, MappingNode):
        values = {key.value: value for key, value in node.value}
        if values.keys() == {"rule", "article"}:
            yield values["rule"], values["article"]
        for value in values.values():
            yield from bases(value)
