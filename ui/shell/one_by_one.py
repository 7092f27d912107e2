"""Scripts of pages run one by one.

Python's threads share one interpreter.  Where twenty scripts run at once, each takes twenty times as long, and changing
between them takes time, too; one by one, most are ready sooner.  So each run of a script waits for its turn, and lets
others run while it waits for what a worker makes.  Nobody is held up for long by one that takes its time.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

SECONDS = 0.25  # of one run, after which the next one may begin beside it: most take a tenth of that


class Turns:
    """A lock that threads get in the order in which they ask, those first that had it and have waited for something.

    A turn that has lasted for `seconds`, or twice that at most, no longer holds up the next one, and both go on: so
    nobody waits for ever, whatever the other one waits for.  While several go on in this way each has as many times
    more, or where all are slow all would run at once again.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._lock = threading.Lock()
        self._asking: deque[threading.Event] = deque()
        self._returning: deque[threading.Event] = deque()  # from what they have waited for
        self._holder: threading.Event | None = None
        self._since = 0.0
        self._running = 0  # the holder, and those that it does not wait for any more
        self._mine = threading.local()

    @property
    def is_mine(self) -> bool:
        """Whether this thread has begun a turn."""
        return getattr(self._mine, "turn", None) is not None

    def begin(self) -> None:
        """Waits until it is this thread's turn; another one than that which it may have."""
        self.end()
        self._wait_in(self._asking)

    def end(self) -> None:
        """Ends this thread's turn, if it has one."""
        if not self.is_mine:
            return
        with self._lock:
            self._running -= 1
            if self._holder is self._mine.turn:
                self._next()
        self._mine.turn = None

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Ends this thread's turn, if it has one, and waits for another one at the end."""
        if not self.is_mine:
            yield
            return
        self.end()
        try:
            yield
        finally:
            self._wait_in(self._returning)

    def _wait_in(self, queue: deque[threading.Event]) -> None:
        turn = threading.Event()
        with self._lock:
            queue.append(turn)
            if self._holder is None:
                self._next()
        while not turn.wait(self._seconds):
            with self._lock:
                if not turn.is_set() and self._clock() - self._since >= self._seconds * self._running:
                    self._next()
        self._mine.turn = turn

    def _next(self) -> None:
        queue = self._returning or self._asking
        self._holder = queue.popleft() if queue else None
        self._since = self._clock()
        if self._holder:
            self._running += 1
            self._holder.set()


scripts = Turns(SECONDS)


def result_of(future: Future, seconds: float | None = None) -> Any:
    """The result of a future, until which other scripts run.  Raises `TimeoutError` after so many seconds."""
    if future.done():
        return future.result()
    with scripts.waiting():
        return future.result(seconds)


def happened(event: threading.Event, seconds: float) -> bool:
    """Whether it does within so many seconds, in which other scripts run."""
    if seconds and not event.is_set():
        with scripts.waiting():
            event.wait(seconds)
    return event.is_set()
