"""A queue in front of the workers, in which visitors take turns: however much one asks for, the others get theirs.

The next task is of the visitor who has had least of the workers' time.  Who comes anew stands where the others have
got to, so time that somebody did not use is not saved up, and nobody waits longer than one task of each other visitor.
Short tasks, for which a page stands still, and parts of what is longer begin alternately, each kind by these turns.
A second worker is for those whom nobody else keeps waiting.  Of what goes in parts each visitor has one at the workers,
and long tasks leave a worker free for short ones.  One of many that do not build on each other, such as a block of a
sweep, may begin beside others of its visitor; all these together leave a worker free, too.  A task that nobody waits
for any more is dropped before it starts; one that does not come back is taken for hung.  Knows nothing of Streamlit.
"""

import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from ui.jobs.threads import again_and_again

SHORT = 0.6  # seconds: tasks that are expected to take longer do not take the last free worker
USUAL = 0.2  # seconds that a task is expected to take, where nobody says otherwise
TOO_LATE = 30.0  # seconds more than four times what was expected, after which a task has hung
LOOK_AGAIN = 1.0  # seconds between two looks at what may have hung


class People(Protocol):
    """Who asks in this thread, and whether a visitor is still there: see `ui.jobs.visitors`."""

    def asking(self) -> str: ...
    def is_here(self, visitor: str) -> bool: ...


@dataclass(eq=False)
class _Task:
    """`waiting` gives the visitors who wait for it; `since` is how far the turns were when it came, and `stand` what
    the `visitor` whose turn it takes had had before."""

    call: tuple[Callable, tuple, dict[str, Any]]
    waiting: Callable[[], Collection[str]]
    seconds: float
    since: float
    is_part: bool
    is_one_of_many: bool = False
    future: Future = field(default_factory=Future)
    visitor: str = ""
    stand: float = 0.0
    begun: float = 0.0

    @property
    def is_long(self) -> bool:
        return self.seconds > SHORT


