"""What the server gives back while nobody asks for anything: own data that nobody uses, and memory that is free.

Streamlit keeps the session of a closed window for two minutes, in case that the line was cut, and lets go of it with
its uploads when another one comes; on a quiet server that may be never.
"""

import threading
import time
from collections.abc import MutableMapping
from contextlib import suppress

from streamlit import runtime

from ui.jobs.giving_back import few_arenas, give_back
from ui.jobs.memory import TIDY_EVERY, Memory, memory
from ui.jobs.once import once
from ui.jobs.threads import again_and_again


@once
def start() -> threading.Thread:
    """Tidies this process from now on, once in a while."""
    few_arenas()
    return again_and_again("tidying", _tidy_later)


def tidy(kept: Memory) -> None:
    """Gives up own data that were not used for a while, and gives free memory back to the machine."""
    kept.forget_private()
    _end_old_sessions()
    give_back()


def _tidy_later() -> None:
    time.sleep(TIDY_EVERY)
    tidy(memory())


def _end_old_sessions() -> None:
    """Ends the sessions whose time is over; in the thread of Streamlit's loop, to which they belong."""
    with suppress(AttributeError, RuntimeError):  # a test's stand-in for a server has none; nor has one that ends
        server = runtime.get_instance()
        server._get_async_objs().eventloop.call_soon_threadsafe(end_expired, closed_sessions(server))


def end_expired(closed: MutableMapping) -> None:
    """Ends what is over of that store, and empties it: Streamlit's loop keeps the last session that it saw, until
    another visitor comes."""
    for _, stored in closed.expire():
        stored.session.shutdown()
        stored.session.session_state.clear()


def closed_sessions(server: runtime.Runtime) -> MutableMapping:
    """Streamlit's own store of the sessions whose windows are closed, which has no public name."""
    return server._session_mgr._session_storage._cache
