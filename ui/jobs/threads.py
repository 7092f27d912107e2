"""Threads that do one thing again and again, as long as their process lives."""

import logging
import threading
from collections.abc import Callable


def again_and_again(name: str, step: Callable[[], object]) -> threading.Thread:
    """Starts a thread of that name, which does a step and the next one, until one gives False.

    Whatever goes wrong in a step ends in the log, and not the thread: without it nobody would be served any more.
    """
    thread = threading.Thread(target=_do_for_ever, args=[step], daemon=True, name=name)
    thread.start()
    return thread


def _do_for_ever(step: Callable[[], object]) -> None:
    while True:
        try:
            if step() is False:
                return
        except Exception:
            name = threading.current_thread().name
            logging.getLogger(__name__).exception("something went wrong in the thread %r, which goes on", name)
