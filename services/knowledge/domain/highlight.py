"""The part of an answer that shows why it was found, with the words between 【 and 】."""

from collections.abc import Mapping

WIDTH = 96
OPEN, CLOSE = "【", "】"


def snippet(text: str, weights: Mapping[str, float], *, width: int = WIDTH) -> str:
    """The window of `width` characters that holds the most weight of the words; the start when none occurs."""
    plain = " ".join(text.replace(OPEN, "〔").replace(CLOSE, "〕").split())
    marks = _marks(plain, weights)
    start = _best_start(marks, width)
    end = min(start + width, len(plain))
    shown = _wrapped(plain[start:end], marks[start:end])
    return ("…" if start else "") + shown + ("…" if end < len(plain) else "")


def _marks(text: str, weights: Mapping[str, float]) -> list[float]:
    """For each character the weight of the heaviest word over it; single characters are no reason to look."""
    marks = [0.0] * len(text)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters of the world grow when they become small
        lower = text
    for word, weight in weights.items():
        if len(word) < 2:
            continue
        at = lower.find(word)
        while at >= 0:
            for position in range(at, at + len(word)):
                marks[position] = max(marks[position], weight)
            at = lower.find(word, at + 1)
    return marks


def _best_start(marks: list[float], width: int) -> int:
    """The start of the heaviest window, moved left so that some words before the first mark are seen."""
    if len(marks) <= width or not any(marks):
        return 0
    total = best = sum(marks[:width])
    start = 0
    for left in range(1, len(marks) - width + 1):
        total += marks[left + width - 1] - marks[left - 1]
        if total > best + 1e-9:
            best, start = total, left
    first = next(i for i in range(start, len(marks)) if marks[i])
    return max(0, min(start, first - 8))


def _wrapped(text: str, marks: list[float]) -> str:
    parts: list[str] = []
    inside = False
    for character, mark in zip(text, marks, strict=True):
        if bool(mark) != inside:
            parts.append(OPEN if mark else CLOSE)
            inside = bool(mark)
        parts.append(character)
    return "".join(parts) + (CLOSE if inside else "")
