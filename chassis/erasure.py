"""Forgetting a person: what the chassis itself keeps of them, beside the aggregates that their services erase."""

from collections.abc import Sequence

from chassis.work import Work


def forget_answers(work: Work, about: Sequence[str]) -> None:
    """Empties the remembered answers of commands that touched these aggregates; a repeat is then refused by name."""
    work.write_last(_FORGET, {"about": list(about)})


def is_erasure(event_type: str) -> bool:
    """An event named `…_erased` says that its subject's texts are to be forgotten, wherever they wait."""
    return event_type.split(".")[1].endswith("_erased")


_FORGET = "update remembered set answer = null where about && %(about)s::text[]"
