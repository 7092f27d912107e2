"""Sweeps under way and done, shared by all who ask for them.

A grid is trained once, however many people look at it, block by block: each block is a task of its own in the visitors'
turns (`ui.jobs.turns`), so one that is long keeps nobody waiting for more than a block.  A sweep goes on as long as
somebody waits for it, pauses when they have left, and goes on where it was when it is asked for again.  Knows nothing
of Streamlit.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import Empty, SimpleQueue

from core import Grid
from core.sweeps.grid import Block
from core.sweeps.running import figures_of
from ui.jobs.memory import Memory, memory
from ui.jobs.once import once
from ui.jobs.sweep import Sweep
from ui.jobs.threads import again_and_again
from ui.jobs.trainings import LATE
from ui.jobs.turns import People, Turns
from ui.jobs.visitors import VISITORS
from ui.jobs.workers import executor


class Sweeps:
    """Sweeps by grid; of those that nobody waits for, the memory gives up what was used longest ago."""

    def __init__(
        self, workers: Callable[[], Turns] = executor, people: People = VISITORS, kept: Callable[[], Memory] = memory
    ) -> None:
        self._workers, self._people, self._memory = workers, people, kept
        self._sweeps: dict[Grid, Sweep] = {}
        self._lock = threading.Lock()  # never held while something is submitted
        self._landed: SimpleQueue[tuple[Sweep, Block, Future]] = SimpleQueue()
        again_and_again("sweeps", self._go_on)

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
            future = self._workers().submit_one_of_many(sweep.block_seconds(block), waiting, figures_of, block)
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
        try:
            landed = self._landed.get(timeout=LATE)
        except Empty:
            self._let_go()
        else:
            self._land(*landed)

    def _land(self, sweep: Sweep, block: Block, future: Future) -> None:
        with self._lock:
            sweep.under_way -= 1
            if future.cancelled():  # it was dropped: nobody waited for it
                sweep.give_back(block)
            elif (error := future.exception()) is None:
                sweep.put(block, future.result())
            else:
                sweep.give_back(block, error)
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
