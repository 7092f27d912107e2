"""Training a grid: its blocks, one by one or by many workers."""

from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np

from ..train.training import train
from .grid import Block, Grid
from .results import Figures, Results, curve_epochs


def figures_of(block: Block) -> Figures:
    """Trains the networks of a block."""
    experiment = block.experiment
    history = train(experiment)
    at = np.searchsorted(history.epochs, curve_epochs(experiment.epochs))
    units = max(sum(experiment.hidden), 1)
    return Figures(
        test_accuracy=history.test_accuracy[:, -1],
        train_accuracy=history.train_accuracy[:, -1],
        test_loss=history.test_loss[:, -1],
        train_loss=history.train_loss[:, -1],
        dead_share=history.dead_units[:, -1].sum(axis=1) / units,
        diverged_at=history.diverged_at,
        curve=history.test_accuracy[:, at],
    )


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
