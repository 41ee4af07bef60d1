"""Who publishes and who hears what."""

from collections.abc import Collection, Iterable, Mapping


def unheard(published: Iterable[str], reacted: Collection[str], reasons: Mapping[str, str]) -> list[str]:
    """Events without a consumer and without a reason, and reasons that are no longer needed."""
    known = list(published)
    found = [f"{t} has no consumer and no reason" for t in known if t not in reacted and not reasons.get(t, "").strip()]
    found += [f"{t} has a consumer now; drop its reason" for t in reasons if t in reacted]
    found += [f"{t} is no event" for t in reasons if t not in known]
    return found


def unagreed(published: Collection[str], contract: Collection[str], reasons: Mapping[str, str]) -> list[str]:
    """Events that no contract has, those of a contract that nobody publishes, and reasons that are no longer needed."""
    found = [f"{t} is in no events.proto" for t in published if t not in contract]
    found += [f"{t} is never published" for t in contract if t not in published and not reasons.get(t, "").strip()]
    found += [f"{t} is published now; drop its reason" for t in reasons if t in published]
    return found
