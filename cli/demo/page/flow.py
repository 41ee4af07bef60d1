"""The flow of cases by state: a Sankey picture from the channel to the citizen's rating."""

from collections import defaultdict
from dataclasses import dataclass

from cli.demo.page.html import num
from cli.demo.page.names import NODES
from cli.demo.result import Path
from cli.markup import tag, text

WIDTH, HEIGHT, BAR, GAP, TOP = 1080.0, 460.0, 10.0, 26.0, 34.0
HEADS = (("渠道", "channel"), ("受理", "intake"), ("承办", "handling"), ("办结", "completion"), ("评价", "rating"))
LEFT, RIGHT = 6.0, 132.0


@dataclass(slots=True)
class Node:
    x: float
    y: float
    height: float
    cases: int
    out_y: float
    in_y: float


def picture(paths: tuple[Path, ...]) -> str:
    """One SVG: nodes by column, links as wide as their cases."""
    links = _links(paths)
    nodes, scale = _place(paths, links)
    order = list(NODES)
    drawn = [
        _link(source, target, cases, nodes, scale)
        for (source, target), cases in sorted(
            links.items(), key=lambda kv: (order.index(kv[0][0]), order.index(kv[0][1]))
        )
    ]
    boxes = [_node(key, node) for key, node in nodes.items()]
    heads = [_head(column) for column in range(len(HEADS))]
    return tag(
        "svg", "".join([*drawn, *boxes, *heads]), viewBox=f"0 0 {num(WIDTH)} {num(HEIGHT)}", role="img", class_="flow"
    )


def _links(paths: tuple[Path, ...]) -> dict[tuple[str, str], int]:
    links: dict[tuple[str, str], int] = defaultdict(int)
    for path in paths:
        for source, target in zip(path.states, path.states[1:], strict=False):
            links[source, target] += path.cases
    return dict(links)


def _place(paths: tuple[Path, ...], links: dict[tuple[str, str], int]) -> tuple[dict[str, Node], float]:
    totals: dict[str, int] = defaultdict(int)
    for path in paths:
        for state in path.states:
            totals[state] += path.cases
    columns = [[key for key in NODES if key in totals and NODES[key][0] == column] for column in range(len(HEADS))]
    room = HEIGHT - TOP - 8
    shares = ((room - GAP * (len(keys) - 1)) / sum(totals[key] for key in keys) for keys in columns if keys)
    scale = min(shares, default=1.0)
    nodes: dict[str, Node] = {}
    for column, keys in enumerate(columns):
        y = TOP
        for key in keys:
            height = max(2.0, totals[key] * scale)
            nodes[key] = Node(_x(column), y, height, totals[key], y, y)
            y += height + GAP
    return nodes, scale


def _x(column: int) -> float:
    return LEFT + column * (WIDTH - LEFT - RIGHT - BAR) / (len(HEADS) - 1)


def _link(source: str, target: str, cases: int, nodes: dict[str, Node], scale: float) -> str:
    here, there = nodes[source], nodes[target]
    thick = max(1.0, cases * scale)
    x0, x1 = here.x + BAR, there.x
    y0, y1 = here.out_y + thick / 2, there.in_y + thick / 2
    here.out_y += thick
    there.in_y += thick
    middle = (x0 + x1) / 2
    curve = f"M{num(x0)},{num(y0)}C{num(middle)},{num(y0)} {num(middle)},{num(y1)} {num(x1)},{num(y1)}"
    label = f"{NODES[source][1]} → {NODES[target][1]}：{cases}"
    tone = NODES[target][3].value
    return tag("path", tag("title", text(label)), d=curve, stroke_width=num(thick), class_=f"link {tone}")


def _node(key: str, node: Node) -> str:
    _, zh, en, tone = NODES[key]
    box = tag(
        "rect", x=num(node.x), y=num(node.y), width=num(BAR), height=num(node.height), rx=2, class_=f"node {tone.value}"
    )
    x, y = num(node.x + BAR + 7), node.y + max(node.height / 2, 6)
    name = tag("tspan", text(zh), class_="zh") + tag("tspan", f" {node.cases}", class_="count")
    return box + tag("text", name, x=x, y=num(y + 1)) + tag("text", text(en), x=x, y=num(y + 13), class_="en")


def _head(column: int) -> str:
    zh, en = HEADS[column]
    inner = tag("tspan", text(zh), class_="zh") + tag("tspan", f" {text(en)}", class_="en")
    return tag("text", inner, x=num(_x(column)), y=14, class_="head")
