"""What came of the networks of a grid, of all of them or of those that were trained so far."""

import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from ..readonly import ReadOnly
from ..train.epochs import curve_epochs
from .grid import Block, Grid

if TYPE_CHECKING:
    import pandas as pd

MEASURED = ("test_accuracy", "train_accuracy", "test_loss", "train_loss", "dead_share")


@dataclass(frozen=True)
class Figures(ReadOnly):
    """Of the networks of a block, in the order of its cells, at the end of their training.

    Accuracies, losses and `diverged_at` are as in `core.train.history`: a network that diverged is measured at its last
    finite state.  `dead_share` (0 to 1) is the share of its hidden units that are dead, NaN if it never was finite.
    `curve` (network, epoch) is the test accuracy at the epochs of `curve_epochs`.
    """

    test_accuracy: np.ndarray
    train_accuracy: np.ndarray
    test_loss: np.ndarray
    train_loss: np.ndarray
    dead_share: np.ndarray
    diverged_at: np.ndarray
    curve: np.ndarray


class Results:
    """Arrays of the grid's shape, one axis for each factor and the seeds last: the figures of `Figures`, NaN (for
    `diverged_at`, -1) where `done` is False; `curve` has one more axis, the epochs of `curve_epochs`."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.curve_epochs = np.array(curve_epochs(grid.base.epochs))
        self.done = np.zeros(grid.shape, bool)
        self.test_accuracy = np.full(grid.shape, np.nan)
        self.train_accuracy = np.full(grid.shape, np.nan)
        self.test_loss = np.full(grid.shape, np.nan)
        self.train_loss = np.full(grid.shape, np.nan)
        self.dead_share = np.full(grid.shape, np.nan)
        self.diverged_at = np.full(grid.shape, -1)
        self.curve = np.full((*grid.shape, len(self.curve_epochs)), np.nan)

    def put(self, block: Block, figures: Figures) -> None:
        """Fills in what came of a block."""
        places = np.unravel_index(block.cells, self.grid.shape)
        for field in fields(Figures):
            getattr(self, field.name)[places] = getattr(figures, field.name)
        self.done[places] = True

    def missing(self) -> list[Block]:
        """The blocks of which not all is there."""
        done = self.done.ravel()
        return [block for block in self.grid.blocks() if not done[list(block.cells)].all()]

    def to_frame(self, cells: Sequence[int] | None = None) -> "pd.DataFrame":
        """A tidy pandas table: one row for each network that is done, in the grid's order, or for each of the cells."""
        import pandas as pd

        rows = np.flatnonzero(self.done) if cells is None else np.array(cells, int)
        places = np.unravel_index(rows, self.grid.shape)
        columns: dict[str, Any] = {
            name: [_written(values[place]) for place in axis] for (name, values), axis in zip(self.grid.factors, places)
        }
        columns["seed"] = self.grid.base.seed + places[-1]
        for name in (*MEASURED, "diverged_at"):
            columns[name] = getattr(self, name).ravel()[rows]
        curve = self.curve.reshape(-1, len(self.curve_epochs))[rows]
        return pd.DataFrame(columns | dict(zip(self._curve_names(), curve.T)))

    def columns(self) -> list[str]:
        """The names of the table's columns."""
        return [*self.grid.names, "seed", *MEASURED, "diverged_at", *self._curve_names()]

    @classmethod
    def from_frame(cls, grid: Grid, frame: "pd.DataFrame") -> "Results":
        """What `to_frame` wrote, in any order of the rows; raises `ValueError` for a table of another grid."""
        results = cls(grid)
        columns = results.columns()
        if list(frame.columns) != columns:
            raise ValueError(f"this table is not of this grid: its columns must be {', '.join(columns)}")
        keys = [{_key(_written(value)): at for at, value in enumerate(values)} for _, values in grid.factors]
        keys.append({_key(grid.base.seed + number): number for number in range(grid.seeds)})
        places = tuple(_places(frame[name], of_name) for name, of_name in zip([*grid.names, "seed"], keys))
        if frame["diverged_at"].isna().any():
            raise ValueError("this table has a row that is not whole")
        for name in (*MEASURED, "diverged_at"):
            getattr(results, name)[places] = frame[name]
        results.curve[places] = frame[results._curve_names()]
        results.done[places] = True
        return results

    def _curve_names(self) -> list[str]:
        return [f"test_accuracy_at_{epoch}" for epoch in self.curve_epochs]


def _written(value: Any) -> Any:
    """A factor's value as a table has it."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return "full" if value is None else value


def _key(value: object) -> str:
    """The same for a number however it is written."""
    try:
        return f"{float(value):.12g}"  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return str(value)


def _places(column: "pd.Series", of_key: Mapping[str, int]) -> np.ndarray:
    """Where on the axis of a factor each row of its column belongs."""
    found = [of_key.get(_key(value)) for value in column]
    if None in found:
        value = reprlib.repr(str(column.iloc[found.index(None)]))
        raise ValueError(f"this table is not of this grid: {column.name} is {value} in it")
    return np.array(found, int)
