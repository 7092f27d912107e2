"""What the server gives back while nobody asks for anything: own data that nobody uses, and memory that is free.

Streamlit keeps the session of a closed window for two minutes, in case that the line was cut, and lets go of it with
its uploads when another one comes; on a quiet server that may be never.
"""

import ctypes
import gc
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from streamlit import runtime

from core import load
from ui.jobs.memory import TIDY_EVERY, Memory, memory


@cache
def start() -> threading.Thread:
    """Tidies this process from now on, once in a while."""
    thread = threading.Thread(target=_tidy_for_ever, daemon=True, name="tidying")
    thread.start()
    return thread


def tidy(kept: Memory) -> None:
    """Gives up own data that were not used for a while, and gives free memory back to the machine."""
    kept.forget_private()
    load.cache_clear()  # it holds the data of the last experiments, own ones too
    _end_old_sessions()
    gc.collect()  # a session that is over is one heap of things that hold each other
    give_back()


def give_back() -> None:
    """Gives the pages of memory that nothing stands on back to the machine, where its C library can."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _tidy_for_ever() -> None:
    while True:
        time.sleep(TIDY_EVERY)
        tidy(memory())


def _end_old_sessions() -> None:
    """Ends the sessions whose time is over; in the thread of Streamlit's loop, to which they belong."""
    if runtime.exists():
        server = runtime.get_instance()
        loop, expire = server._get_async_objs().eventloop, sessions_in_store(server).expire
        loop.call_soon_threadsafe(expire)


def sessions_in_store(server: runtime.Runtime) -> Callable:
    """Streamlit's own store of sessions whose windows are closed: it has no public name."""
    return server._session_mgr._session_storage._cache
