"""A process that we started has ended when it says how, and not before."""

import os
import sys
from pathlib import Path

from cli.servers.process import Process, born

SECONDS = 20.0
# The first thread is gone, and /proc calls the process a zombie, while another one goes on until a file appears.
_LEFT_BY_ITS_FIRST_THREAD = """
import ctypes, os, sys, threading, time

def last():
    while not os.path.exists(sys.argv[1]):
        time.sleep(0.01)
    os._exit(3)

threading.Thread(target=last).start()
ctypes.CDLL(None).pthread_exit(None)
"""


def test_a_child_whose_first_thread_has_ended_lives_until_its_last_one_ends(tmp_path: Path) -> None:
    child = Process.spawn(
        [sys.executable, "-c", _LEFT_BY_ITS_FIRST_THREAD, str(tmp_path / "end")], os.environ, tmp_path / "log"
    )
    while born(child.pid) is not None:
        assert child.alive
    assert child.alive
    assert child.code is None
    (tmp_path / "end").touch()
    assert child.wait(SECONDS)
    assert child.code == 3


def test_a_child_that_is_killed_tells_the_signal(tmp_path: Path) -> None:
    child = Process.spawn(["sleep", "60"], os.environ, tmp_path / "log")
    assert child.alive
    child.kill()
    assert not child.alive
    assert child.code == -9


def test_a_process_of_another_parent_is_known_by_its_birth() -> None:
    parent = os.getppid()
    birth = born(parent)
    assert birth is not None
    assert Process(parent, birth).alive
    assert not Process(parent, birth + 1).alive
