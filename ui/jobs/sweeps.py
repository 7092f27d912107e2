"""Sweeps under way and done, shared by all who ask for them.

A grid is trained once, however many people look at it, block by block: each block is a task of its own in the visitors'
turns (`ui.jobs.turns`), so one that is long keeps nobody waiting for more than a block.  A sweep goes on as long as
somebody waits for it, pauses when they have left, and goes on where it was when it is asked for again.  Knows nothing
of Streamlit.
"""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from copy import deepcopy
from functools import partial
from queue import Empty, SimpleQueue

from core import Grid
from core.sweeps.grid import Block
from core.sweeps.results import Results
from core.sweeps.running import figures_of
from ui.jobs.memory import Memory, memory
from ui.jobs.once import once
from ui.jobs.trainings import KILLED, LATE
from ui.jobs.turns import People, Turns
from ui.jobs.visitors import VISITORS
from ui.jobs.workers import ATTEMPTS, executor

STEPS = 24  # in which what is there is shown: each takes the workers as long as drawing the page anew
_BYTES_OF_CELL = 40  # of one network in the list of blocks


class Sweep:
    """One grid's sweep.  `error` says why it cannot go on, `is_stopped` that somebody wanted it so."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.seconds = grid.seconds()  # about, of one worker, for all of it
        self.error: str | None = None
        self.is_stopped = False
        self.asked: dict[str, float] = {}  # when each visitor did so last
        self.left: deque[Block] = deque(grid.blocks())
        self.under_way = 0  # blocks
        self.is_held = False  # whether the memory must not give it up
        self.failures: Counter[int] = Counter()  # by the block's first cell
        self._results = Results(grid)
        self._shown, self._step = deepcopy(self._results), 0
        self._done = 0
        self._pace: tuple[float, int] | None = None  # since when it goes on without a pause, and what was done then
        self._lock = threading.Lock()
        self._over = threading.Event()

    def wait(self, seconds: float) -> None:
        """Waits so many seconds at most for it to be over, or to fail."""
        self._over.wait(seconds)

    @property
    def done(self) -> int:
        """How many networks are trained."""
        return self._done

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do."""
        return self._done == self.grid.networks

    @property
    def bytes(self) -> int:
        """What is kept of it: its results twice, and its blocks."""
        arrays = (value for value in vars(self._results).values() if hasattr(value, "nbytes"))
        return 2 * sum(array.nbytes for array in arrays) + _BYTES_OF_CELL * self.grid.networks

    def block_seconds(self, block: Block) -> float:
        """About how long a worker takes for a block."""
        return self.seconds * len(block.cells) / self.grid.networks

    def shown(self, *, is_final: bool) -> Results:
        """What is there, for pages to show, which nobody changes any more: one of few steps or, of a sweep that stands
        still, all of it."""
        with self._lock:
            step = STEPS * self._done // self.grid.networks
            if step > self._step or (is_final and int(self._shown.done.sum()) < self._done):
                self._shown, self._step = deepcopy(self._results), step
            return self._shown

    def put(self, block: Block, figures: object) -> None:
        """Fills in a block."""
        with self._lock:
            self._results.put(block, figures)
            self._done = int(self._results.done.sum())
        if self.is_over:
            self._over.set()

    def fail(self, error: str) -> None:
        """It cannot go on, for this reason."""
        self.error = error
        self._over.set()

    def try_again(self) -> None:
        """Forgets that it has failed."""
        self.error = None
        self.failures.clear()
        self._over.clear()

    def begin(self) -> None:
        """From now on it goes on without a pause."""
        self._pace = time.monotonic(), self._done

    def seconds_left(self, workers: float) -> float:
        """About how long it takes to its end, with so many workers until the first block has shown it."""
        left = self.grid.networks - self._done
        if self._pace and self._done > self._pace[1]:
            return left * (time.monotonic() - self._pace[0]) / (self._done - self._pace[1])
        return self.seconds * left / self.grid.networks / workers


