"""Lists by page, newest first."""


def newest(chosen: str, before: str) -> str:
    """What was chosen, older than `before`; a first page has no bound, for no sign sorts last in every collation."""
    older = " and id < %(before)s" if before else ""
    return f"{chosen}{older} order by id desc limit %(size)s"
