"""What a rule pack says about the knowledge base."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from chassis.policy import Basis, Policy, Words
from services.knowledge.domain.errors import TextBarred


class Barred(Policy):
    """Words that betray what may not be published, such as a classification mark."""

    name: Annotated[str, Field(min_length=1)]
    words: Annotated[tuple[Annotated[str, Field(min_length=2)], ...], Field(min_length=1)]
    why: Words
    basis: Basis


class OpenToPublic(Policy):
    """Whether citizens may search for themselves."""

    value: bool
    basis: Basis


class Review(Policy):
    """Who approves before an article enters the knowledge base."""

    by: Annotated[str, Field(pattern="^unit_leader$")]
    basis: Basis


class KnowledgeRules(Policy):
    """``packs/<name>/knowledge.yaml``."""

    review: Review
    open_to_public: OpenToPublic
    barred: Annotated[tuple[Barred, ...], Field(min_length=1)]

    def check(self, texts: Mapping[str, str]) -> None:
        """Raises TextBarred with the field, the word and the article of law. Blanks between characters hide nothing."""
        for field, text in texts.items():
            bare = "".join(text.split()).lower()
            for barred in self.barred:
                for word in barred.words:
                    if word.lower() in bare:
                        raise _refusal(field, word, barred)


def _refusal(field: str, word: str, barred: Barred) -> TextBarred:
    return TextBarred(
        field=field,
        word=word,
        why_zh=barred.why.zh,
        why_en=barred.why.en,
        rule=barred.basis.rule,
        article=barred.basis.article,
    )
