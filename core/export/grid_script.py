"""A grid as a script that uses `core`."""

from dataclasses import replace

from ..sweeps.grid import Grid
from .core_script import experiment_parts
from .layout import INLINE_ROWS, call, lines, literal


def grid_code(grid: Grid) -> str:
    """A script that builds the grid, trains it with worker processes and writes `sweep.csv`; to be run in the project's
    folder.  Own data of many rows come from the file that `Grid.to_json` writes, `grid.json`."""
    table = grid.base.dataset.table
    if table is not None and len(table.y) > INLINE_ROWS:
        return _FROM_FILE + _TRAIN
    base = replace(grid.base, redraw="weights")  # as which it counts: each seed of a grid draws everything
    imports, made, experiment = experiment_parts(base)
    factors = lines("", [f"{literal(name)}: {_values(values)}" for name, values in grid.factors], "{}")
    arguments = [
        f"factors={factors}",
        f"base={experiment}",
        *([] if grid.seeds == Grid.seeds else [f"seeds={grid.seeds}"]),
    ]
    return (
        _IMPORTS.format(names=", ".join([*sorted([*imports, "Grid"]), "sweep"]))
        + made
        + f"grid = {lines('Grid', arguments)}\n"
        + _TRAIN
    )


_IMPORTS = "from core import {names}\n\n"
_FROM_FILE = """\
from pathlib import Path

from core import Grid, sweep

# The file that the page's JSON download gives: the data are too many to stand here.
grid = Grid.from_json(Path("grid.json").read_text())
"""
_TRAIN = """\

if __name__ == "__main__":  # worker processes import this file
    results = sweep(grid, workers=2)
    results.to_frame().to_csv("sweep.csv", index=False)
"""


def _values(values: tuple) -> str:
    return call("", [literal(value) for value in values], "[]")
