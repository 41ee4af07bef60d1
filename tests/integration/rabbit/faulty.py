"""What an item does to whoever handles it."""

import os
import signal
import threading
import time


def before(item: str) -> None:
    if item == "kills":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "hangs":
        threading.Event().wait()
    if item == "blocks":
        while True:  # keeps the hub, as a loop in C would
            pass
    if item.startswith("slow"):
        time.sleep(0.05)
    if item == "fails":
        raise ValueError("a secret that no log may show")