class Sweeps:
    """Sweeps by grid; of those that nobody waits for, the memory gives up what was used longest ago."""

    def __init__(
        self, workers: Callable[[], Turns] = executor, people: People = VISITORS, kept: Callable[[], Memory] = memory
    ) -> None:
        self._workers, self._people, self._memory = workers, people, kept
        self._sweeps: dict[Grid, Sweep] = {}
        self._lock = threading.Lock()  # never held while something is submitted
        self._landed: SimpleQueue[tuple[Sweep, Block, Future]] = SimpleQueue()
        threading.Thread(target=self._go_on, daemon=True, name="sweeps").start()

    def find(self, grid: Grid) -> Sweep | None:
        """What there is of a grid, if anything; nobody waits for it therefore."""
        self._memory().use(_name(grid))
        return self._sweeps.get(grid)

    def ask(self, grid: Grid) -> Sweep:
        """The sweep of a grid, started if there is none, and kept going for a while.  What the visitor has asked for
        before pauses, unless others wait for it."""
        visitor = self._people.asking()
        with self._lock:
            sweep = self._sweeps.get(grid)
            if sweep is None:
                sweep = self._sweeps[grid] = Sweep(grid)
            for other in self._sweeps.values():
                other.asked.pop(visitor, None)
            sweep.asked[visitor] = time.monotonic()
            sweep.is_stopped = False
        self._let_go()
        self._keep(sweep)
        self._fill(sweep)
        return sweep

    def stop(self, grid: Grid) -> None:
        """Lets a sweep pause after the blocks that are under way, unless somebody else waits for it."""
        visitor = self._people.asking()
        with self._lock:
            if sweep := self._sweeps.get(grid):
                sweep.asked.pop(visitor, None)
                sweep.is_stopped = not self._waiting(sweep)

    def try_again(self, grid: Grid) -> None:
        """Forgets that a sweep has failed."""
        with self._lock:
            if sweep := self._sweeps.get(grid):
                sweep.try_again()

    def others(self, sweep: Sweep) -> int:
        """How many other sweeps take turns with this one."""
        with self._lock:
            return sum(bool(each.under_way and self._waiting(each)) for each in self._sweeps.values() if each != sweep)

    def seconds_left(self, sweep: Sweep) -> float:
        """About how long a sweep takes to its end."""
        return sweep.seconds_left(self._workers().for_many / (1 + self.others(sweep)))

    def _waiting(self, sweep: Sweep) -> list[str]:
        """Who waits for a sweep.  The turns ask this without the lock."""
        now = time.monotonic()
        return [
            visitor
            for visitor, asked in sweep.asked.copy().items()
            if now - asked <= LATE and self._people.is_here(visitor)
        ]

    def _fill(self, sweep: Sweep) -> None:
        """Gives the workers as many of its blocks as they may have at once, and one that follows."""
        while block := self._next(sweep):
            waiting = partial(self._waiting, sweep)
            try:
                future = self._workers().submit_one_of_many(sweep.block_seconds(block), waiting, figures_of, block)
            except Exception as error:  # no workers can be had, for whatever reason
                future = Future()
                future.set_exception(error)
            future.add_done_callback(lambda future, block=block: self._landed.put((sweep, block, future)))

    def _next(self, sweep: Sweep) -> Block | None:
        at_once = self._workers().for_many + 1
        with self._lock:
            if sweep.error or not sweep.left or sweep.under_way >= at_once or not self._waiting(sweep):
                return None
            if not sweep.under_way:
                sweep.begin()
            sweep.under_way += 1
            return sweep.left.popleft()

    def _go_on(self) -> None:
        while True:
            try:
                self._land(*self._landed.get(timeout=LATE))
            except Empty:
                self._let_go()
            except Exception:  # whatever it was: without this thread no sweep would go on
                logging.getLogger(__name__).exception("a sweep failed to go on")

    def _land(self, sweep: Sweep, block: Block, future: Future) -> None:
        with self._lock:
            sweep.under_way -= 1
            try:
                if future.cancelled():  # it was dropped: nobody waited for it
                    sweep.left.appendleft(block)
                else:
                    sweep.put(block, future.result())
                    sweep.failures.clear()
            except BrokenExecutor:
                sweep.left.appendleft(block)
                sweep.failures[block.cells[0]] += 1
                if sweep.failures[block.cells[0]] == ATTEMPTS:
                    sweep.fail(KILLED)
            except BaseException as error:  # workers hand over any, also what would end this thread
                sweep.left.appendleft(block)
                sweep.fail(repr(error))
        self._fill(sweep)
        self._keep(sweep)

    def _keep(self, sweep: Sweep) -> None:
        """Takes down in the memory what is kept of it; while somebody waits for it, it stays: a page whose sweep was
        given up as soon as it was over would have it trained again, without end."""
        grid = sweep.grid
        if self._sweeps.get(grid) is sweep:
            sweep.is_held = self._is_busy(sweep)
            self._memory().keep(_name(grid), sweep.bytes, partial(self._forget, grid), is_busy=sweep.is_held)

    def _let_go(self) -> None:
        """Those that nobody waits for any more may be given up."""
        with self._lock:
            left = [sweep for sweep in self._sweeps.values() if sweep.is_held and not self._is_busy(sweep)]
        for sweep in left:
            self._keep(sweep)

    def _is_busy(self, sweep: Sweep) -> bool:
        return bool(sweep.under_way or self._waiting(sweep))

    def _forget(self, grid: Grid) -> None:
        with self._lock:
            self._sweeps.pop(grid, None)


def _name(grid: Grid) -> tuple:
    return "sweep", grid


@once
def sweeps() -> Sweeps:
    """Those of this process."""
    return Sweeps()