class Turns(Executor):
    """The workers, of which there are `at_once`, which may change; `replace` ends those that have hung."""

    def __init__(
        self, workers: Executor, at_once: int, people: People, *, replace: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.at_once = at_once
        self.people = people
        self._workers, self._replace, self._clock = workers, replace, clock
        self._lock = threading.Lock()
        self._queue: list[_Task] = []
        self._under_way: list[_Task] = []
        self._had: dict[str, float] = {}  # seconds of the workers' time, on the scale of `_now`
        self._part_is_next = False
        self._now = 0.0  # how far the turns are: what the visitor of the last turn had had before
        # Workers are given tasks by a thread of their own: the one that brings results must not wait for new processes.
        self._awake: SimpleQueue[bool] = SimpleQueue()
        again_and_again("turns", self._go_on)

    def submit(self, function: Callable, /, *args, **settings) -> Future:
        """The future of a short task for the visitor whose page this thread runs; cancelled if they leave before."""
        visitor = self.people.asking()
        return self._add((function, args, settings), lambda: self._if_here(visitor), USUAL, is_part=False)

    def submit_part(
        self, seconds: float, waiting: Callable[[], Collection[str]] | None, function: Callable, /, *args
    ) -> Future:
        """The future of a part of something longer, which takes about so many seconds: for all whom `waiting` gives at
        the time, or for the visitor whose page this thread runs."""
        visitor = self.people.asking()
        return self._add((function, args, {}), waiting or (lambda: self._if_here(visitor)), seconds, is_part=True)

    def submit_one_of_many(
        self, seconds: float, waiting: Callable[[], Collection[str]], function: Callable, /, *args
    ) -> Future:
        """As `submit_part`, for a part that needs none of the others: several of one visitor are computed at once."""
        return self._add((function, args, {}), waiting, seconds, is_part=True, is_one_of_many=True)

    @property
    def for_many(self) -> int:
        """How many workers long tasks may have at once, and those that are one of many: all but one."""
        return max(self.at_once - 1, 1)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the workers, and the thread that gives them tasks."""
        self._awake.put(False)
        self._workers.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _if_here(self, visitor: str) -> list[str]:
        return [visitor] if self.people.is_here(visitor) else []

    def _add(
        self, call: tuple, waiting: Callable[[], Collection[str]], seconds: float, is_part: bool,
        is_one_of_many: bool = False,
    ) -> Future:  # fmt: skip
        with self._lock:
            task = _Task(call, waiting, seconds, self._now, is_part, is_one_of_many)
            self._queue.append(task)
        self._awake.put(True)
        return task.future

    def _go_on(self) -> bool:
        """Begins what can begin; gives False where that was the last time."""
        is_open = True
        with suppress(Empty):
            is_open = self._awake.get(timeout=LOOK_AGAIN if self._under_way else None)
        while task := self._next():
            self._begin(task)
        self._end_what_hangs()
        return is_open

    def _next(self) -> _Task | None:
        """The task whose turn it is, with the visitor whose turn it takes; tasks that nobody waits for go."""
        with self._lock:
            if len(self._under_way) >= self.at_once:
                return None
            turns, people = [], set()
            for place, task in enumerate(list(self._queue)):
                waiting = task.waiting()
                people.update(waiting)
                if waiting:
                    turns += [(*self._turn(task, each), place, each, task) for each in waiting if self._may(task, each)]
                else:
                    self._queue.remove(task)
                    task.future.cancel()
            if not turns:
                return None
            _, _, stand, _, visitor, task = min(turns, key=lambda turn: turn[:4])
            self._part_is_next = not task.is_part
            self._queue.remove(task)
            self._under_way.append(task)
            task.visitor, task.stand, task.begun = visitor, stand, self._clock()
            self._now = max(self._now, stand)
            # Who has nothing in the queue, and comes with something new, stands at `_now` at least.
            self._had = {each: had for each, had in self._had.items() if each in people or had > self._now}
            return task

    def _may(self, task: _Task, visitor: str) -> bool:
        if task.is_one_of_many:
            may = sum(other.is_one_of_many for other in self._under_way) < self.for_many
        else:
            of_visitor = (other for other in self._under_way if other.visitor == visitor and not other.is_one_of_many)
            may = not (task.is_part and any(other.is_part for other in of_visitor))
        return may and (not task.is_long or sum(other.is_long for other in self._under_way) < self.for_many)

    def _turn(self, task: _Task, visitor: str) -> tuple[int, bool, float]:
        """What puts the tasks in order: the workers that the visitor has now, the kind, and the time that they had."""
        own = sum(other.visitor == visitor for other in self._under_way)
        return own, task.is_part != self._part_is_next, max(self._had.get(visitor, 0.0), task.since)

    def _begin(self, task: _Task) -> None:
        function, args, settings = task.call
        if not task.future.set_running_or_notify_cancel():
            self._end(task)
            return
        try:
            future = self._workers.submit(function, *args, **settings)
        except Exception as error:  # any executor, for any reason: else the task would be under way for ever
            future = Future()
            future.set_exception(error)
        future.add_done_callback(lambda future: self._land(task, future))

    def _land(self, task: _Task, future: Future) -> None:
        self._end(task)
        error = CancelledError() if future.cancelled() else future.exception()
        if error is None:
            task.future.set_result(future.result())
        else:
            task.future.set_exception(error)

    def _end(self, task: _Task) -> None:
        with self._lock:
            self._under_way.remove(task)
            stand = max(self._had.get(task.visitor, 0.0), task.stand)
            self._had[task.visitor] = stand + self._clock() - task.begun
        self._awake.put(True)

    def _end_what_hangs(self) -> None:
        now = self._clock()
        with self._lock:
            late = [task for task in self._under_way if now - task.begun > TOO_LATE + 4 * task.seconds]
            for task in late:
                task.begun = now  # not twice for one
        if late:
            self._replace()
