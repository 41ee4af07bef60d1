"""Chinese text cut into words (jieba, search mode), pairs of characters and characters, alike for every index."""

import re
import unicodedata

_RUN = re.compile(r"\w+")


def normal(text: str) -> str:
    """Full-width letters and digits become plain ones, capitals small."""
    return unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> list[str]:
    """Words and the words inside them: 住房公积金 gives 住房, 公积金 and more."""
    import rjieba  # 32 MiB of dictionary: not before the first text

    return [word for word in rjieba.cut_for_search(normal(text)) if _RUN.search(word) and not word.isspace()]


def pairs(text: str) -> list[str]:
    """Overlapping pairs of characters: they find the street names that no dictionary knows."""
    return [run[i : i + 2] for run in _RUN.findall(normal(text)) for i in range(len(run) - 1)]


def characters(text: str) -> list[str]:
    return [character for run in _RUN.findall(normal(text)) for character in run]
