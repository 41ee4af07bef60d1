"""Where an unexpected error came from, without its words: a database quotes the row that it refuses."""

import traceback

DEPTH = 8


def places(error: BaseException) -> list[str]:
    """The innermost lines of code that it passed, for the log."""
    return [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)[-DEPTH:]]
