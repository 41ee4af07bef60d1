"""Keeps the memory of a process with many threads small, and the pauses of its garbage collector short."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
ARENAS = 2
LARGE_BYTES = 128 * 1024
KEPT_BYTES = 256 * 1024
YOUNG_OBJECTS = 20_000


def share_arenas() -> None:
    """Lets all threads allocate from two pools, and gives back what a burst has needed.

    Else glibc gives each thread a pool of its own, which keeps what the thread once needed, and raises by itself, up
    to 32 MiB, the size from which a buffer is returned to the system at once. To be called before the threads start.
    Without glibc nothing happens.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, ARENAS)
        mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(_M_TRIM_THRESHOLD, KEPT_BYTES)


@contextmanager
def nothing_is_garbage() -> Iterator[None]:
    """While what stays is built, such as from policies: the collector's rounds would take as long as the building."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def spare_what_stays() -> None:
    """Takes what is loaded by now out of the garbage collector's rounds: it never becomes garbage.

    To be called once, when a process is built and before it serves: a round over the modules, contracts and policies
    takes a tenth of a second, during which nobody is answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
