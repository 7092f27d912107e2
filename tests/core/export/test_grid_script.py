"""The script of a grid, by running it."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from core import DatasetSpec, Experiment, Grid, Results, Run, Table, sweep
from core.export import grid_code
from tests import ROOT

TABLE = Table(X=tuple((x, x * x) for x in range(12)), y=(0, 1) * 6, feature_names=("a", "b"), class_names=("no", "yes"))


def grid_of(code: str) -> Grid:
    """The grid that a script builds, which trains only where it is the main module."""
    names: dict = {"__name__": "imported"}
    exec(compile(code, "sweep.py", "exec"), names)
    return names["grid"]


@pytest.mark.parametrize(
    "grid",
    [
        Grid({"activation": ("relu", ("tanh", "relu")), "rate_multiple": (0.3, 1.0)}, seeds=3),
        Grid({"batch_size": (8, None)}, Experiment(DatasetSpec("xor", noise=0.1), (Run("tanh", l2=0.1),), epochs=7)),
        Grid({"optimizer": ("sgd", "adam")}, Experiment(DatasetSpec("own", table=TABLE), epochs=5)),
    ],
)
def test_it_builds_the_same_grid(grid):
    assert grid_of(grid_code(grid)) == grid


def test_it_trains_the_same_networks(tmp_path):
    grid = Grid({"activation": ("relu", "tanh"), "rate_multiple": (1.0, 3.0)}, Experiment(epochs=2), seeds=2)
    (tmp_path / "sweep_script.py").write_text(grid_code(grid))
    subprocess.run(
        [sys.executable, "sweep_script.py"], cwd=tmp_path, check=True, timeout=300, env={"PYTHONPATH": str(ROOT)}
    )
    found = Results.from_frame(grid, pd.read_csv(tmp_path / "sweep.csv"))
    np.testing.assert_allclose(found.test_accuracy, sweep(grid).test_accuracy)
