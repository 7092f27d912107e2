"""Training a grid: its blocks, one after the other or by many workers.

What comes out depends neither on the number of workers nor on which of them trained what.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait

from threadpoolctl import threadpool_limits

from .. import limits
from ..notes import Note
from ..registry import check_type
from ..train.epochs import curve_epochs
from .grid import Block, Grid
from .lean import LeanTraining
from .processes import Processes
from .results import Figures, Results

IN_FLIGHT = 2  # blocks for each worker: one that is trained, and one that is there when it is done
SECONDS_OF_EACH = 1.0  # at least, that a process which is started for a sweep has to train
ATTEMPTS = 4  # at a block whose workers are lost: it may be what ends them


def figures_of(block: Block) -> Figures:
    """Trains the networks of a block, on one thread: several for matrices as small would be in each other's way, and
    might round in another order."""
    with threadpool_limits(1):
        experiment = block.experiment
        return LeanTraining(experiment).figures(curve_epochs(experiment.epochs))


def sweep(
    grid: Grid,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    results: Results | None = None,
    on_block: Callable[[Block, Results], None] | None = None,
) -> Results:
    """Trains all networks of a grid of which `results`, new ones or those given, have no figures yet; returns them.

    By as many processes as there are `workers`, by default one for each processor unless there is little to do, or in
    this one if that is 1.  Or by an `executor`, which has that many workers.  A block whose worker is lost is tried
    again a few times, before `BrokenExecutor` is raised.  `on_block` is called with each block that was put into the
    results, and with these.
    """
    check_type(Note("grid"), grid, Grid)
    if workers is not None:
        workers = limits.check(Note("the number of workers"), workers, limits.WORKERS)
    results = Results(grid) if results is None else results
    check_type(Note("results"), results, Results)
    if results.grid != grid:
        raise ValueError("these results are of another grid")
    blocks = results.missing()
    workers = workers or (processors() if executor else _worth_starting(grid, len(blocks)))
    for block, figures in _trained(blocks, workers, executor):
        results.put(block, figures)
        if on_block is not None:
            on_block(block, results)
    return results


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _worth_starting(grid: Grid, blocks: int) -> int:
    """Processes, which take about a second to start."""
    return max(min(processors(), blocks, int(grid.seconds() / SECONDS_OF_EACH)), 1)


def _trained(blocks: Sequence[Block], workers: int, executor: Executor | None) -> Iterator[tuple[Block, Figures]]:
    if executor is not None:
        yield from _by_workers(blocks, IN_FLIGHT * workers, executor)
    elif workers > 1:
        with Processes(workers) as processes:
            yield from _by_workers(blocks, IN_FLIGHT * workers, processes)
    else:
        yield from ((block, figures_of(block)) for block in blocks)


def _by_workers(blocks: Sequence[Block], in_flight: int, executor: Executor) -> Iterator[tuple[Block, Figures]]:
    """Blocks with their figures as they are trained, no more at once than `in_flight`."""
    waiting = deque((block, 1) for block in blocks)
    under_way: dict[Future[Figures], tuple[Block, int]] = {}
    try:
        while waiting or under_way:
            while waiting and len(under_way) < in_flight:
                block, attempt = waiting.popleft()
                under_way[executor.submit(figures_of, block)] = block, attempt
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                block, attempt = under_way.pop(future)
                try:
                    figures = future.result()
                except BrokenExecutor:
                    if attempt == ATTEMPTS:
                        raise
                    waiting.appendleft((block, attempt + 1))
                else:
                    yield block, figures
    finally:
        for future in under_way:
            future.cancel()
