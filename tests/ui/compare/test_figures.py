import json
from dataclasses import asdict

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, train
from core.analysis.repeats import mean_figures
from ui.compare.figures import figure_columns

MOONS = DatasetSpec("moons", samples=60)


def columns_of(*runs: Run, spec: DatasetSpec = MOONS) -> dict:
    figures = mean_figures(train(Experiment(spec, runs, epochs=5)))
    return {column.name: column for column in figure_columns(figures, spec)} | {"figures": figures}


def test_one_seed_has_no_spread_and_what_did_not_diverge_no_epoch_of_it():
    columns = columns_of(Run("relu"), Run("tanh"))
    assert not {"seeds", "test_accuracy_deviation", "diverged", "diverged_at"} & set(columns)
    assert columns["test_accuracy"].numbers == columns["figures"].test_accuracy.tolist()
    assert columns["test_accuracy"].texts == [f"{100 * number:.1f} %" for number in columns["test_accuracy"].numbers]
    assert columns["test_loss"].numbers == columns["figures"].test_loss.tolist()


def test_several_seeds_have_their_deviation_beside_the_mean():
    columns = columns_of(*(Run(name, seed=seed) for name in ("relu", "tanh") for seed in range(3)))
    (deviation, _), figures = columns["test_accuracy_deviation"].numbers, columns["figures"]
    assert deviation == pytest.approx(figures.test_accuracy_deviation[0])
    assert columns["test_accuracy"].texts[0] == f"{100 * figures.test_accuracy[0]:.1f} % ± {100 * deviation:.1f}"
    assert columns["seeds"].texts == ["3", "3"]
    assert not columns["test_accuracy_deviation"].is_usual


def test_what_there_is_no_number_for_is_a_dash_and_no_number():
    figures = mean_figures(train(Experiment(MOONS, (Run("relu"), Run("tanh")), epochs=2)))
    figures.loc[0, ["epochs_to_90", "test_loss"]] = np.nan
    figures.loc[1, ["diverged_at", "diverged"]] = 3, 1
    columns = {column.name: column for column in figure_columns(figures, MOONS)}
    assert (columns["test_loss"].texts[0], columns["test_loss"].numbers[0]) == ("–", None)
    assert columns["diverged_at"].texts == ["–", "3"]
    json.dumps([asdict(column) for column in columns.values()], allow_nan=False)


def test_without_test_data_no_column_speaks_of_them_and_no_figure_is_there_twice():
    runs = [Run(name, seed=seed) for name in ("relu", "tanh") for seed in range(2)]
    columns = columns_of(*runs, spec=DatasetSpec("moons", samples=60, test_share=0))
    figures = columns.pop("figures")
    assert not [column.name for column in columns.values() if "test" in (column.heading + column.meaning).lower()]
    assert columns["test_accuracy"].heading == "Training accuracy"
    assert columns["test_accuracy"].numbers == figures.train_accuracy.tolist()
    assert not {"train_accuracy", "test_loss"} & set(columns)
