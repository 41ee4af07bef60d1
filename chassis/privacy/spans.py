"""Places in a text and what stands there instead."""

from collections.abc import Iterable

Span = tuple[int, int, str]


def replace(text: str, spans: Iterable[Span]) -> str:
    """Puts each label in the place of its span; spans that overlap become one, under the label of the longest."""
    merged: list[tuple[int, int, int, str]] = []
    for start, end, label in sorted(spans):
        length = end - start
        if merged and start < merged[-1][1]:
            first, last, longest, kept = merged[-1]
            better = (length, label) if length >= longest else (longest, kept)
            merged[-1] = (first, max(last, end), *better)
        else:
            merged.append((start, end, length, label))
    parts, at = [], 0
    for start, end, _, label in merged:
        parts += [text[at:start], label]
        at = end
    return "".join([*parts, text[at:]])
