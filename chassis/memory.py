"""Keeps the memory of a process with many threads small."""

import ctypes

_M_ARENA_MAX = -8
ARENAS = 2


def share_arenas() -> None:
    """Lets all threads allocate from two pools: glibc gives each its own, which keeps what a thread once needed.

    To be called before the threads start. Without glibc nothing happens.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, ARENAS)
