"""All handlers of intake: importing this module fills the tables."""

from services.intake.application import (
    adding,
    answering,
    attaching,
    correcting,
    deciding,
    erasing,
    progress,
    rating,
    reaching,
    reactions,
    reading,
    registering,
    revealing,
    uploading,
)
from services.intake.application.tables import answers, commands, queries
from services.intake.application.tables import reactions as reaction_table

__all__ = [
    "adding",
    "answering",
    "answers",
    "attaching",
    "commands",
    "correcting",
    "deciding",
    "erasing",
    "progress",
    "queries",
    "rating",
    "reaching",
    "reaction_table",
    "reactions",
    "reading",
    "registering",
    "revealing",
    "uploading",
]
