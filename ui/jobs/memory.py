"""What the server's process keeps for all visitors, bounded in bytes in sum.

`Memory` has a line for everything that is kept, whoever holds it: its size, and how it is given up.  What was used
longest ago goes first; what somebody still works on counts, and stays.  `Kept` holds values by key on such a memory,
each made once.  Knows nothing of Streamlit, whose own caches any client may empty.
"""

import math
import sys
import threading
import time
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Hashable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from core import limits
from core.notes import Note
from ui.jobs.once import once
from ui.shell.environment import from_environment
from ui.shell.language import N_
from ui.shell.one_by_one import result_of, scripts

MEMORY = "ACTIVATION_LAB_MEMORY"  # environment variable: how many MB of trainings, results and uploads are kept
MEGABYTES = 90.0  # unless it says otherwise: a usual comparison takes 1.5
TRAININGS = 0.5  # of all memory, that trainings may take, under way and done; results and uploads have the rest
RESULTS = 0.25  # that results have in any case: one training alone may take more than all memory
OWN_DATA_MINUTES = 10  # after their last use, within which a visitor's own data leave the memory of all processes
TIDY_EVERY = 60.0  # seconds

_NO_MEGABYTES = N_(
    "The environment variable {name} is {value}, and must be a number of megabytes above 0, such as 150, without its "
    "unit."
)
FULL = Note("the server has no memory left for it at the moment, so try again later")


@dataclass
class _Line:
    size: int
    drop: Callable[[], object]
    is_busy: bool
    is_private: bool
    used_at: float


