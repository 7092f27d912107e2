"""What a process of the app, server or worker, gives back while it has nothing to do.  Knows nothing of Streamlit."""

import ctypes
import gc
import os
import time
from contextlib import suppress

from core import load
from core.train.parts import prepare
from ui.jobs.threads import again_and_again
from ui.shell.language import read_catalogues

GIVE_BACK_EVERY = 60.0  # seconds, of a worker
NICE = 10  # of a worker: where there are too few processors, the server, whom everybody waits for, has them first
_ARENAS_AT_MOST = -8  # M_ARENA_MAX of glibc's mallopt


def prepare_worker() -> None:
    """What a new worker does first."""
    prepare()
    if hasattr(os, "nice"):
        os.nice(NICE)
    few_arenas()
    read_catalogues()
    again_and_again("giving back", _give_back_later)


def few_arenas() -> None:
    """Has all threads share two arenas of memory, where the C library has any: in one of its own, each new thread
    would keep what it has freed."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_ARENAS_AT_MOST, 2)


def give_back() -> None:
    """Lets go of the data of the last experiments, which may be somebody's own, and gives free memory back to the
    machine, where the C library can."""
    load.cache_clear()
    gc.collect()  # a session that is over is one heap of things that hold each other
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _give_back_later() -> None:
    time.sleep(GIVE_BACK_EVERY)
    give_back()
