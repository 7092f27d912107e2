"""One grid's sweep: how far it has come, who asked for it, and what of it pages show."""

import threading
import time
from collections import Counter, deque
from concurrent.futures import BrokenExecutor
from copy import deepcopy

from core import Grid
from core.sweeps.grid import Block
from core.sweeps.results import Figures, Results
from ui.jobs.trainings import KILLED
from ui.jobs.workers import ATTEMPTS
from ui.shell.one_by_one import happened

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
        self._failures: Counter[Block] = Counter()
        self._results = Results(grid)
        self._shown, self._step = deepcopy(self._results), 0
        self._done = 0
        self._pace: tuple[float, int] | None = None  # since when it goes on without a pause, and what was done then
        self._lock = threading.Lock()
        self._over = threading.Event()

    def wait(self, seconds: float) -> None:
        """Waits so many seconds at most for it to be over, or to fail."""
        happened(self._over, seconds)

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

    def put(self, block: Block, figures: Figures) -> None:
        """Fills in a block."""
        with self._lock:
            self._results.put(block, figures)
            self._done = int(self._results.done.sum())
        if self.is_over:
            self._over.set()

    def give_back(self, block: Block, error: BaseException | None = None) -> None:
        """A block came back without figures, and is the next one to be trained.  After an error the sweep cannot go on;
        one that has ended the workers may be another's fault, unless it was so with this block each time."""
        self.left.appendleft(block)
        if isinstance(error, BrokenExecutor):
            self._failures[block] += 1
            if self._failures[block] == ATTEMPTS:
                self._fail(KILLED)
        elif error is not None:
            self._fail(repr(error))

    def try_again(self) -> None:
        """Forgets that it has failed."""
        self.error = None
        self._failures.clear()
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

    def _fail(self, error: str) -> None:
        self.error = error
        self._over.set()
