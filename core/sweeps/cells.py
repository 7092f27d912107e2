"""The means of a pair of factors, for a heat map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ..readonly import ReadOnly
from .scores import CONDITIONS, Scores
from .tuning import tuned_for_each

Others = Literal["mean", "best"] | Mapping[str, Any]


@dataclass(frozen=True)
class Cells(ReadOnly):
    """Of shape (row, column), with the levels of the factors named; NaN where there is nothing.

    `mean` accuracies and `sd`, their standard deviation between seeds (of a sample; NaN for fewer than two).  What is
    averaged over other factors is averaged first, so that it is luck with the seed and nothing else.  `seeds` counts
    them, `networks` those that the mean is of, `diverged` those of these that did, `missing` those not trained yet.
    """

    rows: str
    columns: str
    row_levels: tuple[Any, ...]
    column_levels: tuple[Any, ...]
    mean: np.ndarray
    sd: np.ndarray
    seeds: np.ndarray
    networks: np.ndarray
    diverged: np.ndarray
    missing: np.ndarray


def in_cells(scores: Scores, rows: str, columns: str, others: Others = "mean") -> Cells:
    """What the cells of two factors have, with all others averaged, at their best, or at chosen values.

    Chosen values may leave factors open; these are averaged.  At their best, each cell has the setting of the others
    that suits it, chosen and measured by different seeds (see `core.sweeps.tuning`); the dataset and its noise are
    averaged even so.  A cell is made of the seeds from which all its networks are there.
    """
    if rows == columns:
        raise ValueError("rows and columns must be two factors")
    if isinstance(others, Mapping):
        scores = scores.at(others)
    rest = [name for name in scores.names if name not in (rows, columns)]
    tuned = [name for name in rest if name not in CONDITIONS] if others == "best" else []
    ordered = scores.in_order([rows, columns, *rest])
    shape = ordered.values.shape[:2]
    figures = [[_cell(ordered, tuned, row, column) for column in range(shape[1])] for row in range(shape[0])]
    arrays = np.array(figures, float).reshape(*shape, 6).transpose(2, 0, 1)
    counts = (array.astype(int) for array in arrays[2:])
    return Cells(rows, columns, scores.levels(rows), scores.levels(columns), arrays[0], arrays[1], *counts)


def _cell(ordered: Scores, tuned: list[str], row: int, column: int) -> tuple[float, ...]:
    """(mean, sd, seeds, networks, diverged, missing)."""
    planned = ordered.changed(ordered.factors[2:], lambda array: array[row, column])
    missing, cell = int(np.isnan(planned.values).sum()), planned.of_whole_seeds()
    if cell.seeds < (2 if tuned else 1):
        return np.nan, np.nan, 0, 0, 0, missing
    if tuned:
        cell = tuned_for_each(cell, tuned).scores
    networks, of_seeds = cell.values.size, cell.mean_over(cell.names)
    sd = of_seeds.values.std(ddof=1) if cell.seeds > 1 else np.nan
    return of_seeds.values.mean(), sd, cell.seeds, networks, of_seeds.diverged.sum(), missing
