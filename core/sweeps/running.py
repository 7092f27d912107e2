"""Training a grid: its blocks, one by one or by many workers."""

from collections.abc import Callable
from concurrent.futures import Executor

from .grid import Block, Grid
from .lean import LeanTraining
from .results import Figures, Results, curve_epochs


def figures_of(block: Block) -> Figures:
    """Trains the networks of a block."""
    experiment = block.experiment
    return LeanTraining(experiment).figures(curve_epochs(experiment.epochs))


def sweep(
    grid: Grid,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    results: Results | None = None,
    on_block: Callable[[Results], None] | None = None,
) -> Results:
    """Trains all networks of a grid of which the results, new ones or those given, have no figures yet."""
    results = Results(grid) if results is None else results
    for block in results.missing():
        results.put(block, figures_of(block))
        if on_block is not None:
            on_block(results)
    return results
