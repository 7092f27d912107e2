"""What of a grid is looked at: two factors, and what is done with the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from core import Grid
from core.sweeps.cells import Cells, in_cells
from core.sweeps.scores import CONDITIONS, Scores
from core.sweeps.tuning import RATES

NONE = ""  # the second factor of a grid that has only one
NUMBERS = (*RATES, "layers", "units", "batch_size", "l2", "l1", "dropout", "noise")
_FIRST = ("activation", "optimizer")  # what people ask about first


@dataclass(frozen=True)
class Shown:
    """`rows` and `columns` are factors; `fixed` are those of the others that have one value, and its place in the
    grid.  The rest is averaged or, where `pooled` says so, at its best."""

    rows: str
    columns: str
    fixed: tuple[tuple[str, int], ...] = ()
    pooled: Literal["best", "mean"] = "best"


def varied(grid: Grid) -> list[str]:
    """The factors of which there are several values, or else the first."""
    return [name for name, values in grid.factors if len(values) > 1] or [grid.names[0]]


def compared(grid: Grid) -> str:
    """The factor whose levels are held against each other: the activation functions, wherever they are varied."""
    names = varied(grid)
    return next((name for name in _FIRST if name in names), next((n for n in names if n not in CONDITIONS), names[0]))


def usual(grid: Grid) -> Shown:
    """What is looked at first: what is compared, over the next factor; the learning rates are at their best then,
    unless nothing else is varied."""
    rows = compared(grid)
    others = sorted((name for name in varied(grid) if name != rows), key=lambda name: name in RATES)
    return Shown(rows, next(iter(others), NONE))


def others(grid: Grid, shown: Shown) -> list[str]:
    """The factors that are neither rows nor columns."""
    return [name for name in varied(grid) if name not in (shown.rows, shown.columns)]


def cells_of(scores: Scores, shown: Shown) -> Cells:
    """The means of what is looked at."""
    levels = {name: scores.levels(name)[place] for name, place in shown.fixed}
    return in_cells(varied_scores(scores).at(levels), shown.rows, shown.columns, shown.pooled)


def varied_scores(scores: Scores) -> Scores:
    """The same without factors of one value; of a grid that varies one factor, with a second one of one value."""
    single = {name: values[0] for name, values in scores.factors if len(values) == 1}
    if len(single) == len(scores.factors):
        del single[scores.names[0]]
    scores = scores.at(single)
    if len(scores.factors) > 1:
        return scores
    arrays = (np.expand_dims(each, -2) for each in (scores.values, scores.diverged, scores.steps))
    return Scores((*scores.factors, (NONE, (None,))), *arrays, scores.networks)


def cell_at(grid: Grid, setting: Mapping[str, Any]) -> int | None:
    """The number of a setting in the grid; None if these values leave several."""
    places = []
    for name, values in grid.factors:
        if name not in setting and len(values) > 1:
            return None
        places.append(values.index(setting[name]) if name in setting else 0)
    return int(np.ravel_multi_index(places, grid.shape[:-1]))


def index_of(grid: Grid, cell: int) -> tuple[int, ...]:
    """The place of the setting of that number."""
    return tuple(int(place) for place in np.unravel_index(cell, grid.shape[:-1]))


def cells_to_choose(grid: Grid, scores: Scores, shown: Shown) -> np.ndarray:
    """(row, column) the number of the setting that a click there chooses; -1 where a cell is of several datasets, or is
    a mean.  Of a cell at its best, it is the setting with the highest mean of all seeds."""
    rows, columns = (dict(grid.factors).get(name, (None,)) for name in (shown.rows, shown.columns))
    left = [name for name in others(grid, shown) if name not in dict(shown.fixed)]
    cells = np.full((len(rows), len(columns)), -1)
    if left and (shown.pooled == "mean" or set(left) & set(CONDITIONS)):
        return cells
    numbers = np.arange(np.prod(grid.shape[:-1])).reshape(grid.shape[:-1])
    means = np.nan_to_num(scores.values, nan=-1.0).mean(axis=-1)
    axes = [grid.names.index(name) for name in (shown.rows, shown.columns) if name]
    for name, place in shown.fixed:
        axis = grid.names.index(name)
        numbers, means = (np.take(each, [place], axis=axis) for each in (numbers, means))
    last = range(-len(axes), 0)
    numbers, means = (np.moveaxis(each, axes, last).reshape(-1, *cells.shape) for each in (numbers, means))
    return np.take_along_axis(numbers, means.round(9).argmax(axis=0)[None], axis=0)[0]
