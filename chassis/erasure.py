"""Forgetting a person: what the chassis itself keeps of them, beside the aggregates that their services erase."""

from collections.abc import Sequence

import msgspec

from chassis.events.envelope import Envelope
from chassis.work import Work


def forget_answers(work: Work, about: Sequence[str]) -> None:
    """Empties the remembered answers of commands that touched these aggregates; a repeat is then refused by name."""
    work.write_last(_FORGET, {"about": list(about)})


def is_erasure(event_type: str) -> bool:
    """An event named `…_erased` says that its subject's texts are to be forgotten, wherever they wait."""
    return event_type.split(".")[1].endswith("_erased")


def without_texts(envelope: Envelope) -> Envelope:
    """The event as it may be kept where no erasure finds it; a payload that has no fields is left out."""
    try:
        fields = msgspec.json.decode(envelope.payload, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        fields = {}
    kept = {
        name: msgspec.Raw(_EMPTY[name.partition("_")[0]].encode())
        for name in fields
        if name.partition("_")[0] in _EMPTY
    }
    return msgspec.structs.replace(envelope, payload=msgspec.Raw(msgspec.json.encode(fields | kept)))


_EMPTY = {"masked": '""', "sealed": "null", "attributes": "{}"}
"""What tells of a citizen in an event, by the first word of the field, and what stays of it."""
WITHOUT_TEXTS = (
    "jsonb_set(envelope, '{payload}', (select coalesce(jsonb_object_agg(key, case split_part(key, '_', 1) "
    + "".join(f"when '{first}' then '{empty}' " for first, empty in _EMPTY.items())
    + "else value end), '{}') from jsonb_each(envelope->'payload')))"
)
"""The same for the envelope of a row."""
_FORGET = "update remembered set answer = null where about && %(about)s::text[]"
