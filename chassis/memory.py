"""Keeps the memory of a process with many threads small, and the pauses of its garbage collector short."""

import ctypes
import gc

_M_ARENA_MAX = -8
ARENAS = 2
YOUNG_OBJECTS = 20_000


def share_arenas() -> None:
    """Lets all threads allocate from two pools: glibc gives each its own, which keeps what a thread once needed.

    To be called before the threads start. Without glibc nothing happens.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, ARENAS)


def spare_what_stays() -> None:
    """Takes what is loaded by now out of the garbage collector's rounds: it never becomes garbage.

    To be called once, when a process is built and before it serves: a round over the modules, contracts and policies
    takes a tenth of a second, during which nobody is answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
