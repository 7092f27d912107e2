"""What came of a grid: arrays of its shape, and the table that they are written to and read from."""

import io
import pickle
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest

from core import DatasetSpec, Experiment, Grid, Results, sweep
from core.sweeps.results import Figures
from core.sweeps.running import figures_of

GRID = Grid(
    {"activation": [["relu", "sin"], "=x*x*x", "tanh"], "learning_rate": [0.1 + 0.2, 1e4], "batch_size": [16, None]},
    Experiment(DatasetSpec("moons", samples=60), epochs=5, hidden=(4, 4), seed=3),
    seeds=2,
)


@pytest.fixture(scope="module")
def results() -> Results:
    return sweep(GRID, workers=1)


def equal(one: Results, other: Results) -> bool:
    names = ["done", *(field.name for field in fields(Figures))]
    return all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in names)


def written_and_read(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(frame.to_csv(index=False)))


def test_before_anything_is_trained_all_is_missing():
    empty = Results(GRID)
    assert empty.missing() == list(GRID.blocks())
    assert not empty.done.any()
    assert np.isnan(empty.test_accuracy).all()
    assert (empty.diverged_at == -1).all()
    assert empty.curve.shape == (*GRID.shape, len(empty.curve_epochs))
    assert len(empty.to_frame()) == 0


def test_a_block_fills_its_cells_and_no_other():
    results, block = Results(GRID), GRID.blocks()[3]
    figures = figures_of(block)
    results.put(block, figures)
    assert sorted(np.flatnonzero(results.done)) == sorted(block.cells)
    np.testing.assert_array_equal(results.test_loss.ravel()[list(block.cells)], figures.test_loss)
    assert block not in results.missing()
    assert len(results.missing()) == len(GRID.blocks()) - 1
    first = replace(block, cells=block.cells[:1])
    results = Results(GRID)
    results.put(first, figures_of(first))
    assert block in results.missing(), "as long as one is"


def test_the_table_is_tidy_and_in_the_grids_order(results):
    frame = results.to_frame()
    assert len(frame) == GRID.networks
    assert list(frame.columns[:4]) == ["activation", "learning_rate", "batch_size", "seed"]
    assert frame["activation"].drop_duplicates().tolist() == ["relu, sin", "=x*x*x", "tanh"]
    assert frame["seed"].tolist() == [3, 4] * (GRID.networks // 2)
    assert frame["batch_size"][:4].tolist() == [16, 16, "full", "full"]
    np.testing.assert_array_equal(frame["test_accuracy"], results.test_accuracy.ravel())
    np.testing.assert_array_equal(frame["test_accuracy_at_2"], results.curve[..., 1].ravel())
    assert frame["diverged_at"].max() > 0


def test_what_is_written_is_read_again_to_the_last_digit(results):
    assert equal(Results.from_frame(GRID, written_and_read(results.to_frame())), results)


def test_a_number_may_be_written_in_another_way(results):
    frame = results.to_frame()
    other = frame.assign(
        learning_rate=frame["learning_rate"].map("{:.6e}".format), seed=frame["seed"].map("{:.1f}".format)
    )
    assert equal(Results.from_frame(GRID, other), results)


def test_half_a_table_in_any_order_is_half_the_results(results):
    half = results.to_frame().iloc[::2].sample(frac=1, random_state=0)
    found = Results.from_frame(GRID, written_and_read(half))
    assert found.done.sum() == len(half)
    np.testing.assert_array_equal(found.test_loss[found.done], results.test_loss[found.done])
    assert np.isnan(found.test_loss[~found.done]).all()
    assert len(found.missing()) > 0


def test_results_survive_a_pickle(results):
    assert equal(pickle.loads(pickle.dumps(results)), results)
    assert pickle.loads(pickle.dumps(results)).grid == GRID


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (lambda frame: frame.drop(columns="seed"), "columns"),
        (lambda frame: frame.rename(columns={"batch_size": "units"}), "columns"),
        (lambda frame: frame.assign(learning_rate=0.25), "learning_rate is '0.25'"),
        (lambda frame: frame.assign(seed=5), "seed is '5'"),
        (lambda frame: frame.assign(activation=None), "activation is"),
        (lambda frame: frame.assign(diverged_at=np.nan), "not whole"),
    ],
)
def test_a_table_of_another_grid_is_refused(results, other, message):
    with pytest.raises(ValueError, match=message):
        Results.from_frame(GRID, other(results.to_frame()))