class Memory:
    """Lines by name, of so many megabytes in sum with what `others` keep, who bound themselves."""

    def __init__(self, megabytes: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = int(1e6 * megabytes)
        self.others: Callable[[], int] = lambda: 0  # bytes
        self.files: Callable[[], int] = lambda: 0  # bytes of those that people have sent
        self._clock = clock
        self._lines: OrderedDict[Hashable, _Line] = OrderedDict()  # what was used longest ago first
        self._gone: deque[Hashable] = deque()  # what the garbage collector has found, which it does at any place
        self._lock = threading.Lock()

    def keep(
        self, name: Hashable, size: int, drop: Callable[[], object], *, is_busy: bool = False, is_private: bool = False
    ) -> None:
        """Takes down what has that name and so many bytes, and gives up what is too much with it, perhaps itself.

        `drop` is called, once and outside of all locks of the memory, when it is given up.  What is busy is not; what
        is private goes after a while.
        """
        left = max(self.limit - self.others() - self.files(), int(RESULTS * self.limit))
        with self._lock:
            self._lines[name] = _Line(size, drop, is_busy, is_private, self._clock())
            self._lines.move_to_end(name)
            given_up = self._too_much(left)
        for line in given_up:
            line.drop()

    def use(self, name: Hashable) -> None:
        """What has that name, if anything, is now what was used last."""
        with self._lock:
            if line := self._lines.get(name):
                line.used_at = self._clock()
                self._lines.move_to_end(name)

    def hold(self, value: object) -> None:
        """Counts something that a session holds, as long as it does; `ValueError` if there is no room for it."""
        size, name = size_of(value), object()
        if not self.has_room(size):
            raise ValueError(FULL)
        weakref.finalize(value, self._gone.append, name)
        self.keep(name, size, lambda: None, is_busy=True)

    def has_room(self, size: int) -> bool:
        """Whether so many bytes can be held, besides what sessions hold already, in the share that trainings leave in
        any case."""
        with self._lock:
            busy = sum(line.size for line in self._all() if line.is_busy)
        return size + busy + self.files() <= (1 - TRAININGS) * self.limit

    @property
    def bytes(self) -> int:
        """All that is kept now."""
        others = self.others() + self.files()
        with self._lock:
            return others + sum(line.size for line in self._all())

    def forget_private(self) -> None:
        """Gives up what is private, and was not used for a while."""
        with self._lock:
            before = self._clock() - 60 * OWN_DATA_MINUTES + TIDY_EVERY  # the next look would be too late
            names = [name for name, line in self._lines.items() if line.is_private and line.used_at <= before]
            given_up = [self._lines.pop(name) for name in names if not self._lines[name].is_busy]
        for line in given_up:
            line.drop()

    def _all(self) -> Collection[_Line]:
        """All lines but those of what is there no more."""
        while self._gone:
            self._lines.pop(self._gone.popleft(), None)
        return self._lines.values()

    def _too_much(self, left: int) -> list[_Line]:
        too_much = sum(line.size for line in self._all()) - left
        given_up = []
        for name, line in list(self._lines.items()):
            if too_much <= 0:
                break
            if line.size and not line.is_busy:
                too_much -= line.size
                given_up.append(self._lines.pop(name))
        return given_up


class Kept:
    """Values by key, each made once for all who ask at the same time; what could not be made is not kept."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._values: dict[Hashable, Future] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], tuple[Any, int]], is_private: bool = False) -> Any:
        """The value of that key; `make` gives it with its size, if it is not there."""
        while True:
            with self._lock:
                value = self._values.get(key)
                is_mine = value is None
                if value is None:
                    value = self._values[key] = Future()
            if is_mine:
                with scripts.waiting():  # or who waits for it would wait for this script's next turn, too
                    return self._made(key, value, make, is_private)
            self._memory.use((self, key))
            with suppress(CancelledError):  # whoever had it made has left: the next one makes it
                return result_of(value)

    def ready(self, key: Hashable, submit: Callable[[], Future], is_private: bool = False) -> Any | None:
        """The value of that key if it is there; else None, and it is begun unless it is under way.

        `submit` gives the future of the value with its size.  What could not be made is begun anew by the next who ask.
        """
        with self._lock:
            value = self._values.get(key)
            is_mine = value is None
            if value is None:
                value = self._values[key] = Future()
        if is_mine:
            self._submit(key, value, submit, is_private)
        return self.look(key)

    def look(self, key: Hashable) -> Any | None:
        """The value of that key, if it is there."""
        with self._lock:
            value = self._values.get(key)
        if value is None or not value.done() or value.cancelled() or value.exception():
            return None
        self._memory.use((self, key))
        return value.result()

    def _submit(self, key: Hashable, value: Future, submit: Callable[[], Future], is_private: bool) -> None:
        def land(future: Future) -> None:
            with suppress(Exception):  # it is the value's
                self._made(key, value, future.result, is_private)

        try:
            submit().add_done_callback(land)
        except BaseException:
            self._forget(key)
            value.cancel()
            raise

    def _made(self, key: Hashable, value: Future, make: Callable[[], tuple[Any, int]], is_private: bool) -> Any:
        try:
            result, size = make()
        except BaseException as error:
            self._forget(key)  # before those who wait hear of it
            if isinstance(error, Exception):
                value.set_exception(error)
            else:  # the end of this script is no reason for theirs
                value.cancel()
            raise
        value.set_result(result)
        self._memory.keep((self, key), size, partial(self._forget, key), is_private=is_private)
        return result

    def _forget(self, key: Hashable) -> None:
        with self._lock:
            self._values.pop(key, None)


def size_of(value: object) -> int:
    """The bytes that a value takes with all that is in it, what is in it twice counted once."""
    seen: set[int] = set()
    left, size = [value], 0
    while left:
        each = left.pop()
        if id(each) in seen or isinstance(each, type):
            continue
        seen.add(id(each))
        size += sys.getsizeof(each)
        if isinstance(each, dict):
            left += [*each.keys(), *each.values()]
        elif isinstance(each, list | tuple | set | frozenset):
            left += each
        elif hasattr(each, "__dict__") and not hasattr(each, "__array__"):  # tables and arrays say it themselves
            left.append(vars(each))
    return size


def measured(function: Callable, args: tuple) -> tuple[Any, int]:
    """What a function gives for these arguments, and its size: for a worker."""
    value = function(*args)
    return value, size_of(value)


@once
def memory() -> Memory:
    """That of this process, for all that it keeps."""
    return Memory(megabytes() or MEGABYTES)


def most_megabytes() -> float:
    """What one training may take: what core allows, unless the host has said how much memory there is."""
    return min(megabytes() or limits.MEGABYTES, limits.MEGABYTES)


def megabytes() -> float | None:
    """How much the host says there is, above 0; None if it says nothing."""
    return from_environment(MEMORY, _positive, None, _NO_MEGABYTES)


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < math.inf:
        raise ValueError(text)
    return number
