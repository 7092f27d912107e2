"""Scripts of pages run one by one.

Python's threads share one interpreter.  Where twenty scripts run at once, each takes twenty times as long, and changing
between them takes time, too; one by one, the last is ready no later, and the others sooner.  So each run of a script
waits for its turn, lets others run while it waits for what a worker makes, and holds up nobody for longer than
`MOST_SECONDS`.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

MOST_SECONDS = 0.25  # that one run may hold up all others: most take a tenth of it


class Turns:
    """A lock that threads get in the order in which they ask.  Who has held it for `seconds` loses it to the next one,
    and both go on: so nobody waits for ever, whatever its holder waits for."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._lock = threading.Lock()
        self._asking: deque[threading.Event] = deque()
        self._holder: threading.Event | None = None
        self._since = 0.0
        self._mine = threading.local()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Begins when it is this thread's turn, and ends it."""
        self._begin()
        try:
            yield
        finally:
            self._end()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Ends this thread's turn, if it has one, and waits for another one at the end."""
        if not self._has_turn():
            yield
            return
        self._end()
        try:
            yield
        finally:
            self._begin()

    def _has_turn(self) -> bool:
        return getattr(self._mine, "turn", None) is not None

    def _begin(self) -> None:
        turn = self._mine.turn = threading.Event()
        with self._lock:
            self._asking.append(turn)
            if self._holder is None:
                self._next()
        while not turn.wait(self._seconds):
            with self._lock:
                if self._clock() - self._since >= self._seconds:
                    self._next()

    def _end(self) -> None:
        with self._lock:
            if self._holder is self._mine.turn:
                self._next()
        self._mine.turn = None

    def _next(self) -> None:
        self._holder = self._asking.popleft() if self._asking else None
        self._since = self._clock()
        if self._holder:
            self._holder.set()


scripts = Turns(MOST_SECONDS)


def result_of(future: Future) -> Any:
    """The result of a future, until which other scripts run."""
    if future.done():
        return future.result()
    with scripts.waiting():
        return future.result()


def happened(event: threading.Event, seconds: float) -> bool:
    """Whether it does within so many seconds, in which other scripts run."""
    if seconds and not event.is_set():
        with scripts.waiting():
            event.wait(seconds)
    return event.is_set()
