"""What the actors must know of a pack: the citizens its scale, the office the finding on which it redoes."""

from chassis.documents import plain
from chassis.packs import PackFolder
from cli.demo.views import Scale


def load_scale(pack: PackFolder) -> Scale:
    """Best step first, as intake.yaml lists it."""
    steps = plain(pack.file("intake.yaml").tree())["rating"]["scale"]
    return Scale(tuple(s["code"] for s in steps), sum(bool(s["satisfied"]) for s in steps))


def redo_finding(pack: PackFolder) -> str:
    """The first that leads to a redo; where none is asked for, any does."""
    findings = plain(pack.file("dispatch.yaml").tree())["redo"]["findings"]
    return str(next(iter(findings), "unit_at_fault"))
